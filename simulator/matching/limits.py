"""What is wrong with a command: malformed (its maker's mistake), or against a trading rule."""

from __future__ import annotations

from fillproof.simulator.matching.market import Market
from fillproof.simulator.vocabulary.commands import (
    CancelReplace,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    PlaceOrder,
)
from fillproof.simulator.vocabulary.orders import OrderStatus, OrderType, Reason, TimeInForce

ENDINGS = (OrderStatus.CANCELED, OrderStatus.EXPIRED, OrderStatus.REJECTED)
"""How the venue may end a live order by itself."""


class CommandError(ValueError):
    """A command that says nothing an exchange could do; the message names the field."""


def require_well_formed(command: Command) -> None:
    """Raise CommandError when the fields of a command contradict each other."""
    if isinstance(command, PlaceOrder):
        _require_well_formed_order(command)
    elif isinstance(command, CancelReplace):
        _require_one_place(command)
        _require_well_formed_order(command.order)
    elif isinstance(command, EndOrder) and command.ending not in ENDINGS:
        raise CommandError(
            f"EndOrder: ending {command.ending!r}; one of {', '.join(map(str, ENDINGS))}"
        )
    elif isinstance(command, CorrectTrade):
        _require_correction(command)
    elif isinstance(command, Deposit) and command.units < 0:
        raise CommandError(f"Deposit: units {command.units}; zero or more")


def _require_well_formed_order(command: PlaceOrder) -> None:
    priced = command.price_ticks is not None
    if priced != (command.order_type is OrderType.LIMIT):
        raise CommandError(
            f"PlaceOrder {command.client_order_id!r}: {command.order_type} with price_ticks "
            f"{command.price_ticks}; LIMIT has a price, MARKET has None"
        )
    dated = command.expire_at_ns is not None
    if dated != (command.time_in_force is TimeInForce.GTD):
        raise CommandError(
            f"PlaceOrder {command.client_order_id!r}: {command.time_in_force} with expire_at_ns "
            f"{command.expire_at_ns}; GTD has a time, all others None"
        )


def _require_one_place(command: CancelReplace) -> None:
    canceled = (command.cancel.account, command.cancel.symbol)
    placed = (command.order.account, command.order.symbol)
    if canceled != placed:
        raise CommandError(
            f"CancelReplace: cancels in {canceled}, places in {placed}; account and symbol are one"
        )


def _require_correction(command: CorrectTrade) -> None:
    given = [n for n in (command.quantity_lots, command.price_ticks) if n is not None]
    if not given or min(given) < 1:
        raise CommandError(
            f"CorrectTrade {command.trade_id}: quantity_lots {command.quantity_lots}, price_ticks "
            f"{command.price_ticks}; one of them or both, from 1 on"
        )


def broken_limit(command: PlaceOrder, market: Market, now_ns: int) -> Reason | None:
    """Return the first trading rule that a well-formed order breaks."""
    if command.price_ticks is not None and command.price_ticks <= 0:
        return Reason.PRICE_NOT_POSITIVE
    if command.quantity_lots <= 0 or command.quantity_lots < market.min_quantity_lots:
        return Reason.QUANTITY_BELOW_MINIMUM
    if command.quantity_lots > market.max_quantity_lots:
        return Reason.QUANTITY_ABOVE_MAXIMUM
    notional_units = market.notional_units(command)
    if notional_units is not None and notional_units < market.min_notional_units:
        return Reason.NOTIONAL_BELOW_MINIMUM
    if command.expire_at_ns is not None and command.expire_at_ns <= now_ns:
        return Reason.EXPIRY_IN_THE_PAST
    return None
