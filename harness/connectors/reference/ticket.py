"""An order as it is sent, and how it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import OrderRequest


@dataclass(frozen=True, slots=True)
class Ticket:
    """An order as it is sent: `amount` and `price` are already on lot and tick."""

    client_order_id: str
    market: str  # "BASE-QUOTE"
    side: str
    amount: Decimal
    price: Decimal | None
    order_type: str
    time_in_force: str
    post_only: bool
    quote_amount: Decimal | None
    """What a market order is for in quote; `amount` is 0 then, and nobody knows what it fills."""
    trigger: tuple[str, Decimal] | None
    """The kind ("STOP_LOSS", "TAKE_PROFIT") and the price of what it waits for."""
    self_trade_prevention: str | None

    @property
    def symbol(self) -> str:
        """The market as the venue calls it."""
        return self.market.replace("-", "")


def ticket_of(
    client_order_id: str, wish: OrderRequest, amount: Decimal, price: Decimal | None
) -> Ticket:
    """Return the ticket of a wish, for what its amount and price come to at the venue."""
    return Ticket(
        client_order_id=client_order_id,
        market=wish.market,
        side=wish.side,
        amount=amount,
        price=price,
        order_type=wish.order_type,
        time_in_force=wish.time_in_force,
        post_only=wish.post_only,
        quote_amount=wish.quote_amount,
        trigger=None if wish.trigger is None else (wish.trigger.kind, wish.trigger.price),
        self_trade_prevention=wish.self_trade_prevention,
    )


def ticket_in(memory: Mapping[str, Any]) -> Ticket:
    """Return the ticket that an order's memory holds."""
    ticket = memory["ticket"]
    money = ("amount", "price", "quote_amount")
    read = {key: None if ticket[key] is None else Decimal(ticket[key]) for key in money}
    trigger = ticket["trigger"]
    waits = None if trigger is None else (trigger[0], Decimal(trigger[1]))
    return Ticket(**{**ticket, **read, "trigger": waits})
