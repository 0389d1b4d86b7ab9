"""The naive twin's changes of an order that lives on, and its cancels."""

from __future__ import annotations

from conformance_tests.property.naive_book import Entry
from conformance_tests.property.naive_matching import NaiveMatching
from msgspec.structs import replace

from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    EndOrder,
    RestateOrder,
)
from fillproof.simulator.vocabulary.orders import Reason
from fillproof.simulator.vocabulary.reports import AmendRefused, CancelRefused, Impossible

STANDS = {"ONLY_NEW": "New", "ONLY_PARTIALLY_FILLED": "PartiallyFilled"}


class NaiveChanges(NaiveMatching):
    """What may be changed of an order, and how it is taken back."""

    def amend(self, wish: AmendOrder) -> None:
        entry = self.meant(wish)
        reason = self.why_not_amended(wish, entry)
        if reason is not None or entry is None:
            ids = (wish.venue_order_id, wish.client_order_id)
            unknown = Reason.UNKNOWN_ORDER
            self.out.append(AmendRefused(wish.account, wish.symbol, *ids, reason or unknown))
            return
        for leg in self.together(entry):
            was = leg.ask
            self.shrink(leg, wish.quantity_lots)
            if leg is entry and wish.new_client_order_id is not None:
                self.name(leg, wish.new_client_order_id)
            leg.amends += 1
            self.report(
                leg,
                "Replaced",
                original_client_order_id=was.client_order_id,
                original_quantity_lots=was.quantity_lots,
            )
        if wish.new_client_order_id is not None and entry.bundle:
            self.out.append(entry.bundle.told(self.now))

    def together(self, entry: Entry) -> list[Entry]:
        """Return an order and the other leg, if neither is up."""
        pair = entry.bundle.pair if entry.bundle else []
        return sorted(pair, key=lambda e: e is not entry) if entry in pair else [entry]

    def why_not_amended(self, wish: AmendOrder, entry: Entry | None) -> Reason | None:
        if entry is None or not entry.live:
            return Reason.UNKNOWN_ORDER
        ask, lots, new_name = entry.ask, wish.quantity_lots, wish.new_client_order_id
        is_renamed = new_name not in (None, ask.client_order_id)
        is_taken = is_renamed and self.is_named(wish.account, new_name or "")
        most = self.rules[ask.symbol].filters.maximum_amends
        return self.first(
            [
                *self.closed(ask.symbol),
                (Reason.CANCEL_ALREADY_PENDING, entry.status == "PendingCancel"),
                (Reason.CHANGES_NOTHING, lots == ask.quantity_lots),
                (Reason.QUANTITY_NOT_LOWER, lots > ask.quantity_lots),
                (Reason.QUANTITY_NOT_ABOVE_CUMULATIVE, lots <= entry.filled + entry.prevented),
                *self.limits(replace(ask, quantity_lots=lots)),
                (Reason.TOO_MANY_AMENDS, most is not None and entry.amends >= most),
                (Reason.DUPLICATE_CLIENT_ORDER_ID, is_taken),
            ]
        )

    def shrink(self, entry: Entry, lots: int) -> None:
        less = entry.ask.quantity_lots - lots
        entry.ask = replace(entry.ask, quantity_lots=lots)
        entry.hidden -= min(entry.hidden, less)
        self.touch(entry)
        if not entry.waits:
            self.touch_level(entry)

    def live_entry(self, number: int) -> Entry | None:
        return next((e for e in self.entries if e.number == number and e.live), None)

    def restate(self, wish: RestateOrder) -> None:
        entry, lots = self.live_entry(wish.venue_order_id), wish.quantity_lots
        if entry is None or not entry.filled + entry.prevented < lots < entry.ask.quantity_lots:
            self.out.append(Impossible("not live, or not lower, or not above what is filled"))
            return
        for leg in self.together(entry):
            self.shrink(leg, lots)
            self.report(leg, "Restated", wish.reason)

    def end_by_venue(self, command: EndOrder) -> None:
        entry = self.live_entry(command.venue_order_id)
        if entry is None:
            self.out.append(Impossible("not live"))
        else:
            self.end(entry, command.ending, command.reason)

    def cancel(self, wish: CancelOrder) -> None:
        ids = (wish.venue_order_id, wish.client_order_id)
        entry = self.meant(wish)
        if entry is None or not entry.live:
            reason = Reason.UNKNOWN_ORDER
        elif self.phases[wish.symbol] == "HALTED":
            reason = Reason.MARKET_HALTED
        elif entry.status == "PendingCancel":
            reason = Reason.CANCEL_ALREADY_PENDING
        elif wish.restriction and entry.status != STANDS[wish.restriction]:
            reason = Reason.CANCEL_RESTRICTED
        else:
            self.take_back(entry)
            return
        self.out.append(CancelRefused(wish.account, wish.symbol, *ids, reason))

    def cancel_all(self, wish: CancelAll) -> None:
        entries = [e for e in self.open(wish.account, wish.symbol) if e.status != "PendingCancel"]
        if not entries or self.phases[wish.symbol] == "HALTED":
            reason = Reason.MARKET_HALTED if entries else Reason.UNKNOWN_ORDER
            self.out.append(CancelRefused(wish.account, wish.symbol, None, None, reason))
            return
        for entry in entries:
            if entry.live:
                self.take_back(entry)

    def take_back(self, entry: Entry) -> None:
        if not self.delay:
            self.end(entry, "Canceled", Reason.BY_CLIENT)
            return
        entry.status = "PendingCancel"
        expires = entry.ask.expire_at_ns
        if expires is None or self.now + self.delay < expires:
            self.set_deadline(entry, self.now + self.delay)
        self.report(entry, "PendingCancel", Reason.BY_CLIENT)
