"""Turns the words of a command line into scenarios and connectors, or says what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fillproof.harness.cli.wrong_use import WrongUse
from fillproof.harness.connectors.names import (
    THEIR_AREA,
    WHEN_NAMED,
    UnknownConnectorName,
    adapter_path,
    default_names,
    known_names,
)
from fillproof.harness.runner import Case, plan_cases
from fillproof.harness.scenario import ScenarioError, discover, load, packaged_folder, scenario_id


def choose_scenarios(names: Sequence[str]) -> tuple[tuple[Mapping[str, Any], str], ...]:
    """Return (document, how to name it again) of every scenario meant; all packaged ones if none.

    Every mistake in every file is shown at once.
    """
    pairs, wrong = [], []
    try:
        paths = discover(names)
    except ScenarioError as problem:
        raise WrongUse(str(problem)) from problem
    for path in paths:
        try:
            pairs.append((load(path).document(), name_again(path)))
        except ScenarioError as problem:
            wrong.append(str(problem))
    if wrong:
        raise WrongUse("\n".join(wrong))
    return tuple(pairs)


def name_again(path: Path) -> str:
    """Return what a scenario is called on a command line: its id when packaged, else its path."""
    if path.is_relative_to(packaged_folder()):
        return scenario_id(path)
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def planned(
    scenarios: Iterable[tuple[Mapping[str, Any], str]], connectors: Sequence[str], seed: int
) -> tuple[Case, ...]:
    """Return the cases of the connectors named.

    If none is, those of the default ones, and of the others those in the area that is theirs.
    """
    pairs = tuple(scenarios)
    cases = plan_cases(pairs, choose_connectors(connectors), seed)
    if connectors:
        return cases
    others = plan_cases(pairs, [name for name in known_names() if name in WHEN_NAMED], seed)
    return (*cases, *(case for case in others if case.area == THEIR_AREA))


def choose_connectors(names: Sequence[str]) -> tuple[str, ...]:
    """Return the connectors named, each once; the default ones if none."""
    for name in names:
        try:
            adapter_path(name)
        except UnknownConnectorName as problem:
            raise WrongUse(str(problem)) from problem
    return tuple(dict.fromkeys(names or default_names()))
