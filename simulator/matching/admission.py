"""What a market's filters say of a new order, given what its account owns and has open."""

from __future__ import annotations

from collections.abc import Sequence

from fillproof.simulator.matching.accounts import Accounts
from fillproof.simulator.matching.archive import Archive
from fillproof.simulator.matching.filters import Rules, bought_lots
from fillproof.simulator.matching.market import Market
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import Reason, Side


class Admission:
    """Asks the filters in their order: prices, size, numbers of orders, position."""

    __slots__ = ("_accounts", "_archive")

    def __init__(self, accounts: Accounts, archive: Archive) -> None:
        self._accounts = accounts
        self._archive = archive

    def broken_filter(
        self,
        terms: PlaceOrder,
        market: Market,
        rules: Rules,
        now_ns: int,
        with_orders: Sequence[PlaceOrder] = (),
    ) -> Reason | None:
        """Return the first filter that an order breaks; `with_orders` are placed just before it."""
        percent = rules.filters.percent_price
        average = None if percent is None else market.average(percent.average_minutes, now_ns)
        return (
            rules.why_price(terms, average)
            or rules.why_size(terms, market.notional_units(terms, now_ns))
            or (self._why_account(terms, market, rules, with_orders))
        )

    def _why_account(
        self,
        terms: PlaceOrder,
        market: Market,
        rules: Rules,
        with_orders: Sequence[PlaceOrder],
    ) -> Reason | None:
        if not rules.counts_orders:
            return None
        live = self._archive.of(terms.account, terms.symbol, open_only=True)
        reason = rules.why_too_many(terms, [*(order.terms for order in live), *with_orders])
        if reason is not None or terms.side is Side.SELL:
            return reason
        free, locked = self._accounts.of(terms.account).get(market.base, (0, 0))
        lots = bought_lots(live) + terms.quantity_lots
        return rules.why_position(free + locked + lots * market.base_units_per_lot)
