"""Money of orders: locked at acceptance, exchanged in trades, released at the end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fillproof.simulator.matching.accounts import VENUE_ACCOUNT, Accounts, Balance
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.prevention import Prevented
from fillproof.simulator.matching.trades import Trade
from fillproof.simulator.vocabulary.orders import Side

_SELL = Side.SELL


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
        deposited = self.accounts.deposited_units
        deposited[asset] = deposited.get(asset, 0) + units
        self.move(account, asset, units, journal)

    def lock(self, pays: Balance, units: int, journal: Journal) -> None:
        """Set free money aside for an order."""
        pays.free_units -= units
        pays.locked_units += units
        journal.balances[pays] = None

    def release(self, order: Order, units: int, journal: Journal) -> None:
        """Free what an order does not need any more, all or a part of what it locks."""
        pays = order.pays
        pays.locked_units -= units
        pays.free_units += units
        order.locked_units -= units
        journal.balances[pays] = None

    def relock(self, order: Order, units: int, journal: Journal) -> None:
        """Let an order lock exactly that much."""
        self.lock(order.pays, units - order.locked_units, journal)
        order.locked_units = units

    def transfer(self, match: Prevented, market: Market, journal: Journal) -> None:
        """Move the money of a match that does not count as a trade, maker first; no fees.

        Both orders have released what they locked for it.
        """
        base_units = match.quantity_lots * market.base_units_per_lot
        tick_lots = match.quantity_lots * match.price_ticks
        quote_units = tick_lots * market.quote_units_per_tick_lot
        for order in (match.maker, match.taker):
            terms, sign = order.terms, 1 if order.terms.side is Side.BUY else -1
            if market.buys_at_any_price(terms) and order.live:
                self.release(order, quote_units, journal)
            changes = [(market.quote, -sign * quote_units), (market.base, sign * base_units)]
            for asset, units in changes if sign > 0 else changes[::-1]:
                self.move(terms.account, asset, units, journal)

    def settle(self, order: Order, trade: Trade, journal: Journal) -> int:
        """Move the money of one order's half of a trade: what it pays, what it gets, the fee.

        What it pays comes out of what it locks; a buyer's better price is freed at once.
        Returns the fee, in units of what the order receives.
        """
        pays, touched, use = order.pays, journal.balances, self.accounts.use
        if order.terms.side is _SELL:
            receives, received_units = trade.market.quote, trade.quote_units
            unlocked_units = trade.base_units
        else:
            receives, received_units = trade.market.base, trade.base_units
            unlocked_units = trade.quote_units
            limit_ticks = order.terms.price_ticks
            if limit_ticks is not None and limit_ticks != trade.price_ticks:
                better_ticks = (limit_ticks - trade.price_ticks) * trade.quantity_lots
                better_units = better_ticks * trade.market.quote_units_per_tick_lot
                unlocked_units += better_units
                pays.free_units += better_units
        pays.locked_units -= unlocked_units
        order.locked_units -= unlocked_units
        touched[pays] = None
        numerator, denominator = self._maker_rate if order is trade.maker else self._taker_rate
        fee_units = received_units * numerator // denominator
        purse = use(pays.account, receives)
        purse.free_units += received_units - fee_units
        touched[purse] = None
        if fee_units:
            earned = use(VENUE_ACCOUNT, receives)
            earned.free_units += fee_units
            touched[earned] = None
        return fee_units

    def fee_units(self, received_units: int, *, is_maker: bool) -> int:
        """Return what a fill costs, in units of what it brings."""
        numerator, denominator = self._maker_rate if is_maker else self._taker_rate
        return received_units * numerator // denominator

    def move(self, account: str, asset: str, units: int, journal: Journal) -> None:
        """Give free money to an account, or take it; who calls sees to it that sums stay."""
        balance = self.accounts.use(account, asset)
        balance.free_units += units
        journal.balances[balance] = None
