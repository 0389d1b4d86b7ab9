"""The naive twin's order lists: accepted or refused whole, canceled whole."""

from __future__ import annotations

from itertools import pairwise

from conformance_tests.property.naive_book import Bundle
from conformance_tests.property.naive_changes import NaiveChanges
from msgspec.structs import replace

from fillproof.simulator.vocabulary.commands import CancelOrderList, PlaceOrder, PlaceOrderList
from fillproof.simulator.vocabulary.orders import Reason, Side
from fillproof.simulator.vocabulary.reports import CancelRefused, ListRefused

Fault = tuple[str | None, Reason]


class NaiveLists(NaiveChanges):
    """Several orders as one."""

    def place_list(self, wish: PlaceOrderList) -> None:
        fault = self.fault_of(wish)
        if fault is not None:
            name = wish.list_client_order_id
            self.out.append(ListRefused(wish.account, wish.symbol, name, *fault))
            return
        bundle = Bundle(wish, len(self.bundles) + 1, self.now)
        self.bundles.append(bundle)
        bundle.entries = [self.admit(ask) for ask in wish.orders]
        waiting = [] if wish.contingency == "OCO" else bundle.entries[1:]
        bundle.first = bundle.entries[0] if waiting else None
        if wish.contingency in {"OCO", "OTOCO", "OPOCO"}:
            bundle.pair = bundle.entries[-2:]
        for entry in bundle.entries:
            entry.bundle = bundle
            if entry in waiting:
                entry.status, entry.waits, entry.works_since = "PendingNew", True, None
        for entry in bundle.entries:
            if entry in waiting:
                self.report(entry, "New")
            else:
                self.announce(entry)
        self.out.append(bundle.told(self.now))
        for entry in bundle.entries:
            if entry in waiting:
                self.date(entry)
            elif entry.live:
                self.start(entry)

    def fault_of(self, wish: PlaceOrderList) -> Fault | None:
        """Return the first thing that is wrong, and the order it is wrong with, if it is one's."""
        if wish.symbol not in self.rules:
            return None, Reason.UNKNOWN_MARKET
        grows = wish.contingency in {"OPO", "OPOCO"}
        for at, ask in enumerate(wish.orders):
            lots = wish.orders[0].quantity_lots if grows else ask.quantity_lots
            complaints = self.rules_of(replace(ask, quantity_lots=lots), wish.orders[:at])
            reason = self.first(complaints)
            if reason is not None:
                return ask.client_order_id, reason
        mine = [b for b in self.bundles if b.wish.account == wish.account and not b.done]
        here = [b for b in mine if b.wish.symbol == wish.symbol]
        most = self.rules[wish.symbol].filters.maximum_order_lists
        names = [b.wish.list_client_order_id for b in mine]
        of_list = [
            (Reason.DUPLICATE_CLIENT_ORDER_ID, wish.list_client_order_id in names),
            (Reason.TOO_MANY_ORDER_LISTS, most is not None and len(here) >= most),
        ]
        reason = self.first(of_list)
        if reason is not None:
            return None, reason
        return self.fault_of_names(wish) or self.fault_of_moment(wish)

    def fault_of_names(self, wish: PlaceOrderList) -> Fault | None:
        used: list[str] = []
        for ask in wish.orders:
            if ask.client_order_id in used or self.is_named(ask.account, ask.client_order_id):
                return ask.client_order_id, Reason.DUPLICATE_CLIENT_ORDER_ID
            used.append(ask.client_order_id)
        return None

    def fault_of_moment(self, wish: PlaceOrderList) -> Fault | None:
        of_list = [
            (Reason.LIST_PRICES_WRONG, not self.is_around(wish)),
            (Reason.INSUFFICIENT_BALANCE, self.is_poor(wish)),
        ]
        reason = self.first(of_list)
        if reason is not None:
            return None, reason
        for ask in wish.orders if wish.contingency == "OCO" else wish.orders[:1]:
            reason = self.first(self.moment(ask))
            if reason is not None:
                return ask.client_order_id, reason
        return None

    def is_around(self, wish: PlaceOrderList) -> bool:
        """Return whether a pair has its prices on both sides of the market's, or of any."""
        if wish.contingency in {"OTO", "OPO"}:
            return True
        above, below = (
            ask.price_ticks if ask.trigger is None else ask.trigger.price_ticks
            for ask in wish.orders[-2:]
        )
        last = self.last(wish.symbol) if wish.contingency == "OCO" else None
        known = [price for price in (above, last, below) if price is not None]
        return all(one > other for one, other in pairwise(known))

    def is_poor(self, wish: PlaceOrderList) -> bool:
        """Return whether the account lacks what all orders set aside, a pair once."""
        asks = list(wish.orders)
        units = [self.first_lock(ask, at) for at, ask in enumerate(asks)]
        if wish.contingency in {"OCO", "OTOCO", "OPOCO"}:
            units[-2:] = [max(units[-2:]), 0]
        assets = [self.pays(ask) for ask in asks]
        return any(
            sum(u for u, a in zip(units, assets, strict=True) if a == asset)
            > self.free(wish.account, asset)
            for asset in assets
        )

    def first_lock(self, ask: PlaceOrder, at: int) -> int:
        if at and ask.side is Side.BUY and ask.price_ticks is None:
            return 0
        return self.lock_at_placement(ask)

    def cancel_list(self, wish: CancelOrderList) -> None:
        bundle = self.meant_list(wish)
        if bundle is None:
            reason = Reason.UNKNOWN_ORDER_LIST
        elif self.phases[wish.symbol] == "HALTED":
            reason = Reason.MARKET_HALTED
        elif any(e.status == "PendingCancel" for e in bundle.entries):
            reason = Reason.CANCEL_ALREADY_PENDING
        else:
            self.take_back(next(e for e in bundle.entries if e.live))
            return
        self.out.append(CancelRefused(wish.account, wish.symbol, None, None, reason))

    def meant_list(self, wish: CancelOrderList) -> Bundle | None:
        """Return the list that is meant: of a name, the latest; and only if it is not done."""
        number, name = wish.order_list_id, wish.list_client_order_id
        mine = [b for b in self.bundles if b.wish.account == wish.account]
        said = [b for b in mine if number in (None, b.number)]
        said = [b for b in said if name in (None, b.wish.list_client_order_id)]
        if not said or (number, name) == (None, None):
            return None
        latest = said[-1]
        return None if latest.done or latest.wish.symbol != wish.symbol else latest
