"""Pairs each told Filled with the fill in truth that it tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from fillproof.harness.history import Event, OrderStory, Trade
from fillproof.harness.numbers import same


class Told(StrEnum):
    """How a told Filled relates to truth."""

    ONCE = "once"
    AGAIN = "again"
    EARLY = "early"
    WRONG_ID = "wrong id"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True)
class Telling:
    """One told Filled; `trade` is the fill it tells, None when it is invented."""

    event: Event
    how: Told
    trade: Trade | None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Every told Filled in its order, and the fills that were never told."""

    tellings: tuple[Telling, ...]
    untold: tuple[Trade, ...]


def trades_of(order: OrderStory) -> tuple[Trade, ...]:
    """Return every fill the venue did for the order, in its order."""
    trades = (trade for truth in order.truths for trade in truth.trades)
    return tuple(sorted(trades, key=lambda trade: trade.n))


def pair(order: OrderStory) -> Pairing:
    """Pair by trade id; a Filled that states none by amount and price.

    It is rather about a fill that no other Filled names.
    """
    trades = trades_of(order)
    untold = {trade.n: trade for trade in trades}
    tellings = []
    named = {event.trade_id for event in order.events("Filled")}
    for event in order.events("Filled"):
        telling = _tell(event, trades, untold, named)
        if telling.trade is not None:
            untold.pop(telling.trade.n, None)
        tellings.append(telling)
    return Pairing(tuple(tellings), tuple(untold.values()))


def true_fills(order: OrderStory) -> tuple[Event, ...]:
    """Return the told Filled that tell a fill for the first time."""
    return tuple(telling.event for telling in pair(order).tellings if telling.how is Told.ONCE)


def _tell(
    event: Event,
    trades: Iterable[Trade],
    untold: Mapping[int, Trade],
    named_by_any: Collection[str | None],
) -> Telling:
    named = _named(event, trades)
    if named is not None:
        if named.n not in untold:
            return Telling(event, Told.AGAIN, named)
        return Telling(event, Told.EARLY if event.n < named.n else Told.ONCE, named)
    nameless = [trade for trade in untold.values() if trade.trade_id not in named_by_any]
    others = untold.values() if event.trade_id is None else ()
    alike = next(chain(_alike(event, nameless), _alike(event, others)), None)
    if alike is not None:
        how = Told.ONCE if event.trade_id is None else Told.WRONG_ID
        return Telling(event, Told.EARLY if event.n < alike.n else how, alike)
    known = next(_alike(event, (trade for trade in trades if trade.n not in untold)), None)
    if known is not None:
        return Telling(event, Told.AGAIN, known)
    return Telling(event, Told.INVENTED, None)


def _named(event: Event, trades: Iterable[Trade]) -> Trade | None:
    return next((trade for trade in trades if trade.trade_id == event.trade_id), None)


def _alike(event: Event, trades: Iterable[Trade]) -> Iterator[Trade]:
    """Yield the fills that a Filled could be about: of its amount and, first, of its price."""
    if event.amount is None:
        return
    amount = event.amount
    alike = [trade for trade in trades if same(trade.amount, amount)]
    price = event.price
    yield from (t for t in alike if price is None or same(t.price, price))
    if event.trade_id is None:
        yield from (t for t in alike if price is not None and not same(t.price, price))
