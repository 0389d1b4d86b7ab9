"""What is wrong with a command: malformed (its maker's mistake), or against a trading rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fillproof.simulator.matching.market import Market
from fillproof.simulator.vocabulary.commands import (
    CancelOrderList,
    CancelReplace,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    PlaceOrder,
    PlaceOrderList,
)
from fillproof.simulator.vocabulary.orders import OrderStatus, OrderType, Reason, TimeInForce

ENDINGS = (OrderStatus.CANCELED, OrderStatus.EXPIRED, OrderStatus.REJECTED)
"""How the venue may end a live order by itself."""

_LIMIT, _GTD = OrderType.LIMIT, TimeInForce.GTD


class CommandError(ValueError):
    """A command that says nothing an exchange could do; the message names the field."""


def require_well_formed(command: Command) -> None:
    """Raise CommandError when the fields of a command contradict each other."""
    require = _REQUIREMENTS.get(type(command))
    if require is not None:
        require(command)


def _require_well_formed_order(command: PlaceOrder) -> None:
    priced = command.price_ticks is not None
    if priced != (command.order_type is _LIMIT):
        raise CommandError(
            f"PlaceOrder {command.client_order_id!r}: {command.order_type} with price_ticks "
            f"{command.price_ticks}; LIMIT has a price, MARKET has None"
        )
    dated = command.expire_at_ns is not None
    if dated != (command.time_in_force is _GTD):
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
    _require_well_formed_order(command.order)


def _require_ending(command: EndOrder) -> None:
    if command.ending not in ENDINGS:
        raise CommandError(
            f"EndOrder: ending {command.ending!r}; one of {', '.join(map(str, ENDINGS))}"
        )


def _require_amount(command: Deposit) -> None:
    if command.units < 0:
        raise CommandError(f"Deposit: units {command.units}; zero or more")


def _require_no_list(command: PlaceOrderList | CancelOrderList) -> None:
    raise CommandError(f"{type(command).__name__}: order lists are not traded here")


def _require_correction(command: CorrectTrade) -> None:
    given = [n for n in (command.quantity_lots, command.price_ticks) if n is not None]
    if not given or min(given) < 1:
        raise CommandError(
            f"CorrectTrade {command.trade_id}: quantity_lots {command.quantity_lots}, price_ticks "
            f"{command.price_ticks}; one of them or both, from 1 on"
        )


_REQUIREMENTS: dict[type[Command], Callable[[Any], None]] = {
    PlaceOrder: _require_well_formed_order,
    CancelReplace: _require_one_place,
    EndOrder: _require_ending,
    CorrectTrade: _require_correction,
    Deposit: _require_amount,
    PlaceOrderList: _require_no_list,
    CancelOrderList: _require_no_list,
}


def broken_limit(command: PlaceOrder, market: Market, now_ns: int) -> Reason | None:
    """Return the first trading rule that a well-formed order breaks."""
    if command.price_ticks is not None and command.price_ticks <= 0:
        return Reason.PRICE_NOT_POSITIVE
    if command.quantity_lots <= 0 or command.quantity_lots < market.min_quantity_lots:
        return Reason.QUANTITY_BELOW_MINIMUM
    if command.quantity_lots > market.max_quantity_lots:
        return Reason.QUANTITY_ABOVE_MAXIMUM
    if market.min_notional_units:
        notional_units = market.notional_units(command, now_ns)
        if notional_units is not None and notional_units < market.min_notional_units:
            return Reason.NOTIONAL_BELOW_MINIMUM
    if command.expire_at_ns is not None and command.expire_at_ns <= now_ns:
        return Reason.EXPIRY_IN_THE_PAST
    return None
