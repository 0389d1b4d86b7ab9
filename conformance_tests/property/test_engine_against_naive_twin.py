"""The engine and its naive twin answer every command alike, and no invariant ever breaks."""

from __future__ import annotations

import random
from collections.abc import Iterable

from conformance_tests.property.drawn_commands import (
    ACCOUNTS,
    FEES,
    INSTRUMENTS,
    PURSE,
    Number,
    chance,
    command,
)
from conformance_tests.property.naive_exchange import NaiveExchange
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.matching import Exchange, OrderView
from fillproof.simulator.vocabulary.commands import CancelOrder, Command, Deposit
from fillproof.simulator.vocabulary.orders import ExecutionType, Reason, Side
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    CancelRefused,
    ExecutionReport,
    Impossible,
    Report,
)


def told(reports: Iterable[Report]) -> list[Report]:
    """Return reports without the wording of an impossibility, which is the engine's own."""
    return [Impossible("") if isinstance(report, Impossible) else report for report in reports]


class Pair:
    """The engine and its twin, given the same commands and compared after each."""

    def __init__(self, delay: int) -> None:
        self.engine = Exchange(INSTRUMENTS, FEES, settlement_delay_ns=delay)
        self.twin = NaiveExchange(INSTRUMENTS, FEES, delay)
        self.now = 0
        for account in ACCOUNTS:
            for asset, units in PURSE.items():
                self.apply(Deposit(account, asset, units))

    def apply(self, command: Command) -> list[Report]:
        reports = told(self.engine.apply(command, self.now))
        assert reports == told(self.twin.apply(command, self.now))
        self.compare()
        return reports

    def pass_time(self, by: int) -> list[Report]:
        self.now += by
        reports = told(self.engine.advance(self.now))
        assert reports == told(self.twin.advance(self.now))
        self.compare()
        return reports

    def known(self) -> list[OrderView]:
        """Return the open orders, oldest first, and the latest that ended."""
        orders = [self.engine.order(entry.number) for entry in self.twin.entries]
        seen = [order for order in orders if order is not None]
        ended = [order for order in seen if not order.is_open]
        return [order for order in seen if order.is_open] + ended[-1:]

    def drawn(self, number: Number) -> Command:
        """Return a random command that fits what there is."""
        return command(number, self.now, self.known(), list(self.twin.matches))

    def compare(self) -> None:
        self.engine.check()
        for instrument in INSTRUMENTS:
            symbol = instrument.symbol
            assert self.engine.phase(symbol) == self.twin.phases[symbol]
            depth = self.engine.depth(symbol)
            assert depth == (self.twin.depth(symbol, Side.BUY), self.twin.depth(symbol, Side.SELL))
        for account in (*ACCOUNTS, "market", "venue"):
            for asset, (free, locked) in self.engine.balances(account).items():
                assert free == self.twin.free(account, asset)
                assert locked == self.twin.locked(account, asset)
            self.compare_fills(account)
        self.compare_orders()
        due = [e.deadline[0] for e in self.twin.entries if e.live and e.deadline]
        assert self.engine.next_deadline_ns() == min(due, default=None)

    def compare_orders(self) -> None:
        for entry in self.twin.entries:
            view = self.engine.order(entry.number)
            assert view is not None
            stands = (view.order_status, view.cumulative_quantity_lots, view.leaves_quantity_lots)
            assert stands == (entry.status, entry.filled, entry.leaves)
            assert view.prevented_quantity_lots == entry.prevented
            if entry.live:
                self.compare_name(view, entry.number)

    def compare_fills(self, account: str) -> None:
        told = [
            (fill.trade_id, fill.venue_order_id, fill.last_quantity_lots, fill.last_price_ticks)
            for instrument in INSTRUMENTS
            for fill in self.engine.fills(account, instrument.symbol)
        ]
        assert sorted(told) == sorted(
            (trade_id, entry.number, lots, price)
            for trade_id, (maker, taker, lots, price) in self.twin.matches.items()
            for entry in (maker, taker)
            if entry.ask.account == account
        )

    def compare_name(self, view: OrderView, number: int) -> None:
        wish = CancelOrder(view.account, view.symbol, client_order_id=view.client_order_id)
        found = self.engine.find(view.account, view.client_order_id, view.symbol)
        meant = self.twin.meant(wish)
        assert found is not None
        assert meant is not None
        assert found.venue_order_id == meant.number == number


@settings(derandomize=True, deadline=None, max_examples=60)
@given(data=st.data(), delay=st.sampled_from([0, 6]))
def test_any_commands_are_answered_alike(data: st.DataObject, delay: int) -> None:
    """Whatever is asked, engine and twin report, keep and own the same, and no invariant breaks."""

    def number(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    pair = Pair(delay)
    for _ in range(number(1, 25)):
        if chance(number, 4):
            pair.pass_time(number(1, 4))
        pair.apply(pair.drawn(number))


NOT_YET = {
    ExecutionType.TRIGGERED,
    Reason.NOTIONAL_ABOVE_MAXIMUM,
    Reason.PRICE_OUT_OF_RANGE,
    Reason.PRICE_FAR_FROM_MARKET,
    Reason.MARKET_QUANTITY_OUT_OF_RANGE,
    Reason.TOO_MANY_ICEBERG_PARTS,
    Reason.TRAILING_DELTA_OUT_OF_RANGE,
    Reason.TOO_MANY_ORDERS,
    Reason.TOO_MANY_ALGO_ORDERS,
    Reason.TOO_MANY_ICEBERG_ORDERS,
    Reason.TOO_MANY_ORDER_LISTS,
    Reason.TOO_MANY_AMENDS,
    Reason.POSITION_ABOVE_MAXIMUM,
    Reason.LIQUIDITY_BELOW_MINIMUM_QUANTITY,
    Reason.WOULD_TRIGGER_IMMEDIATELY,
    Reason.LIST_PRICES_WRONG,
    Reason.UNKNOWN_ORDER_LIST,
    Reason.CANCEL_RESTRICTED,
    Reason.MARKET_IN_AUCTION,
    Reason.OTHER_OF_LIST,
    Reason.FIRST_OF_LIST_ENDED,
}
REACHED = {
    *set(ExecutionType) - NOT_YET,
    *set(Reason) - {Reason.PRICE_OFF_TICK, Reason.QUANTITY_OFF_LOT} - NOT_YET,
    "refused cancel",
    "refused amend",
    "impossible",
}
"""All a walk must meet; steps of price and quantity are checked before a command exists."""


def met(reports: Iterable[Report]) -> Iterable[str]:
    """Yield what kinds of things the reports say."""
    for report in reports:
        if isinstance(report, ExecutionReport):
            yield from (report.execution_type, report.reason)
        elif isinstance(report, CancelRefused):
            yield from ("refused cancel", report.reason)
        elif isinstance(report, AmendRefused):
            yield from ("refused amend", report.reason)
        elif isinstance(report, Impossible):
            yield "impossible"


def walk(seed: int, delay: int, steps: int) -> set[str]:
    """Give a pair random commands and return what was met."""
    number = random.Random(seed).randint
    pair = Pair(delay)
    seen: set[str] = set()
    for _ in range(steps):
        if chance(number, 4):
            seen.update(met(pair.pass_time(number(1, 4))))
        seen.update(met(pair.apply(pair.drawn(number))))
    return seen


def test_walks_meet_every_execution_type_and_every_reason() -> None:
    """The random commands reach all that the engine can say: the comparison leaves nothing out."""
    seen = set().union(*(walk(seed, delay, 100) for seed in range(8) for delay in (0, 6)))
    assert sorted(REACHED - seen) == []
