"""Writes a scenario as YAML the way an author would: defaults left out, amounts quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

import yaml

from fillproof.harness.scenario.actions import Action
from fillproof.harness.scenario.base import Form
from fillproof.harness.scenario.chain import PRESETS, Chain
from fillproof.harness.scenario.loading import from_document
from fillproof.harness.scenario.yaml_text import INTEGER, NUMBER

_TAG = "tag:yaml.org,2002:"
_LONGEST_LINE = 100
_NEVER_FOLD = 1_000_000


def to_yaml(document: Mapping[str, Any]) -> str:
    """Return the YAML text of a normalised document; loading it gives the same scenario again.

    Raises ScenarioError when the document is not a right scenario.
    """
    scenario = from_document(document)
    head = scenario.model_dump(
        mode="json",
        by_alias=True,
        exclude={"id", "steps"},
        exclude_defaults=True,
        context=Form.YAML,
    )
    _against_the_preset(head.get("venue", {}).get("chain", {}), scenario.venue.chain)
    expect = head.pop("expect", None)
    steps = [_step(step.action) for step in scenario.steps]
    pairs = [(_scalar(key), _node(value)) for key, value in head.items()]
    pairs.append((_scalar("steps"), _list(steps, flow=False)))
    if expect:
        pairs.append((_scalar("expect"), _node(expect)))
    return yaml.serialize(_mapping(pairs, flow=False), Dumper=_Dumper, width=_NEVER_FOLD)


def _against_the_preset(written: dict[str, Any], chain: Chain | None) -> None:
    """Write a default as well where the chain's preset has something else."""
    if chain is not None and chain.preset is not None:
        whole = chain.model_dump(mode="json", by_alias=True, context=Form.YAML)
        for key in PRESETS[chain.preset].chain:
            written.setdefault(key, whole[key])


def _step(action: Action) -> yaml.Node:
    keys = action.model_dump(mode="json", by_alias=True, exclude_defaults=True, context=Form.YAML)
    if "order_type" in keys:
        keys = {("type" if key == "order_type" else key): value for key, value in keys.items()}
    if not keys:
        return _scalar(action.op)
    bare = [*keys.values()] if [*keys] == [action.short] else []
    body = _scalar(bare[0]) if bare else _node(keys)
    return _mapping([(_scalar(action.op), body)], flow=False)


def _node(value: Any) -> yaml.Node:
    if isinstance(value, dict):
        pairs = [(_scalar(key), _node(one)) for key, one in value.items()]
        return _mapping(pairs, flow=_fits_one_line(value, value.values()))
    if isinstance(value, list):
        flow = len(value) == 1 or _fits_one_line(value, value)
        return _list([_node(one) for one in value], flow=flow)
    return _scalar(value)


def _fits_one_line(value: object, parts: Iterable[object]) -> bool:
    nested = any(isinstance(part, dict | list) for part in parts)
    return not nested and len(str(value)) <= _LONGEST_LINE


def _mapping(pairs: list[tuple[yaml.Node, yaml.Node]], *, flow: bool) -> yaml.Node:
    return yaml.MappingNode(_TAG + "map", pairs, flow_style=flow)


def _list(items: list[yaml.Node], *, flow: bool) -> yaml.Node:
    return yaml.SequenceNode(_TAG + "seq", items, flow_style=flow)


def _scalar(value: str | int) -> yaml.Node:
    """Return a scalar; texts that any reader of YAML could take for something else are quoted."""
    if isinstance(value, bool):
        return yaml.ScalarNode(_TAG + "bool", "true" if value else "false")
    if isinstance(value, int):
        return yaml.ScalarNode(_TAG + "int", str(value))
    resolved = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call] # the stubs leave it open
    return yaml.ScalarNode(_TAG + "str", value, style=None if resolved == _TAG + "str" else '"')


class _Dumper(yaml.SafeDumper):
    """Knows what YAML 1.1 and this loader read as something else than text; indents lists."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless and flow)


_Dumper.add_implicit_resolver(_TAG + "int", INTEGER, list("-+0123456789"))
_Dumper.add_implicit_resolver(_TAG + "float", NUMBER, list("-+.0123456789"))
_RESOLVER = _Dumper(StringIO())
