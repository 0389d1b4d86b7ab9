"""The executionReport event: what happened to one order, in the venue's words."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.desk import Desk
from fillproof.simulator.dialects.binance.markets import Market, money
from fillproof.simulator.dialects.binance.trading.prevented_matches import trade_group_id
from fillproof.simulator.dialects.binance.words import (
    expiry_reason,
    list_id,
    moment,
    order_type,
    reject_reason,
    time_in_force,
)
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.orders import ExecutionType, Reason
from fillproof.simulator.vocabulary.reports import ExecutionReport

_WORDS: dict[ExecutionType, str] = {
    ExecutionType.NEW: "NEW",
    ExecutionType.TRIGGERED: "NEW",
    ExecutionType.TRADE: "TRADE",
    ExecutionType.CANCELED: "CANCELED",
    ExecutionType.EXPIRED: "EXPIRED",
    ExecutionType.REJECTED: "REJECTED",
    ExecutionType.PENDING_CANCEL: "CANCELED",
    ExecutionType.REPLACED: "REPLACED",
    ExecutionType.RESTATED: "REPLACED",
    ExecutionType.TRADE_CANCEL: "TRADE_CANCEL",
}
"""A pending cancel is only told by a gateway that announces it, as the cancel itself.

The venue restates nothing by itself; its word for a smaller quantity is that of an amend. Of trades
taken back or corrected it tells nothing, only balances change; a gateway of a chain has a word for
what a reorganisation takes back.
"""

_OF_A_TRADE = frozenset({ExecutionType.TRADE, ExecutionType.TRADE_CANCEL})
_PROMISES = frozenset(
    {
        Reason.NONE,
        Reason.NONCE_TAKEN,
        Reason.OUT_OF_GAS,
        Reason.TRANSACTION_DROPPED,
        Reason.TRANSACTION_EXPIRED,
    }
)
"""Why what the mempool had promised did not happen: nothing changed, and nobody is told."""

_PREVENTED = "TRADE_PREVENTION"
_ON_BOOK = frozenset({"NEW", "PARTIALLY_FILLED"})
_NO_ORDER = -1


def is_told(desk: Desk, report: ExecutionReport) -> bool:
    """Return whether the streams tell a report.

    A refusal is only answered, unless a cancel came with it; an announced cancel is told when it is
    asked, and only fills after it, or that it came to nothing.
    """
    if report.venue_order_id == 0 or desk.memory.is_told(report.execution_id):
        return desk.memory.is_told(report.execution_id)
    if report.execution_type not in _WORDS or not _is_news(desk, report):
        return False
    announced = desk.memory.was_announced(report.venue_order_id)
    if report.execution_type is ExecutionType.PENDING_CANCEL:
        return announced
    return report.execution_type in _OF_A_TRADE or not announced


def _is_news(desk: Desk, report: ExecutionReport) -> bool:
    """Return whether the venue says anything of what it, or a chain behind it, did by itself."""
    if report.execution_type is ExecutionType.TRADE_CANCEL:
        return desk.quirks.announce_trades_taken_back
    return report.execution_type is not ExecutionType.RESTATED or report.reason not in _PROMISES


def execution_report(desk: Desk, report: ExecutionReport, now_ns: int) -> Json:
    """Return the event of a report."""
    market = desk.markets.traded(report.symbol)
    status = desk.status(report)
    word = _word(report)
    own_id, original_id = _client_order_ids(desk, report, word)
    event = {
        "e": "executionReport",
        "E": moment(now_ns),
        "s": market.symbol,
        "c": own_id,
        **_order_fields(market, report),
        "C": original_id,
        "x": word,
        "X": status,
        "r": reject_reason(report),
        "i": report.venue_order_id or _NO_ORDER,
        **_fill_fields(market, report),
        "I": report.execution_id,
        "w": status in _ON_BOOK and report.is_working,
        "m": bool(report.is_maker) and report.execution_type is ExecutionType.TRADE,
        "M": report.execution_type is ExecutionType.TRADE,
        "O": moment(report.order_time_ns),
        "Z": money(report.cumulative_quote_units),
        "Y": _last_quote(report),
        "Q": money(report.quote_quantity_units or 0),
        "V": str(report.self_trade_prevention),
    }
    return event | _conditional(desk, market, report, word)


def _word(report: ExecutionReport) -> str:
    prevented = report.reason is Reason.SELF_TRADE_PREVENTION
    return _PREVENTED if prevented else _WORDS[report.execution_type]


def _client_order_ids(desk: Desk, report: ExecutionReport, word: str) -> tuple[str, str]:
    """Return `c` and `C`: of a cancel its own id and the order's, of an amend the new and the old.

    `C` is empty on all others, never null.
    """
    if word == "CANCELED":
        return desk.memory.cancel_id(report.venue_order_id), report.client_order_id
    if word == "REPLACED":
        return report.client_order_id, report.original_client_order_id or report.client_order_id
    return report.client_order_id, ""


def _order_fields(market: Market, report: ExecutionReport) -> dict[str, Json]:
    trigger = report.trigger
    return {
        "S": str(report.side),
        "o": order_type(report),
        "f": time_in_force(report),
        "q": market.quantity(report.quantity_lots),
        "p": market.price(report.price_ticks),
        "P": market.price(None if trigger is None else trigger.price_ticks),
        "F": market.quantity(report.display_quantity_lots or 0),
        "g": list_id(report),
    }


def _fill_fields(market: Market, report: ExecutionReport) -> dict[str, Json]:
    """Return the last fill, all zero or null when this is none."""
    is_fill = report.execution_type in _OF_A_TRADE
    return {
        "l": market.quantity(report.last_quantity_lots or 0 if is_fill else 0),
        "z": market.quantity(report.cumulative_quantity_lots),
        "L": market.price(report.last_price_ticks if is_fill else None),
        "n": money(report.fee_units or 0) if is_fill else "0",
        "N": report.fee_asset if is_fill else None,
        "T": moment(report.transact_time_ns),
        "t": report.trade_id if is_fill else -1,
    }


def _last_quote(report: ExecutionReport) -> str:
    is_fill = report.execution_type in _OF_A_TRADE
    return money(report.last_quote_units or 0 if is_fill else 0)


def _conditional(desk: Desk, market: Market, report: ExecutionReport, word: str) -> dict[str, Json]:
    """Return the fields that only some events have."""
    fields: dict[str, Json] = {}
    if report.working_time_ns is not None:
        fields["W"] = moment(report.working_time_ns)
    trigger = report.trigger
    if trigger is not None and trigger.trailing_delta_bips is not None:
        began = report.trailing_time_ns
        fields["d"] = trigger.trailing_delta_bips
        fields["D"] = -1 if began is None else moment(began)
    labels = desk.memory.labels(report.venue_order_id)
    for field, name in (("j", "strategyId"), ("J", "strategyType")):
        if name in labels:
            fields[field] = labels[name]
    if word == _PREVENTED:
        fields |= _prevented(desk, market, report)
    if word == "EXPIRED":
        fields["eR"] = expiry_reason(report.reason)
    return fields


def _prevented(desk: Desk, market: Market, report: ExecutionReport) -> dict[str, Json]:
    """Return the match that was prevented: with whom, what it took, what would have traded."""
    lots, ticks = report.last_quantity_lots or 0, report.last_price_ticks or 0
    return {
        "v": report.prevented_match_id,
        "A": market.quantity(report.prevented_quantity_lots),
        "B": market.quantity(report.last_prevented_quantity_lots or 0),
        "u": trade_group_id(desk, report.account),
        "U": report.counter_order_id,
        "Cs": market.symbol,
        "pl": market.quantity(lots),
        "pL": market.price(ticks),
        "pY": money(lots * ticks * market.instrument.quote_units_per_tick_lot),
    }
