"""Checks that the connector is there when a step needs it: started, and not stopped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from fillproof.harness.scenario.mistakes import Mistake, Path, Places

PLACING = ("buy", "sell")
_NEEDS_A_CONNECTOR = frozenset({*PLACING, "cancel", "amend", "replace", "identify", "await"})


class Named(Protocol):
    """A step as it was read."""

    @property
    def op(self) -> str: ...
    @property
    def body(self) -> Mapping[str, Any]: ...
    @property
    def path(self) -> Path: ...


def presence_mistakes(steps: Sequence[Named], places: Places) -> Iterator[Mistake]:
    """Yield steps that need a connector where there is none, and starts of one that is there."""
    starts = [index for index, step in enumerate(steps) if step.op == "start"]
    first = starts[0] if starts else 0
    for index in starts[1:]:
        text = "the connector starts once; leave this out, or write restart"
        yield places.mistake(steps[index].path, text, at_key=True)
    for step in steps[:first]:
        if step.op in (*_NEEDS_A_CONNECTOR, "stop", "restart"):
            text = f"{step.op} needs a connector, which starts later; write it after start"
            yield places.mistake(step.path, text, at_key=True)
    yield from _absence_mistakes(steps[first:], places)


def _absence_mistakes(steps: Sequence[Named], places: Places) -> Iterator[Mistake]:
    stopped: Named | None = None
    for step in steps:
        if step.op == "restart":
            if stopped is not None and step.body.get("kill"):
                text = "the connector was stopped before; leave kill out, or write it at the stop"
                yield places.mistake((*step.path, "kill"), text)
            stopped = None
        elif stopped is not None and (step.op == "stop" or _needs_it(step)):
            text = f"{step.op} needs a connector, which was stopped; write it after restart"
            yield places.mistake(step.path, text, at_key=True)
        elif step.op == "stop":
            stopped = step
    if stopped is not None:
        text = "the scenario ends without a connector; write restart after what happens meanwhile"
        yield places.mistake(stopped.path, text, at_key=True)


def _needs_it(step: Named) -> bool:
    """Return whether a step asks something of the connector; truth can be awaited without one."""
    return step.op in _NEEDS_A_CONNECTOR and "truth" not in step.body
