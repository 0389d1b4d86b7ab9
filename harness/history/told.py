"""The told ledger: what the strategy asked for and what it heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fillproof.harness.history.books import BelievedBook, read_believed
from fillproof.harness.history.lines import Line, decimal_of

TERMINAL_EVENTS = frozenset({"Completed", "Cancelled", "Expired", "Failure"})
"""The events that end an order."""


@dataclass(frozen=True, slots=True)
class Place:
    """The strategy asked for an order; `price` is None for a market order.

    `amount` is 0 for one by a `quote_amount`. `stop_loss` and `take_profit` are the prices that
    it waits for. `replaces` is the client order id of the order that it asked to be cancelled for
    this one.
    """

    n: int
    t: int
    order: str
    market: str
    side: str
    amount: Decimal
    price: Decimal | None
    order_type: str
    time_in_force: str
    post_only: bool
    replaces: str | None = None
    quote_amount: Decimal | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Amend:
    """The strategy asked for an order to be for less, in all: `amount` in base."""

    n: int
    t: int
    order: str
    client_order_id: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Cancel:
    """The strategy asked for a cancel; `order` is None for an id nobody placed."""

    n: int
    t: int
    order: str | None
    client_order_id: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The connector gave the control back, with the client order id of a placed order."""

    n: int
    t: int
    order: str
    client_order_id: str


@dataclass(frozen=True, slots=True)
class Event:
    """One order event; what it did not state is None. `fees` are pairs of asset and amount."""

    n: int
    t: int
    name: str
    client_order_id: str
    side: str | None = None
    amount: Decimal | None = None
    price: Decimal | None = None
    trade_id: str | None = None
    fees: tuple[tuple[str, Decimal], ...] | None = None
    base_amount: Decimal | None = None
    quote_amount: Decimal | None = None
    venue_order_id: str | None = None
    reason: str | None = None

    @property
    def is_terminal(self) -> bool:
        """True when it ends the order."""
        return self.name in TERMINAL_EVENTS


@dataclass(frozen=True, slots=True)
class Reading:
    """What the connector believed: tracked ids, (total, available) of each asset, and books."""

    n: int
    t: int
    at: str
    client_order_id: str | None
    tracked: tuple[str, ...] | None
    balances: Mapping[str, tuple[Decimal, Decimal]] | None
    books: Mapping[str, BelievedBook] | None = None


def read_place(line: Line) -> Place:
    """Read a `call` line that places, or replaces."""
    return Place(
        n=line.n,
        t=line.t,
        order=line.text("order"),
        market=line.text("market"),
        side=line.text("side"),
        amount=line.amount_or_none("amount") or Decimal(0),
        price=line.amount_or_none("price"),
        order_type=line.text("order_type"),
        time_in_force=line.text("time_in_force"),
        post_only=bool(line.data.get("post_only", False)),
        replaces=line.text_or_none("replaces"),
        quote_amount=line.amount_or_none("quote_amount"),
        stop_loss=line.amount_or_none("stop_loss"),
        take_profit=line.amount_or_none("take_profit"),
    )


def read_amend(line: Line) -> Amend:
    """Read a `call` line that amends."""
    return Amend(
        line.n, line.t, line.text("order"), line.text("client_order_id"), line.amount("amount")
    )


def read_cancel(line: Line) -> Cancel:
    """Read a `call` line that cancels."""
    return Cancel(line.n, line.t, line.text_or_none("order"), line.text("client_order_id"))


def read_returned(line: Line) -> Returned:
    """Read the `returned` line of a placed order."""
    return Returned(line.n, line.t, line.text("order"), line.text("client_order_id"))


def read_event(line: Line) -> Event:
    """Read an `event` line."""
    return Event(
        n=line.n,
        t=line.t,
        name=line.text("event"),
        client_order_id=line.text("client_order_id"),
        side=line.text_or_none("side"),
        amount=line.amount_or_none("amount"),
        price=line.amount_or_none("price"),
        trade_id=line.text_or_none("trade_id"),
        fees=_fees(line),
        base_amount=line.amount_or_none("base_amount"),
        quote_amount=line.amount_or_none("quote_amount"),
        venue_order_id=line.text_or_none("venue_order_id"),
        reason=line.text_or_none("reason"),
    )


def _fees(line: Line) -> tuple[tuple[str, Decimal], ...] | None:
    fees = line.data.get("fees")
    if fees is None:
        return None
    parts = (line.within(fee) for fee in fees)
    return tuple((part.text("asset"), part.amount("amount")) for part in parts)


def read_reading(line: Line) -> Reading:
    """Read a `reading` line."""
    balances, books = line.data.get("balances"), line.data.get("books")
    return Reading(
        n=line.n,
        t=line.t,
        at=line.text("at"),
        client_order_id=line.text_or_none("client_order_id"),
        tracked=None if line.data.get("tracked") is None else line.texts("tracked"),
        balances=None if balances is None else _balances(line),
        books=None if books is None else read_believed(line, books),
    )


def _balances(line: Line) -> dict[str, tuple[Decimal, Decimal]]:
    return {
        asset: (
            decimal_of(line, f"total of {asset}", balance.get("total")),
            decimal_of(line, f"available of {asset}", balance.get("available")),
        )
        for asset, balance in line.part("balances").items()
    }
