"""I4, I5, I7 to I9: what an in-flight order says of its assets, ids, amounts, and of its copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal

from fillproof.harness.history import History, OrderStory
from fillproof.harness.history.in_flight import LimitOrder, Said
from fillproof.harness.numbers import plain, same
from fillproof.harness.rules.inflight.wrong import Wrong, raised_by
from fillproof.harness.verdict import Outcome

_AT_REST = frozenset({"restored", "up", "quiet", "stopping"})
_TAKEN_BACK = frozenset({"TradeCancel", "TradeCorrect"})


def assets_are_the_markets(history: History, order: OrderStory, said: Said) -> Iterator[Wrong]:
    """I4: base and quote are those of the market."""
    for member in ("base_asset", "quote_asset"):
        yield from raised_by(said, member)
    market = history.header.markets.get(order.place.market)
    if market is None:
        return
    for member, true in (("base_asset", market.base), ("quote_asset", market.quote)):
        answer = getattr(said.says, member)
        if answer is not None and answer != true:
            yield Wrong(f"{member} is {true}", f"{member} is {answer}")


def id_is_the_venues(_history: History, order: OrderStory, said: Said) -> Iterator[Wrong]:
    """I5: the venue's own id from Created on, and no other before.

    Some venues number what they refuse too, which is told by their messages alone.
    """
    yield from raised_by(said, "venue_order_id")
    answer = said.says.venue_order_id
    ids = {truth.venue_order_id for truth in order.truths if truth.reports[0].n < said.n}
    refusals = (fact for fact in order.facts if fact.fact == "refused" and fact.heard)
    ids |= {fact.venue_order_id for fact in refusals if fact.venue_order_id and fact.n < said.n}
    if answer is not None and answer not in ids:
        known = ", ".join(sorted(ids - {"0"})) or "none yet"
        yield Wrong(f"the venue's id ({known})", f"the order's id is {answer}")
    created = any(event.n < said.n for event in order.events("Created"))
    if answer is None and created and ids and "venue_order_id" not in said.raised:
        yield Wrong("the venue's id, since Created was told", "the order has no id")


def limit_order_is_right(history: History, order: OrderStory, said: Said) -> Iterator[Wrong]:
    """I7: a limit order as it was placed and filled; nothing for an order without a price."""
    made = said.says.limit_order
    if order.place.price is None:
        if made is not None:
            actual = f"to_limit_order gives one for a {order.place.order_type} order"
            yield Wrong("to_limit_order refuses it", actual, Outcome.NON_STRICT)
        return
    yield from raised_by(said, "limit_order")
    if made is None and "limit_order" not in said.raised:
        yield Wrong("to_limit_order gives a limit order", "it gives none")
    if made is not None:
        wrong = "; ".join(_wrong_parts(history, order, said, made))
        if wrong:
            yield Wrong("a limit order as it was placed and filled", wrong)


def _wrong_parts(
    history: History, order: OrderStory, said: Said, made: LimitOrder
) -> Iterator[str]:
    place = order.place
    price, amount = _as_sent(history, order, said.n)
    if made.market != place.market:
        yield f"it is of {made.market}, the order of {place.market}"
    if made.side != place.side:
        yield f"it is a {made.side}, the order a {place.side}"
    if not _lies_between(made.price, place.price, price):
        yield f"its price is {_shown(made.price)}, the order's {_shown(place.price)}"
    if not _lies_between(made.amount, place.amount, amount) and not _was_for(order, said, made):
        yield f"its amount is {_shown(made.amount)}, the order's {_shown(place.amount)}"
    if made.filled is not None and made.filled != said.says.filled:
        yield f"{_shown(made.filled)} of it is filled, of the order {_shown(said.says.filled)}"


def _was_for(order: OrderStory, said: Said, made: LimitOrder) -> bool:
    """Return whether it was for that amount before a chain took an amend back."""
    reports = order.truth.reports if order.truth is not None else ()
    before = [report for report in reports if report.n < said.n]
    taken_back = any(report.is_reorganised for report in before)
    return taken_back and made.amount in {report.quantity for report in before}


def _as_sent(history: History, order: OrderStory, n: int) -> tuple[Decimal | None, Decimal]:
    """Return price and amount that were sent; of an order that never was, as a step would round."""
    place, truth = order.place, order.truth
    if truth is not None:
        sent = truth.reports[0].price  # None of an order that was sent without: U1 says so
        return place.price if sent is None else sent, truth.wanted_at(n)
    market = history.header.markets.get(place.market)
    if market is None or place.price is None:
        return place.price, place.amount
    better = -market.tick_size if place.side == "BUY" else market.tick_size
    return place.price + better, place.amount - market.lot_size


def _lies_between(value: Decimal | None, one: Decimal | None, other: Decimal | None) -> bool:
    if value is None or one is None or other is None:
        return value is None and one is None
    between = min(one, other) <= value <= max(one, other)
    return between or same(value, one) or same(value, other)


def copy_says_the_same(_history: History, _order: OrderStory, said: Said) -> Iterator[Wrong]:
    """I8: JSON comes out, and an order made of it says what the first says."""
    yield from raised_by(said, "json")
    yield from raised_by(said, "copy")
    if isinstance(said.says.json, str | None) and "json" not in said.raised:
        yield Wrong("to_json gives a JSON object", f"it gives {said.says.json or 'nothing'}")
    if said.copy is None:
        if not said.raised.keys() & {"copy", "json"}:
            yield Wrong("from_json makes an order of it", "it makes none")
        return
    different = [
        _difference(field.name, getattr(said.copy, field.name), getattr(said.says, field.name))
        for field in fields(said.copy)
        if getattr(said.copy, field.name) != getattr(said.says, field.name)
    ]
    if different:
        yield Wrong("what from_json makes of to_json says the same", "; ".join(different))


def _difference(member: str, of_copy: object, of_order: object) -> str:
    """Return how two answers differ; of JSON objects only the keys that do."""
    if isinstance(of_copy, dict) and isinstance(of_order, dict):
        keys = (key for key in {**of_order, **of_copy} if of_copy.get(key) != of_order.get(key))
        parts = (f"{key} {of_copy.get(key)!r}, not {of_order.get(key)!r}" for key in keys)
        return f"{member}: {'; '.join(parts)}"
    return f"{member}: {_shown(of_copy)}, not {_shown(of_order)}"


def filled_is_the_sum(_history: History, order: OrderStory, said: Said) -> Iterator[Wrong]:
    """I9: the executed amount lies between what was told and what is true; at rest it is both."""
    yield from raised_by(said, "filled")
    filled, truth = said.says.filled, order.truth
    if filled is None or (truth and any(r.execution_type in _TAKEN_BACK for r in truth.reports)):
        return
    fills = (trade for one in order.truths for trade in one.trades)
    true = sum((trade.amount for trade in fills if trade.n < said.n), Decimal(0))
    events = (event for event in order.events("Filled") if event.n < said.n)
    told = sum((event.amount or Decimal(0) for event in events), Decimal(0))
    if not _lies_between(filled, told, true):
        yield Wrong(f"{plain(told)} told, {plain(true)} filled", _executed(filled))
    elif said.at in _AT_REST and same(told, true) and not same(filled, told):
        yield Wrong(f"{plain(told)}, as was told", _executed(filled))


def _executed(filled: Decimal) -> str:
    return f"the executed amount is {plain(filled)}"


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return "nothing" if value is None else str(value)
