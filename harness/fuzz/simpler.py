"""Every scenario that is one step simpler than another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fillproof.harness.fuzz import tables
from fillproof.harness.fuzz.abilities import still_document
from fillproof.harness.scenario import ScenarioError, from_document
from fillproof.harness.scenario.values import NANOSECONDS

Document = dict[str, Any]
Step = Mapping[str, Any]

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

_PLAIN_ORDER = {
    "order_type": "LIMIT",
    "time_in_force": "GTC",
    "post_only": False,
    "good_for": None,
}


def simpler(document: Document) -> Iterator[Document]:
    """Yield the scenarios that lack one thing of this one, then those that say one thing plainer.

    Not all are valid. Each is simpler in an order that has an end, so replacing again and again
    ends too.
    """
    steps = document["steps"]
    labels = [step["order"] for step in steps if step["op"] in ("buy", "sell")]
    for label in labels:
        yield _with_steps(document, [step for step in steps if step.get("order") != label])
    for index in reversed(range(len(steps))):
        yield _with_steps(document, [*steps[:index], *steps[index + 1 :]])
    plain_venue = still_document()["venue"]
    for key in ("links", "profile"):
        if document["venue"][key] != plain_venue[key]:
            venue = (
                plain_venue if key == "profile" else {**document["venue"], key: plain_venue[key]}
            )
            yield {**document, "venue": venue}
    for index, step in enumerate(steps):
        for rounder in (*_of_earlier_orders(step, labels), *_rounder_steps(step)):
            yield _with_steps(document, [*steps[:index], rounder, *steps[index + 1 :]])


def _of_earlier_orders(step: Step, labels: list[str]) -> Iterator[Step]:
    if step["op"] not in ("buy", "sell") and step.get("order"):
        for label in labels[: labels.index(step["order"])]:
            yield {**step, "order": label}


def _rounder_steps(step: Step) -> Iterator[Step]:
    if step["op"] in ("buy", "sell"):
        price = step["price"] or tables.PRICES[0]
        if any(step[key] != value for key, value in _PLAIN_ORDER.items()):
            yield {**step, **_PLAIN_ORDER, "price": price}
    for key, values in ROUND.items():
        if step.get(key) is None or (key == "code" and step["op"] == "fail"):
            continue
        best = values.index(step[key]) if step[key] in values else len(values)
        for value in values[:best]:
            yield {**step, key: value}


def _with_steps(document: Document, steps: list[Step]) -> Document:
    return {**document, "steps": steps}


def is_valid(document: Document) -> bool:
    """Return whether the document is a right scenario."""
    try:
        from_document(document)
    except ScenarioError:
        return False
    return True
