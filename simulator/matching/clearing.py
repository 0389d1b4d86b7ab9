"""Money of orders: locked at acceptance, exchanged in trades, released at the end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from fillproof.simulator.matching.accounts import VENUE_ACCOUNT, Accounts, Balance
from fillproof.simulator.matching.journal import Half, Journal
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.orders import Side


@dataclass(frozen=True, slots=True)
class Fees:
    """What a fill costs, as rates of what is received: Decimal("0.001") is 0.1 %."""

    maker: Decimal
    taker: Decimal

    def __post_init__(self) -> None:
        for name in ("maker", "taker"):
            rate = getattr(self, name)
            if not 0 <= rate < 1:
                raise ValueError(f"Fees: {name} {rate}; a rate from 0 to below 1")


@dataclass(frozen=True, slots=True)
class Match:
    """A quantity that two orders exchange at a price, and what it is in units of both assets."""

    trade_id: int
    market: Market
    quantity_lots: int
    price_ticks: int
    base_units: int
    quote_units: int

    @classmethod
    def of(cls, trade_id: int, market: Market, quantity_lots: int, price_ticks: int) -> Self:
        """Return a match with its money worked out."""
        return cls(
            trade_id=trade_id,
            market=market,
            quantity_lots=quantity_lots,
            price_ticks=price_ticks,
            base_units=quantity_lots * market.base_units_per_lot,
            quote_units=quantity_lots * price_ticks * market.quote_units_per_tick_lot,
        )

    def paid_units(self, side: Side) -> int:
        """Return what an order of this side gives."""
        return self.quote_units if side is Side.BUY else self.base_units

    def received_units(self, side: Side) -> int:
        """Return what an order of this side gets, before the fee."""
        return self.base_units if side is Side.BUY else self.quote_units


@dataclass(frozen=True, slots=True)
class Trade:
    """A match that happened, and between whom."""

    match: Match
    maker: Order
    taker: Order


class Clearing:
    """The only one that changes balances. Every change is touched in the journal it is given."""

    __slots__ = ("_maker_rate", "_taker_rate", "accounts")

    def __init__(self, fees: Fees) -> None:
        self.accounts = Accounts()
        # As fractions of whole numbers: no Decimal is touched while orders trade.
        self._maker_rate = fees.maker.as_integer_ratio()
        self._taker_rate = fees.taker.as_integer_ratio()

    def deposit(self, account: str, asset: str, units: int, journal: Journal) -> None:
        """Bring money in from outside."""
        balance = self.accounts.use(account, asset)
        balance.free_units += units
        deposited = self.accounts.deposited_units
        deposited[asset] = deposited.get(asset, 0) + units
        journal.touch_balance(balance)

    def can_lock(self, account: str, asset: str, units: int) -> bool:
        """Return whether the account has that much free; creates nothing."""
        return self.accounts.free_units(account, asset) >= units

    def lock(self, account: str, asset: str, units: int, journal: Journal) -> None:
        """Set free money aside for an order."""
        balance = self.accounts.use(account, asset)
        balance.free_units -= units
        balance.locked_units += units
        journal.touch_balance(balance)

    def release(self, order: Order, market: Market, journal: Journal) -> None:
        """Free what an order that ends still locks."""
        pays = self._pays(order, market)
        pays.locked_units -= order.locked_units
        pays.free_units += order.locked_units
        order.locked_units = 0
        journal.touch_balance(pays)

    def release_part(
        self, order: Order, quantity_lots: int, market: Market, journal: Journal
    ) -> None:
        """Free what a quantity locks that a living order loses."""
        units = quantity_lots * market.lock_units_per_lot(order.command)
        pays = self._pays(order, market)
        pays.locked_units -= units
        pays.free_units += units
        order.locked_units -= units
        journal.touch_balance(pays)

    def settle(self, order: Order, match: Match, *, is_maker: bool, journal: Journal) -> Half:
        """Move the money of one order's half of a match: what it pays, what it gets, the fee."""
        self._pay(order, match, journal)
        side = order.command.side
        asset = match.market.paid_with(side.opposite)
        fee_units = self.fee_units(side, match, is_maker=is_maker)
        self.move(order.command.account, asset, match.received_units(side) - fee_units, journal)
        if fee_units:
            self.move(VENUE_ACCOUNT, asset, fee_units, journal)
        return self.half(side, match, is_maker=is_maker)

    def fee_units(self, side: Side, match: Match, *, is_maker: bool) -> int:
        """Return what a match costs an order of this side, in units of what it receives."""
        numerator, denominator = self._maker_rate if is_maker else self._taker_rate
        return match.received_units(side) * numerator // denominator

    def half(self, side: Side, match: Match, *, is_maker: bool) -> Half:
        """Return what is reported of a match to an order of this side."""
        return Half(
            quantity_lots=match.quantity_lots,
            price_ticks=match.price_ticks,
            quote_units=match.quote_units,
            trade_id=match.trade_id,
            is_maker=is_maker,
            fee_units=self.fee_units(side, match, is_maker=is_maker),
            fee_asset=match.market.paid_with(side.opposite),
        )

    def _pay(self, order: Order, match: Match, journal: Journal) -> None:
        """Take the price of the match out of the lock; a buyer's better price is freed at once."""
        limit_ticks = order.command.price_ticks
        if order.command.side is Side.SELL:
            paid = unlocked = match.base_units
        else:
            paid = unlocked = match.quote_units
            if limit_ticks is not None:
                per_tick = match.quantity_lots * match.market.quote_units_per_tick_lot
                unlocked = limit_ticks * per_tick
        pays = self._pays(order, match.market)
        pays.locked_units -= unlocked
        pays.free_units += unlocked - paid
        order.locked_units -= unlocked
        journal.touch_balance(pays)

    def move(self, account: str, asset: str, units: int, journal: Journal) -> None:
        """Give free money to an account, or take it; who calls sees to it that sums stay."""
        balance = self.accounts.use(account, asset)
        balance.free_units += units
        journal.touch_balance(balance)

    def _pays(self, order: Order, market: Market) -> Balance:
        return self.accounts.use(order.command.account, market.paid_with(order.command.side))
