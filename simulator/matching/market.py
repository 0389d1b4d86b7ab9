"""One market inside the engine: its rules in whole units, its book, its last trade."""

from __future__ import annotations

from msgspec.structs import replace

from fillproof.simulator.matching.accounts import Accounts
from fillproof.simulator.matching.averages import USUAL_MINUTES, Average
from fillproof.simulator.matching.book import BookSide, Sweep
from fillproof.simulator.matching.fees import Rates
from fillproof.simulator.matching.filters import Rules
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.positions import Position
from fillproof.simulator.matching.prevention import TradeGroups, affordable_lots, sweep_others
from fillproof.simulator.matching.triggers import Triggers
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import MarketPhase, SelfTradePrevention, Side
from fillproof.simulator.vocabulary.reports import TradePrinted
from fillproof.simulator.vocabulary.units import asset_units

_BUY = Side.BUY


class Market:
    """An instrument with its numbers taken out of Decimal once, and the two sides of its book."""

    __slots__ = (
        "asks",
        "averages",
        "base",
        "base_purses",
        "base_units_per_lot",
        "bids",
        "buy_rates",
        "groups",
        "instrument",
        "last_trade",
        "margin",
        "max_quantity_lots",
        "min_notional_units",
        "min_quantity_lots",
        "phase",
        "positions",
        "quote",
        "quote_purses",
        "quote_units_per_tick_lot",
        "reducers",
        "rules",
        "sell_rates",
        "sold",
        "sold_purses",
        "symbol",
        "triggers",
    )

    def __init__(
        self, instrument: Instrument, groups: TradeGroups, rates: Rates, accounts: Accounts
    ) -> None:
        self.buy_rates, self.sell_rates = rates.of(Side.BUY), rates.of(Side.SELL)
        self.groups = groups
        self.instrument = instrument
        self.symbol = instrument.symbol
        self.base = instrument.base
        self.quote = instrument.quote
        self.margin = instrument.margin
        # What an order to sell gives: contracts are sold against money set aside.
        self.sold = instrument.base if self.margin is None else instrument.quote
        self.base_purses = accounts.purses(self.base)
        self.quote_purses = accounts.purses(self.quote)
        self.sold_purses = accounts.purses(self.sold)
        self.positions: dict[str, Position] = {}
        self.reducers: dict[int, Order] = {}
        self.base_units_per_lot = instrument.base_units_per_lot
        self.quote_units_per_tick_lot = instrument.quote_units_per_tick_lot
        self.min_quantity_lots = max(1, instrument.quantity_lots(instrument.min_quantity))
        self.max_quantity_lots = instrument.quantity_lots(instrument.max_quantity)
        self.min_notional_units = asset_units(instrument.min_notional)
        self.bids = BookSide(instrument.symbol, Side.BUY)
        self.asks = BookSide(instrument.symbol, Side.SELL)
        self.last_trade: TradePrinted | None = None
        self.phase = MarketPhase.TRADING
        self.triggers: Triggers | None = None  # made for the first order that waits
        self.rules = Rules.of(instrument)
        self.averages = {minutes: Average(minutes) for minutes in _minutes(instrument)}

    def own(self, side: Side) -> BookSide:
        """Return where an order of this side rests."""
        return self.bids if side is _BUY else self.asks

    def opposite(self, side: Side) -> BookSide:
        """Return what an order of this side trades with."""
        return self.asks if side is _BUY else self.bids

    def paid_with(self, side: Side) -> str:
        """Return the asset an order of this side gives."""
        return self.quote if side is _BUY else self.sold

    def received_as(self, side: Side) -> str:
        """Return the asset an order of this side gets; it pays its fees in it."""
        return self.base if side is _BUY and self.margin is None else self.quote

    def sweep(self, command: PlaceOrder) -> Sweep:
        """Return what the order would trade with now, self-trade prevention considered."""
        makers = self.opposite(command.side)
        if command.self_trade_prevention is SelfTradePrevention.NONE:
            return makers.sweep(command.quantity_lots, command.price_ticks)
        return sweep_others(command, makers, self.groups)

    def lock_units(self, command: PlaceOrder) -> int:
        """Return what the order must lock, in units of the asset it gives.

        A sell locks its quantity, a limit buy price times quantity, a market buy what it would
        cost against the book as it stands: one that waits for a price locks nothing until then.
        With margin it locks that of the lots that would open a position or make it larger.
        """
        if self.margin is not None:
            return self._margin_units(command)
        if command.side is not _BUY:
            return command.quantity_lots * self.base_units_per_lot
        if command.price_ticks is None:
            return 0 if command.trigger is not None else self.cost_units(command)
        return command.quantity_lots * command.price_ticks * self.quote_units_per_tick_lot

    def needed_units(self, order: Order) -> int:
        """Return what a live order locks for what it leaves; nothing if only the book can say.

        With margin that is what it locked when it came, as far as it leaves so much.
        """
        if self.margin is not None:
            most = order.leaves_lots * self.lock_units_per_lot(order.terms)
            return min(order.locked_units, most)
        return order.leaves_lots * self.lock_units_per_lot(order.terms)

    def buys_at_any_price(self, terms: PlaceOrder) -> bool:
        """Return whether an order is a buy whose cost only the book can say."""
        return terms.side is _BUY and terms.price_ticks is None and self.margin is None

    def cost_units(self, command: PlaceOrder) -> int:
        """Return what a market buy would cost now, in units of quote."""
        return self.sweep(command).cost_tick_lots * self.quote_units_per_tick_lot

    def lock_units_per_lot(self, command: PlaceOrder) -> int:
        """Return what each lot of the order locks; 0 for a market buy, which locks a sum.

        With margin it is the most that a lot locks: one that closes a position locks nothing.
        """
        if self.margin is not None:
            value_units = (command.price_ticks or 0) * self.quote_units_per_tick_lot
            return -(-value_units // self.position(command.account).leverage)
        if command.side is Side.SELL:
            return self.base_units_per_lot
        return (command.price_ticks or 0) * self.quote_units_per_tick_lot

    def freed_units(self, order: Order, quantity_lots: int) -> int:
        """Return what an order need not lock any more for so much of what it leaves."""
        if quantity_lots == order.leaves_lots:
            return order.locked_units
        per_lot = self.lock_units_per_lot(order.terms)
        if self.margin is None:
            return quantity_lots * per_lot
        rest = (order.leaves_lots - quantity_lots) * per_lot
        return order.locked_units - min(order.locked_units, rest)

    def position(self, account: str) -> Position:
        """Return an account's position, made at first use; the market has a margin."""
        position = self.positions.get(account)
        if position is None:
            assert self.margin is not None, "without a margin nobody has a position"
            position = self.positions[account] = Position(self.margin.leverage)
        return position

    def reduces(self, terms: PlaceOrder, quantity_lots: int) -> bool:
        """Return whether so much of an order would do no more than close a position."""
        opposed = self.position(terms.account).opposes(buys=terms.side is _BUY)
        return quantity_lots <= opposed

    def _margin_units(self, command: PlaceOrder) -> int:
        if command.reduce_only:
            return 0
        opposed = self.position(command.account).opposes(buys=command.side is _BUY)
        return max(0, command.quantity_lots - opposed) * self.lock_units_per_lot(command)

    def in_lots(self, terms: PlaceOrder) -> PlaceOrder:
        """Return a market order by quote quantity as the most lots that this pays for now."""
        tick_lots = (terms.quote_quantity_units or 0) // self.quote_units_per_tick_lot
        makers = self.opposite(terms.side)
        lots = affordable_lots(terms, makers, self.groups, tick_lots)
        return replace(terms, quantity_lots=lots)

    def is_thin(self, terms: PlaceOrder) -> bool:
        """Return whether all that an order could meet is less than an order must be."""
        least = self.min_quantity_lots
        return self.opposite(terms.side).sweep(least, None).quantity_lots < least

    def last_ticks(self) -> int | None:
        """Return the price of the last trade, None when there was none."""
        return None if self.last_trade is None else self.last_trade.price_ticks

    def waits(self, order: Order) -> bool:
        """Return whether an order still waits for its price."""
        return order.waits and self.triggers is not None and self.triggers.holds(order)

    def wait(self, order: Order, now_ns: int) -> None:
        """Let an order wait for its trigger."""
        if self.triggers is None:
            self.triggers = Triggers()
        self.triggers.add(order, self.last_ticks(), now_ns)

    def average(self, minutes: int, now_ns: int) -> tuple[int, int] | None:
        """Return the average price of the last minutes, as ticks times lots over lots.

        Of no minutes, or where nothing traded in them, it is the last trade's price; None when
        there is none. Raises KeyError for minutes that no filter of the market asks for.
        """
        if self.last_trade is None:
            return None
        average = self.averages[minutes].price(now_ns) if minutes else None
        return average or (self.last_trade.price_ticks, 1)

    def notional_units(self, terms: PlaceOrder, now_ns: int) -> int | None:
        """Return what the order is worth in whole units of quote; None when no price is known.

        A market order is worth what was asked of it in quote, or its quantity at the average
        price. In a market that never traded it is worth what it would cost or bring, and what the
        book cannot fill counts at the last price reached; whose orders are met does not matter.
        """
        if terms.price_ticks is not None:
            return terms.price_ticks * terms.quantity_lots * self.quote_units_per_tick_lot
        if terms.quote_quantity_units is not None:
            return terms.quote_quantity_units
        average = self.average(self.instrument.filters.notional_average_minutes, now_ns)
        if average is not None:
            tick_lots, lots = average
            return tick_lots * terms.quantity_lots * self.quote_units_per_tick_lot // lots
        sweep = self.opposite(terms.side).sweep(terms.quantity_lots, None)
        if sweep.quantity_lots == 0:
            return None
        rest = terms.quantity_lots - sweep.quantity_lots
        tick_lots = sweep.cost_tick_lots + rest * sweep.last_price_ticks
        return tick_lots * self.quote_units_per_tick_lot


def _minutes(instrument: Instrument) -> set[int]:
    """Return over which minutes the market's average price is asked for; 0 is the last trade."""
    percent = instrument.filters.percent_price
    asked = {USUAL_MINUTES, instrument.filters.notional_average_minutes}
    if percent is not None:
        asked.add(percent.average_minutes)
    return asked - {0}
