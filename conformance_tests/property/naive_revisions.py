"""The naive twin's trades that are taken back or corrected: tried, and undone if money is short."""

from __future__ import annotations

from conformance_tests.property.naive_book import Entry
from conformance_tests.property.naive_lists import NaiveLists

from fillproof.simulator.vocabulary.commands import BustTrade, CorrectTrade
from fillproof.simulator.vocabulary.orders import Reason
from fillproof.simulator.vocabulary.reports import Impossible


class NaiveRevisions(NaiveLists):
    """What was traded, and what is made of it afterwards."""

    def bust(self, wish: BustTrade) -> None:
        self.revise(wish.trade_id, 0, None)

    def correct(self, wish: CorrectTrade) -> None:
        self.revise(wish.trade_id, wish.quantity_lots, wish.price_ticks)

    def revise(self, trade_id: int, lots: int | None, price: int | None) -> None:
        match = self.matches.get(trade_id)
        if match is None or (lots or 0) > match[2]:
            self.out.append(Impossible("no such trade, or larger"))
            return
        maker, taker, old_lots, old_price = match
        new_lots, new_price = old_lots if lots is None else lots, price or old_price
        entries = [(e, dict(vars(e))) for e in (maker, taker)]
        money, charged = dict(self.money), dict(self.charged)
        counts = (self.executions, self.names, self.places, self.deadlines)
        for entry in (maker, taker):
            self.revise_half(entry, trade_id, new_lots, new_price)
        if any(self.free(account, asset) < 0 for account, asset in self.money):
            for entry, before in entries:
                vars(entry).update(before)
            self.money, self.charged = money, charged
            self.executions, self.names, self.places, self.deadlines = counts
            self.begin(self.now)
            self.out.append(Impossible("money is short"))
            return
        self.matches[trade_id] = (maker, taker, new_lots, new_price)
        if not new_lots:
            del self.matches[trade_id]

    def revise_half(self, entry: Entry, trade_id: int, lots: int, price: int) -> None:
        maker, _, old_lots, old_price = self.matches[trade_id]
        is_maker, symbol, back = entry is maker, entry.ask.symbol, old_lots - lots
        fee, fee_asset = self.charged[trade_id, is_maker]
        was = self.exchanged(entry, old_lots, old_price)
        now = self.exchanged(entry, lots, price)
        new_fee = self.fee_of(entry, now[1], now[2], fee_asset, is_maker=is_maker) or 0
        changes = [
            (entry.ask.account, self.pays(entry.ask), was[0] - now[0]),
            (entry.ask.account, was[2], now[1] - was[1]),
            (entry.ask.account, fee_asset, fee - new_fee),
            ("venue", fee_asset, new_fee - fee),
        ]
        for account, asset, units in changes:
            if units:
                self.move(account, asset, units)
        entry.filled -= back
        entry.quote += (lots * price - old_lots * old_price) * self.point(symbol)
        if back:
            self.leave_again(entry)
        shown_lots, shown_price = (lots, price) if lots else (old_lots, old_price)
        self.report(
            entry,
            "TradeCorrect" if lots else "TradeCancel",
            Reason.BY_VENUE,
            trade_id=trade_id,
            last_quantity_lots=shown_lots,
            last_price_ticks=shown_price,
            last_quote_units=shown_lots * shown_price * self.point(symbol),
            is_maker=is_maker,
            fee_units=new_fee if lots else fee,
            fee_asset=fee_asset,
        )
        self.charged[trade_id, is_maker] = (new_fee, fee_asset)

    def leave_again(self, entry: Entry) -> None:
        """Put what was taken from a fill back on the book, if it may stand there."""
        ask, was_live = entry.ask, entry.live
        if not was_live and entry.status != "Filled":
            return
        if not was_live and not self.may_rest_again(entry):
            entry.status = "Canceled"
            return
        if entry.status != "PendingCancel":
            entry.status = "PartiallyFilled" if entry.filled else "New"
        if not was_live:
            self.name(entry, ask.client_order_id)
            entry.deadline = None
            if ask.expire_at_ns is not None:
                self.set_deadline(entry, ask.expire_at_ns)
        self.rest(entry)
        self.touched.append((ask.account, self.pays(ask)))

    def may_rest_again(self, entry: Entry) -> bool:
        ask = entry.ask
        return (
            ask.price_ticks is not None
            and ask.time_in_force in {"GTC", "GTD"}
            and (ask.expire_at_ns is None or ask.expire_at_ns > self.now)
            and not self.is_named(ask.account, ask.client_order_id)
            and not self.offers(ask)
        )
