"""Loads scenarios: from a file, from YAML text, from a normalised document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fillproof.harness.scenario.base import Form
from fillproof.harness.scenario.discovery import scenario_id
from fillproof.harness.scenario.draft import draft_of_document, draft_of_yaml, finish
from fillproof.harness.scenario.explain import mistakes_of
from fillproof.harness.scenario.mistakes import Mistake, ScenarioError
from fillproof.harness.scenario.model import Scenario
from fillproof.harness.scenario.venue import Venue
from fillproof.harness.scenario.yaml_text import read_yaml

_OF_A_UNIVERSE = {
    "links": "links: a real socket has its own; leave them out",
    "chain": "chain: only scenarios have one; leave it out, and run a scenario for it",
}
"""Keys of a venue that one on a real socket cannot have, and what to do."""


def load(path: str | Path) -> Scenario:
    """Return the scenario of a file; raises ScenarioError with every mistake in it."""
    folder = Path(path).parent
    return parse(_bytes(path), name=str(path), identity=scenario_id(path), folder=folder)


def load_venue(path: str | Path) -> Venue:
    """Return the venue of a file that holds what stands under `venue:`; raises ScenarioError.

    What it names stands beside it. What only a universe has is refused: a real socket has links of
    its own, and its venue no chain.
    """
    name = str(path)
    read = read_yaml(_bytes(path), name)
    written = {} if read.value is None else read.value
    try:
        venue = Venue.model_validate(written, context=Form.YAML)
    except ValidationError as error:
        found = mistakes_of(error, Venue, (), read.places, ())
        raise ScenarioError(name, [*read.mistakes, *found]) from error
    mistakes = [read.places.mistake(at, text) for at, text in venue.problems()]
    mistakes += [
        read.places.mistake((key,), text, at_key=True)
        for key, text in _OF_A_UNIVERSE.items()
        if key in venue.model_fields_set
    ]
    if read.mistakes or mistakes:
        raise ScenarioError(name, [*read.mistakes, *mistakes])
    return venue.with_trades(Path(path).parent, name, read.places, ())


def parse(data: bytes | str, *, name: str, identity: str, folder: Path = Path()) -> Scenario:
    """Return the scenario of a YAML text; `name` is what errors call it.

    Files that it names are looked for in the folder.
    """
    read = read_yaml(data.encode() if isinstance(data, str) else data, name)
    draft = draft_of_yaml(read.value, name, identity, read.places)
    scenario = finish(replace(draft, mistakes=(*read.mistakes, *draft.mistakes)))
    venue = scenario.venue.with_trades(folder, name, read.places, ("venue",))
    return scenario if venue is scenario.venue else scenario.model_copy(update={"venue": venue})


def from_document(document: Mapping[str, Any]) -> Scenario:
    """Return the scenario of a normalised document, checked as a file is; raises ScenarioError."""
    return finish(draft_of_document(dict(document)))


def _bytes(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        text = f"cannot be read: {problem.strerror or problem}"
        raise ScenarioError(str(path), [Mistake(0, 0, text)]) from problem
