"""A scenario as it was read, before it is known to be right, and how it becomes one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from fillproof.harness.scenario.actions import ACTIONS, Action
from fillproof.harness.scenario.amounts import amount_mistakes
from fillproof.harness.scenario.base import Form, shown
from fillproof.harness.scenario.explain import mistakes_of
from fillproof.harness.scenario.mistakes import Mistake, Places, ScenarioError, not_one_of
from fillproof.harness.scenario.model import Header, Scenario, Step
from fillproof.harness.scenario.names import name_mistakes


@dataclass(frozen=True, slots=True)
class DraftStep:
    """One step whose word is known; `index` is its place in the list, `body` its keys as read."""

    index: int
    op: str
    body: dict[str, Any]
    line: int
    column: int

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where the keys of the step stand."""
        return ("steps", self.index, self.op)


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was read of a scenario, and the mistakes found while reading it."""

    name: str
    """What errors call it: the path of the file."""
    id: str
    header: dict[str, Any]
    steps: tuple[DraftStep, ...]
    places: Places
    form: Form
    mistakes: tuple[Mistake, ...] = ()


def finish(draft: Draft) -> Scenario:
    """Return the scenario; raises ScenarioError with all mistakes at once.

    Amounts are compared with the rules of their market where both could be read.
    """
    mistakes = list(draft.mistakes)
    header = _header(draft, mistakes)
    steps = [(step, _action(draft, step, mistakes)) for step in draft.steps]
    mistakes += name_mistakes(draft.header, draft.steps, draft.places)
    good = [(step, action) for step, action in steps if action is not None]
    if header is not None:
        mistakes += amount_mistakes(header, good, draft.places)
    if header is None or mistakes:
        raise ScenarioError(draft.name, mistakes)
    placed = tuple(Step(line=step.line, column=step.column, action=one) for step, one in good)
    written = {key: getattr(header, key) for key in header.model_fields_set}
    return Scenario(id=draft.id, steps=placed, **written)


def _header(draft: Draft, mistakes: list[Mistake]) -> Header | None:
    by_name = draft.form is Form.DOCUMENT
    try:
        return Header.model_validate(
            draft.header, context=draft.form, by_alias=True, by_name=by_name
        )
    except ValidationError as error:
        mistakes += mistakes_of(error, Header, (), draft.places, ("steps",))
        return None


def _action(draft: Draft, step: DraftStep, mistakes: list[Mistake]) -> Action | None:
    kind = ACTIONS[step.op]
    by_name = draft.form is Form.DOCUMENT
    try:
        action = kind.model_validate(step.body, context=draft.form, by_alias=True, by_name=by_name)
    except ValidationError as error:
        mistakes += mistakes_of(error, kind, step.path, draft.places, ())
        return None
    own = [draft.places.mistake((*step.path, *path), text) for path, text in action.problems()]
    mistakes += own
    return None if own else action


def draft_of_yaml(value: Any, name: str, identity: str, places: Places) -> Draft:
    """Return the draft of a YAML document that has been read."""
    if not isinstance(value, dict):
        text = f"a scenario is a mapping with title and steps, not {shown(value)}"
        raise ScenarioError(name, [places.mistake((), text)])
    header = {key: one for key, one in value.items() if key != "steps"}
    written = value.get("steps")
    mistakes: list[Mistake] = []
    steps: list[DraftStep] = []
    if not isinstance(written, list) or not written:
        mistakes.append(
            places.mistake(("steps",), "steps: nothing happens; list at least one step")
        )
    else:
        steps = list(_steps_of_yaml(written, places, mistakes))
    return Draft(name, identity, header, tuple(steps), places, Form.YAML, tuple(mistakes))


def _steps_of_yaml(
    written: list[Any], places: Places, mistakes: list[Mistake]
) -> Iterator[DraftStep]:
    for index, item in enumerate(written):
        whole = {item: {}} if isinstance(item, str) else item
        if not isinstance(whole, dict) or len(whole) != 1:
            mistakes.append(places.mistake(("steps", index), _not_a_step(item)))
            continue
        ((op, body),) = whole.items()
        path = ("steps", index, op)
        if op not in ACTIONS:
            text = not_one_of("there is no step", op, ACTIONS)
            mistakes.append(places.mistake(path, text, at_key=True))
            continue
        keys = _keys(op, body)
        if keys is None:
            text = f"{op}: {shown(body)} is not enough; write its keys as {op}: {{...}}"
            mistakes.append(places.mistake(path, text))
        else:
            yield DraftStep(index, op, keys, *places.values[("steps", index)])


def _keys(op: str, body: Any) -> dict[str, Any] | None:
    """Return the keys of a step, also of one whose value stands alone (`cancel: a`)."""
    if isinstance(body, dict):
        return body
    if body is None and not any(key.is_required() for key in ACTIONS[op].model_fields.values()):
        return {}
    short = ACTIONS[op].short
    return None if short is None else {short: body}


def _not_a_step(item: object) -> str:
    what = f"{len(item)} keys" if isinstance(item, dict) else shown(item)
    return f"a step is one word with its keys, such as `- cancel: a`, not {what}"


def draft_of_document(document: dict[str, Any]) -> Draft:
    """Return the draft of a normalised document."""
    written = list(enumerate(document["steps"]))
    places = Places(
        values={("steps", index): (step["line"], step["column"]) for index, step in written}
    )
    mistakes = tuple(
        places.mistake(("steps", index), not_one_of("there is no step", step["op"], ACTIONS))
        for index, step in written
        if step["op"] not in ACTIONS
    )
    steps = tuple(
        DraftStep(index, step["op"], _body(step), step["line"], step["column"])
        for index, step in written
        if step["op"] in ACTIONS
    )
    header = {key: value for key, value in document.items() if key not in ("id", "steps")}
    identity = str(document["id"])
    return Draft(identity, identity, header, steps, places, Form.DOCUMENT, mistakes)


def _body(step: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in step.items() if key not in ("op", "line", "column")}
