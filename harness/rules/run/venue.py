"""V1: the venue's truth against its own profile. Whatever is wrong here is ours, never a FAIL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from fillproof.harness.history import History, OrderTruth, Report
from fillproof.harness.history.truth import NEVER_ENTERED, TERMINAL_STATUSES, Trade
from fillproof.harness.numbers import plain, same
from fillproof.harness.rules.found import case_breach, end_of
from fillproof.harness.rules.run.convergence import final_balances, initial_balances
from fillproof.harness.verdict import Finding

_LIVE = frozenset({"New", "PendingNew", "PartiallyFilled", "PendingCancel"})
_ANY = _LIVE | TERMINAL_STATUSES - {"Rejected"}
_STATUS_AFTER = {
    "New": frozenset({"New", "PendingNew"}),
    "Triggered": frozenset({"New", "PendingCancel"}),
    "PendingReplace": _LIVE,
    "Replaced": _LIVE,
    "Restated": _LIVE,
    "TradeCancel": _ANY,
    "TradeCorrect": _ANY,
    "Canceled": frozenset({"Canceled"}),
    "Expired": frozenset({"Expired"}),
    "Rejected": frozenset({"Rejected"}),
    "PendingCancel": frozenset({"PendingCancel"}),
}
_STATUS_AFTER_A_FILL = frozenset({"PartiallyFilled", "PendingCancel"})
_REVISIONS = frozenset({"TradeCancel", "TradeCorrect"})
_LOWERS_QUANTITY = frozenset({"Replaced", "Restated"})

Wrong = tuple[int, str]
"""A line of the recording and what is wrong there."""


def venue_is_wrong(history: History) -> Iterator[Finding]:
    """Yield an ERROR for everything in truth that the venue's profile forbids."""
    for n, what in _all_wrongs(history):
        yield case_breach(
            "V1",
            expected="truth that is consistent with the venue's profile",
            actual=what,
            why="The venue is ours: nothing is said of the connector.",
            at=n,
        )


def _all_wrongs(history: History) -> Iterator[Wrong]:
    yield from _ids(history)
    for truth in history.truths:
        if truth.venue_order_id == NEVER_ENTERED:
            yield from _refusals(truth)
        else:
            yield from _fixed_terms(truth)
            yield from _counts(truth)
            yield from _after_the_end(history, truth)
            yield from _pending(history, truth)
    yield from _negative_balances(history)
    yield from _money(history)


def _ids(history: History) -> Iterator[Wrong]:
    reports = [report for truth in history.truths for report in truth.reports]
    executions = Counter(report.execution_id for report in reports)
    for report in reports:
        if executions[report.execution_id] > 1:
            yield report.n, f"execution id {report.execution_id} is not unique"
    for truth in history.truths:
        trades = Counter(trade.trade_id for trade in truth.trades)
        for trade in truth.trades:
            if trades[trade.trade_id] > 1:
                yield trade.n, f"trade id {trade.trade_id} is not unique in its order"


def _refusals(truth: OrderTruth) -> Iterator[Wrong]:
    for report in truth.reports:
        if report.execution_type != "Rejected" or report.cumulative_quantity:
            yield report.n, f"a refused order has a report {report.execution_type}"


def _fixed_terms(truth: OrderTruth) -> Iterator[Wrong]:
    """Yield terms that changed: a client's amend renames, it and a restatement lower a quantity."""
    for before, report in pairwise(truth.reports):
        for name in ("market", "side", "price", "order_type"):
            was, now = getattr(before, name), getattr(report, name)
            if was != now:
                yield report.n, f"{name} changed from {was} to {now}"
        yield from _name(before, report)
        yield from _quantity(before, report)


def _name(before: Report, report: Report) -> Iterator[Wrong]:
    if report.is_reorganised:
        return
    if report.execution_type == "Replaced":
        if report.original_client_order_id != before.client_order_id:
            was, said = before.client_order_id, report.original_client_order_id
            yield report.n, f"an amend of {said}, which was {was}"
    elif report.client_order_id != before.client_order_id:
        was, now = before.client_order_id, report.client_order_id
        yield report.n, f"client_order_id changed from {was} to {now}"


def _quantity(before: Report, report: Report) -> Iterator[Wrong]:
    was, now = before.quantity, report.quantity
    lowered = report.execution_type in _LOWERS_QUANTITY and now < was
    # What a pending order of a list is for may only be known when the first one is full.
    found = before.order_status == "PendingNew" and was == 0
    if now != was and not (lowered or found or report.is_reorganised):
        yield report.n, f"quantity changed from {was} to {now}"


def _counts(truth: OrderTruth) -> Iterator[Wrong]:
    """Count the fills again: FIX M1 and M2.

    M1: quantity is cumulative, leaves and what self-trade prevention took. M2: cumulative never
    falls, unless the venue takes a trade back.
    """
    fills: dict[str, Trade] = {}
    for report in truth.reports:
        yield from _take(fills, report)
        filled = sum((fill.amount for fill in fills.values()), Decimal(0))
        quote = sum((fill.quote for fill in fills.values()), Decimal(0))
        if report.cumulative_quantity != filled or report.cumulative_quote != quote:
            said = f"{plain(report.cumulative_quantity)} for {plain(report.cumulative_quote)}"
            yield report.n, f"fills sum to {plain(filled)} for {plain(quote)}; it says {said}"
        taken = filled + report.prevented_quantity
        live = report.order_status not in TERMINAL_STATUSES
        if report.leaves_quantity != (report.quantity - taken if live else 0):
            yield report.n, f"leaves {plain(report.leaves_quantity)} as {report.order_status}"
        if taken > report.quantity:
            yield report.n, f"filled {plain(taken)} of {plain(report.quantity)}"
        yield from _status(report, taken)


