"""What a command must say to be one at all; what it says otherwise is its maker's mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fillproof.simulator.matching.list_forms import list_mistake
from fillproof.simulator.vocabulary.commands import (
    CancelReplace,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    PlaceOrder,
    PlaceOrderList,
    Trigger,
)
from fillproof.simulator.vocabulary.orders import OrderStatus, OrderType, TimeInForce

ENDINGS = (OrderStatus.CANCELED, OrderStatus.EXPIRED, OrderStatus.REJECTED)
"""How the venue may end a live order by itself."""

_LIMIT, _GTD = OrderType.LIMIT, TimeInForce.GTD


class CommandError(ValueError):
    """A command that says nothing an exchange could do; the message names the field."""


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
    if command.trigger is not None:
        _require_trigger(command, command.trigger)
    if command.quote_quantity_units is not None and (priced or command.quantity_lots):
        raise CommandError(
            f"PlaceOrder {command.client_order_id!r}: quote_quantity_units "
            f"{command.quote_quantity_units} with price_ticks {command.price_ticks}, quantity_lots "
            f"{command.quantity_lots}; it goes with a MARKET order whose quantity_lots is 0"
        )
    if command.display_quantity_lots is not None and command.time_in_force is not TimeInForce.GTC:
        raise CommandError(
            f"PlaceOrder {command.client_order_id!r}: {command.time_in_force} with "
            f"display_quantity_lots {command.display_quantity_lots}; an iceberg is GTC"
        )


def _require_trigger(command: PlaceOrder, trigger: Trigger) -> None:
    if trigger.price_ticks is None and trigger.trailing_delta_bips is None:
        raise CommandError(
            f"PlaceOrder {command.client_order_id!r}: a trigger with neither price_ticks nor "
            "trailing_delta_bips; one of them or both"
        )
    if command.post_only or command.quote_quantity_units is not None:
        raise CommandError(
            f"PlaceOrder {command.client_order_id!r}: a trigger with post_only "
            f"{command.post_only}, quote_quantity_units {command.quote_quantity_units}; an order "
            "that waits for a price has neither"
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


def _require_list(command: PlaceOrderList) -> None:
    for terms in command.orders:
        _require_well_formed_order(terms)
    mistake = list_mistake(command)
    if mistake is not None:
        raise CommandError(f"PlaceOrderList {command.list_client_order_id!r}: {mistake}")


def _require_correction(command: CorrectTrade) -> None:
    given = [n for n in (command.quantity_lots, command.price_ticks) if n is not None]
    if not given or min(given) < 1:
        raise CommandError(
            f"CorrectTrade {command.trade_id}: quantity_lots {command.quantity_lots}, price_ticks "
            f"{command.price_ticks}; one of them or both, from 1 on"
        )


REQUIREMENTS: dict[type[Command], Callable[[Any], None]] = {
    PlaceOrder: _require_well_formed_order,
    CancelReplace: _require_one_place,
    EndOrder: _require_ending,
    CorrectTrade: _require_correction,
    Deposit: _require_amount,
    PlaceOrderList: _require_list,
}
"""What raises CommandError when the fields of a command contradict each other, by its type."""
