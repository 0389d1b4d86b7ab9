"""What each event of Hummingbot is told as: pure functions of one event."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hummingbot.core.event.events import MarketEvent

from fillproof.harness.connectors.protocol import EventName, Fee, Told

CREATED = (MarketEvent.BuyOrderCreated, MarketEvent.SellOrderCreated)
COMPLETED = (MarketEvent.BuyOrderCompleted, MarketEvent.SellOrderCompleted)
HEARD = (
    *CREATED,
    *COMPLETED,
    MarketEvent.OrderFilled,
    MarketEvent.OrderCancelled,
    MarketEvent.OrderExpired,
    MarketEvent.OrderFailure,
)
"""All events of Hummingbot that concern an order."""

_SELLS = (MarketEvent.SellOrderCreated, MarketEvent.SellOrderCompleted)


def told_of(event: MarketEvent, raised: Any) -> Told:
    """Return what an event says; `raised` is Hummingbot's object of it."""
    side = "SELL" if event in _SELLS else "BUY"
    match event:
        case MarketEvent.BuyOrderCreated | MarketEvent.SellOrderCreated:
            return Told(
                EventName.CREATED,
                raised.order_id,
                side=side,
                amount=raised.amount,
                price=_number(raised.price),
                venue_order_id=_text(raised.exchange_order_id),
            )
        case MarketEvent.OrderFilled:
            return _filled(raised)
        case MarketEvent.BuyOrderCompleted | MarketEvent.SellOrderCompleted:
            return Told(
                EventName.COMPLETED,
                raised.order_id,
                side=side,
                base_amount=raised.base_asset_amount,
                quote_amount=raised.quote_asset_amount,
                venue_order_id=_text(raised.exchange_order_id),
            )
        case MarketEvent.OrderCancelled:
            return Told(
                EventName.CANCELLED,
                raised.order_id,
                venue_order_id=_text(raised.exchange_order_id),
            )
        case MarketEvent.OrderExpired:
            return Told(EventName.EXPIRED, raised.order_id)
        case _:
            return Told(EventName.FAILURE, raised.order_id, reason=_text(raised.error_message))


def _filled(raised: Any) -> Told:
    fees = tuple(Fee(fee.token, fee.amount) for fee in raised.trade_fee.flat_fees)
    return Told(
        EventName.FILLED,
        raised.order_id,
        side=raised.trade_type.name,
        amount=raised.amount,
        price=raised.price,
        trade_id=_text(raised.exchange_trade_id),
        fees=fees or None,
        venue_order_id=_text(raised.exchange_order_id),
    )


def _number(value: Any) -> Decimal | None:
    """Return a price; a market order is told with NaN."""
    return None if value is None or Decimal(value).is_nan() else Decimal(value)


def _text(value: Any) -> str | None:
    return None if value in {None, ""} else str(value)