def _take(fills: dict[str, Trade], report: Report) -> Iterator[Wrong]:
    """Count the trade that a report speaks of, and yield what is wrong with it."""
    fill = report.fill
    if fill is None:
        return
    if report.execution_type in _REVISIONS and fill.trade_id not in fills:
        yield report.n, f"{report.execution_type} of trade {fill.trade_id}, which it had not"
    if report.execution_type == "TradeCancel":
        fills.pop(fill.trade_id, None)
        return
    if fill.trade_id in fills and report.execution_type == "Trade":
        yield report.n, f"trade {fill.trade_id} came twice"
    fills[fill.trade_id] = fill
    yield from _fill_terms(report, fill.amount, fill.price, fill.quote)


def _fill_terms(report: Report, amount: Decimal, price: Decimal, quote: Decimal) -> Iterator[Wrong]:
    if amount <= 0 or price <= 0:
        yield report.n, f"a fill of {plain(amount)} at {plain(price)}"
    if not same(amount * price, quote):
        yield report.n, f"{plain(amount)} at {plain(price)} is not {plain(quote)}"
    limit = report.price
    if limit is not None and (price > limit if report.side == "BUY" else price < limit):
        yield report.n, f"filled at {plain(price)}, worse than its limit {plain(limit)}"


def _status(report: Report, filled: Decimal) -> Iterator[Wrong]:
    if report.execution_type == "Trade":
        full = filled >= report.quantity
        ended = report.order_status in {"Canceled", "Expired"}
        allowed = frozenset({"Filled"}) if full else _STATUS_AFTER_A_FILL
        if ended or report.order_status in allowed:
            return
    elif report.order_status in _STATUS_AFTER.get(report.execution_type, frozenset()):
        return
    yield report.n, f"order status {report.order_status} after {report.execution_type}"


def _after_the_end(history: History, truth: OrderTruth) -> Iterator[Wrong]:
    """Yield reports after the end: only fills may come, decentralised, in the grace window.

    A trade may be taken back or corrected after it, a reorganisation may take anything back, and
    may so bring the order back.
    """
    grace = history.header.grace_window if history.header.decentralised else -1
    ended: Report | None = None
    for report in truth.reports:
        revises = report.execution_type in _REVISIONS or report.is_reorganised
        if ended is not None and not revises:
            in_grace = report.t - ended.t <= grace
            final = ended.order_status in {"Filled", "Rejected"}
            if final or not in_grace or report.execution_type != "Trade":
                came = f"{report.execution_type} after the order was {ended.order_status}"
                yield report.n, came
        if report.order_status in TERMINAL_STATUSES:
            ended = ended or report
        elif revises:
            ended = None


def _pending(history: History, truth: OrderTruth) -> Iterator[Wrong]:
    if history.header.decentralised:
        return
    for report in truth.reports:
        if report.execution_type == "PendingCancel":
            yield report.n, "a pending cancel on a centralised venue"


def _negative_balances(history: History) -> Iterator[Wrong]:
    margins = _margin_assets(history)
    for balance in history.balances:
        if (balance.free < 0 and balance.asset not in margins) or balance.locked < 0:
            free, locked = plain(balance.free), plain(balance.locked)
            yield balance.n, f"{balance.asset}: free {free}, locked {locked}"


def _money(history: History) -> Iterator[Wrong]:
    """Count the account's money again from the fills, of a world that was not broken off midway."""
    if not history.balances or not history.ended:
        return
    expected: dict[str, Decimal] = defaultdict(Decimal, initial_balances(history))
    for truth in history.truths:
        market = history.header.markets.get(truth.reports[0].market)
        if market is None:
            continue
        sign = 1 if truth.reports[0].side == "BUY" else -1
        for trade in truth.standing:
            if trade.realized is None:
                expected[market.base] += sign * trade.amount
                expected[market.quote] -= sign * trade.quote
            else:
                expected[market.quote] += trade.realized
            expected[trade.fee_asset] -= trade.fee
    final = final_balances(history, end_of(history))
    for asset, balance in final.items():
        total = balance.free + balance.locked
        if not same(total, expected[asset]):
            is_not = f"the fills leave {plain(expected[asset])}"
            yield balance.n, f"{asset}: {plain(total)} on the account; {is_not}"


def _margin_assets(history: History) -> frozenset[str]:
    """Return what contracts were settled in: losses may exceed what is free of it."""
    contracts = (
        truth.reports[0].market
        for truth in history.truths
        if any(trade.realized is not None for trade in truth.trades)
    )
    markets = history.header.markets
    return frozenset(markets[name].quote for name in contracts if name in markets)
