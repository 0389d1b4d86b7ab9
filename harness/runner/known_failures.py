"""Reads `known-failures*.yaml`: the failures that are expected, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path

import yaml

from fillproof.harness.rules import RULES


class KnownFailuresError(Exception):
    """The file of known failures is wrong; the message names file, line and entry."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One expected failure: this version of the connector breaks this rule in these scenarios.

    `scenario` is an id or a pattern of ids (`partial_fills/*`) and claims every scenario it names.
    """

    connector: str
    version: str
    scenario: str
    rule: str
    reason: str
    link: str

    def covers(self, connector: str, version: str, scenario: str) -> bool:
        """Return whether the pin speaks of that scenario under that connector and version."""
        named = (self.connector, self.version) == (connector, version)
        return named and fnmatchcase(scenario, self.scenario)


@dataclass(frozen=True, slots=True)
class KnownFailures:
    """All pins, in the order of the file."""

    pins: tuple[Pin, ...] = ()

    def covering(self, connector: str, version: str, scenario: str) -> tuple[Pin, ...]:
        """Return the pins that speak of one case."""
        return tuple(pin for pin in self.pins if pin.covers(connector, version, scenario))


KEYS = tuple(field.name for field in fields(Pin))


def packaged_known_failures() -> KnownFailures:
    """Return the known failures that ship with Fillproof: those of each venue have a file."""
    folder = files("fillproof.harness")
    sources = [file for file in folder.iterdir() if fnmatchcase(file.name, "known-failures*.yaml")]
    return KnownFailures(
        tuple(
            pin
            for source in sorted(sources, key=lambda one: one.name)
            for pin in parse_known_failures(source.read_text(encoding="utf-8"), source.name).pins
        )
    )


def load_known_failures(path: Path) -> KnownFailures:
    """Return the known failures of a file; raises KnownFailuresError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is no UTF-8 text"
        raise KnownFailuresError(f"{path}: cannot be read: {why}") from problem
    return parse_known_failures(text, str(path))


def parse_known_failures(text: str, name: str) -> KnownFailures:
    """Return the known failures of a YAML text; `name` is what errors call it."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise KnownFailuresError(f"{name}:{line}: not YAML: {problem.problem}") from problem
    except yaml.YAMLError as problem:
        raise KnownFailuresError(f"{name}: not YAML: {problem}") from problem
    if root is None:
        return KnownFailures()
    if not isinstance(root, yaml.SequenceNode):
        raise KnownFailuresError(f"{name}:1: must be a list of entries with {', '.join(KEYS)}")
    pins: list[Pin] = []
    for number, node in enumerate(root.value, start=1):
        pins += _pins(node, f"{name}:{node.start_mark.line + 1}: entry {number}")
    return KnownFailures(tuple(pins))


def _pins(node: yaml.Node, place: str) -> list[Pin]:
    """Return a pin for each scenario that an entry names."""
    if not isinstance(node, yaml.MappingNode):
        raise KnownFailuresError(f"{place}: must be a mapping with {', '.join(KEYS)}")
    entry: dict[str, str] = {}
    scenarios: list[str] = []
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key not in KEYS:
            raise KnownFailuresError(f'{place}: unknown key "{key}"; allowed: {", ".join(KEYS)}')
        if key in entry:
            raise KnownFailuresError(f'{place}: "{key}" stands twice')
        if key == "scenario" and isinstance(value_node, yaml.SequenceNode):
            scenarios = [_text(one, f'{place}: "{key}"') for one in value_node.value]
            entry[key] = ", ".join(scenarios)
        else:
            entry[key] = _text(value_node, f'{place}: "{key}"')
    missing = [key for key in KEYS if key not in entry]
    if missing:
        raise KnownFailuresError(f"{place}: missing {', '.join(missing)}")
    if not entry["link"].startswith(("https://", "http://")):
        raise KnownFailuresError(f'{place}: "link" must be an http address, not {entry["link"]!r}')
    if entry["rule"] not in RULES:
        known = ", ".join(RULES)
        raise KnownFailuresError(f"{place}: unknown rule {entry['rule']!r}; one of {known}")
    return [Pin(**entry | {"scenario": one}) for one in scenarios or [entry["scenario"]]]


def _text(node: yaml.Node, place: str) -> str:
    # The node's own text: a version written 2.10 stays 2.10 and is no number.
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise KnownFailuresError(f"{place} must be a text that is not empty")
    return str(node.value).strip()
