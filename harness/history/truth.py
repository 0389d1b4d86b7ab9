"""The truth ledger, and the judge's own model of an order rebuilt from execution reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fillproof.harness.history.lines import Line

TERMINAL_STATUSES = frozenset({"Filled", "Canceled", "Expired", "Rejected"})
REORGANISED = "reorganised"
"""The reason of a report that says what a chain took back."""

NEVER_ENTERED = "0"
"""The venue order id of a refused order."""

_ACCEPTING = frozenset({"New", "Trade", "Canceled", "Expired", "PendingCancel"})
_OF_A_TRADE = frozenset({"Trade", "TradeCancel", "TradeCorrect"})
_ANNOUNCING_THE_END = frozenset({"PendingCancel", "Canceled", "Expired"})


@dataclass(frozen=True, slots=True)
class Trade:
    """One fill of one order as the venue did it.

    Of contracts, `realized` is what closing a position gained; None where the base is delivered.
    """

    n: int
    t: int
    trade_id: str
    amount: Decimal
    price: Decimal
    quote: Decimal
    fee: Decimal
    fee_asset: str
    realized: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One execution report. Quantities in base, prices in quote.

    `last_*` and `fill` are only of a Trade, one taken back (TradeCancel) or corrected
    (TradeCorrect). `quote_quantity` is what a market order asked for in quote.
    """

    n: int
    t: int
    execution_id: str
    execution_type: str
    order_status: str
    client_order_id: str
    venue_order_id: str
    market: str
    side: str
    order_type: str
    time_in_force: str
    quantity: Decimal
    price: Decimal | None
    cumulative_quantity: Decimal
    leaves_quantity: Decimal
    cumulative_quote: Decimal
    reason: str | None
    trade_id: str | None = None
    last_quantity: Decimal | None = None
    last_price: Decimal | None = None
    last_quote: Decimal | None = None
    fee: Decimal | None = None
    fee_asset: str | None = None
    post_only: bool | None = None
    prevented_quantity: Decimal = Decimal(0)
    original_client_order_id: str | None = None
    fill: Trade | None = None
    quote_quantity: Decimal | None = None
    trigger: tuple[str, Decimal | None] | None = None

    @property
    def is_reorganised(self) -> bool:
        """True when it says what a chain took back: anything may be as it was before."""
        return self.reason == REORGANISED

    @property
    def wanted(self) -> Decimal:
        """What it is to fill in all: what a prevented self-trade took is not for it to fill.

        Unless that was the end of it: then it has expired, however much it had filled.
        """
        expired = self.order_status == "Expired"
        return self.quantity if expired else self.quantity - self.prevented_quantity


