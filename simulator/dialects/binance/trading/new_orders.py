"""Reads one order out of a request's parameters: what needs no engine is checked here.

First the parameters of its type, then precision, then steps; all other rules are the engine's.
"""

from __future__ import annotations

from msgspec import Struct

from fillproof.simulator.dialects.binance import errors, rules
from fillproof.simulator.dialects.binance.desk import Call, Desk
from fillproof.simulator.dialects.binance.errors import Refusal, VenueError
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.trading import trading_errors
from fillproof.simulator.dialects.binance.trading.order_types import (
    KINDS,
    SINGLE,
    TRIGGERS,
    Names,
    OrderKind,
)
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import PlaceOrder, Trigger
from fillproof.simulator.vocabulary.orders import (
    OrderType,
    SelfTradePrevention,
    Side,
    TimeInForce,
)

_SIDES = {str(side): side for side in Side}
_TIMES_IN_FORCE = {name: TimeInForce(name) for name in ("GTC", "IOC", "FOK")}
_ANSWER_TYPES = frozenset({"ACK", "RESULT", "FULL"})
_LABELS = ("strategyId", "strategyType")
_LACKING = (None, "")
_FIRST_STRATEGY_TYPE = 1_000_000


class NewOrder(Struct, frozen=True, gc=False):
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
    quantity = reader.amount("quantity", errors.INVALID_QUANTITY)
    quote_quantity = reader.amount("quoteOrderQty", trading_errors.INVALID_QUOTE_QUANTITY)
    price = reader.amount("price", errors.INVALID_PRICE)
    display = reader.display(quantity)
    labels = reader.labels()
    client_order_id = reader.client_order_id()
    trigger = reader.trigger(kind, market)
    price_ticks, lots = market.ticks(price), market.lots(quantity)
    market.require_notional(price, quantity)
    command = PlaceOrder(
        account=call.account,
        client_order_id=client_order_id or desk.memory.make_client_order_id(),
        symbol=market.engine_symbol,
        side=side,
        order_type=kind.order_type,
        time_in_force=time_in_force,
        quantity_lots=lots or 0,
        price_ticks=price_ticks,
        post_only=kind.post_only,
        self_trade_prevention=self_trade_prevention(call.parameters),
        quote_quantity_units=quote_quantity,
        display_quantity_lots=market.lots(display),
        trigger=trigger,
    )
    return NewOrder(kind, command, labels)


def self_trade_prevention(parameters: Parameters) -> SelfTradePrevention:
    """Return the mode that is asked for, or the market's own."""
    sent = parameters.choice("selfTradePreventionMode", rules.STP_MODES, errors.STP_NOT_ALLOWED)
    return rules.DEFAULT_STP_MODE if sent is None else rules.STP_MODES[sent]


def answer_type(parameters: Parameters) -> str | None:
    """Return the form of answer that is asked for."""
    return parameters.choice("newOrderRespType", _ANSWER_TYPES, errors.INVALID_RESPONSE_TYPE)


class _Reader:
    """Reads the fields of one order, under the names the request has for them.

    `_sent` are the fields that the request has, by name; of all others nothing is asked.
    """

    __slots__ = ("_names", "_parameters", "_sent", "_values")

    def __init__(self, parameters: Parameters, names: Names) -> None:
        self._parameters = parameters
        self._names = names
        self._values = parameters.as_mapping()
        self._sent = {field: name for field, name in names.items() if name in self._values}

    def side(self) -> Side:
        side = _SIDES.get(self._parameters.required(self._names["side"]))
        if side is None:
            raise errors.INVALID_SIDE.refusal()
        return side

    def kind(self) -> OrderKind:
        kind = KINDS.get(self._parameters.required(self._names["type"]))
        if kind is None:
            raise errors.INVALID_ORDER_TYPE.refusal()
        return kind

    def require_fields(self, kind: OrderKind) -> None:
        """Hold the fields to the table of types."""
        sent, names = self._sent, self._names
        for field in kind.mandatory:
            if field in names and self._values.get(names[field]) in _LACKING:
                raise errors.MANDATORY.refusal(names[field])
        for field in kind.barred:
            if field in sent:
                raise errors.NOT_REQUIRED.refusal(names[field])
        if kind.trigger is not None and self._sent.keys().isdisjoint(TRIGGERS):
            raise errors.EITHER_MANDATORY.refusal(*(self._names[field] for field in TRIGGERS))
        if kind.order_type is OrderType.MARKET and not kind.mandatory:
            self._require_one_quantity()

    def _require_one_quantity(self) -> None:
        """Hold a market order to its quantity, in base or in quote."""
        if "quoteOrderQty" not in self._names:
            if "quantity" in self._names:
                self._parameters.required(self._names["quantity"])
            return
        in_base, in_quote = "quantity" in self._sent, "quoteOrderQty" in self._sent
        if in_base and in_quote:
            raise errors.OPTIONAL_COMBINATION.refusal()
        if not in_base and not in_quote:
            raise errors.EITHER_MANDATORY.refusal("quantity", "quoteOrderQty")

    def time_in_force(self, kind: OrderKind) -> TimeInForce:
        """Return what the engine is told; what a market order cannot fill at once never rests."""
        if "timeInForce" not in self._sent:
            is_market = kind.order_type is OrderType.MARKET
            return TimeInForce.IOC if is_market else TimeInForce.GTC
        sent = _TIMES_IN_FORCE.get(self._parameters.required(self._sent["timeInForce"]))
        if sent is None:
            raise errors.INVALID_TIME_IN_FORCE.refusal()
        if sent is not TimeInForce.GTC and "icebergQty" in self._sent:
            raise self._iceberg_not_gtc()
        return sent

    def _iceberg_not_gtc(self) -> Refusal:
        if self._names is SINGLE:
            return trading_errors.UNSUPPORTED_COMBINATION.refusal()
        names = self._names["icebergQty"], self._names["timeInForce"]
        return trading_errors.ICEBERG_NOT_GTC.refusal(*names)

    def amount(self, field: str, when_zero: VenueError) -> int | None:
        """Return a price or a quantity in units of 1e-8, above zero."""
        if field not in self._sent:
            return None
        units = self._parameters.units(self._sent[field])
        if units == 0:
            raise when_zero.refusal()
        return units

    def display(self, quantity: int | None) -> int | None:
        """Return how much an iceberg shows, in units of 1e-8; zero is as good as not sent."""
        if "icebergQty" not in self._sent:
            return None
        display = self._parameters.units(self._sent["icebergQty"]) or None
        if display is not None and quantity is not None and display > quantity:
            raise trading_errors.ICEBERG_ABOVE_QUANTITY.refusal()
        return display

    def trigger(self, kind: OrderKind, market: Market) -> Trigger | None:
        if kind.trigger is None:
            return None
        price, delta = (self._names[field] for field in TRIGGERS)
        price_ticks = market.ticks(self._parameters.units(price))
        return Trigger(kind.trigger, price_ticks, self._parameters.integer(delta))

    def labels(self) -> dict[str, Json]:
        """Return the labels that were sent, under the names that answers have for them."""
        labels: dict[str, Json] = {}
        for field in _LABELS:
            if field in self._sent:
                labels[field] = self._parameters.integer(self._sent[field])
        if labels.get("strategyType", _FIRST_STRATEGY_TYPE) < _FIRST_STRATEGY_TYPE:
            raise trading_errors.BAD_STRATEGY_TYPE.refusal(self._names["strategyType"])
        return labels

    def client_order_id(self) -> str | None:
        name = self._sent.get("clientOrderId")
        return None if name is None else self._parameters.client_order_id(name)
