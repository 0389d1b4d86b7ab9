"""Matches of an account with itself that were prevented: in answers, queries and events."""

from __future__ import annotations

from collections.abc import Iterable

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report

_NO_TRADE_GROUP = -1

_DEFAULT_LIMIT = 500
_MAXIMUM_LIMIT = 1000


def trade_group_id(desk: Desk, account: str) -> int:
    """Return the number of an account's trade group; -1 when it is in none."""
    groups = desk.exchange.trade_groups
    if account not in groups:
        return _NO_TRADE_GROUP
    return list(dict.fromkeys(groups.values())).index(groups[account])


def my_prevented_matches(desk: Desk, call: Call) -> Outcome:
    """Show one prevented match, or those of an order from a number on."""
    parameters = call.parameters
    market = desk.markets.get(parameters.required_symbol())
    match_id, order_id = parameters.integer("preventedMatchId"), parameters.integer("orderId")
    first_id = parameters.integer("fromPreventedMatchId")
    limit = parameters.limit("limit", _DEFAULT_LIMIT, _MAXIMUM_LIMIT)
    if match_id is None and order_id is None:
        raise errors.EITHER_MANDATORY.refusal("preventedMatchId", "orderId")
    if match_id is not None and (order_id is not None or first_id is not None):
        raise errors.OPTIONAL_COMBINATION.refusal()
    reports = desk.exchange.prevented_matches(call.account, market.engine_symbol)
    shown = [
        _queried(desk, market, match)
        for match in _matches(reports)
        if match_id in (None, match[0].prevented_match_id)
        and (order_id is None or order_id in _order_ids(match[0]))
        and (first_id is None or (match[0].prevented_match_id or 0) >= first_id)
    ]
    return Outcome(shown[:limit])


def answered_matches(
    market: Market, taker_id: int, reports: Iterable[Report]
) -> list[dict[str, Json]]:
    """Return the `preventedMatches` of the order that would have been their taker."""
    prevented = (
        report
        for report in reports
        if isinstance(report, ExecutionReport) and report.prevented_match_id is not None
    )
    return [
        {
            "preventedMatchId": match[0].prevented_match_id,
            "makerSymbol": market.symbol,
            "makerOrderId": _order_ids(match[0])[1],
            "price": market.price(match[0].last_price_ticks),
            **_quantities(market, match),
        }
        for match in _matches(prevented)
        if _order_ids(match[0])[0] == taker_id
    ]


def _matches(reports: Iterable[ExecutionReport]) -> list[list[ExecutionReport]]:
    """Return the reports of each match: of the maker, the taker, or both."""
    matches: dict[int | None, list[ExecutionReport]] = {}
    for report in reports:
        matches.setdefault(report.prevented_match_id, []).append(report)
    return list(matches.values())


def _order_ids(report: ExecutionReport) -> tuple[int, int]:
    """Return the taker's and the maker's number."""
    own, other = report.venue_order_id, report.counter_order_id or 0
    return (other, own) if report.is_maker else (own, other)


def _quantities(market: Market, match: Iterable[ExecutionReport]) -> dict[str, Json]:
    return {
        "makerPreventedQuantity" if report.is_maker else "takerPreventedQuantity": market.quantity(
            report.last_prevented_quantity_lots or 0
        )
        for report in match
    }


def _queried(desk: Desk, market: Market, match: list[ExecutionReport]) -> dict[str, Json]:
    taker_id, maker_id = _order_ids(match[0])
    taker = desk.exchange.order(taker_id)
    mode = match[0].self_trade_prevention if taker is None else taker.self_trade_prevention
    return {
        "symbol": market.symbol,
        "preventedMatchId": match[0].prevented_match_id,
        "takerOrderId": taker_id,
        "makerSymbol": market.symbol,
        "makerOrderId": maker_id,
        "tradeGroupId": trade_group_id(desk, match[0].account),
        "selfTradePreventionMode": str(mode),
        "price": market.price(match[0].last_price_ticks),
        **_quantities(market, match),
        "transactTime": moment(match[0].transact_time_ns),
    }
