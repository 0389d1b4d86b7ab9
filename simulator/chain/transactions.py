"""A transaction: a command on its way into a block."""

from __future__ import annotations

from msgspec import Struct

from fillproof.simulator.chain.rules import Kind
from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    CancelReplace,
    Command,
    FillOrder,
    PlaceOrder,
)

_KINDS: dict[type, Kind] = {
    PlaceOrder: Kind.PLACE,
    CancelOrder: Kind.CANCEL,
    CancelAll: Kind.CANCEL,
    CancelReplace: Kind.PLACE,
    AmendOrder: Kind.AMEND,
    FillOrder: Kind.TRADE,
}


class Transaction(Struct, frozen=True, gc=False):
    """A command with its nonce. Numbers count from 1; a higher fee replaces one of its nonce.

    `command` is None for one that only uses its nonce up. `venue_order_id` is kept for the order it
    places, a counterparty's too, and 0 without one; `meant` are the orders that it is to change. A
    maker of blocks knows of it from `eligible_ns` on. Neither a block after `last_height` can have
    it nor one at `expires_at_ns` or later. One that `fails` uses its nonce and does nothing; a
    `doomed` one is lost when it should arrive. Of one that `is_told` the client has heard: what
    becomes of it is said.
    """

    number: int
    command: Command | None
    account: str
    nonce: int
    fee: int
    sent_ns: int
    eligible_ns: int
    venue_order_id: int = 0
    meant: tuple[int, ...] = ()
    expires_at_ns: int | None = None
    last_height: int | None = None
    fails: bool = False
    doomed: bool = False
    is_told: bool = False

    @property
    def kind(self) -> Kind:
        """What it does."""
        return kind_of(self.command)

    @property
    def cancels(self) -> bool:
        """True when it is to end orders."""
        return isinstance(self.command, CancelOrder | CancelAll | CancelReplace)

    @property
    def order(self) -> PlaceOrder | None:
        """The order it places."""
        return order_of(self.command)


def kind_of(command: Command | None) -> Kind:
    """Return what a command does as a transaction."""
    return _KINDS.get(type(command), Kind.OTHER)


def order_of(command: Command | None) -> PlaceOrder | None:
    """Return the order that a command places."""
    if isinstance(command, CancelReplace):
        return command.order
    return command if isinstance(command, PlaceOrder) else None


def account_of(command: Command) -> str:
    """Return whose command it is; empty for one of the venue."""
    if isinstance(command, CancelReplace):
        return command.order.account
    return getattr(command, "account", "")
