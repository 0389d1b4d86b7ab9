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
    CancelAll,
    CancelOrder,
    CancelOrderList,
    CancelReplace,
    Command,
    CorrectTrade,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
    PlaceOrderList,
    RestateOrder,
    SetPhase,
)
from fillproof.simulator.vocabulary.orders import Reason, SelfTradePrevention, Side, TimeInForce
from fillproof.simulator.vocabulary.reports import Deposited, Impossible, PhaseChanged, Report


class NaiveExchange(NaiveRevisions):
    """Same commands in, same reports out, as the engine."""

    def apply(self, command: Command, now: int) -> tuple[Report, ...]:
        due = self.advance(now)
        self.begin(now)
        self.carry_out(command)
        self.settle()
        return due + self.finish()

    def carry_out(self, command: Command) -> None:
        doing: dict[type[Command], Callable[[Any], None]] = {
            PlaceOrder: self.place,
            PlaceOrderList: self.place_list,
            CancelOrder: self.cancel,
            CancelOrderList: self.cancel_list,
            CancelAll: self.cancel_all,
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
                self.settle()
                return self.finish()
            entry = min(due, key=lambda e: e.deadline or (0, 0))
            if entry.deadline and entry.deadline[0] == entry.ask.expire_at_ns:
                self.end(entry, "Expired", Reason.GOOD_TILL_DATE)
            else:
                self.end(entry, "Canceled", Reason.BY_CLIENT)

    def place(self, ask: PlaceOrder) -> None:
        reason = self.why_refused(ask)
        if ask.symbol in self.rules:
            ask = self.in_lots(ask)
        if reason is None:
            self.execute(ask)
        else:
            self.report(Entry(ask, 0, self.now, "Rejected"), "Rejected", reason)

    def execute(self, ask: PlaceOrder) -> None:
        cost = self.lock_at_placement(ask)
        entry = self.admit(ask)
        entry.budget = cost
        self.announce(entry)
        self.start(entry)

    def cancel_replace(self, wish: CancelReplace) -> None:
        entry, ask = self.meant(wish.cancel), wish.order
        broken = ask.symbol not in self.rules or self.first(self.rules_of(ask)) is not None
        was_live = entry is not None and entry.status != "PendingCancel" and entry.live
        if not broken:
            self.cancel(wish.cancel)
        canceled = was_live and entry is not None and entry.status in {"Canceled", "PendingCancel"}
        if broken or canceled or wish.mode == "ALLOW_FAILURE":
            self.place(ask)

    def fill_exactly(self, command: FillOrder) -> None:
        entry, lots = self.live_entry(command.venue_order_id), command.quantity_lots
        if entry is None or entry.waits or not 1 <= lots <= entry.leaves:
            self.out.append(Impossible("not live, or waiting, or not so much"))
            return
        ask = entry.ask
        queue = self.queue(ask.symbol, ask.side)
        others = [e for e in queue if e.ask.price_ticks == ask.price_ticks and e is not entry]
        is_behind = queue[0] is not entry or (lots > entry.leaves - entry.hidden and others)
        if self.phases[ask.symbol] != "TRADING" or is_behind:
            self.out.append(Impossible("no trading, or others stand before it"))
            return
        taker = replace(
            ask,
            account="market",
            client_order_id=f"fill-of-{entry.number}-after-{entry.filled}",
            side=ask.side.opposite,
            time_in_force=TimeInForce.IOC,
            quantity_lots=lots,
            post_only=False,
            expire_at_ns=None,
            self_trade_prevention=SelfTradePrevention.NONE,
            display_quantity_lots=None,
            trigger=None,
        )
        self.move("market", self.pays(taker), self.lock_at_placement(taker))
        self.execute(taker)

    def deposit(self, command: Deposit) -> None:
        self.move(command.account, command.asset, command.units)
        self.out.append(Deposited(command.account, command.asset, command.units, self.now))

    def set_phase(self, command: SetPhase) -> None:
        symbol = command.symbol
        if self.phases[symbol] == "AUCTION" != command.phase:
            self.phases[symbol] = "TRADING"
            self.uncross(symbol)
            self.settle()
        self.phases[symbol] = command.phase
        self.out.append(PhaseChanged(symbol, command.phase))

    def uncross(self, symbol: str) -> None:
        """Trade all that crosses at the price where most does."""
        bids, asks = self.queue(symbol, Side.BUY), self.queue(symbol, Side.SELL)
        if not bids or not asks:
            return
        high, low, last = (
            bids[0].ask.price_ticks or 0,
            asks[0].ask.price_ticks or 0,
            self.last(symbol),
        )
        merits = []
        for price in range(low, high + 1):
            bought = sum(e.leaves for e in bids if (e.ask.price_ticks or 0) >= price)
            sold = sum(e.leaves for e in asks if (e.ask.price_ticks or 0) <= price)
            distance = abs(price - last) if last else 0
            merits.append((-min(bought, sold), abs(bought - sold), distance, price))
        if merits:
            self.trade_all_at(symbol, min(merits)[3])

    def trade_all_at(self, symbol: str, price: int) -> None:
        while True:
            bids, asks = self.queue(symbol, Side.BUY), self.queue(symbol, Side.SELL)
            if not bids or not asks:
                return
            bid, ask = bids[0], asks[0]
            if (bid.ask.price_ticks or 0) < price or (ask.ask.price_ticks or 0) > price:
                return
            maker, taker = sorted((bid, ask), key=lambda e: e.number)
            lots = min(bid.leaves - bid.hidden, ask.leaves - ask.hidden)
            self.touch_level(maker)
            self.touch_level(taker)
            self.trade(maker, taker, lots, price)
