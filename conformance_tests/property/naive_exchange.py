"""The exchange again, as simply as it can be said: one list of orders, searched with loops.

It shares no code with the engine but the vocabulary, keeps no book and no locks (both are worked
out from the list of orders each time), and answers the same reports.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from fillproof.simulator.matching import Fees
from fillproof.simulator.vocabulary.commands import (
    CancelOrder,
    Command,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
)
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    OrderStatus,
    Reason,
    Side,
    TimeInForce,
)
from fillproof.simulator.vocabulary.reports import (
    BalanceChanged,
    CancelRefused,
    ExecutionReport,
    Impossible,
    LevelChanged,
    Report,
    TradePrinted,
)

UNIT = 10**8


@dataclass(eq=False)
class Entry:
    """One order that was ever accepted."""

    ask: PlaceOrder
    number: int
    since: int
    status: str = "New"
    filled: int = 0
    quote: int = 0
    budget: int = 0  # what a market buy still has set aside
    deadline: tuple[int, int] | None = None

    @property
    def live(self) -> bool:
        return self.status in {"New", "PartiallyFilled", "PendingCancel"}

    @property
    def leaves(self) -> int:
        return self.ask.quantity_lots - self.filled if self.live else 0


class NaiveExchange:
    """Same commands in, same reports out, as the engine."""

    def __init__(self, instruments: list[Instrument], fees: Fees, delay: int) -> None:
        self.rules = {instrument.symbol: instrument for instrument in instruments}
        self.rates = {True: Fraction(fees.maker), False: Fraction(fees.taker)}
        self.delay = delay
        self.entries: list[Entry] = []
        self.money: dict[tuple[str, str], int] = {}
        self.deadlines = self.executions = self.trades = 0

    # What can be worked out at any time.

    def lot(self, symbol: str) -> int:
        return int(self.rules[symbol].lot_size * UNIT)

    def point(self, symbol: str) -> int:
        return int(self.rules[symbol].lot_size * self.rules[symbol].tick_size * UNIT)

    def pays(self, ask: PlaceOrder) -> str:
        rule = self.rules[ask.symbol]
        return rule.quote if ask.side is Side.BUY else rule.base

    def locked_by(self, entry: Entry) -> int:
        ask = entry.ask
        if not entry.live:
            return 0
        if ask.side is Side.SELL:
            return entry.leaves * self.lot(ask.symbol)
        if ask.price_ticks is None:
            return entry.budget
        return entry.leaves * ask.price_ticks * self.point(ask.symbol)

    def locked(self, account: str, asset: str) -> int:
        return sum(
            self.locked_by(e)
            for e in self.entries
            if e.ask.account == account and self.pays(e.ask) == asset
        )

    def free(self, account: str, asset: str) -> int:
        return self.money.get((account, asset), 0) - self.locked(account, asset)

    def queue(self, symbol: str, side: Side) -> list[Entry]:
        """Return the resting orders of one side, the one that trades next first."""
        resting = [
            e
            for e in self.entries
            if e.live and e.ask.symbol == symbol and e.ask.side is side and e.ask.price_ticks
        ]
        sign = -1 if side is Side.BUY else 1
        return sorted(resting, key=lambda e: (sign * (e.ask.price_ticks or 0), e.number))

    def meets(self, ask: PlaceOrder) -> list[tuple[Entry, int]]:
        """Return whom an order would trade with now, and how much with each."""
        wanted, found = ask.quantity_lots, []
        for other in self.queue(ask.symbol, ask.side.opposite):
            theirs, ours = other.ask.price_ticks or 0, ask.price_ticks
            if ours is not None and (theirs > ours if ask.side is Side.BUY else theirs < ours):
                break
            if wanted == 0:
                break
            found.append((other, min(wanted, other.leaves)))
            wanted -= found[-1][1]
        return found

    def depth(self, symbol: str, side: Side) -> list[tuple[int, int]]:
        levels: dict[int, int] = {}
        for entry in self.queue(symbol, side):
            price = entry.ask.price_ticks or 0
            levels[price] = levels.get(price, 0) + entry.leaves
        return list(levels.items())

    # What a command does.

    def apply(self, command: Command, now: int) -> tuple[Report, ...]:
        due = self.advance(now)
        self.begin(now)
        if isinstance(command, PlaceOrder):
            self.place(command)
        elif isinstance(command, CancelOrder):
            self.cancel(command)
        elif isinstance(command, EndOrder):
            self.end_by_venue(command)
        elif isinstance(command, FillOrder):
            self.fill_exactly(command)
        else:
            self.deposit(command)
        return due + self.finish()

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

    def begin(self, now: int) -> None:
        self.now = now
        self.out: list[Report] = []
        self.touched: list[tuple[str, str]] = []
        self.levels: list[tuple[str, Side, int]] = []

    def finish(self) -> tuple[Report, ...]:
        for account, asset in dict.fromkeys(self.touched):
            free, locked = self.free(account, asset), self.locked(account, asset)
            self.out.append(BalanceChanged(account, asset, free, locked))
        for symbol, side, price in dict.fromkeys(self.levels):
            left = dict(self.depth(symbol, side)).get(price, 0)
            self.out.append(LevelChanged(symbol, side, price, left))
        return tuple(self.out)

    def report(self, entry: Entry, why: str, reason: Reason = Reason.NONE, **last: Any) -> None:
        ask = entry.ask
        self.executions += 1
        words = ("account", "client_order_id", "symbol", "side", "order_type", "time_in_force")
        more = ("post_only", "quantity_lots", "price_ticks")
        self.out.append(
            ExecutionReport(
                execution_id=self.executions,
                execution_type=ExecutionType(why),
                order_status=OrderStatus(entry.status),
                venue_order_id=entry.number,
                cumulative_quantity_lots=entry.filled,
                leaves_quantity_lots=entry.leaves,
                cumulative_quote_units=entry.quote,
                transact_time_ns=self.now,
                order_time_ns=entry.since,
                reason=reason,
                **{word: getattr(ask, word) for word in words + more},
                **last,
            )
        )

    def why_refused(self, ask: PlaceOrder) -> Reason | None:
        """Return the first complaint that is true."""
        if ask.symbol not in self.rules:
            return Reason.UNKNOWN_MARKET
        complaints = self.complaints(ask, self.rules[ask.symbol])
        return next((reason for reason, is_true in complaints if is_true), None)

    def complaints(self, ask: PlaceOrder, rule: Instrument) -> list[tuple[Reason, bool]]:
        price, quantity = ask.price_ticks, ask.quantity_lots * rule.lot_size
        met = self.meets(ask)
        cost = sum((other.ask.price_ticks or 0) * lots for other, lots in met)
        rest = ask.quantity_lots - sum(lots for _, lots in met)
        worth = cost + rest * ((met[-1][0].ask.price_ticks or 0) if met else 0)
        if price is not None:
            cost = worth = price * ask.quantity_lots
        is_small = worth * rule.tick_size * rule.lot_size < rule.min_notional
        needs = ask.quantity_lots * self.lot(ask.symbol)
        if ask.side is Side.BUY:
            needs = cost * self.point(ask.symbol)
        is_late = ask.expire_at_ns is not None and ask.expire_at_ns <= self.now
        names = [(e.ask.account, e.ask.client_order_id) for e in self.entries if e.live]
        return [
            (Reason.PRICE_NOT_POSITIVE, price is not None and price <= 0),
            (Reason.QUANTITY_BELOW_MINIMUM, quantity < rule.min_quantity or quantity <= 0),
            (Reason.QUANTITY_ABOVE_MAXIMUM, quantity > rule.max_quantity),
            (Reason.NOTIONAL_BELOW_MINIMUM, is_small and (bool(met) or price is not None)),
            (Reason.EXPIRY_IN_THE_PAST, is_late),
            (Reason.DUPLICATE_CLIENT_ORDER_ID, (ask.account, ask.client_order_id) in names),
            (Reason.INSUFFICIENT_BALANCE, needs > self.free(ask.account, self.pays(ask))),
            (Reason.WOULD_MATCH_IMMEDIATELY, ask.post_only and bool(met)),
        ]

    def place(self, ask: PlaceOrder) -> None:
        reason = self.why_refused(ask)
        if reason is None:
            self.execute(ask)
        else:
            self.report(Entry(ask, 0, self.now, "Rejected"), "Rejected", reason)

    def execute(self, ask: PlaceOrder) -> None:
        entry = Entry(ask, len(self.entries) + 1, self.now)
        met = self.meets(ask)
        fills = sum(lots for _, lots in met)
        if ask.price_ticks is None and ask.side is Side.BUY:
            cost = sum((other.ask.price_ticks or 0) * lots for other, lots in met)
            entry.budget = cost * self.point(ask.symbol)
        self.entries.append(entry)
        self.touched.append((ask.account, self.pays(ask)))
        self.report(entry, "New")
        killed = ask.time_in_force == "FOK" and fills < ask.quantity_lots
        for other, lots in [] if killed else met:
            self.trade(entry, other, lots)
        if not entry.live:
            return
        if killed:
            self.end(entry, "Expired", Reason.FOK_NOT_FILLABLE, rested=False)
        elif ask.price_ticks is None:
            self.end(entry, "Expired", Reason.NO_LIQUIDITY, rested=False)
        elif ask.time_in_force == "IOC":
            self.end(entry, "Expired", Reason.IOC_REST, rested=False)
        else:
            self.levels.append((ask.symbol, ask.side, ask.price_ticks))
            if ask.expire_at_ns is not None:
                self.set_deadline(entry, ask.expire_at_ns)

    def trade(self, taker: Entry, maker: Entry, lots: int) -> None:
        symbol, price = maker.ask.symbol, maker.ask.price_ticks or 0
        base, quote = lots * self.lot(symbol), lots * price * self.point(symbol)
        self.trades += 1
        self.levels.append((symbol, maker.ask.side, price))
        for entry, is_maker in ((maker, True), (taker, False)):
            entry.filled += lots
            entry.quote += quote
            entry.budget -= quote
            full = entry.filled == entry.ask.quantity_lots
            if full or entry.status == "New":
                entry.status = "Filled" if full else "PartiallyFilled"
            rule, buys = self.rules[symbol], entry.ask.side is Side.BUY
            paid, got = (quote, base) if buys else (base, quote)
            asset = rule.base if buys else rule.quote
            fee = int(got * self.rates[is_maker])
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
        buyer_is_maker = maker.ask.side is Side.BUY
        self.out.append(TradePrinted(symbol, self.trades, price, lots, buyer_is_maker, self.now))

    def move(self, account: str, asset: str, units: int) -> None:
        self.money[account, asset] = self.money.get((account, asset), 0) + units
        self.touched.append((account, asset))

    def set_deadline(self, entry: Entry, at: int) -> None:
        self.deadlines += 1
        entry.deadline = (at, self.deadlines)

    def end(self, entry: Entry, word: str, reason: Reason, *, rested: bool = True) -> None:
        entry.status = word
        self.touched.append((entry.ask.account, self.pays(entry.ask)))
        if rested:
            self.levels.append((entry.ask.symbol, entry.ask.side, entry.ask.price_ticks or 0))
        self.report(entry, word, reason)

    def cancel(self, wish: CancelOrder) -> None:
        ids = (wish.venue_order_id, wish.client_order_id)
        meant = [
            e
            for e in self.entries
            if ids != (None, None)
            and (wish.account, wish.symbol) == (e.ask.account, e.ask.symbol)
            and wish.venue_order_id in (None, e.number)
            and wish.client_order_id in (None, e.ask.client_order_id)
        ]
        if not meant or not meant[-1].live:
            reason = Reason.UNKNOWN_ORDER
        elif meant[-1].status == "PendingCancel":
            reason = Reason.CANCEL_ALREADY_PENDING
        elif self.delay:
            self.await_cancel(meant[-1])
            return
        else:
            self.end(meant[-1], "Canceled", Reason.BY_CLIENT)
            return
        self.out.append(CancelRefused(wish.account, wish.symbol, *ids, reason))

    def await_cancel(self, entry: Entry) -> None:
        entry.status = "PendingCancel"
        if entry.deadline is None or self.now + self.delay < entry.deadline[0]:
            self.set_deadline(entry, self.now + self.delay)
        self.report(entry, "PendingCancel", Reason.BY_CLIENT)

    def live_entry(self, number: int) -> Entry | None:
        return next((e for e in self.entries if e.number == number and e.live), None)

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
        if self.queue(ask.symbol, ask.side)[0] is not entry:
            self.out.append(Impossible("others stand before it"))
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
        )
        sells = taker.side is Side.SELL
        units = lots * (self.lot(ask.symbol) if sells else price * self.point(ask.symbol))
        self.deposit(Deposit("market", self.pays(taker), units))
        self.execute(taker)

    def deposit(self, command: Deposit) -> None:
        self.move(command.account, command.asset, command.units)
