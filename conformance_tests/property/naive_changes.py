"""The naive twin's rules of quantity, and its changes of an order that lives on."""

from __future__ import annotations

from conformance_tests.property.naive_book import UNIT, Entry, NaiveBook
from msgspec.structs import replace

from fillproof.simulator.vocabulary.commands import AmendOrder, PlaceOrder, RestateOrder
from fillproof.simulator.vocabulary.orders import Reason
from fillproof.simulator.vocabulary.reports import AmendRefused, Impossible


class NaiveChanges(NaiveBook):
    """What may be changed of an order, and what must be true of it then."""

    def first(self, complaints: list[tuple[Reason, bool]]) -> Reason | None:
        return next((reason for reason, is_true in complaints if is_true), None)

    def is_named(self, account: str, name: str) -> bool:
        names = [(e.ask.account, e.ask.client_order_id) for e in self.entries if e.live]
        return (account, name) in names

    def closed(self, symbol: str) -> list[tuple[Reason, bool]]:
        return [
            (Reason.MARKET_CANCEL_ONLY, self.phases[symbol] == "CANCEL_ONLY"),
            (Reason.MARKET_HALTED, self.phases[symbol] == "HALTED"),
        ]

    def rules_of(self, ask: PlaceOrder) -> list[tuple[Reason, bool]]:
        """Return what may speak against an order whatever its account owns and has open."""
        unposted = self.phases[ask.symbol] == "POST_ONLY" and not ask.post_only
        posting = [(Reason.MARKET_POST_ONLY, unposted)]
        return [*self.closed(ask.symbol), *posting, *self.limits(ask)]

    def limits(self, ask: PlaceOrder) -> list[tuple[Reason, bool]]:
        rule = self.rules[ask.symbol]
        price, quantity = ask.price_ticks, ask.quantity_lots * rule.lot_size
        met = self.meets(ask)
        worth = sum((other.ask.price_ticks or 0) * lots for other, lots in met)
        rest = ask.quantity_lots - sum(lots for _, lots in met)
        worth += rest * ((met[-1][0].ask.price_ticks or 0) if met else 0)
        average = self.average(ask.symbol)
        if average is not None:
            worth = ask.quantity_lots * average
        if price is not None:
            worth = price * ask.quantity_lots
        is_small = worth * self.point(ask.symbol) < rule.min_notional * UNIT
        is_late = ask.expire_at_ns is not None and ask.expire_at_ns <= self.now
        return [
            (Reason.PRICE_NOT_POSITIVE, price is not None and price <= 0),
            (Reason.QUANTITY_BELOW_MINIMUM, quantity < rule.min_quantity or quantity <= 0),
            (Reason.QUANTITY_ABOVE_MAXIMUM, quantity > rule.max_quantity),
            (Reason.NOTIONAL_BELOW_MINIMUM, is_small and worth > 0),
            (Reason.EXPIRY_IN_THE_PAST, is_late),
        ]

    def amend(self, wish: AmendOrder) -> None:
        entry = self.meant(wish)
        reason = self.why_not_amended(wish, entry)
        if reason is not None or entry is None:
            ids = (wish.venue_order_id, wish.client_order_id)
            unknown = Reason.UNKNOWN_ORDER
            self.out.append(AmendRefused(wish.account, wish.symbol, *ids, reason or unknown))
            return
        old_name, old_lots = entry.ask.client_order_id, entry.ask.quantity_lots
        self.shrink(entry, wish.quantity_lots)
        self.name(entry, wish.new_client_order_id or old_name)
        was = {"original_client_order_id": old_name, "original_quantity_lots": old_lots}
        self.report(entry, "Replaced", **was)

    def why_not_amended(self, wish: AmendOrder, entry: Entry | None) -> Reason | None:
        if entry is None or not entry.live:
            return Reason.UNKNOWN_ORDER
        ask, lots, new_name = entry.ask, wish.quantity_lots, wish.new_client_order_id
        is_renamed = new_name not in (None, ask.client_order_id)
        is_taken = is_renamed and self.is_named(wish.account, new_name or "")
        return self.first(
            [
                *self.closed(ask.symbol),
                (Reason.CANCEL_ALREADY_PENDING, entry.status == "PendingCancel"),
                (Reason.CHANGES_NOTHING, lots == ask.quantity_lots),
                (Reason.QUANTITY_NOT_LOWER, lots > ask.quantity_lots),
                (Reason.QUANTITY_NOT_ABOVE_CUMULATIVE, lots <= entry.filled + entry.prevented),
                *self.limits(replace(ask, quantity_lots=lots)),
                (Reason.DUPLICATE_CLIENT_ORDER_ID, is_taken),
            ]
        )

    def shrink(self, entry: Entry, lots: int) -> None:
        ask = entry.ask = replace(entry.ask, quantity_lots=lots)
        self.touched.append((ask.account, self.pays(ask)))
        self.levels.append((ask.symbol, ask.side, ask.price_ticks or 0))

    def live_entry(self, number: int) -> Entry | None:
        return next((e for e in self.entries if e.number == number and e.live), None)

    def restate(self, wish: RestateOrder) -> None:
        entry, lots = self.live_entry(wish.venue_order_id), wish.quantity_lots
        if entry and entry.filled + entry.prevented < lots < entry.ask.quantity_lots:
            self.shrink(entry, lots)
            self.report(entry, "Restated", wish.reason)
        else:
            self.out.append(Impossible("not live, or not that quantity"))
