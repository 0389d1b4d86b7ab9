"""The engine and its naive twin, given the same commands and compared after each."""

from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction

from conformance_tests.property.drawn_commands import (
    ACCOUNTS,
    FEES,
    GROUPS,
    INSTRUMENTS,
    PURSE,
    Number,
    chance,
    command,
)
from conformance_tests.property.naive_book import Entry
from conformance_tests.property.naive_exchange import NaiveExchange

from fillproof.simulator.matching import Exchange, OrderView
from fillproof.simulator.vocabulary.commands import CancelOrder, Command, Deposit
from fillproof.simulator.vocabulary.orders import Side
from fillproof.simulator.vocabulary.reports import Impossible, Report


def told(reports: Iterable[Report]) -> list[Report]:
    """Return reports without the wording of an impossibility, which is the engine's own."""
    return [Impossible("") if isinstance(report, Impossible) else report for report in reports]


class Pair:
    """Both venues. Every method raises AssertionError where they differ."""

    def __init__(self, delay: int) -> None:
        self.engine = Exchange(
            INSTRUMENTS, FEES, settlement_delay_ns=delay, trade_groups=GROUPS, debug=True
        )
        self.twin = NaiveExchange(INSTRUMENTS, FEES, delay, GROUPS)
        self.now = 0
        for account in ACCOUNTS:
            for asset, units in PURSE.items():
                self.apply(Deposit(account, asset, units))

    def apply(self, command: Command) -> list[Report]:
        """Do one command; return its reports."""
        reports = told(self.engine.apply(command, self.now))
        assert reports == told(self.twin.apply(command, self.now))
        self.compare()
        return reports

    def pass_time(self, by: int) -> list[Report]:
        """Let time pass; return what was due."""
        self.now += by
        reports = told(self.engine.advance(self.now))
        assert reports == told(self.twin.advance(self.now))
        self.compare()
        return reports

    def known(self) -> list[OrderView]:
        """Return the open orders, oldest first, and the latest that ended."""
        live = [entry for entry in self.twin.entries if entry.live]
        ended = [entry for entry in self.twin.entries if not entry.live][-1:]
        views = [self.engine.order(entry.number) for entry in live + ended]
        return [view for view in views if view is not None]

    def drawn(self, number: Number) -> Command:
        """Return a random command that fits what there is."""
        return command(number, self.now, self.known(), list(self.twin.matches))

    def step(self, number: Number) -> list[Report]:
        """Let time pass, now and then much of it, and do a random command."""
        reports = []
        if chance(number, 4):
            reports = self.pass_time(40 * 10**9 if chance(number, 8) else number(1, 4))
        return reports + self.apply(self.drawn(number))

    def compare(self) -> None:
        """Compare books, prices, balances, orders, fills, lists and what is due next."""
        for instrument in INSTRUMENTS:
            symbol = instrument.symbol
            assert self.engine.phase(symbol) == self.twin.phases[symbol]
            depth = self.engine.depth(symbol)
            assert depth == (self.twin.depth(symbol, Side.BUY), self.twin.depth(symbol, Side.SELL))
            average = self.engine.average_price(symbol, 5, self.now)
            exact = None if average is None else Fraction(*average)
            assert exact == self.twin.average(symbol, 5, self.now)
        for account in (*ACCOUNTS, "market", "venue"):
            for asset, (free, locked) in self.engine.balances(account).items():
                assert free == self.twin.free(account, asset)
                assert locked == self.twin.locked(account, asset)
            self.compare_fills(account)
            lists = [b.told(b.since) for b in self.twin.bundles if b.wish.account == account]
            assert list(self.engine.order_lists(account)) == lists
        for entry in self.twin.entries:
            self.compare_order(entry)
        due = [e.deadline[0] for e in self.twin.entries if e.live and e.deadline]
        assert self.engine.next_deadline_ns() == min(due, default=None)

    def compare_order(self, entry: Entry) -> None:
        """Compare one order as it stands."""
        view = self.engine.order(entry.number)
        assert view is not None
        stands = (view.order_status, view.cumulative_quantity_lots, view.leaves_quantity_lots)
        assert stands == (entry.status, entry.filled, entry.leaves)
        assert view.prevented_quantity_lots == entry.prevented
        if not entry.live:
            return
        waits = (view.is_working, view.trigger_price_ticks, view.trailing_time_ns)
        assert waits == (not entry.waits, entry.at, entry.follows_since)
        self.compare_name(view, entry.number)

    def compare_fills(self, account: str) -> None:
        """Compare an account's trades as they are true now, with what they cost."""
        told = [
            (
                (fill.trade_id, fill.venue_order_id, fill.last_quantity_lots),
                (fill.last_price_ticks, fill.fee_units, fill.fee_asset),
            )
            for instrument in INSTRUMENTS
            for fill in self.engine.fills(account, instrument.symbol)
        ]
        assert sorted(told) == sorted(
            (
                (trade_id, entry.number, lots),
                (price, *self.twin.charged[trade_id, entry is maker]),
            )
            for trade_id, (maker, taker, lots, price) in self.twin.matches.items()
            for entry in (maker, taker)
            if entry.ask.account == account
        )

    def compare_name(self, view: OrderView, number: int) -> None:
        """Compare whom a live order's name means."""
        wish = CancelOrder(view.account, view.symbol, client_order_id=view.client_order_id)
        found = self.engine.find(view.account, view.client_order_id, view.symbol)
        meant = self.twin.meant(wish)
        assert found is not None
        assert meant is not None
        assert found.venue_order_id == meant.number == number


def walk(seed: int, delay: int, steps: int) -> Iterable[Report]:
    """Give a pair so many random commands; yield all reports."""
    number = random.Random(seed).randint
    pair = Pair(delay)
    for _ in range(steps):
        yield from pair.step(number)
