"""How many ended orders an exchange remembers, and what is left of those it forgets."""

from __future__ import annotations

from conformance_tests.unit.matching.table import NO_FEES, SYMBOL, instrument

from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.commands import BustTrade, CancelOrder, Deposit, PlaceOrder
from fillproof.simulator.vocabulary.orders import OrderType, Reason, Side, TimeInForce
from fillproof.simulator.vocabulary.reports import (
    CancelRefused,
    ExecutionReport,
    Impossible,
    Report,
)
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET


class Venue:
    """An exchange that keeps so many ended orders of each account."""

    def __init__(self, kept_orders: int | None) -> None:
        self.exchange = Exchange([instrument()], NO_FEES, kept_orders=kept_orders)
        for account in ("ann", "bob"):
            for asset in ("BTC", "USDT"):
                self.exchange.apply(Deposit(account, asset, 10**6 * UNITS_PER_ASSET), 0)

    def place(self, account: str, side: Side, name: str, price: int = 100) -> tuple[Report, ...]:
        limit, stands = OrderType.LIMIT, TimeInForce.GTC
        order = PlaceOrder(account, name, SYMBOL, side, limit, stands, 1, price)
        return self.exchange.apply(order, 0)

    def cancel(self, account: str, name: str) -> Report:
        return self.exchange.apply(CancelOrder(account, SYMBOL, client_order_id=name), 0)[0]

    def known(self, account: str) -> list[str]:
        return [view.client_order_id for view in self.exchange.orders(account)]


def test_the_first_that_ended_is_forgotten_first() -> None:
    """Beyond the stated number, an account's ended orders go in the order in which they ended."""
    venue = Venue(kept_orders=2)
    for name in ("a", "b", "c", "d"):
        venue.place("ann", Side.BUY, name)
    for name in ("c", "a", "b"):
        venue.cancel("ann", name)
    assert venue.known("ann") == ["a", "b", "d"]
    venue.exchange.check()


def test_live_orders_are_never_forgotten() -> None:
    """The number is of ended orders; each account has its own."""
    venue = Venue(kept_orders=0)
    for name in ("a", "b"):
        venue.place("ann", Side.BUY, name, price=90)
        venue.place("bob", Side.BUY, name, price=90)
    venue.cancel("bob", "a")
    assert (venue.known("ann"), venue.known("bob")) == (["a", "b"], ["b"])


def test_a_forgotten_order_is_as_one_that_never_was() -> None:
    """By id and by name, in its fills and for a cancel: unknown."""
    venue = Venue(kept_orders=0)
    venue.place("ann", Side.BUY, "a")
    venue.place("bob", Side.SELL, "b")
    refused = venue.cancel("ann", "a")
    assert venue.exchange.order(1) is None
    assert venue.exchange.find("ann", "a") is None
    assert venue.exchange.fills("ann", SYMBOL) == ()
    assert isinstance(refused, CancelRefused)
    assert refused.reason is Reason.UNKNOWN_ORDER
    venue.exchange.check()


def test_a_trade_is_forgotten_with_the_first_of_its_orders() -> None:
    """What one side is gone of cannot be taken back; the other side keeps its fill."""
    venue = Venue(kept_orders=1)
    venue.place("ann", Side.BUY, "a")
    venue.place("bob", Side.SELL, "b")
    venue.place("ann", Side.BUY, "c", price=90)
    venue.cancel("ann", "c")
    (busted,) = venue.exchange.apply(BustTrade(1), 0)
    assert isinstance(busted, Impossible)
    assert [fill.client_order_id for fill in venue.exchange.fills("bob", SYMBOL)] == ["b"]


def test_of_one_name_the_latest_is_kept_longest() -> None:
    """Orders that follow each other under one name are forgotten one by one."""
    venue = Venue(kept_orders=2)
    for _ in range(4):
        venue.place("ann", Side.BUY, "a")
        venue.cancel("ann", "a")
    (new, *_) = venue.place("ann", Side.BUY, "a")
    assert isinstance(new, ExecutionReport)
    found = venue.exchange.find("ann", "a")
    assert found is not None
    assert found.venue_order_id == new.venue_order_id == 5
    assert [view.venue_order_id for view in venue.exchange.orders("ann")] == [3, 4, 5]


def test_without_a_number_all_are_kept() -> None:
    """None keeps every order."""
    venue = Venue(kept_orders=None)
    names = [f"order-{number}" for number in range(50)]
    for name in names:
        venue.place("ann", Side.BUY, name)
        venue.cancel("ann", name)
    assert venue.known("ann") == names
