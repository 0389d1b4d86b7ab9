"""Lifecycles with faults drawn from the whole catalogue, whatever stands in it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any

from fillproof.harness.fuzz import tables
from fillproof.harness.fuzz.abilities import Abilities
from fillproof.harness.fuzz.building import Document, build, named
from fillproof.harness.fuzz.drawing import batch_seed, draw
from fillproof.harness.fuzz.strategies import plans
from fillproof.harness.scenario import from_document
from fillproof.harness.scenario.faults import CATALOGUE, Fault
from fillproof.harness.scenario.schema import json_schema
from fillproof.harness.scenario.values import NANOSECONDS

HOW_MANY = (1, 1, 2, 2, 3)
PLANS_A_BATCH = 100

_MS, _S = NANOSECONDS["ms"], NANOSECONDS["s"]

_STREAM = "user_stream"
_MET_BY: Mapping[str, tuple[str, ...]] = {
    "buy": ("create_request", "create_reply", _STREAM),
    "sell": ("create_request", "create_reply", _STREAM),
    "cancel": ("cancel_request", "cancel_reply", _STREAM),
    "trade": (_STREAM,),
    "expire": (_STREAM,),
    "reject": (_STREAM,),
}
"""Which messages a step makes: a fault before it rather acts on these than on any."""

_ANYWHERE = 0.15
"""How likely a fault is on any channel whatever."""

_VALUES: Mapping[str, tuple[Any, ...]] = {
    "count": tables.COUNTS,
    "skip": (0, 0, 0, 1, 2),
    "at_byte": tables.CUTS,
    "every": (50 * _MS, 500 * _MS),
}
"""Values of keys for which not every one is worth a try."""

_DURATIONS = (50 * _MS, 1 * _S, 6 * _S, 35 * _S)


def drawn(abilities: Abilities, seed: int, runs: int | None) -> Iterator[Document]:
    """Yield so many scenarios, or without end; the same seed yields the same."""
    source = f"faults seed {seed}"
    strategy = plans(abilities)
    numbers = iter(count() if runs is None else range(runs))
    for batch in count():
        for plan in draw(strategy, batch_seed(seed, batch), PLANS_A_BATCH):
            number = next(numbers, None)
            if number is None:
                return
            calm = replace(plan, moves=tuple(replace(move, fault=None) for move in plan.moves))
            yield disturbed(build(calm, source), random.Random(f"{seed}/{number}"))


def disturbed(document: Document, dice: random.Random) -> Document:
    """Return the scenario with some faults between its steps."""
    steps = list(document["steps"])
    for _ in range(dice.choice(HOW_MANY)):
        fault = dice.choice(CATALOGUE)
        place = _place(fault, steps, dice)
        near = _MET_BY.get(steps[place]["op"], ())
        steps.insert(place, a_fault(fault, near, dice))
    return from_document(named({**document, "steps": steps})).document()


def _place(fault: Fault, steps: Sequence[Mapping[str, Any]], dice: random.Random) -> int:
    """Return before which step the fault stands: rather one whose messages it can meet."""
    allowed = _schemas(fault).get("channel", {}).get("enum", ())
    meeting = [
        place
        for place, step in enumerate(steps)
        if set(allowed) & set(_MET_BY.get(step["op"], ())) or not allowed
    ]
    return dice.choice(meeting) if meeting else dice.randrange(len(steps))


def a_fault(fault: Fault, near: Sequence[str], dice: random.Random) -> dict[str, Any]:
    """Return a step of a fault, each of its keys drawn from what the language allows.

    Its channel is rather one of those `near`.
    """
    step: dict[str, Any] = {"op": fault.op}
    match fault.op:
        case "fail":
            channel = _one_of(_schemas(fault)["channel"], near, dice)
            rows = tables.FAILURES.get(channel, tables.FAILURES_ANYWHERE)
            step |= {"channel": channel, **dice.choice(rows)}
        case "close":
            step["code"] = dice.choice(tables.CLOSE_CODES)
        case "skew":
            return step | {dice.choice(("ahead", "behind")): dice.choice(_DURATIONS)}
    for key, schema in _schemas(fault).items():
        if key not in step:
            step[key] = _value(key, schema, near, dice)
    return step


def _value(key: str, schema: Mapping[str, Any], near: Sequence[str], dice: random.Random) -> Any:
    if key in _VALUES:
        return dice.choice(_VALUES[key])
    if "enum" in schema:
        return _one_of(schema, near, dice)
    match schema.get("type"):
        case "boolean":
            return dice.random() < 0.5
        case "integer":
            return schema.get("default", schema.get("minimum"))
        case "string" if "ms|s|m|h" in str(schema.get("pattern")):
            return dice.choice(_DURATIONS)
    raise ValueError(f"{key}: nobody knows what to draw for {schema}")


def _one_of(schema: Mapping[str, Any], near: Sequence[str], dice: random.Random) -> str:
    words = [str(word) for word in schema["enum"]]
    likely = [word for word in words if word in near]
    return dice.choice(words if not likely or dice.random() < _ANYWHERE else likely)


@cache
def _schemas(fault: Fault) -> Mapping[str, Mapping[str, Any]]:
    """Return the schema of each key of a fault's step, its line and column left out."""
    definition = json_schema()["$defs"][fault.action.__name__]
    properties: Mapping[str, Mapping[str, Any]] = definition["properties"]
    return properties
