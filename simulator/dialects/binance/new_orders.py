"""Reads one order out of a request's parameters: what needs no engine is checked here.

First the parameters of its type, then precision, then steps; all other rules are the engine's.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fillproof.simulator.dialects.binance import errors, rules, trading_errors
from fillproof.simulator.dialects.binance.desk import Call, Desk
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.order_types import KINDS, SINGLE, Names, OrderKind
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import PlaceOrder, Trigger
from fillproof.simulator.vocabulary.orders import (
    OrderType,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from fillproof.simulator.vocabulary.units import asset_units

_TIMES_IN_FORCE = ("GTC", "IOC", "FOK")
_ANSWER_TYPES = ("ACK", "RESULT", "FULL")
_FIRST_STRATEGY_TYPE = 1_000_000


@dataclass(frozen=True, slots=True)
class NewOrder:
    """One order as a request asks for it; the engine knows nothing of the client's labels."""

    kind: OrderKind
    command: PlaceOrder
    labels: dict[str, Json]


def read_order(
    desk: Desk,
    call: Call,
    market: Market,
    names: Names = SINGLE,
    of_kind: OrderKind | None = None,
) -> NewOrder:
    """Read an order; `of_kind` is its type where the request does not say it. Raises Refusal."""
    reader = _Reader(call.parameters, names)
    side = reader.side()
    kind = of_kind or reader.kind()
    reader.require_fields(kind)
    time_in_force = reader.time_in_force(kind)
    quantity = reader.quantity()
    quote_quantity = reader.quote_quantity(kind)
    price = reader.price()
    display = reader.display(quantity)
    labels = reader.labels()
    client_order_id = reader.client_order_id()
    trigger = reader.trigger(kind, market)
    price_ticks, lots = rules.ticks(market, price), rules.lots(market, quantity)
    display_lots = rules.lots(market, display)
    rules.require_notional(market, price, quantity)
    command = PlaceOrder(
        account=call.account,
        client_order_id=client_order_id or desk.memory.make_client_order_id(),
        symbol=market.engine_symbol,
        side=side,
        order_type=kind.order_type,
        time_in_force=time_in_force,
        quantity_lots=0 if lots is None else lots,
        price_ticks=price_ticks,
        post_only=kind.post_only,
        self_trade_prevention=self_trade_prevention(call.parameters),
        quote_quantity_units=None if quote_quantity is None else asset_units(quote_quantity),
        display_quantity_lots=display_lots,
        trigger=trigger,
    )
    return NewOrder(kind, command, labels)


def self_trade_prevention(parameters: Parameters) -> SelfTradePrevention:
    """Return the mode that is asked for, or the market's own."""
    sent = parameters.choice("selfTradePreventionMode", rules.STP_MODES, errors.STP_NOT_ALLOWED)
    return SelfTradePrevention(sent or rules.DEFAULT_STP_MODE)


def answer_type(parameters: Parameters) -> str | None:
    """Return the form of answer that is asked for."""
    return parameters.choice("newOrderRespType", _ANSWER_TYPES, errors.INVALID_RESPONSE_TYPE)


