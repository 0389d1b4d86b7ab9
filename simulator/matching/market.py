"""One market inside the engine: its rules in whole units, its book, its last trade."""

from __future__ import annotations

from fillproof.simulator.matching.book import BookSide, Sweep
from fillproof.simulator.matching.prevention import sweep_others
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import MarketPhase, SelfTradePrevention, Side
from fillproof.simulator.vocabulary.reports import TradePrinted
from fillproof.simulator.vocabulary.units import asset_units


class Market:
    """An instrument with its numbers taken out of Decimal once, and the two sides of its book."""

    __slots__ = (
        "asks",
        "base",
        "base_units_per_lot",
        "bids",
        "instrument",
        "last_trade",
        "max_quantity_lots",
        "min_notional_units",
        "min_quantity_lots",
        "phase",
        "quote",
        "quote_units_per_tick_lot",
    )

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.base = instrument.base
        self.quote = instrument.quote
        self.base_units_per_lot = instrument.base_units_per_lot
        self.quote_units_per_tick_lot = instrument.quote_units_per_tick_lot
        self.min_quantity_lots = instrument.quantity_lots(instrument.min_quantity)
        self.max_quantity_lots = instrument.quantity_lots(instrument.max_quantity)
        self.min_notional_units = asset_units(instrument.min_notional)
        self.bids = BookSide(instrument.symbol, Side.BUY)
        self.asks = BookSide(instrument.symbol, Side.SELL)
        self.last_trade: TradePrinted | None = None
        self.phase = MarketPhase.TRADING

    def own(self, side: Side) -> BookSide:
        """Return where an order of this side rests."""
        return self.bids if side is Side.BUY else self.asks

    def opposite(self, side: Side) -> BookSide:
        """Return what an order of this side trades with."""
        return self.asks if side is Side.BUY else self.bids

    def paid_with(self, side: Side) -> str:
        """Return the asset an order of this side gives."""
        return self.quote if side is Side.BUY else self.base

    def received_as(self, side: Side) -> str:
        """Return the asset an order of this side gets; it pays its fees in it."""
        return self.base if side is Side.BUY else self.quote

    def sweep(self, command: PlaceOrder) -> Sweep:
        """Return what the order would trade with now, self-trade prevention considered."""
        makers = self.opposite(command.side)
        if command.self_trade_prevention is SelfTradePrevention.NONE:
            return makers.sweep(command.quantity_lots, command.price_ticks)
        return sweep_others(command, makers)

    def lock_units(self, command: PlaceOrder) -> int:
        """Return what the order must lock, in units of the asset it gives.

        A sell locks its quantity, a limit buy price times quantity, a market buy what it would
        cost against the book as it stands.
        """
        if command.side is Side.BUY and command.price_ticks is None:
            return self.sweep(command).cost_tick_lots * self.quote_units_per_tick_lot
        return command.quantity_lots * self.lock_units_per_lot(command)

    def lock_units_per_lot(self, command: PlaceOrder) -> int:
        """Return what each lot of the order locks; 0 for a market buy, which locks a sum."""
        if command.side is Side.SELL:
            return self.base_units_per_lot
        return (command.price_ticks or 0) * self.quote_units_per_tick_lot

    def notional_units(self, command: PlaceOrder) -> int | None:
        """Return what the order is worth in units of quote; None when no price is known.

        A market order is worth what it would cost (or bring); what the book cannot fill of it
        counts at the last price reached. Whose orders are met makes no difference.
        """
        if command.price_ticks is not None:
            tick_lots = command.price_ticks * command.quantity_lots
        else:
            sweep = self.opposite(command.side).sweep(command.quantity_lots, None)
            if sweep.quantity_lots == 0:
                return None
            rest = command.quantity_lots - sweep.quantity_lots
            tick_lots = sweep.cost_tick_lots + rest * sweep.last_price_ticks
        return tick_lots * self.quote_units_per_tick_lot
