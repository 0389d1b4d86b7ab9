"""The naive twin's state: one list of orders, and all that is worked out from it with loops.

No book and no locks are kept: both are worked out from the list of orders each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from fillproof.simulator.matching import Fees
from fillproof.simulator.vocabulary.commands import AmendOrder, CancelOrder, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    OrderStatus,
    Reason,
    SelfTradePrevention,
    Side,
)
from fillproof.simulator.vocabulary.reports import (
    BalanceChanged,
    ExecutionReport,
    LevelChanged,
    Report,
)

UNIT = 10**8


@dataclass(eq=False)
class Entry:
    """One order that was ever accepted."""

    ask: PlaceOrder
    number: int
    since: int
    status: str = "New"
    named: int = 0  # when it got its name, counted
    place: int = 0  # when it came to rest, counted
    filled: int = 0
    prevented: int = 0
    quote: int = 0
    budget: int = 0  # what a market buy still has set aside
    deadline: tuple[int, int] | None = None

    @property
    def live(self) -> bool:
        return self.status in {"New", "PartiallyFilled", "PendingCancel"}

    @property
    def leaves(self) -> int:
        return self.ask.quantity_lots - self.filled - self.prevented if self.live else 0


class NaiveBook:
    """Orders, money, and the reports of the command that is being carried out."""

    def __init__(self, instruments: list[Instrument], fees: Fees, delay: int) -> None:
        self.rules = {instrument.symbol: instrument for instrument in instruments}
        self.rates = {True: Fraction(fees.maker), False: Fraction(fees.taker)}
        self.delay = delay
        self.entries: list[Entry] = []
        self.phases = dict.fromkeys(self.rules, "TRADING")
        self.money: dict[tuple[str, str], int] = {}
        self.prevented_matches = self.deadlines = self.executions = self.trades = self.names = (
            self.places
        ) = 0
        self.prints: list[tuple[str, int, int, int]] = []  # market, price, lots, when
        self.matches: dict[int, tuple[Entry, Entry, int, int]] = {}  # maker, taker, lots, price

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
        return sorted(resting, key=lambda e: (sign * (e.ask.price_ticks or 0), e.place))

    def meets(self, ask: PlaceOrder) -> list[tuple[Entry, int]]:
        """Return whom an order would trade with, were they all strangers, and how much."""
        found = self.encounters(replace(ask, self_trade_prevention=SelfTradePrevention.NONE))
        return [(other, lots) for other, lots, _, _ in found]

    def encounters(self, ask: PlaceOrder) -> list[tuple[Entry, int, int, int]]:
        """Return whom an order meets now: what they trade, what they lose, what it loses."""
        wanted, found = ask.quantity_lots, []
        mode = ask.self_trade_prevention
        for other in self.queue(ask.symbol, ask.side.opposite):
            theirs, ours = other.ask.price_ticks or 0, ask.price_ticks
            if ours is not None and (theirs > ours if ask.side is Side.BUY else theirs < ours):
                break
            if wanted == 0:
                break
            smaller = min(wanted, other.leaves)
            if mode == "NONE" or other.ask.account != ask.account:
                found.append((other, smaller, 0, 0))
            elif mode in {"DECREMENT", "TRANSFER"}:
                found.append((other, 0, smaller, smaller))
            else:
                theirs = other.leaves if mode in {"EXPIRE_MAKER", "EXPIRE_BOTH"} else 0
                ours = wanted if mode in {"EXPIRE_TAKER", "EXPIRE_BOTH"} else 0
                found.append((other, 0, theirs, ours))
            wanted -= found[-1][1] + found[-1][3]
        return found

    def average(self, symbol: str) -> Fraction | None:
        """Return the average price of five minutes, else the last; None without a trade."""
        prints = [p for p in self.prints if p[0] == symbol]
        recent = [p for p in prints if p[3] > self.now - 300 * 10**9]
        if recent:
            return Fraction(sum(p * lots for _, p, lots, _ in recent), sum(p[2] for p in recent))
        return Fraction(prints[-1][1]) if prints else None

    def depth(self, symbol: str, side: Side) -> list[tuple[int, int]]:
        levels: dict[int, int] = {}
        for entry in self.queue(symbol, side):
            price = entry.ask.price_ticks or 0
            levels[price] = levels.get(price, 0) + entry.leaves
        return list(levels.items())

    def meant(self, wish: CancelOrder | AmendOrder) -> Entry | None:
        """Return the latest order of which all that the wish says is true."""
        if (wish.venue_order_id, wish.client_order_id) == (None, None):
            return None
        return max(
            (
                e
                for e in self.entries
                if (wish.account, wish.symbol) == (e.ask.account, e.ask.symbol)
                and wish.venue_order_id in (None, e.number)
                and wish.client_order_id in (None, e.ask.client_order_id)
            ),
            key=lambda e: e.named,
            default=None,
        )

    def name(self, entry: Entry, client_order_id: str) -> None:
        self.names += 1
        entry.named = self.names
        entry.ask = replace(entry.ask, client_order_id=client_order_id)

    def rest(self, entry: Entry) -> None:
        self.places += 1
        entry.place = self.places
        self.levels.append((entry.ask.symbol, entry.ask.side, entry.ask.price_ticks or 0))

    # What is reported of a command.

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
        self.executions += 1
        self.out.append(
            ExecutionReport(
                execution_id=self.executions,
                execution_type=ExecutionType(why),
                order_status=OrderStatus(entry.status),
                terms=entry.ask,
                venue_order_id=entry.number,
                cumulative_quantity_lots=entry.filled,
                prevented_quantity_lots=entry.prevented,
                leaves_quantity_lots=entry.leaves,
                cumulative_quote_units=entry.quote,
                transact_time_ns=self.now,
                order_time_ns=entry.since,
                reason=reason,
                working_time_ns=entry.since if entry.number else None,
                **last,
            )
        )

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
