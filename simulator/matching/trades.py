"""One trade: two orders, a quantity, a price, and the money of it."""

from __future__ import annotations

from typing import Self

from msgspec import Struct

from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.orders import Side


class Trade(Struct, frozen=True, gc=False):
    """A quantity that two orders exchanged at a price, and what it is in units of both assets."""

    trade_id: int
    market: Market
    quantity_lots: int
    price_ticks: int
    base_units: int
    quote_units: int
    maker: Order
    taker: Order

    @classmethod
    def of(
        cls,
        trade_id: int,
        market: Market,
        quantity_lots: int,
        price_ticks: int,
        maker: Order,
        taker: Order,
    ) -> Self:
        """Return a trade with its money worked out."""
        return cls(
            trade_id,
            market,
            quantity_lots,
            price_ticks,
            quantity_lots * market.base_units_per_lot,
            quantity_lots * price_ticks * market.quote_units_per_tick_lot,
            maker,
            taker,
        )

    def paid_units(self, side: Side) -> int:
        """Return what an order of this side gives."""
        in_quote = side is Side.BUY or self.market.margin is not None
        return self.quote_units if in_quote else self.base_units

    def received_units(self, side: Side) -> int:
        """Return what an order of this side gets, before the fee; of contracts, what they cost."""
        in_base = side is Side.BUY and self.market.margin is None
        return self.base_units if in_base else self.quote_units
