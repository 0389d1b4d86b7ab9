"""The trading rules that a market may have beyond its steps and minima, in whole units.

They are checked in the order in which they stand here, after the market's own limits. A market
without a rule does not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.triggers import triggers_above
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.instruments import (
    Filters,
    Instrument,
    PercentPrice,
    TrailingDelta,
)
from fillproof.simulator.vocabulary.orders import OrderType, Reason, Side
from fillproof.simulator.vocabulary.units import asset_units

Ratio = tuple[int, int]
"""A fraction of whole numbers, or a price: ticks times lots over lots."""


@dataclass(frozen=True, slots=True)
class PriceBand:
    """How far a side's limit may be from the average price, as factors of it."""

    down: Ratio
    up: Ratio

    def holds(self, price_ticks: int, average: Ratio) -> bool:
        """Return whether a price is inside, ends included."""
        tick_lots, lots = average
        is_above = price_ticks * lots * self.down[1] >= tick_lots * self.down[0]
        return is_above and price_ticks * lots * self.up[1] <= tick_lots * self.up[0]


@dataclass(frozen=True, slots=True)
class Rules:
    """The filters of one market that has some."""

    filters: Filters
    minimum_price_ticks: int | None
    maximum_price_ticks: int | None
    bands: dict[Side, PriceBand]
    market_minimum_lots: int | None
    market_maximum_lots: int | None
    maximum_notional_units: int | None
    maximum_position_units: int | None

    @classmethod
    def of(cls, instrument: Instrument) -> Self | None:
        """Return the filters of a market, None when it has none; raises UnitsError."""
        filters = instrument.filters
        if filters == Filters():
            return None
        ticks, lots = instrument.price_ticks, instrument.quantity_lots
        return cls(
            filters=filters,
            minimum_price_ticks=_whole(filters.minimum_price, ticks),
            maximum_price_ticks=_whole(filters.maximum_price, ticks),
            bands=_bands(filters.percent_price),
            market_minimum_lots=_whole(filters.market_minimum_quantity, lots),
            market_maximum_lots=_whole(filters.market_maximum_quantity, lots),
            maximum_notional_units=_whole(filters.maximum_notional, asset_units),
            maximum_position_units=_whole(filters.maximum_position, asset_units),
        )

    def why_price(self, command: PlaceOrder, average: Ratio | None) -> Reason | None:
        """Return what is wrong with the prices of an order: its limit's and its trigger's."""
        limit, trigger = command.price_ticks, command.trigger
        prices = [limit] if trigger is None else [limit, trigger.price_ticks]
        for price in prices:
            if price is not None and _is_outside(
                price, self.minimum_price_ticks, self.maximum_price_ticks
            ):
                return Reason.PRICE_OUT_OF_RANGE
        if limit is None or average is None or not self.bands:
            return None
        is_near = self.bands[command.side].holds(limit, average)
        return None if is_near else Reason.PRICE_FAR_FROM_MARKET

    def why_size(self, command: PlaceOrder, notional_units: int | None) -> Reason | None:
        """Return what is wrong with how much an order is, or with its parts."""
        if command.order_type is OrderType.MARKET:
            least, most = self.market_minimum_lots, self.market_maximum_lots
            if _is_outside(command.quantity_lots, least, most):
                return Reason.MARKET_QUANTITY_OUT_OF_RANGE
        elif notional_units is not None and _is_outside(
            notional_units, None, self.maximum_notional_units
        ):
            return Reason.NOTIONAL_ABOVE_MAXIMUM
        return self._why_parts(command) or self._why_trail(command)

    def _why_parts(self, command: PlaceOrder) -> Reason | None:
        most, shown = self.filters.iceberg_parts, command.display_quantity_lots
        if most is None or shown is None or command.quantity_lots <= most * shown:
            return None
        return Reason.TOO_MANY_ICEBERG_PARTS

    def _why_trail(self, command: PlaceOrder) -> Reason | None:
        allowed, trigger = self.filters.trailing_delta, command.trigger
        if allowed is None or trigger is None or trigger.trailing_delta_bips is None:
            return None
        is_above = triggers_above(command)
        outside = _is_outside(trigger.trailing_delta_bips, *_trails(allowed, is_above=is_above))
        return Reason.TRAILING_DELTA_OUT_OF_RANGE if outside else None

    def why_too_many(self, command: PlaceOrder, others: Sequence[PlaceOrder]) -> Reason | None:
        """Return which number of orders a new one exceeds; `others` are live, or come with it."""
        filters = self.filters
        if filters.maximum_orders is not None and len(others) >= filters.maximum_orders:
            return Reason.TOO_MANY_ORDERS
        if command.trigger is not None and filters.maximum_algo_orders is not None:
            algos = sum(other.trigger is not None for other in others)
            if algos >= filters.maximum_algo_orders:
                return Reason.TOO_MANY_ALGO_ORDERS
        if command.display_quantity_lots is not None and filters.maximum_iceberg_orders is not None:
            icebergs = sum(other.display_quantity_lots is not None for other in others)
            if icebergs >= filters.maximum_iceberg_orders:
                return Reason.TOO_MANY_ICEBERG_ORDERS
        return None

    @property
    def counts_orders(self) -> bool:
        """Whether a new order is counted against the live ones of its account."""
        filters = self.filters
        limits = (
            filters.maximum_orders,
            filters.maximum_algo_orders,
            filters.maximum_iceberg_orders,
            filters.maximum_position,
        )
        return any(limit is not None for limit in limits)

    def why_position(self, position_units: int) -> Reason | None:
        """Return why an account may not come to own that much of the base asset."""
        most = self.maximum_position_units
        too_much = most is not None and position_units > most
        return Reason.POSITION_ABOVE_MAXIMUM if too_much else None


def bought_lots(orders: Sequence[Order]) -> int:
    """Return what all the buys among live orders may still bring."""
    return sum(order.leaves_lots for order in orders if order.terms.side is Side.BUY)


def _whole(value: Decimal | None, convert: Callable[[Decimal], int]) -> int | None:
    return None if value is None else convert(value)


def _bands(percent: PercentPrice | None) -> dict[Side, PriceBand]:
    if percent is None:
        return {}
    return {
        Side.BUY: PriceBand(percent.bid_down.as_integer_ratio(), percent.bid_up.as_integer_ratio()),
        Side.SELL: PriceBand(
            percent.ask_down.as_integer_ratio(), percent.ask_up.as_integer_ratio()
        ),
    }


def _trails(allowed: TrailingDelta, *, is_above: bool) -> tuple[int, int]:
    if is_above:
        return allowed.above_minimum, allowed.above_maximum
    return allowed.below_minimum, allowed.below_maximum


def _is_outside(value: int, least: int | None, most: int | None) -> bool:
    return (least is not None and value < least) or (most is not None and value > most)
