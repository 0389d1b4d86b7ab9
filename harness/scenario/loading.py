"""Loads scenarios: from a file, from YAML text, from a normalised document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from fillproof.harness.scenario.discovery import scenario_id
from fillproof.harness.scenario.draft import draft_of_document, draft_of_yaml, finish
from fillproof.harness.scenario.mistakes import Mistake, ScenarioError
from fillproof.harness.scenario.model import Scenario
from fillproof.harness.scenario.yaml_text import read_yaml


def load(path: str | Path) -> Scenario:
    """Return the scenario of a file; raises ScenarioError with every mistake in it."""
    try:
        data = Path(path).read_bytes()
    except OSError as problem:
        text = f"cannot be read: {problem.strerror or problem}"
        raise ScenarioError(str(path), [Mistake(0, 0, text)]) from problem
    return parse(data, name=str(path), identity=scenario_id(path))


def parse(data: bytes | str, *, name: str, identity: str) -> Scenario:
    """Return the scenario of a YAML text; `name` is what errors call it."""
    read = read_yaml(data.encode() if isinstance(data, str) else data, name)
    draft = draft_of_yaml(read.value, name, identity, read.places)
    return finish(replace(draft, mistakes=(*read.mistakes, *draft.mistakes)))


def from_document(document: Mapping[str, Any]) -> Scenario:
    """Return the scenario of a normalised document, checked as a file is; raises ScenarioError."""
    return finish(draft_of_document(dict(document)))
