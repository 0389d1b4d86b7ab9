"""Lives under faults drawn from the whole catalogue, each for what its life makes cross."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import count, pairwise
from typing import Any

from conformance_tests.soak.moments import Life, Message, Moment, Place
from hypothesis.strategies import SearchStrategy

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.fuzz import tables
from fillproof.harness.fuzz.abilities import Abilities
from fillproof.harness.fuzz.building import Document, build, named
from fillproof.harness.fuzz.drawing import batch_seed, draw
from fillproof.harness.fuzz.moves import Plan
from fillproof.harness.fuzz.strategies import plans
from fillproof.harness.history import History
from fillproof.harness.scenario import from_document
from fillproof.harness.scenario.faults import CATALOGUE, Fault
from fillproof.harness.scenario.schema import json_schema
from fillproof.harness.scenario.values import NANOSECONDS

LIVES_A_BATCH = 100
_FEWEST_MOVES = 3
_ABOUT_BOOKS = 4
"""One life in so many is also about the books of its market."""

_MS, _S = NANOSECONDS["ms"], NANOSECONDS["s"]

_DURATIONS = (50 * _MS, 1 * _S, 6 * _S, 35 * _S)
_LONG = _DURATIONS[2:]
"""Longer than any pause before somebody connects again."""

_LEADS = (1 * _MS, 20 * _MS, 300 * _MS)
"""How long before what it is to meet a fault is armed, where time only passes."""

_JUST_BEFORE = 0.5
"""How likely a fault is armed so short before, where it can be."""

_LATEST = 0.7
"""How likely a fault stands at the last place where it still acts."""

_GROUPS = (65, 25, 10)
"""How likely a fault meets what crossed after the others, after the start, or at any time."""

_WEIGHTS: Mapping[str, int] = {"user_stream": 4, "control": 1}
"""How often a channel is drawn, among those that a life has; all others twice."""

_OPTIONS: Mapping[str, tuple[Any, ...]] = {
    "count": tables.COUNTS,
    "at_byte": tables.CUTS,
    "every": (50 * _MS, 500 * _MS),
    "code": tables.CLOSE_CODES,
    "retry_after": (None, None, 1 * _S, 35 * _S),
}
"""Values of keys for which not every one is worth a try."""

Numbered = tuple[int, Document]
"""A life, and which one of its seed it is."""

Keys = dict[str, Any]
Aim = tuple[Place, Keys]
"""Where a fault stands, and the keys that make it meet what it is aimed at."""


def calm_lives(abilities: Abilities, seed: int, first: int = 0) -> Iterator[Numbered]:
    """Yield lives without faults, from the first asked for on; the same seed yields the same."""
    strategy = plans(abilities, fewest_moves=_FEWEST_MOVES)
    has_books = Capability.ORDER_BOOK in abilities.capabilities
    for number, plan in numbered(strategy, seed, first):
        document = started(build(plan, f"faults seed {seed}"))
        if has_books and not number % _ABOUT_BOOKS:
            requires = [*document["requires"], str(Capability.ORDER_BOOK)]
            document = from_document({**document, "requires": requires}).document()
        yield number, document


def numbered(strategy: SearchStrategy[Plan], seed: int, first: int) -> Iterator[tuple[int, Plan]]:
    """Yield plans without their own faults, from the first asked for on, each with its number."""
    for batch in count(first // LIVES_A_BATCH):
        drawn = draw(strategy, batch_seed(seed, batch), LIVES_A_BATCH)
        for number, plan in enumerate(drawn, batch * LIVES_A_BATCH):
            if number >= first:
                moves = tuple(replace(move, fault=None) for move in plan.moves)
                yield number, replace(plan, moves=moves)


def started(document: Document) -> Document:
    """Return the life with a step at which the connector starts: a fault can stand before it."""
    return _whole(document, [{"op": "start"}, *document["steps"]])


def disturbed(document: Mapping[str, Any], history: History, dice: random.Random) -> Document:
    """Return a life with one more fault, drawn for what crossed when it was lived without."""
    life = Life(document["steps"], history)
    for fault in dice.sample(CATALOGUE, len(CATALOGUE)):
        aimed = aim(fault, life, dice)
        if aimed is not None:
            place, keys = aimed
            return _whole(document, _inserted(life.steps, place, a_step(fault, keys, dice)))
    raise ValueError(f"{document['id']}: no fault of the catalogue can meet anything")


def without(document: Mapping[str, Any], history: History) -> Document | None:
    """Return a life without the steps that could not happen in it; None when all of them did."""
    unmet = {step.index for step in history.steps if step.state == "unmet"}
    if not unmet:
        return None
    kept = [step for index, step in enumerate(document["steps"]) if index not in unmet]
    return _whole(document, kept)


def _whole(document: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> Document:
    return from_document(named({**document, "steps": list(steps)})).document()


def _inserted(
    steps: Sequence[Mapping[str, Any]], place: Place, fault: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    before, after = list(steps[: place.index]), list(steps[place.index :])
    if not place.after:
        return [*before, fault, *after]
    wait = {"op": "wait", "for": place.after}
    if not after:
        return [*before, wait, fault]
    rest = {**after[0], "for": after[0]["for"] - place.after}
    return [*before, wait, fault, rest, *after[1:]]


# Where a fault stands, and what it meets there ---------------------------------------------------


def aim(fault: Fault, life: Life, dice: random.Random) -> Aim | None:
    """Return where a fault meets something in a life; None when it cannot."""
    return _AIMS.get(fault.op, _at_messages)(fault, life, dice)


def _at_messages(fault: Fault, life: Life, dice: random.Random) -> Aim | None:
    """Aim at the n-th message of a channel from some place on."""
    by_channel = {channel: _met(fault, life, channel) for channel in _channels(fault)}
    channel = _channel([name for name, found in by_channel.items() if found], dice)
    if channel is None:
        return None
    message = _message(life, by_channel[channel], dice)
    place = _place(life, message.sent, dice)
    if place is None:
        return None
    passed = [place.passed_by(one.sent) for one in by_channel[channel]]
    return place, {"channel": channel, "skip": sum(passed[: by_channel[channel].index(message)])}


def _met(fault: Fault, life: Life, channel: str) -> list[Message]:
    """Return what a fault of a channel can meet: a venue fails and doubles what reached it."""
    if fault.op not in ("fail", "resend"):
        return life.on(channel)
    requests = life.on(channel.replace("_reply", "_request"))
    return [request for request in requests if request.arrived is not None]


def _at_arrivals(fault: Fault, life: Life, dice: random.Random) -> Aim | None:
    """Aim a window at the time when a message arrives; for a slow reader, at one of two."""
    every = dice.choice(_OPTIONS["every"]) if fault.op == "slow_reader" else 0
    by_channel = {channel: _arrivals(life, channel, every) for channel in _channels(fault)}
    channel = _channel([name for name, found in by_channel.items() if found], dice)
    if channel is None:
        return None
    first, last = dice.choice(by_channel[channel])
    place = _place(life, first, dice)
    if place is None:
        return None
    keys: Keys = {"channel": channel, "for": _longer_than(last.t - place.t, dice)}
    return place, keys | ({"every": every} if every else {})


def _arrivals(life: Life, channel: str, every: int) -> list[tuple[Moment, Moment]]:
    """Return when each message arrived, twice; with `every`, it and the next within that time."""
    arrived = [message.arrived for message in life.on(channel) if message.arrived is not None]
    if not every:
        return [(moment, moment) for moment in arrived]
    arrived.sort(key=lambda moment: moment.n)
    return [(one, next_) for one, next_ in pairwise(arrived) if next_.t - one.t < every]


def _at_connections(fault: Fault, life: Life, dice: random.Random) -> Aim | None:
    """Aim at a connection that has carried the channel and is open still."""
    by_channel: dict[str, list[Place]] = {}
    for name in _channels(fault):
        carried = life.on(name)
        by_channel[name] = [
            place
            for place in life.places
            if any(_is_carrier(life, message, place) for message in carried)
        ]
    channel = _channel([name for name, found in by_channel.items() if found], dice)
    if channel is None:
        return None
    return dice.choice(by_channel[channel]), {"channel": channel, "for": dice.choice(_DURATIONS)}


def _is_carrier(life: Life, message: Message, place: Place) -> bool:
    closed = life.closed.get(message.connection)
    return message.sent.n < place.begun.n and (closed is None or closed > place.begun.n)


def _at_reads(fault: Fault, life: Life, dice: random.Random) -> Aim | None:
    """Aim at an answer that is another than it would have been where the fault stands."""
    by_channel: dict[str, list[tuple[Place, Moment]]] = {}
    for name in _channels(fault):
        by_channel[name] = [
            (place, asked.arrived)
            for place in life.places
            for asked in life.on(name.replace("_reply", "_request"))
            if asked.arrived is not None
            and place.passed_by(asked.sent)
            and life.knows(name, place.begun) != life.knows(name, asked.arrived)
        ]
    channel = _channel([name for name, found in by_channel.items() if found], dice)
    if channel is None:
        return None
    place, asked_at = dice.choice(by_channel[channel])
    return place, {"channel": channel, "for": _longer_than(asked_at.t - place.t, dice)}


def _at_openings(_fault: Fault, life: Life, dice: random.Random) -> Aim | None:
    """Aim at who connects: of himself, or as all that was connected breaks."""
    if dice.random() < 0.5:
        return _any_place(life, dice), {"breaks": True, "for": dice.choice(_LONG)}
    opened = dice.choice(life.opened)
    place = _place(life, opened, dice)
    if place is None:
        return None
    return place, {"breaks": False, "for": _longer_than(opened.t - place.t, dice)}


def _at_requests(_fault: Fault, life: Life, dice: random.Random) -> Aim | None:
    """Aim at who asks, or as all streams end at who comes again."""
    if dice.random() < 0.5:
        return _any_place(life, dice), {"for": dice.choice(_LONG)}
    asked = [m for m in life.messages if m.channel.endswith("_request") and m.arrived is not None]
    message = _message(life, asked, dice)
    place = _place(life, message.sent, dice)
    if place is None or message.arrived is None:
        return None
    return place, {"for": _longer_than(message.arrived.t - place.t, dice)}


def _at_once(fault: Fault, life: Life, dice: random.Random) -> Aim:
    """Aim at nothing: it fires wherever it stands."""
    keys = {dice.choice(("ahead", "behind")): dice.choice(_DURATIONS)} if fault.op == "skew" else {}
    return _any_place(life, dice), keys


def _at_streams(fault: Fault, life: Life, dice: random.Random) -> Aim | None:
    """Aim at a stream that stands."""
    place = _any_place(life, dice)
    if place.begun.n < life.began.n:
        return None
    channels = [channel for channel in _channels(fault) if life.on(channel)]
    if not _channels(fault):
        return place, {}
    return (place, {"channel": dice.choice(channels)}) if channels else None


_AIMS: Mapping[str, Callable[[Fault, Life, random.Random], Aim | None]] = {
    "hold": _at_arrivals,
    "slow_reader": _at_arrivals,
    "half_open": _at_connections,
    "lag": _at_reads,
    "unreachable": _at_openings,
    "maintenance": _at_requests,
    "revoke": _at_streams,
    "close": _at_streams,
    "skew": _at_once,
    "stall": _at_once,
}
"""How the faults are aimed that do not wait for the next messages of a channel."""


def _channel(among: Sequence[str], dice: random.Random) -> str | None:
    weights = [_WEIGHTS.get(channel, 2) for channel in among]
    return dice.choices(among, weights)[0] if among else None


def _message(life: Life, among: Sequence[Message], dice: random.Random) -> Message:
    """Return one of the messages, rather one that crossed after all faults that are there."""
    groups = [
        [message for message in among if message.sent.n > life.disturbed.n],
        [message for message in among if message.sent.n > life.began.n],
        list(among),
    ]
    first = dice.choices(range(len(groups)), _GROUPS)[0]
    return dice.choice(next(group for group in groups[first:] if group))


def _any_place(life: Life, dice: random.Random) -> Place:
    message = _message(life, life.messages, dice)
    return _place(life, message.sent, dice) or dice.choice(life.places)


def _place(life: Life, moment: Moment, dice: random.Random) -> Place | None:
    """Return where a fault stands that is to act at a moment; None when it would be healed."""
    places = life.before(moment)
    if not places:
        return None
    latest = places[-1]
    if life.lets_pass(latest, moment.t) and dice.random() < _JUST_BEFORE:
        after = (moment.t - latest.begun.t - dice.choice(_LEADS)) // _MS * _MS
        return replace(latest, after=after) if after > 0 else latest
    return latest if dice.random() < _LATEST else dice.choice(places)


def _longer_than(ns: int, dice: random.Random) -> int:
    """Return a duration that is longer; a little when no usual one is."""
    usual = [duration for duration in _DURATIONS if duration > ns]
    return dice.choice(usual or [-(-ns // _MS) * _MS + 50 * _MS])


# The step of a fault -----------------------------------------------------------------------------


def a_step(fault: Fault, keys: Mapping[str, Any], dice: random.Random) -> Keys:
    """Return a step of a fault with these keys, all others drawn from what the language allows."""
    step: Keys = {"op": fault.op, **keys}
    if fault.op == "fail":
        step |= dice.choice(tables.FAILURES.get(step["channel"], tables.FAILURES_ANYWHERE))
    if fault.op == "skew":
        return step
    for key, schema in _schemas(fault).items():
        if key not in step:
            step[key] = _value(key, schema, dice)
    return step


def _value(key: str, schema: Mapping[str, Any], dice: random.Random) -> Any:
    if key in _OPTIONS:
        return dice.choice(_OPTIONS[key])
    if "enum" in schema:
        return dice.choice(schema["enum"])
    match schema.get("type"):
        case "boolean":
            return dice.random() < 0.5
        case "integer":
            return schema.get("default", schema.get("minimum"))
        case "string" if "ms|s|m|h" in str(schema.get("pattern")):
            return dice.choice(_DURATIONS)
    raise ValueError(f"{key}: nobody knows what to draw for {schema}")


def _channels(fault: Fault) -> Sequence[str]:
    words: Sequence[str] = _schemas(fault).get("channel", {}).get("enum", ())
    return words


@cache
def _schemas(fault: Fault) -> Mapping[str, Mapping[str, Any]]:
    """Return the schema of each key of a fault's step, its line and column left out."""
    definition = json_schema()["$defs"][fault.action.__name__]
    properties: Mapping[str, Mapping[str, Any]] = definition["properties"]
    return properties
