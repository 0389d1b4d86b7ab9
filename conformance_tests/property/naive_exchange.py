"""The exchange again, as simply as it can be said: one list of orders, searched with loops.

It shares no code with the engine but the vocabulary, and answers the same reports.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance_tests.property.naive_book import Entry
from conformance_tests.property.naive_revisions import NaiveRevisions
from msgspec.structs import replace

from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    BustTrade,
    CancelOrder,
    CancelReplace,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
    RestateOrder,
    SetPhase,
)
from fillproof.simulator.vocabulary.orders import (
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from fillproof.simulator.vocabulary.reports import (
    CancelRefused,
    Deposited,
    Impossible,
    PhaseChanged,
    Report,
    TradePrinted,
)


class NaiveExchange(NaiveRevisions):
    """Same commands in, same reports out, as the engine."""

    def apply(self, command: Command, now: int) -> tuple[Report, ...]:
        due = self.advance(now)
        self.begin(now)
        self.carry_out(command)
        return due + self.finish()

    def carry_out(self, command: Command) -> None:
        doing: dict[type[Command], Callable[[Any], None]] = {
            PlaceOrder: self.place,
            CancelOrder: self.cancel,
            CancelReplace: self.cancel_replace,
            AmendOrder: self.amend,
            EndOrder: self.end_by_venue,
            FillOrder: self.fill_exactly,
            RestateOrder: self.restate,
            BustTrade: self.bust,
            CorrectTrade: self.correct,
            SetPhase: self.set_phase,
            Deposit: self.deposit,
        }
        doing[type(command)](command)

    def advance(self, now: int) -> tuple[Report, ...]:
        self.begin(now)
        while True:
            due = [e for e in self.entries if e.live and e.deadline and e.deadline[0] <= now]
            if not due:
                return self.finish()
            entry = min(due, key=lambda e: e.deadline or (0, 0))
            if entry.deadline and entry.deadline[0] == entry.ask.expire_at_ns:
                self.end(entry, "Expired", Reason.GOOD_TILL_DATE)
            else:
                self.end(entry, "Canceled", Reason.BY_CLIENT)

    def why_refused(self, ask: PlaceOrder) -> Reason | None:
        """Return the first complaint that is true."""
        if ask.symbol not in self.rules:
            return Reason.UNKNOWN_MARKET
        return self.first([*self.rules_of(ask), *self.complaints(ask)])

    def complaints(self, ask: PlaceOrder) -> list[tuple[Reason, bool]]:
        needs = ask.quantity_lots * self.lot(ask.symbol)
        if ask.side is Side.BUY and ask.price_ticks is None:
            needs = self.cost(ask) * self.point(ask.symbol)
        elif ask.side is Side.BUY:
            needs = ask.quantity_lots * (ask.price_ticks or 0) * self.point(ask.symbol)
        return [
            (Reason.DUPLICATE_CLIENT_ORDER_ID, self.is_named(ask.account, ask.client_order_id)),
            (Reason.INSUFFICIENT_BALANCE, needs > self.free(ask.account, self.pays(ask))),
            (Reason.WOULD_MATCH_IMMEDIATELY, ask.post_only and bool(self.meets(ask))),
        ]

    def set_phase(self, command: SetPhase) -> None:
        self.phases[command.symbol] = command.phase
        self.out.append(PhaseChanged(command.symbol, command.phase))

    def place(self, ask: PlaceOrder) -> None:
        reason = self.why_refused(ask)
        if reason is None:
            self.execute(ask)
        else:
            self.report(Entry(ask, 0, self.now, "Rejected"), "Rejected", reason)

    def execute(self, ask: PlaceOrder) -> None:
        entry = Entry(ask, len(self.entries) + 1, self.now)
        met = self.encounters(ask)
        fills = sum(lots for _, lots, _, _ in met)
        if ask.price_ticks is None and ask.side is Side.BUY:
            entry.budget = self.cost(ask) * self.point(ask.symbol)
        self.name(entry, ask.client_order_id)
        self.entries.append(entry)
        self.touched.append((ask.account, self.pays(ask)))
        self.report(entry, "New")
        killed = ask.time_in_force == "FOK" and fills < ask.quantity_lots
        for other, *lots in [] if killed else met:
            self.meet(entry, other, *lots)
        if not entry.live:
            return
        if killed:
            self.end(entry, "Expired", Reason.FOK_NOT_FILLABLE, rested=False)
        elif ask.price_ticks is None:
            self.end(entry, "Expired", Reason.NO_LIQUIDITY, rested=False)
        elif ask.time_in_force == "IOC":
            self.end(entry, "Expired", Reason.IOC_REST, rested=False)
        else:
            self.rest(entry)
            if ask.expire_at_ns is not None:
                self.set_deadline(entry, ask.expire_at_ns)

    def meet(self, entry: Entry, other: Entry, lots: int, theirs: int, ours: int) -> None:
        if lots:
            self.trade(entry, other, lots)
        if theirs or ours:
            self.prevented_matches += 1
        smaller, price = min(entry.leaves, other.leaves), other.ask.price_ticks
        if theirs:
            self.levels.append((other.ask.symbol, other.ask.side, other.ask.price_ticks or 0))
            self.prevent(other, theirs, entry, smaller, price, is_maker=True)
        if ours:
            self.prevent(entry, ours, other, smaller, price, is_maker=False)

    def cost(self, ask: PlaceOrder) -> int:
        """Return what an order would pay in ticks times lots, at the prices it meets."""
        met = self.encounters(ask)
        return sum((other.ask.price_ticks or 0) * lots for other, lots, _, _ in met)

    def prevent(
        self,
        entry: Entry,
        lots: int,
        counter: Entry,
        smaller: int,
        price: int | None,
        *,
        is_maker: bool,
    ) -> None:
        entry.prevented += lots
        if entry.filled + entry.prevented == entry.ask.quantity_lots:
            entry.status = "Expired"
        self.touched.append((entry.ask.account, self.pays(entry.ask)))
        why = "Restated" if entry.live else "Expired"
        reason = Reason.SELF_TRADE_PREVENTION
        self.report(
            entry,
            why,
            reason,
            last_prevented_quantity_lots=lots,
            last_quantity_lots=smaller,
            last_price_ticks=price,
            is_maker=is_maker,
            prevented_match_id=self.prevented_matches,
            counter_order_id=counter.number,
        )

    def trade(self, taker: Entry, maker: Entry, lots: int) -> None:
        symbol, price = maker.ask.symbol, maker.ask.price_ticks or 0
        quote = lots * price * self.point(symbol)
        self.trades += 1
        self.matches[self.trades] = (maker, taker, lots, price)
        self.levels.append((symbol, maker.ask.side, price))
        for entry, is_maker in ((maker, True), (taker, False)):
            entry.filled += lots
            entry.quote += quote
            entry.budget -= quote
            full = entry.filled + entry.prevented == entry.ask.quantity_lots
            if full or entry.status == "New":
                entry.status = "Filled" if full else "PartiallyFilled"
            paid, got, fee, asset = self.money_of(entry, lots, price, is_maker=is_maker)
            self.move(entry.ask.account, self.pays(entry.ask), -paid)
            self.move(entry.ask.account, asset, got - fee)
            if fee:
                self.move("venue", asset, fee)
            self.report(
                entry,
                "Trade",
                trade_id=self.trades,
                last_quantity_lots=lots,
                last_price_ticks=price,
                last_quote_units=quote,
                is_maker=is_maker,
                fee_units=fee,
                fee_asset=asset,
            )
        self.prints.append((symbol, price, lots, self.now))
        buyer_is_maker = maker.ask.side is Side.BUY
        self.out.append(TradePrinted(symbol, self.trades, price, lots, buyer_is_maker, self.now))

    def cancel_replace(self, wish: CancelReplace) -> None:
        entry, ask = self.meant(wish.cancel), wish.order
        broken = ask.symbol not in self.rules or self.first(self.rules_of(ask)) is not None
        canceled = entry is not None and entry.status in {"New", "PartiallyFilled"}
        if not broken:
            self.cancel(wish.cancel)
        if broken or canceled or wish.mode == "ALLOW_FAILURE":
            self.place(ask)

    def cancel(self, wish: CancelOrder) -> None:
        ids = (wish.venue_order_id, wish.client_order_id)
        entry = self.meant(wish)
        if entry is None or not entry.live:
            reason = Reason.UNKNOWN_ORDER
        elif self.phases[wish.symbol] == "HALTED":
            reason = Reason.MARKET_HALTED
        elif entry.status == "PendingCancel":
            reason = Reason.CANCEL_ALREADY_PENDING
        elif self.delay:
            self.await_cancel(entry)
            return
        else:
            self.end(entry, "Canceled", Reason.BY_CLIENT)
            return
        self.out.append(CancelRefused(wish.account, wish.symbol, *ids, reason))

    def await_cancel(self, entry: Entry) -> None:
        entry.status = "PendingCancel"
        if entry.deadline is None or self.now + self.delay < entry.deadline[0]:
            self.set_deadline(entry, self.now + self.delay)
        self.report(entry, "PendingCancel", Reason.BY_CLIENT)

    def end_by_venue(self, command: EndOrder) -> None:
        entry = self.live_entry(command.venue_order_id)
        if entry is None:
            self.out.append(Impossible("not live"))
        else:
            self.end(entry, command.ending, command.reason)

    def fill_exactly(self, command: FillOrder) -> None:
        entry, lots = self.live_entry(command.venue_order_id), command.quantity_lots
        if entry is None or not 1 <= lots <= entry.leaves:
            self.out.append(Impossible("not live, or not so much"))
            return
        ask = entry.ask
        if self.phases[ask.symbol] != "TRADING" or self.queue(ask.symbol, ask.side)[0] is not entry:
            self.out.append(Impossible("no trading, or others stand before it"))
            return
        name, price = f"fill-of-{entry.number}-after-{entry.filled}", ask.price_ticks or 0
        taker = replace(
            ask,
            account="market",
            client_order_id=name,
            side=ask.side.opposite,
            time_in_force=TimeInForce.IOC,
            quantity_lots=lots,
            post_only=False,
            expire_at_ns=None,
            self_trade_prevention=SelfTradePrevention.NONE,
        )
        sells = taker.side is Side.SELL
        units = lots * (self.lot(ask.symbol) if sells else price * self.point(ask.symbol))
        self.move("market", self.pays(taker), units)
        self.execute(taker)

    def deposit(self, command: Deposit) -> None:
        self.move(command.account, command.asset, command.units)
        self.out.append(Deposited(command.account, command.asset, command.units, self.now))
