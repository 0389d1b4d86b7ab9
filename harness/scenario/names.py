"""Checks that what a scenario speaks of was named before: orders and markets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fillproof.harness.scenario.mistakes import Mistake, Path, Places, not_one_of
from fillproof.harness.scenario.presence import PLACING, Named, presence_mistakes
from fillproof.harness.scenario.venue import DEFAULT_MARKETS

AT_THE_DESK = ("desk_buy", "desk_sell")
_THE_STRATEGYS = frozenset({"cancel", "amend", "replace"})


def name_mistakes(
    header: Mapping[str, Any], steps: Sequence[Named], places: Places
) -> Iterator[Mistake]:
    """Yield every name that does not fit; works on what was read, right or wrong."""
    placed: dict[str, int] = {}
    for step in steps:
        yield from _label_mistakes(step, placed, places)
        yield from _successor_mistakes(step, placed, places)
        yield from _market_mistakes(step, header, places)
        yield from _transaction_mistakes(step, placed, places)
    yield from presence_mistakes(steps, places)
    yield from _desk_mistakes(header, steps, places)
    expect = header.get("expect")
    for label in expect if isinstance(expect, Mapping) else ():
        if label not in placed:
            text = not_one_of("expect: no order is called", label, placed)
            yield places.mistake(("expect", label), text, at_key=True)


def _desk_mistakes(
    header: Mapping[str, Any], steps: Sequence[Named], places: Places
) -> Iterator[Mistake]:
    """Yield where the strategy, or what is told to it, is about an order of the desk."""
    desks = {step.body.get("order") for step in steps if step.op in AT_THE_DESK}
    for step in steps:
        label, told = step.body.get("order"), step.op == "await" and "told" in step.body
        if label in desks and (told or step.op in _THE_STRATEGYS):
            text = f'order "{label}" is placed at the desk; the strategy does not know of it'
            yield places.mistake((*step.path, "order"), text)
    expect = header.get("expect")
    for label in expect if isinstance(expect, Mapping) else ():
        if label in desks:
            text = f'expect: order "{label}" is placed at the desk; nothing is told of it'
            yield places.mistake(("expect", label), text, at_key=True)


def _label_mistakes(step: Named, placed: dict[str, int], places: Places) -> Iterator[Mistake]:
    label, path = step.body.get("order"), (*step.path, "order")
    if not isinstance(label, str):
        return
    if step.op not in (*PLACING, *AT_THE_DESK):
        if label not in placed:
            yield places.mistake(
                path, not_one_of("no order placed before is called", label, placed)
            )
    else:
        yield from _newly_named(label, path, placed, places)


def _successor_mistakes(step: Named, placed: dict[str, int], places: Places) -> Iterator[Mistake]:
    """Yield a name that the order which replaces another cannot have."""
    label = step.body.get("by")
    if step.op == "replace" and isinstance(label, str):
        yield from _newly_named(label, (*step.path, "by"), placed, places)


def _transaction_mistakes(step: Named, placed: dict[str, int], places: Places) -> Iterator[Mistake]:
    """Yield transactions of orders that nobody has placed before."""
    said = {key: step.body.get(key) for key in ("transaction", "of", "lost")}
    for key, value in said.items():
        for name in value if isinstance(value, list | tuple) else (value,):
            label = name.partition(" ")[2] if isinstance(name, str) else None
            if label and label not in placed:
                text = not_one_of("no order placed before is called", label, placed)
                yield places.mistake((*step.path, key), text)


def _newly_named(
    label: str, path: Path, placed: dict[str, int], places: Places
) -> Iterator[Mistake]:
    if label in placed:
        text = f'an order "{label}" is placed in line {placed[label]}; give this one another label'
        yield places.mistake(path, text)
    else:
        placed[label] = places.mistake(path, "").line


def _market_mistakes(step: Named, header: Mapping[str, Any], places: Places) -> Iterator[Mistake]:
    market, declared = step.body.get("market"), _markets(header)
    if isinstance(market, str) and market not in declared:
        text = not_one_of("the venue has no market", market, declared)
        yield places.mistake((*step.path, "market"), text)


def _markets(header: Mapping[str, Any]) -> Sequence[str]:
    venue = header.get("venue")
    markets = venue.get("markets") if isinstance(venue, Mapping) else None
    return tuple(markets if isinstance(markets, Mapping) else DEFAULT_MARKETS)