class _Reader:
    """Reads the fields of one order, under the names the request has for them."""

    def __init__(self, parameters: Parameters, names: Names) -> None:
        self._parameters = parameters
        self._names = names

    def side(self) -> Side:
        side = self._parameters.required(self._names["side"])
        if side not in Side.__members__:
            raise errors.INVALID_SIDE.refusal()
        return Side(side)

    def kind(self) -> OrderKind:
        kind = KINDS.get(self._parameters.required(self._names["type"]))
        if kind is None:
            raise errors.INVALID_ORDER_TYPE.refusal()
        return kind

    def require_fields(self, kind: OrderKind) -> None:
        """Hold the fields to the table of types."""
        for field in kind.mandatory:
            if field in self._names:
                self._parameters.required(self._names[field])
        for field in kind.barred:
            if self._has(field):
                raise errors.NOT_REQUIRED.refusal(self._names[field])
        if kind.trigger is not None and not (self._has("stopPrice") or self._has("trailingDelta")):
            names = self._names["stopPrice"], self._names["trailingDelta"]
            raise errors.EITHER_MANDATORY.refusal(*names)
        if kind.order_type is OrderType.MARKET and not kind.mandatory:
            self._require_one_quantity()

    def _require_one_quantity(self) -> None:
        """Hold a market order to its quantity, in base or in quote."""
        if "quoteOrderQty" not in self._names:
            if "quantity" in self._names:
                self._parameters.required(self._names["quantity"])
            return
        in_base, in_quote = self._has("quantity"), self._has("quoteOrderQty")
        if in_base and in_quote:
            raise errors.OPTIONAL_COMBINATION.refusal()
        if not in_base and not in_quote:
            raise errors.EITHER_MANDATORY.refusal("quantity", "quoteOrderQty")

    def time_in_force(self, kind: OrderKind) -> TimeInForce:
        """Return what the engine is told; what a market order cannot fill at once never rests."""
        sent = self._choice("timeInForce")
        if kind.order_type is OrderType.MARKET:
            return TimeInForce.IOC
        if sent not in (None, "GTC") and self._has("icebergQty"):
            raise self._iceberg_not_gtc()
        return TimeInForce(sent or "GTC")

    def _iceberg_not_gtc(self) -> Refusal:
        if self._names is SINGLE:
            return trading_errors.UNSUPPORTED_COMBINATION.refusal()
        names = self._names["icebergQty"], self._names["timeInForce"]
        return trading_errors.ICEBERG_NOT_GTC.refusal(*names)

    def quantity(self) -> Decimal | None:
        quantity = self._decimal("quantity")
        if quantity == 0:
            raise errors.INVALID_QUANTITY.refusal()
        return quantity

    def quote_quantity(self, kind: OrderKind) -> Decimal | None:
        if kind.mandatory:
            return None
        quantity = self._decimal("quoteOrderQty")
        if quantity == 0:
            raise trading_errors.INVALID_QUOTE_QUANTITY.refusal()
        return quantity

    def price(self) -> Decimal | None:
        price = self._decimal("price")
        if price == 0:
            raise errors.INVALID_PRICE.refusal()
        return price

    def display(self, quantity: Decimal | None) -> Decimal | None:
        """Return how much an iceberg shows; zero is as good as not sent."""
        display = self._decimal("icebergQty") or None
        if display is not None and quantity is not None and display > quantity:
            raise trading_errors.ICEBERG_ABOVE_QUANTITY.refusal()
        return display

    def trigger(self, kind: OrderKind, market: Market) -> Trigger | None:
        if kind.trigger is None:
            return None
        stop_price = self._decimal("stopPrice")
        delta = self._integer("trailingDelta")
        return Trigger(kind.trigger, rules.ticks(market, stop_price), delta)

    def labels(self) -> dict[str, Json]:
        """Return the labels that were sent, under the names that answers have for them."""
        fields = {field: self._integer(field) for field in ("strategyId", "strategyType")}
        kind = fields["strategyType"]
        if kind is not None and kind < _FIRST_STRATEGY_TYPE:
            raise trading_errors.BAD_STRATEGY_TYPE.refusal(self._names["strategyType"])
        return {field: value for field, value in fields.items() if value is not None}

    def client_order_id(self) -> str | None:
        return self._parameters.client_order_id(self._names["clientOrderId"])

    def _has(self, field: str) -> bool:
        return field in self._names and self._names[field] in self._parameters

    def _choice(self, field: str) -> str | None:
        if field not in self._names:
            return None
        name, error = self._names[field], errors.INVALID_TIME_IN_FORCE
        return self._parameters.choice(name, _TIMES_IN_FORCE, error)

    def _decimal(self, field: str) -> Decimal | None:
        return self._parameters.decimal(self._names[field]) if field in self._names else None

    def _integer(self, field: str) -> int | None:
        return self._parameters.integer(self._names[field]) if field in self._names else None
