"""The exchange on a chain and its naive twin, given the same and compared after each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from conformance_tests.property.folded_reports import Folded
from conformance_tests.property.naive_chain import (
    ACCOUNTS,
    FEES,
    MARKET,
    NaiveChain,
    Sent,
    command_of,
)
from msgspec.structs import replace

from fillproof.simulator.chain import ChainExchange, ChainRules
from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.commands import Deposit, PlaceOrder
from fillproof.simulator.vocabulary.orders import OrderStatus, TransactionState
from fillproof.simulator.vocabulary.reports import Impossible, Report, TransactionChanged

_MARKET_MAKER = "market"


class ChainPair:
    """Both chains. Every method raises AssertionError where they differ."""

    def __init__(self, rules: ChainRules) -> None:
        self.rules = rules
        self.chain = ChainExchange([MARKET], FEES, rules, debug=True)
        self.twin = NaiveChain(rules)
        self.heard = Folded()
        self.now = 0
        self.names = (f"o{number}" for number in count(1))
        self.placed: list[tuple[str, str]] = []
        self._hear(self.chain.advance(0))
        for account in ACCOUNTS:
            for asset, units in (("USDT", 10**12), ("BTC", 10**10)):
                self.deposit(account, asset, units)

    def deposit(self, account: str, asset: str, units: int) -> None:
        """Bring money in."""
        command = Deposit(account, asset, units)
        self._hear(self.chain.apply(command, self.now))
        self.twin.deposit(command)
        self.compare()

    def place(self, order: PlaceOrder) -> None:
        """Send an order under a name of its own."""
        named = replace(order, client_order_id=next(self.names))
        self.placed.append((order.account, named.client_order_id))
        self._send("place", order.account, named)

    def act(self, verb: str, account: str, name: str, *more: int) -> None:
        """Cancel, amend or fill an order by its name; only who knows it can fill it."""
        if verb == "fill" and self.chain.find(account, name) is None:
            return
        self._send(verb, "" if verb == "fill" else account, (account, name, *more))

    def _send(self, verb: str, account: str, asks: Any) -> None:
        sent = Sent(0, account, 0, verb, asks)
        reports = self.chain.apply(command_of(sent, self.chain), self.now)
        self._hear(reports)
        self._note(sent, reports)
        self.compare()

    def _note(self, sent: Sent, reports: Sequence[Report]) -> None:
        """Let the twin know of a transaction that the mempool has taken."""
        for report in reports:
            if isinstance(report, TransactionChanged) and report.state is TransactionState.PENDING:
                sent.number, sent.nonce = report.transaction, report.nonce
                self.twin.send(sent)

    def pass_time(self, by: int) -> None:
        """Let time pass."""
        self.now += by
        self._hear(self.chain.advance(self.now))
        self.twin.pass_time(self.now)
        self.compare()

    def mine(self, numbers: Sequence[int] | None) -> None:
        """Make a block, of all or of some."""
        reports = self.chain.mine(self.now, numbers)
        self._hear(reports)
        if not _refused(reports):
            self.twin.make(self.now, self.now, numbers)
        self.compare()

    def reorganise(self, depth: int, lost: Sequence[int]) -> None:
        """Take blocks back."""
        reports = self.chain.reorganise(depth, self.now, lost)
        self._hear(reports)
        possible = 0 < depth <= min(self.rules.finality, self.twin.height)
        assert _refused(reports) is not possible
        if possible:
            self.twin.take_back(depth, lost)
        self.compare()

    def halt(self, for_ns: int) -> None:
        """Make no blocks for a while, unless none are made now."""
        since, until = self.twin.halts
        self._hear(self.chain.halt(for_ns, self.now))
        longer = (since, max(until, self.now + for_ns))
        self.twin.halts = longer if self.now < until else (self.now, self.now + for_ns)
        self.compare()

    def drop(self, number: int) -> None:
        """Lose a transaction."""
        self._hear(self.chain.drop(number, self.now))
        self.twin.drop(number)
        self.compare()

    def starve(self, number: int) -> None:
        """Have a transaction fail."""
        self._hear(self.chain.starve(number, self.now))
        for one in self.twin.waiting:
            one.fails = one.fails or one.number == number
        self.compare()

    def withhold(self, number: int, for_ns: int) -> None:
        """Have a transaction reach the makers of blocks later."""
        self._hear(self.chain.withhold(number, for_ns, self.now))
        for one in self.twin.waiting:
            if one.number == number:
                one.known = self.now + for_ns
        self.compare()

    def outbid(self, number: int) -> None:
        """Have another transaction take a nonce."""
        account = next(one.account for one in self.twin.waiting if one.number == number)
        reports = self.chain.outbid(number, self.now)
        self._hear(reports)
        self._note(Sent(0, account, 0, "nothing", None), reports)
        self.compare()

    def _hear(self, reports: Iterable[Report]) -> None:
        self.heard.hear(reports)

    def compare(self) -> None:
        """Raise AssertionError where the two differ, or the reports did not say what is."""
        chain, twin = self.chain, self.twin
        assert chain.height == twin.height
        assert {one.number for one in chain.waiting()} == {one.number for one in twin.waiting}
        plain = twin.exchange()
        for account, name in self.placed:
            assert _shape(chain.find(account, name)) == self._expected(account, name, plain), name
        for account in (*ACCOUNTS, _MARKET_MAKER):
            balances = {
                asset: units for asset, units in chain.balances(account).items() if any(units)
            }
            true = {asset: units for asset, units in plain.balances(account).items() if any(units)}
            assert balances == true, account
        assert chain.depth(MARKET.symbol) == plain.depth(MARKET.symbol)
        chain.check()
        if self.rules.answers_early:
            self.heard.compare(chain, ACCOUNTS, MARKET.symbol)

    def _expected(self, account: str, name: str, plain: Any) -> tuple[Any, ...] | None:
        """Return what the twin says of an order: as it is, or waiting, with its cancel in view."""
        shape = _shape(plain.find(account, name))
        early = self.rules.answers_early
        for one in self.twin.promised():
            if shape is None and isinstance(one.asks, PlaceOrder):
                waits = (one.account, one.asks.client_order_id) == (account, name)
                if waits and (early or one.is_told):
                    shape = (OrderStatus.NEW, 0, one.asks.quantity_lots, False)
        canceled = any(
            one.verb == "cancel" and one.asks[:2] == (account, name) for one in self.twin.promised()
        )
        if shape and early and canceled and not shape[0].is_terminal:
            return (OrderStatus.PENDING_CANCEL, *shape[1:])
        return shape


def _shape(view: OrderView | None) -> tuple[Any, ...] | None:
    if view is None:
        return None
    lots = view.cumulative_quantity_lots, view.leaves_quantity_lots
    return (view.order_status, *lots, view.is_working)


def _refused(reports: Iterable[Report]) -> bool:
    return any(isinstance(report, Impossible) for report in reports)
