"""Trades as anybody may look them up: one by one, or a taker's fills at one price together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TypeVar

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.public.spans import Span, entries_asked
from fillproof.simulator.dialects.binance.public.symbols import one_market
from fillproof.simulator.dialects.binance.public.tape import Aggregate
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.reports import TradePrinted

_Entry = TypeVar("_Entry")

_TIME = attrgetter("transact_time_ns")
_TRADE_ID = attrgetter("trade_id")
_NUMBER = attrgetter("number")


def trades(desk: Desk, call: Call) -> Outcome:
    """Show the latest trades, oldest first."""
    market = one_market(desk, call)
    printed = desk.tape.of(market.engine_symbol).trades
    return Outcome([_trade(market, each) for each in printed[-entries_asked(call.parameters) :]])


def historical_trades(desk: Desk, call: Call) -> Outcome:
    """Show trades from an id on, or the latest."""
    market = one_market(desk, call)
    printed = desk.tape.of(market.engine_symbol).trades
    limit = entries_asked(call.parameters)
    chosen = _from_id(printed, _TRADE_ID, call.parameters.integer("fromId"), limit)
    return Outcome([_trade(market, each) for each in chosen])


def historical_block_trades(desk: Desk, call: Call) -> Outcome:
    """Show that there are no block trades."""
    one_market(desk, call)
    call.parameters.required("fromId")
    call.parameters.integer("fromId")
    entries_asked(call.parameters)
    return Outcome([])


def aggregate_trades(desk: Desk, call: Call) -> Outcome:
    """Show aggregates from a number on, or of a span of time, or the latest."""
    market = one_market(desk, call)
    printed = desk.tape.of(market.engine_symbol).aggregates
    first = call.parameters.integer("fromId")
    span = Span.of(call.parameters)
    if span.is_open:
        chosen = _from_id(printed, _NUMBER, first, span.limit)
    elif first is None:
        chosen = _within(printed, span)
    else:
        raise errors.OPTIONAL_COMBINATION.refusal()
    return Outcome([aggregate_fields(market, each) | {"M": True} for each in chosen])


def aggregate_fields(market: Market, aggregate: Aggregate) -> dict[str, Json]:
    """Write what REST and the stream both say of an aggregate, in their order."""
    return {
        "a": aggregate.number,
        "p": market.price(aggregate.price_ticks),
        "q": market.quantity(aggregate.quantity_lots),
        "f": aggregate.first_id,
        "l": aggregate.last_id,
        "T": moment(aggregate.transact_time_ns),
        "m": aggregate.buyer_is_maker,
    }


def _trade(market: Market, trade: TradePrinted) -> Json:
    return {
        "id": trade.trade_id,
        "price": market.price(trade.price_ticks),
        "qty": market.quantity(trade.quantity_lots),
        "quoteQty": market.quote_amount(trade.price_ticks * trade.quantity_lots),
        "time": moment(trade.transact_time_ns),
        "isBuyerMaker": trade.buyer_is_maker,
        "isBestMatch": True,
    }


def _from_id(
    entries: Sequence[_Entry], key: Callable[[_Entry], int], first_id: int | None, limit: int
) -> Sequence[_Entry]:
    if first_id is None:
        return entries[-limit:]
    first = bisect_left(entries, first_id, key=key)
    return entries[first : first + limit]


def _within(entries: Sequence[Aggregate], span: Span) -> Sequence[Aggregate]:
    end = len(entries)
    if span.end_ns is not None:
        end = bisect_right(entries, span.end_ns, key=_TIME)
    if span.start_ns is None:
        return entries[max(end - span.limit, 0) : end]
    first = bisect_left(entries, span.start_ns, key=_TIME)
    return entries[first : min(end, first + span.limit)]
