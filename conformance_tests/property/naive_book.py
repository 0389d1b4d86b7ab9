"""The naive twin's state: one list of orders, and all that is worked out from it with loops.

No book, no locks and no index are kept: all are worked out from the list of orders each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from fillproof.simulator.matching import Fees
from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    CancelOrder,
    PlaceOrder,
    PlaceOrderList,
)
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus, Reason, Side
from fillproof.simulator.vocabulary.reports import (
    BalanceChanged,
    ExecutionReport,
    LevelChanged,
    ListChanged,
    Report,
)

UNIT = 10**8
MINUTE = 60 * 10**9
LIVE = {"New", "PartiallyFilled", "PendingCancel", "PendingNew"}


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
    hidden: int = 0  # what an iceberg does not show
    budget: int = 0  # what a market buy has set aside
    deadline: tuple[int, int] | None = None
    waits: bool = False
    works_since: int | None = None
    at: int | None = None  # where it triggers
    best: int | None = None  # the best price it has followed
    follows_since: int | None = None
    bundle: Bundle | None = None
    why: Reason = Reason.NONE
    amends: int = 0

    @property
    def live(self) -> bool:
        return self.status in LIVE

    @property
    def leaves(self) -> int:
        return self.ask.quantity_lots - self.filled - self.prevented if self.live else 0

    @property
    def rises(self) -> bool:
        """Return whether it waits for the price to rise."""
        stops = self.ask.trigger is not None and self.ask.trigger.kind == "STOP_LOSS"
        return stops is (self.ask.side is Side.BUY)

    def reaches(self, price: int, target: int) -> bool:
        return price >= target if self.rises else price <= target


@dataclass(eq=False)
class Bundle:
    """One list of orders that was ever accepted."""

    wish: PlaceOrderList
    number: int
    since: int
    entries: list[Entry] = field(default_factory=list)
    first: Entry | None = None  # whom the others wait for
    pair: list[Entry] = field(default_factory=list)  # legs of which none is up
    done: bool = False

    def told(self, now: int) -> ListChanged:
        wish = self.wish
        orders = tuple((e.number, e.ask.client_order_id) for e in self.entries)
        return ListChanged(
            account=wish.account,
            symbol=wish.symbol,
            order_list_id=self.number,
            list_client_order_id=wish.list_client_order_id,
            contingency=wish.contingency,
            list_status="ALL_DONE" if self.done else "EXECUTING",  # type: ignore[arg-type]
            orders=orders,
            transact_time_ns=now,
        )


class NaiveBook:
    """Orders, money, and the reports of the command that is being carried out."""

    def __init__(
        self, instruments: list[Instrument], fees: Fees, delay: int, groups: dict[str, str]
    ) -> None:
        self.rules = {instrument.symbol: instrument for instrument in instruments}
        self.fees, self.delay, self.groups = fees, delay, groups
        self.entries: list[Entry] = []
        self.bundles: list[Bundle] = []
        self.agenda: list[Entry | Bundle] = []
        self.phases = dict.fromkeys(self.rules, "TRADING")
        self.money: dict[tuple[str, str], int] = {}
        self.deadlines = self.executions = self.trades = self.names = self.places = 0
        self.prevented_matches = 0
        self.prints: list[tuple[str, int, int, int]] = []  # market, price, lots, when
        self.matches: dict[int, tuple[Entry, Entry, int, int]] = {}  # maker, taker, lots, price
        self.charged: dict[tuple[int, bool], tuple[int, str]] = {}  # the maker's and taker's fees

    # What can be worked out at any time.

    def lot(self, symbol: str) -> int:
        return int(self.rules[symbol].lot_size * UNIT)

    def point(self, symbol: str) -> int:
        return int(self.rules[symbol].lot_size * self.rules[symbol].tick_size * UNIT)

    def pays(self, ask: PlaceOrder) -> str:
        rule = self.rules[ask.symbol]
        return rule.quote if ask.side is Side.BUY else rule.base

    def needs(self, entry: Entry) -> int:
        """Return what an order sets aside by itself."""
        ask = entry.ask
        if ask.side is Side.SELL:
            return entry.leaves * self.lot(ask.symbol)
        if ask.price_ticks is None:
            return entry.budget
        return entry.leaves * ask.price_ticks * self.point(ask.symbol)

    def locked_by(self, entry: Entry) -> int:
        """Return what an order sets aside; of two legs the one that needs more, for both."""
        pair = entry.bundle.pair if entry.bundle else []
        if not entry.live:
            return 0
        if entry in pair:
            bearer = max(pair, key=self.needs)
            return self.needs(entry) if entry is bearer else 0
        return self.needs(entry)

    def locked(self, account: str, asset: str) -> int:
        return sum(
            self.locked_by(e)
            for e in self.entries
            if e.live and e.ask.account == account and self.pays(e.ask) == asset
        )

    def free(self, account: str, asset: str) -> int:
        return self.money.get((account, asset), 0) - self.locked(account, asset)

    def open(self, account: str, symbol: str) -> list[Entry]:
        return [
            e for e in self.entries if e.live and (e.ask.account, e.ask.symbol) == (account, symbol)
        ]

    def queue(self, symbol: str, side: Side) -> list[Entry]:
        """Return the resting orders of one side, the one that trades next first."""
        resting = [
            e
            for e in self.entries
            if e.live
            and not e.waits
            and (e.ask.symbol, e.ask.side) == (symbol, side)
            and e.ask.price_ticks
        ]
        sign = -1 if side is Side.BUY else 1
        return sorted(resting, key=lambda e: (sign * (e.ask.price_ticks or 0), e.place))

    def offers(self, ask: PlaceOrder) -> list[tuple[int, list[Entry]]]:
        """Return what an order may meet: prices within its limit, best first, and who is there."""
        levels: dict[int, list[Entry]] = {}
        for other in self.queue(ask.symbol, ask.side.opposite):
            theirs, ours = other.ask.price_ticks or 0, ask.price_ticks
            if ours is None or (theirs <= ours if ask.side is Side.BUY else theirs >= ours):
                levels.setdefault(theirs, []).append(other)
        return list(levels.items())

    def is_one(self, one: str, other: str) -> bool:
        """Return whether two accounts are the same for self-trade prevention."""
        return one == other or self.groups.get(one, one) == self.groups.get(other, other)

    def encounters(self, ask: PlaceOrder) -> list[tuple[Entry, int, int, int]]:
        """Return whom an order meets now: what they trade, what they lose, what it loses."""
        wanted, mode = ask.quantity_lots, ask.self_trade_prevention
        found: list[tuple[Entry, int, int, int]] = []
        for _, entries in self.offers(ask):
            row = [(e, e.leaves - e.hidden, e.hidden) for e in entries]
            while row and wanted:
                other, shown, hidden = row.pop(0)
                smaller = min(wanted, shown)
                theirs, ours = 0, 0
                if mode == "NONE" or not self.is_one(other.ask.account, ask.account):
                    found.append((other, smaller, 0, 0))
                elif mode in {"DECREMENT", "TRANSFER"}:
                    found.append((other, 0, smaller, smaller))
                else:
                    theirs = shown + hidden if mode in {"EXPIRE_MAKER", "EXPIRE_BOTH"} else 0
                    ours = wanted if mode in {"EXPIRE_TAKER", "EXPIRE_BOTH"} else 0
                    found.append((other, 0, theirs, ours))
                wanted -= found[-1][1] + found[-1][3]
                if hidden and not theirs:
                    part = min(hidden, other.ask.display_quantity_lots or 0)
                    row.append((other, part, hidden - part))
        return found

    def transfers(self, one: PlaceOrder, other: PlaceOrder) -> bool:
        modes = {one.self_trade_prevention, other.self_trade_prevention}
        return modes == {"TRANSFER"} and one.account != other.account

    def cost(self, ask: PlaceOrder) -> int:
        """Return what a market buy would pay now, at the prices it meets."""
        total = 0
        for other, lots, lost, _ in self.encounters(ask):
            moved = lost if self.transfers(ask, other.ask) else 0
            total += (other.ask.price_ticks or 0) * (lots + moved)
        return total * self.point(ask.symbol)

    def depth(self, symbol: str, side: Side) -> list[tuple[int, int]]:
        levels: dict[int, int] = {}
        for entry in self.queue(symbol, side):
            price = entry.ask.price_ticks or 0
            levels[price] = levels.get(price, 0) + entry.leaves - entry.hidden
        return list(levels.items())

    def last(self, symbol: str) -> int | None:
        return next((price for market, price, _, _ in self.prints[::-1] if market == symbol), None)

    def average(self, symbol: str, minutes: int, now: int) -> Fraction | None:
        """Return the average price of some minutes, else the last; None without a trade."""
        recent = [p for p in self.prints if p[0] == symbol and p[3] > now - minutes * MINUTE]
        if recent and minutes:
            return Fraction(sum(p * lots for _, p, lots, _ in recent), sum(p[2] for p in recent))
        last = self.last(symbol)
        return None if last is None else Fraction(last)

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
                trigger_price_ticks=entry.at,
                trailing_time_ns=entry.follows_since,
                is_working=not entry.waits,
                working_time_ns=entry.works_since,
                order_list_id=entry.bundle.number if entry.bundle else None,
                **last,
            )
        )

    def name(self, entry: Entry, client_order_id: str) -> None:
        self.names += 1
        entry.named = self.names
        entry.ask = replace(entry.ask, client_order_id=client_order_id)

    def touch(self, entry: Entry) -> None:
        """Note that what an order sets aside changes."""
        self.touched.append((entry.ask.account, self.pays(entry.ask)))

    def touch_level(self, entry: Entry) -> None:
        self.levels.append((entry.ask.symbol, entry.ask.side, entry.ask.price_ticks or 0))

    def move(self, account: str, asset: str, units: int) -> None:
        self.money[account, asset] = self.money.get((account, asset), 0) + units
        self.touched.append((account, asset))

    def date(self, entry: Entry) -> None:
        """Note when an order expires, unless something ends it before."""
        if entry.ask.expire_at_ns is not None and entry.deadline is None:
            self.set_deadline(entry, entry.ask.expire_at_ns)

    def set_deadline(self, entry: Entry, at: int) -> None:
        self.deadlines += 1
        entry.deadline = (at, self.deadlines)

    def rest(self, entry: Entry) -> None:
        """Put an order behind the others of its price; an iceberg shows its next part."""
        self.places += 1
        entry.place = self.places
        entry.hidden = max(0, entry.leaves - (entry.ask.display_quantity_lots or entry.leaves))
        self.touch_level(entry)
