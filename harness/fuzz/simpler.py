"""Every scenario that is one step simpler than another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from fillproof.harness.fuzz import tables
from fillproof.harness.fuzz.abilities import still_document
from fillproof.harness.numbers import plain
from fillproof.harness.scenario import ScenarioError, from_document
from fillproof.harness.scenario.values import NANOSECONDS

Document = dict[str, Any]
Step = Mapping[str, Any]
Steps = list[Step]

_ROUND_DURATIONS = (NANOSECONDS["s"], 10 * NANOSECONDS["s"], NANOSECONDS["m"])
_ROUND_AMOUNTS = ("1", "0.5", "0.2", "0.1")

ROUND: Mapping[str, tuple[Any, ...]] = {
    "for": _ROUND_DURATIONS,
    "by": _ROUND_DURATIONS,
    "amount": _ROUND_AMOUNTS,
    "price": (tables.PRICES[0],),
    "count": (1,),
    "at_byte": (0,),
    "code": (1001,),
}
"""What a value of a step is better replaced by, the best first; an error's code is its own."""

_PLACING = ("buy", "sell")
_AT_THE_DESK = ("desk_buy", "desk_sell")
_RARE = ("stop_loss", "take_profit")

_PLAIN_ORDER = {
    "order_type": "LIMIT",
    "time_in_force": "GTC",
    "post_only": False,
    "good_for": None,
}


def simpler(document: Document) -> Iterator[Document]:
    """Yield the scenarios that lack one thing of this one, then those that say one thing plainer.

    Not all are valid. Each has fewer steps or, from the front, the first step that differs is
    plainer; so replacing again and again comes to an end.
    """
    for steps in _fewer(document["steps"]):
        yield {**document, "steps": steps}
    for venue in _plainer_venues(document["venue"]):
        yield {**document, "venue": venue}
    for steps in _plainer(document["steps"]):
        yield {**document, "steps": steps}


def _fewer(steps: Steps) -> Iterator[Steps]:
    """Yield the steps without an order, without a step, and with two trades made one."""
    for label in labels(steps):
        yield [step for step in steps if label not in (step.get("order"), step.get("by"))]
    for index in reversed(range(len(steps))):
        yield _without(steps, index)
    for index, later in _trades_of_one_order(steps):
        both = Decimal(steps[index]["amount"]) + Decimal(steps[later]["amount"])
        yield _without(_with(steps, later, amount=plain(both)), index)


def _plainer_venues(venue: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    plain_venue = still_document()["venue"]
    for plainer in (plain_venue, {**venue, "links": plain_venue["links"]}):
        if plainer != venue:
            yield plainer


def _plainer(steps: Steps) -> Iterator[Steps]:
    """Yield the steps with one of them plainer; what a trade gives up, the order's next takes."""
    names = labels(steps)
    for index, step in enumerate(steps):
        if step["op"] in _PLACING:
            yield from _plainer_orders(steps, index)
        elif step.get("order") and step["op"] not in _AT_THE_DESK:
            for label in names[: names.index(step["order"])]:
                yield _with(steps, index, order=label)
        for key, value in _rounder_values(step):
            yield _with(steps, index, **{key: value})
    for index, later in _trades_of_one_order(steps):
        both = Decimal(steps[index]["amount"]) + Decimal(steps[later]["amount"])
        for _, value in _rounder_values(steps[index]):
            if Decimal(value) < both:
                taken = plain(both - Decimal(value))
                yield _with(_with(steps, index, amount=value), later, amount=taken)


def _plainer_orders(steps: Steps, index: int) -> Iterator[Steps]:
    """Yield the steps with a plain limit order there, which waits for nothing."""
    step = steps[index]
    if any(step[key] != value for key, value in _PLAIN_ORDER.items()) or set(_RARE) & set(step):
        price = step["price"] or tables.PRICES[0]
        plain_order = {**step, **_PLAIN_ORDER, "price": price}
        at_once = {key: value for key, value in plain_order.items() if key not in _RARE}
        yield [*steps[:index], at_once, *steps[index + 1 :]]


def _rounder_values(step: Step) -> Iterator[tuple[str, Any]]:
    for key, values in ROUND.items():
        if step.get(key) is None or (key == "code" and step["op"] == "fail"):
            continue
        best = values.index(step[key]) if step[key] in values else len(values)
        for value in values[:best]:
            yield key, value


def labels(steps: Steps) -> list[str]:
    """Return the names of all orders, as they are placed."""
    new = {**dict.fromkeys((*_PLACING, *_AT_THE_DESK), "order"), "replace": "by"}
    return [step[new[step["op"]]] for step in steps if step["op"] in new]


def _trades_of_one_order(steps: Steps) -> Iterator[tuple[int, int]]:
    """Yield where each trade stands, and the next one of its order."""
    last: dict[str, int] = {}
    for index, step in enumerate(steps):
        if step["op"] == "trade":
            if step["order"] in last:
                yield last[step["order"]], index
            last[step["order"]] = index


def _with(steps: Steps, index: int, **changed: Any) -> Steps:
    return [*steps[:index], {**steps[index], **changed}, *steps[index + 1 :]]


def _without(steps: Steps, index: int) -> Steps:
    return [*steps[:index], *steps[index + 1 :]]


def is_valid(document: Document) -> bool:
    """Return whether the document is a right scenario."""
    try:
        from_document(document)
    except ScenarioError:
        return False
    return True