@dataclass(frozen=True, slots=True)
class OrderTruth:
    """One order at the venue, from its first report to its last.

    `accepted` is the first report that shows it in the book, None for a refused order. `announced`
    is the first that says it will end or has ended unfilled, `ended` the first with a terminal
    status (after a trade taken back has brought it back to life, the first after that), `rejected`
    the rejection, before or after acceptance. `trades` are its fills as they were made.
    """

    venue_order_id: str
    client_order_id: str
    reports: tuple[Report, ...]
    trades: tuple[Trade, ...]
    accepted: Report | None
    announced: Report | None
    ended: Report | None
    rejected: Report | None

    @property
    def quantity(self) -> Decimal:
        """What the venue was asked for, in base."""
        return self.reports[0].quantity

    @property
    def filled(self) -> Decimal:
        """The sum of its fills as they stand in the end, in base."""
        return sum((trade.amount for trade in self.standing), Decimal(0))

    def versions(self, trade_id: str) -> tuple[Trade, ...]:
        """Return a fill as it was made and as it was corrected, in their order."""
        fills = (report.fill for report in self.reports if report.execution_type != "TradeCancel")
        return tuple(fill for fill in fills if fill is not None and fill.trade_id == trade_id)

    @property
    def revised(self) -> frozenset[str]:
        """The ids of its fills that the venue took back or corrected."""
        return frozenset(
            report.fill.trade_id
            for report in self.reports
            if report.fill is not None and report.execution_type != "Trade"
        )

    def was_taken_back(self, trade_id: str) -> bool:
        """Return whether the venue took a fill back."""
        return any(
            report.execution_type == "TradeCancel"
            and report.fill is not None
            and report.fill.trade_id == trade_id
            for report in self.reports
        )

    @property
    def standing(self) -> tuple[Trade, ...]:
        """Its fills as they are true in the end: none that was taken back, and as corrected."""
        return self.standing_at(self.reports[-1].n + 1)

    def standing_at(self, n: int) -> tuple[Trade, ...]:
        """Return its fills as they were true at a line of the recording."""
        standing: dict[str, Trade] = {}
        for report in self.reports:
            if report.fill is None or report.n >= n:
                continue
            if report.execution_type == "TradeCancel":
                standing.pop(report.fill.trade_id, None)
            else:
                standing[report.fill.trade_id] = report.fill
        return tuple(standing.values())

    @property
    def quote(self) -> Decimal:
        """What its fills are worth as they stand in the end, in quote."""
        return sum((trade.quote for trade in self.standing), Decimal(0))

    @property
    def is_full(self) -> bool:
        """True when nothing is left to fill of what an amend or self-trade prevention left."""
        wanted = self.reports[-1].wanted
        return self.accepted is not None and self.filled >= wanted > 0

    def wanted_at(self, n: int) -> Decimal:
        """Return what it was to fill in all as of a line of the recording.

        That is what it was sent for, or less: an amend, a restatement or a prevented self-trade
        before that line made it smaller.
        """
        before = [report for report in self.reports if report.n < n]
        return (before[-1] if before else self.reports[0]).wanted

    @property
    def is_open(self) -> bool:
        """True while it can still trade."""
        return self.accepted is not None and self.ended is None

    @property
    def ending(self) -> str | None:
        """The execution type it ended with other than by a fill, or None."""
        if self.ended is None or self.is_full:
            return None
        return self.ended.order_status

    @property
    def cancel_was_announced(self) -> bool:
        """True when the venue said that it will cancel it, before it ended in whatever way."""
        return self.announced is not None and self.announced.execution_type == "PendingCancel"

    @property
    def killed_on_arrival(self) -> bool:
        """True when it was never to rest and ended as it came, without a fill.

        Also when a chain took that back, and it came to no fill in another block either.
        """
        over = self.ended is not None and not self.trades
        return over and self.was_killed_before(self.reports[-1].n + 1)

    def was_killed_before(self, n: int) -> bool:
        """Return whether it had been killed as it came, before a line, for good or not."""
        first = self.reports[0]
        end = next((r for r in self.reports if r.order_status in TERMINAL_STATUSES), None)
        return (
            self.accepted is not None
            and end is not None
            and end.n < n
            and end.t == first.t
            and not end.cumulative_quantity
            and (first.order_type == "MARKET" or first.time_in_force in {"IOC", "FOK"})
        )

    def is_over_at(self, n: int) -> bool:
        """Return whether it could trade no more at a line of the recording."""
        return self.ended is not None and self.ended.n < n

    def was_over_at(self, n: int) -> bool:
        """Return whether it had ended as of a line of the recording, for good or not."""
        before = [report for report in self.reports if report.n < n]
        return bool(before) and before[-1].order_status in TERMINAL_STATUSES

    def was_rejected_before(self, n: int) -> bool:
        """Return whether it was rejected before a line, for good or not."""
        return any(r.execution_type == "Rejected" and r.n < n for r in self.reports)

    def filled_before(self, n: int) -> Decimal:
        """Return the most that was filled at once before a line of the recording.

        That a trade was taken back later does not unsay that the order was full.
        """
        before = (report.cumulative_quantity for report in self.reports if report.n < n)
        return max(before, default=Decimal(0))


@dataclass(frozen=True, slots=True)
class BalanceTruth:
    """One asset of the connector's account after a change."""

    n: int
    t: int
    asset: str
    free: Decimal
    locked: Decimal


@dataclass(frozen=True, slots=True)
class CancelRefused:
    """A cancel the venue did not do."""

    n: int
    t: int
    client_order_id: str | None
    venue_order_id: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class AmendRefused:
    """An amend the venue did not do."""

    n: int
    t: int
    client_order_id: str | None
    venue_order_id: str | None
    reason: str | None


