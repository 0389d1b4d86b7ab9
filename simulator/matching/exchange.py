"""The one door of the matching engine: a command and the time in, everything that happened out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from fillproof.simulator.matching.agenda import settle
from fillproof.simulator.matching.audit import audit
from fillproof.simulator.matching.cancels import cancel, cancel_all, cancel_replace
from fillproof.simulator.matching.changes import amend
from fillproof.simulator.matching.contingencies import cancel_list, place_list
from fillproof.simulator.matching.deadlines import NEVER
from fillproof.simulator.matching.director import (
    deposit,
    end_by_venue,
    fill_exactly,
    restate,
    set_phase,
)
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.fees import Fees
from fillproof.simulator.matching.forms import REQUIREMENTS
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.leverage import set_leverage
from fillproof.simulator.matching.orders import OrderView
from fillproof.simulator.matching.positions import PositionView
from fillproof.simulator.matching.revisions import bust, correct
from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    BustTrade,
    CancelAll,
    CancelOrder,
    CancelOrderList,
    CancelReplace,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
    PlaceOrderList,
    RestateOrder,
    SetLeverage,
    SetPhase,
)
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import MarketPhase, Reason
from fillproof.simulator.vocabulary.reports import (
    ExecutionReport,
    ListChanged,
    Report,
    TradePrinted,
)

_CARRIED_OUT_BY: dict[type[Command], Callable[[Engine, Any, Journal], object]] = {
    PlaceOrder: Engine.place,
    CancelOrder: cancel,
    CancelAll: cancel_all,
    CancelReplace: cancel_replace,
    PlaceOrderList: place_list,
    CancelOrderList: cancel_list,
    AmendOrder: amend,
    EndOrder: end_by_venue,
    RestateOrder: restate,
    BustTrade: bust,
    CorrectTrade: correct,
    SetPhase: set_phase,
    SetLeverage: set_leverage,
    FillOrder: fill_exactly,
    Deposit: deposit,
}


class Exchange:
    """A venue of several markets. Prices in ticks, quantities in lots, money in units of 1e-8.

    Time is given with every call, in virtual nanoseconds, and never runs backwards (ValueError).
    With a settlement delay a client's cancel takes that long, and the order may trade meanwhile.
    Of each account, all live orders are known and the last `kept_orders` that ended (None: all);
    those before them are forgotten with their fills, and are to every command and query as unknown
    as if they had never been.
    Accounts of one of the `trade_groups` (group by account) count as one for self-trade prevention.
    With `debug` every invariant is checked after every command (AssertionError).
    """

    def __init__(
        self,
        instruments: Iterable[Instrument],
        fees: Fees,
        settlement_delay_ns: int = 0,
        kept_orders: int | None = None,
        trade_groups: Mapping[str, str] = MappingProxyType({}),
        debug: bool = False,
    ) -> None:
        self.fees = fees
        self.trade_groups = dict(trade_groups)
        self._engine = Engine(instruments, fees, settlement_delay_ns, kept_orders, trade_groups)
        self._debug = debug
        self._now_ns = 0

    def apply(self, command: Command, now_ns: int) -> tuple[Report, ...]:
        """Return all that a command did, after all that was due before it.

        The order is: execution reports and public trades as they happen, then each balance and each
        level touched, once, in order of first touch. A new order's touches are what it locks; per
        trade, maker before taker, what each pays, receives, and the fee. What trades set off comes
        after the order that made them, first come first; nothing of it is left for a later call.

        Raises CommandError, and does nothing, when the command contradicts itself.
        """
        kind, engine = type(command), self._engine
        requirement = REQUIREMENTS.get(kind)
        if requirement is not None:
            requirement(command)
        due: tuple[Report, ...] = ()
        if self._now_ns <= now_ns < engine.deadlines.next_ns:
            self._now_ns = now_ns
        else:
            due = self.advance(now_ns)
        journal = Journal(now_ns, engine.execution_ids)
        _CARRIED_OUT_BY[kind](engine, command, journal)
        if engine.agenda:
            settle(engine, journal)
        if self._debug:
            self.check()
        reports = journal.close()
        return due + reports if due else reports

    def advance(self, now_ns: int) -> tuple[Report, ...]:
        """Return what is due by now: expiries and delayed cancels, by deadline."""
        if now_ns < self._now_ns:
            raise ValueError(f"time runs backwards: {now_ns} ns after {self._now_ns} ns")
        self._now_ns = now_ns
        if self._engine.deadlines.next_ns > now_ns:
            return ()
        journal = Journal(now_ns, self._engine.execution_ids)
        self._engine.end_due(journal)
        settle(self._engine, journal)
        if self._debug:
            self.check()
        return journal.close()

    def next_deadline_ns(self) -> int | None:
        """Return when `advance` will next have something to do, or None."""
        next_ns = self._engine.deadlines.next_ns
        return None if next_ns == NEVER else next_ns

    def broken_rule(self, order: PlaceOrder, now_ns: int) -> Reason | None:
        """Return the first rule of its market that an order would break now, or None."""
        return self._engine.broken_rule(order, now_ns)

    def order(self, venue_order_id: int) -> OrderView | None:
        """Return an accepted order, or None."""
        order = self._engine.archive.by_id.get(venue_order_id)
        return None if order is None else order.view()

    def find(
        self, account: str, client_order_id: str, symbol: str | None = None
    ) -> OrderView | None:
        """Return the open order of that name, else the latest that had it, else None."""
        order = self._engine.archive.latest(account, client_order_id, symbol)
        return None if order is None else order.view()

    def orders(
        self, account: str, symbol: str | None = None, open_only: bool = False
    ) -> tuple[OrderView, ...]:
        """Return an account's orders, oldest first."""
        found = self._engine.archive.of(account, symbol, open_only=open_only)
        return tuple(order.view() for order in found)

    def order_list(
        self,
        account: str,
        order_list_id: int | None = None,
        list_client_order_id: str | None = None,
    ) -> ListChanged | None:
        """Return a list of which all that is stated is true, the latest of its name, or None.

        Its `transact_time_ns` is when it was accepted.
        """
        found = self._engine.lists.find(account, order_list_id, list_client_order_id)
        return None if found is None else found.told(found.since_ns)

    def order_lists(self, account: str, open_only: bool = False) -> tuple[ListChanged, ...]:
        """Return an account's lists as `order_list` does, oldest first."""
        found = self._engine.lists.of(account, open_only=open_only)
        return tuple(order_list.told(order_list.since_ns) for order_list in found)

    def fills(self, account: str, symbol: str) -> tuple[ExecutionReport, ...]:
        """Return an account's Trade reports in one market, oldest first.

        A busted trade is gone from them, a corrected one says what is true now.
        """
        return self._engine.archive.fills(account, symbol)

    def balances(self, account: str) -> dict[str, tuple[int, int]]:
        """Return (free, locked) units by asset, in order of first use."""
        return self._engine.clearing.accounts.of(account)

    def depth(
        self, symbol: str, limit: int | None = None
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return (bids, asks), each (price_ticks, quantity_lots), best first.

        Raises KeyError for an unknown market.
        """
        market = self._engine.markets[symbol]
        return market.bids.depth(limit), market.asks.depth(limit)

    def positions(self, symbol: str) -> dict[str, PositionView]:
        """Return the positions of a market by account, in order of first use; none of spot.

        Raises KeyError for an unknown market.
        """
        positions = self._engine.markets[symbol].positions
        return {account: position.view() for account, position in positions.items()}

    def last_trade(self, symbol: str) -> TradePrinted | None:
        """Return the latest trade of a market, or None; raises KeyError for an unknown market."""
        return self._engine.markets[symbol].last_trade

    def average_price(self, symbol: str, minutes: int, now_ns: int) -> tuple[int, int] | None:
        """Return a market's average price over its last minutes: ticks times lots, and lots.

        Where nothing traded in them, or of 0 minutes, the last trade's price; None without a trade.
        Raises KeyError for an unknown market, and for minutes that are neither 0, 5 nor a filter's.
        """
        return self._engine.markets[symbol].average(minutes, now_ns)

    def amendments(self, venue_order_id: int) -> tuple[ExecutionReport, ...]:
        """Return the Replaced reports of an order, oldest first; none when it is not known."""
        order = self._engine.archive.by_id.get(venue_order_id)
        return () if order is None else order.amendments

    def prevented_matches(self, account: str, symbol: str) -> tuple[ExecutionReport, ...]:
        """Return what self-trade prevention has reported of an account's orders, oldest first."""
        orders = self._engine.archive.of(account, symbol, open_only=False)
        found = [report for order in orders for report in order.prevented_matches]
        return tuple(sorted(found, key=lambda report: report.execution_id))

    def phase(self, symbol: str) -> MarketPhase:
        """Return what a market allows now; raises KeyError for an unknown market."""
        return self._engine.markets[symbol].phase

    def stands_before(self, venue_order_id: int) -> int:
        """Return how many lots would trade before this order; LookupError when it rests not."""
        order = self._engine.archive.by_id.get(venue_order_id)
        if order is None or not order.live or order.waits:
            raise LookupError(f"order {venue_order_id} does not rest")
        price = order.terms.price_ticks
        return sum(
            other.shown_lots if other.terms.price_ticks == price else other.leaves_lots
            for other in self._engine.before(order)
        )

    def check(self) -> None:
        """Raise AssertionError, with a sentence, when any invariant does not hold."""
        audit(self._engine)
