"""Money of orders: locked at acceptance, exchanged in trades, released at the end."""

from __future__ import annotations

from fillproof.simulator.matching.accounts import VENUE_ACCOUNT, Accounts, Balance
from fillproof.simulator.matching.fees import Discount, Ratio
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.prevention import Prevented
from fillproof.simulator.matching.trades import Trade
from fillproof.simulator.vocabulary.orders import Side

_SELL = Side.SELL


class Clearing:
    """The only one that changes balances. Every change is touched in the journal it is given."""

    __slots__ = ("_discount", "_ratios", "accounts")

    def __init__(self, discount: Discount | None) -> None:
        self.accounts = Accounts()
        self._discount = discount
        self._ratios = {} if discount is None else discount.ratios()

    def deposit(self, account: str, asset: str, units: int, journal: Journal) -> None:
        """Bring money in from outside."""
        deposited = self.accounts.deposited_units
        deposited[asset] = deposited.get(asset, 0) + units
        self.move(account, asset, units, journal)

    def lock(self, pays: Balance, units: int, journal: Journal) -> None:
        """Set free money aside for an order."""
        pays.free_units -= units
        pays.locked_units += units
        journal.balances.append(pays)

    def release(self, order: Order, units: int, journal: Journal) -> None:
        """Free what an order does not need any more, all or a part of what it locks."""
        pays = order.pays
        pays.locked_units -= units
        pays.free_units += units
        order.locked_units -= units
        journal.balances.append(pays)

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

    def settle(self, order: Order, trade: Trade, journal: Journal) -> tuple[int, str]:
        """Move the money of one order's half of a trade: what it pays, what it gets, the fee.

        What it pays comes out of what it locks; a buyer's better price is freed at once.
        Returns the fee and the asset it is paid in.
        """
        market, pays, touch = trade.market, order.pays, journal.balances.append
        if order.terms.side is _SELL:
            received_units, unlocked_units = trade.quote_units, trade.base_units
            received_as, purses, rates = market.quote, market.quote_purses, market.sell_rates
        else:
            received_units, unlocked_units = trade.base_units, trade.quote_units
            received_as, purses, rates = market.base, market.base_purses, market.buy_rates
            limit_ticks = order.terms.price_ticks
            if limit_ticks is not None and limit_ticks != trade.price_ticks:
                better_ticks = (limit_ticks - trade.price_ticks) * trade.quantity_lots
                better_units = better_ticks * market.quote_units_per_tick_lot
                unlocked_units += better_units
                pays.free_units += better_units
        pays.locked_units -= unlocked_units
        order.locked_units -= unlocked_units
        touch(pays)
        purse = purses.get(pays.account) or self.accounts.use(pays.account, received_as)
        touch(purse)
        rate = rates[0] if order is trade.maker else rates[1]
        fee_units = received_units * rate[0] // rate[1]
        if self._discount is not None:
            return self._settle_discounted(purse, received_units, rate, fee_units, journal)
        purse.free_units += received_units - fee_units
        if fee_units:
            earned = purses.get(VENUE_ACCOUNT) or self.accounts.use(VENUE_ACCOUNT, received_as)
            earned.free_units += fee_units
            touch(earned)
        return fee_units, received_as

    def _settle_discounted(
        self,
        received: Balance,
        received_units: int,
        rate: Ratio,
        usual_units: int,
        journal: Journal,
    ) -> tuple[int, str]:
        """Give what is received, and take the fee where it is to be paid in."""
        received.free_units += received_units
        fee_units, purse = self._discounted(received, received_units, rate, usual_units)
        if fee_units:
            self.move(purse.account, purse.asset, -fee_units, journal)
            self.move(VENUE_ACCOUNT, purse.asset, fee_units, journal)
        return fee_units, purse.asset

    def _discounted(
        self, received: Balance, received_units: int, rate: Ratio, usual_units: int
    ) -> tuple[int, Balance]:
        """Return the fee in the discount asset and the purse that has it, or the usual fee."""
        assert self._discount is not None, "without a discount no fee is discounted"
        if received.asset not in self._ratios:
            return usual_units, received
        asset = self._discount.asset
        units = self.fee_units(received_units, received.asset, asset, rate)
        if units > self.accounts.free_units(received.account, asset):
            return usual_units, received
        return units, self.accounts.use(received.account, asset)

    def fee_units(self, received_units: int, receives: str, paid_in: str, rate: Ratio) -> int:
        """Return a fee in units of the asset it is paid in, floored once."""
        units, per = received_units * rate[0], rate[1]
        if self._discount is not None and paid_in == self._discount.asset:
            worth, of = self._ratios[receives]
            return units * worth // (per * of)
        return units // per

    def move(self, account: str, asset: str, units: int, journal: Journal) -> None:
        """Give free money to an account, or take it; who calls sees to it that sums stay."""
        balance = self.accounts.use(account, asset)
        balance.free_units += units
        journal.balances.append(balance)