def read_report(line: Line) -> Report:
    """Read a `report` line."""
    return Report(
        n=line.n,
        t=line.t,
        execution_id=line.text("execution_id"),
        execution_type=line.text("execution_type"),
        order_status=line.text("order_status"),
        client_order_id=line.text("client_order_id"),
        venue_order_id=line.text("venue_order_id"),
        market=line.text("market"),
        side=line.text("side"),
        order_type=line.text("order_type"),
        time_in_force=line.text("time_in_force"),
        post_only=line.data.get("post_only"),
        quantity=line.amount("quantity"),
        price=line.amount_or_none("price"),
        cumulative_quantity=line.amount("cumulative_quantity"),
        leaves_quantity=line.amount("leaves_quantity"),
        cumulative_quote=line.amount("cumulative_quote"),
        reason=line.text_or_none("reason"),
        trade_id=line.text_or_none("trade_id"),
        last_quantity=line.amount_or_none("last_quantity"),
        last_price=line.amount_or_none("last_price"),
        last_quote=line.amount_or_none("last_quote"),
        fee=line.amount_or_none("fee"),
        fee_asset=line.text_or_none("fee_asset"),
        prevented_quantity=line.amount_or_none("prevented_quantity") or Decimal(0),
        original_client_order_id=line.text_or_none("original_client_order_id"),
        quote_quantity=line.amount_or_none("quote_quantity"),
        trigger=_trigger(line),
        fill=read_trade(line) if line.text("execution_type") in _OF_A_TRADE else None,
    )


def _trigger(line: Line) -> tuple[str, Decimal | None] | None:
    """Return the kind and the price of what an order waits for, None when for nothing."""
    if line.data.get("trigger") is None:
        return None
    trigger = line.within(line.part("trigger"))
    return trigger.text("kind"), trigger.amount_or_none("price")


def read_trade(line: Line) -> Trade:
    """Read the fill of a `report` line that is a Trade."""
    return Trade(
        n=line.n,
        t=line.t,
        trade_id=line.text("trade_id"),
        amount=line.amount("last_quantity"),
        price=line.amount("last_price"),
        quote=line.amount("last_quote"),
        fee=line.amount("fee"),
        fee_asset=line.text("fee_asset"),
        realized=line.amount_or_none("realized"),
    )


def read_balance(line: Line) -> BalanceTruth:
    """Read a `balance` line."""
    return BalanceTruth(
        line.n, line.t, line.text("asset"), line.amount("free"), line.amount("locked")
    )


def read_cancel_refused(line: Line) -> CancelRefused:
    """Read a `cancel_refused` line."""
    return CancelRefused(
        line.n,
        line.t,
        line.text_or_none("client_order_id"),
        line.text_or_none("venue_order_id"),
        line.text_or_none("reason"),
    )


def read_amend_refused(line: Line) -> AmendRefused:
    """Read an `amend_refused` line."""
    return AmendRefused(
        line.n,
        line.t,
        line.text_or_none("client_order_id"),
        line.text_or_none("venue_order_id"),
        line.text_or_none("reason"),
    )


def _end_of(reports: tuple[Report, ...]) -> Report | None:
    """Return the report that ended an order for good: a revision can bring it back to life."""
    ended: Report | None = None
    for report in reports:
        if report.order_status not in TERMINAL_STATUSES:
            ended = None
        elif ended is None:
            ended = report
    return ended


def _rejection_of(reports: tuple[Report, ...]) -> Report | None:
    """Return the rejection, unless a reorganisation took it back."""
    rejected: Report | None = None
    for report in reports:
        if report.execution_type == "Rejected":
            rejected = rejected or report
        elif report.is_reorganised:
            rejected = None
    return rejected


def order_truth(reports: Iterable[Report], trades: Iterable[Trade]) -> OrderTruth:
    """Return the model of the order that these reports, in their order, are about."""
    all_reports = tuple(reports)
    accepted = next((r for r in all_reports if r.execution_type in _ACCEPTING), None)
    return OrderTruth(
        venue_order_id=all_reports[0].venue_order_id,
        client_order_id=all_reports[0].client_order_id,
        reports=all_reports,
        trades=tuple(trades),
        accepted=accepted,
        announced=next((r for r in all_reports if r.execution_type in _ANNOUNCING_THE_END), None),
        ended=_end_of(all_reports),
        rejected=_rejection_of(all_reports),
    )
