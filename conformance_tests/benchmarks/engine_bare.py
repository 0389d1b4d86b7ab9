"""A matching engine in one file that knows the workload alone: what its parts cost at the least.

Limit, market and IOC orders and cancels by name, in one market; no order asks for anything else and
none breaks a rule. Who leaves a level is forgotten when his turn comes. Each part is switched on
with those before it. With all of them it says word for word what the engine says.
"""

from __future__ import annotations

from collections import deque
from enum import IntEnum

from msgspec import Struct
from sortedcontainers import SortedList

from fillproof.simulator.vocabulary.commands import CancelOrder, PlaceOrder
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
    LevelChanged,
    Report,
    TradePrinted,
)

_BUY, _SELL, _GTC = Side.BUY, Side.SELL, TimeInForce.GTC
_NO_REASON = Reason.NONE
_NEW, _TRADE = ExecutionType.NEW, ExecutionType.TRADE
_CANCELED, _EXPIRED = ExecutionType.CANCELED, ExecutionType.EXPIRED
_ENDED_AS = {_CANCELED: OrderStatus.CANCELED, _EXPIRED: OrderStatus.EXPIRED}
_IS_NEW, _IS_PART = OrderStatus.NEW, OrderStatus.PARTIALLY_FILLED
_IS_FILLED = OrderStatus.FILLED


class Part(IntEnum):
    """What is done, each with all before it."""

    MATCH = 0
    MONEY = 1
    FEES = 2
    HALVES = 3
    CHANGES = 4


PARTS = {
    Part.MATCH: "orders match; New, Canceled, Expired and public trades",
    Part.MONEY: "and money is locked, paid and freed",
    Part.FEES: "and fees are taken",
    Part.HALVES: "and each side of a trade has its report, and keeps it",
    Part.CHANGES: "and balances and levels that changed are told",
}


class _Purse:
    __slots__ = ("account", "asset", "free", "locked")

    def __init__(self, account: str, asset: str, free: int) -> None:
        self.account, self.asset, self.free, self.locked = account, asset, free, 0


class _Member(Struct, eq=False):
    base: _Purse
    quote: _Purse
    names: dict[str, _Order] = {}


class _Order(Struct, eq=False, gc=False):
    terms: PlaceOrder
    number: int
    time_ns: int
    leaves: int
    pays: _Purse
    gets: _Purse
    locked: int
    live: bool = True
    status: OrderStatus = _IS_NEW
    filled: int = 0
    filled_quote: int = 0
    fills: list[ExecutionReport] | tuple[()] = ()


class _Level:
    __slots__ = ("orders", "price", "quantity", "rank", "side")

    def __init__(self, side: Side, price: int, rank: int) -> None:
        self.side, self.price, self.rank, self.quantity = side, price, rank, 0
        self.orders: deque[_Order] = deque()


class _Book:
    __slots__ = ("best", "levels", "ranks", "side", "sign")

    def __init__(self, side: Side) -> None:
        self.side, self.sign = side, 1 if side is _SELL else -1
        self.levels: dict[int, _Level] = {}
        self.ranks: SortedList[int] = SortedList()
        self.best: _Level | None = None

    def open(self, price: int, rank: int) -> _Level:
        level = self.levels[rank] = _Level(self.side, price, rank)
        self.ranks.add(rank)
        if self.best is None or rank < self.best.rank:
            self.best = level
        return level

    def close(self, level: _Level) -> None:
        del self.levels[level.rank]
        self.ranks.remove(level.rank)
        if self.best is level:
            self.best = self.levels[self.ranks[0]] if self.ranks else None

    def cost(self, lots: int) -> int:
        cost = 0
        for rank in self.ranks:
            level = self.levels[rank]
            taken = min(level.quantity, lots)
            cost += taken * level.price
            lots -= taken
            if not lots:
                break
        return cost


class BareEngine:
    """One market, accounts that own `fortune` of both assets, and the parts up to one."""

    def __init__(
        self,
        instrument: Instrument,
        accounts: tuple[str, ...],
        fortune: int,
        fee: tuple[int, int],
        part: Part,
    ) -> None:
        self._symbol = instrument.symbol
        self._base_units = instrument.base_units_per_lot
        self._quote_units = instrument.quote_units_per_tick_lot
        self._fee, self._per = fee
        self._has_money, self._has_fees = part >= Part.MONEY, part >= Part.FEES
        self._has_halves, self._has_changes = part >= Part.HALVES, part >= Part.CHANGES

        def member(account: str, units: int) -> _Member:
            quote = _Purse(account, instrument.quote, units)
            return _Member(_Purse(account, instrument.base, units), quote)

        self._members = {account: member(account, fortune) for account in accounts}
        self._venue = member("venue", 0)
        self._bids, self._asks = _Book(_BUY), _Book(_SELL)
        self._orders: dict[int, _Order] = {}
        self._executions = self._trades = 0

    def apply(self, command: PlaceOrder | CancelOrder, now_ns: int) -> tuple[Report, ...]:
        """Return what a command did."""
        if type(command) is PlaceOrder:
            return self._place(command, now_ns)
        assert type(command) is CancelOrder
        return self._cancel(command, now_ns)

    def _cancel(self, command: CancelOrder, now_ns: int) -> tuple[Report, ...]:
        name = command.client_order_id
        order = self._members[command.account].names.get(name or "")
        if order is None or not order.live:
            refusal = Reason.UNKNOWN_ORDER
            return (CancelRefused(command.account, command.symbol, None, name, refusal),)
        book = self._bids if order.terms.side is _BUY else self._asks
        level = book.levels[book.sign * (order.terms.price_ticks or 0)]
        level.quantity -= order.leaves
        if not level.quantity:
            book.close(level)
        report = self._end(order, _CANCELED, Reason.BY_CLIENT, now_ns)
        if not self._has_changes:
            return (report,)
        return (report, _told(order.pays), self._level_told(level))

    def _end(
        self, order: _Order, how: ExecutionType, reason: Reason, now_ns: int
    ) -> ExecutionReport:
        if self._has_money:
            order.pays.locked -= order.locked
            order.pays.free += order.locked
            order.locked = 0
        order.status, order.leaves, order.live = _ENDED_AS[how], 0, False
        return self._report(order, how, reason, now_ns)

    def _report(
        self, order: _Order, how: ExecutionType, reason: Reason, now_ns: int
    ) -> ExecutionReport:
        self._executions = execution_id = self._executions + 1
        return ExecutionReport(
            execution_id,
            how,
            order.status,
            order.terms,
            order.number,
            order.filled,
            order.leaves,
            order.filled_quote,
            now_ns,
            order.time_ns,
            reason,
            working_time_ns=order.time_ns,
        )

    def _place(self, terms: PlaceOrder, now_ns: int) -> tuple[Report, ...]:
        member, lots, price = self._members[terms.account], terms.quantity_lots, terms.price_ticks
        if terms.side is _BUY:
            own, makers, pays, gets = self._bids, self._asks, member.quote, member.base
            cost = makers.cost(lots) if price is None else lots * price
            units = cost * self._quote_units
        else:
            own, makers, pays, gets = self._asks, self._bids, member.base, member.quote
            units = lots * self._base_units
        if self._has_money:
            assert units <= pays.free, "the workload's accounts are rich"
            pays.free -= units
            pays.locked += units
        number = len(self._orders) + 1
        order = _Order(terms, number, now_ns, lots, pays, gets, units)
        self._orders[number] = member.names[terms.client_order_id] = order
        report = self._report(order, _NEW, _NO_REASON, now_ns)
        best = makers.best
        meets = best is not None and (price is None or best.rank <= makers.sign * price)
        if price is not None and terms.time_in_force is _GTC and not meets:
            level = self._rest(order, own, price)
            if not self._has_changes:
                return (report,)
            return (report, _told(pays), self._level_told(level))
        return self._take(order, own, makers, report, now_ns)

    def _rest(self, order: _Order, own: _Book, price: int) -> _Level:
        rank = own.sign * price
        level = own.levels.get(rank) or own.open(price, rank)
        level.orders.append(order)
        level.quantity += order.leaves
        return level

    def _take(
        self, order: _Order, own: _Book, makers: _Book, report: Report, now_ns: int
    ) -> tuple[Report, ...]:
        reports: list[Report] = [report]
        levels: dict[_Level, None] = {}
        purses: dict[_Purse, None] = {order.pays: None}
        self._match(order, makers, reports, purses, levels, now_ns)
        price = order.terms.price_ticks
        if order.live and price is not None and order.terms.time_in_force is _GTC:
            levels[self._rest(order, own, price)] = None
        elif order.live:
            reason = Reason.NO_LIQUIDITY if price is None else Reason.IOC_REST
            reports.append(self._end(order, _EXPIRED, reason, now_ns))
        if self._has_changes:
            reports += map(_told, purses)
            reports += map(self._level_told, levels)
        return tuple(reports)

    def _match(
        self,
        taker: _Order,
        makers: _Book,
        reports: list[Report],
        purses: dict[_Purse, None],
        levels: dict[_Level, None],
        now_ns: int,
    ) -> None:
        limit, buys = taker.terms.price_ticks, taker.terms.side is _BUY
        while taker.live:
            level = makers.best
            if level is None or not (limit is None or level.rank <= makers.sign * limit):
                return
            while not level.orders[0].live:
                level.orders.popleft()
            maker = level.orders[0]
            lots, price = min(taker.leaves, maker.leaves), level.price
            self._trades = trade_id = self._trades + 1
            level.quantity -= lots
            levels[level] = None
            for order in (maker, taker):
                fee = self._fill(order, lots, price, purses)
                if self._has_halves:
                    half = self._half(order, lots, price, trade_id, fee, order is maker, now_ns)
                    reports.append(half)
            if not level.quantity:
                makers.close(level)
            reports.append(TradePrinted(self._symbol, trade_id, price, lots, not buys, now_ns))

    def _fill(self, order: _Order, lots: int, price: int, purses: dict[_Purse, None]) -> int:
        quote = lots * price * self._quote_units
        order.filled += lots
        order.filled_quote += quote
        order.leaves -= lots
        order.live = order.leaves > 0
        order.status = _IS_PART if order.live else _IS_FILLED
        if not self._has_money:
            return 0
        pays, gets, base = order.pays, order.gets, lots * self._base_units
        if order.terms.side is _BUY:
            received, limit = base, order.terms.price_ticks
            unlocked = lots * (price if limit is None else limit) * self._quote_units
            pays.free += unlocked - quote
        else:
            received = quote
            unlocked = base
        pays.locked -= unlocked
        order.locked -= unlocked
        gets.free += received
        purses[pays] = purses[gets] = None
        if not self._has_fees:
            return 0
        fee = received * self._fee // self._per
        earned = self._venue.base if order.terms.side is _BUY else self._venue.quote
        gets.free -= fee
        earned.free += fee
        purses[earned] = None
        return fee

    def _half(
        self,
        order: _Order,
        lots: int,
        price: int,
        trade_id: int,
        fee: int,
        is_maker: bool,
        now_ns: int,
    ) -> ExecutionReport:
        self._executions = execution_id = self._executions + 1
        report = ExecutionReport(
            execution_id,
            _TRADE,
            order.status,
            order.terms,
            order.number,
            order.filled,
            order.leaves,
            order.filled_quote,
            now_ns,
            order.time_ns,
            _NO_REASON,
            0,
            None,
            None,
            True,
            order.time_ns,
            None,
            lots,
            price,
            lots * price * self._quote_units,
            trade_id,
            is_maker,
            fee,
            order.gets.asset,
        )
        if order.fills:
            order.fills.append(report)
        else:
            order.fills = [report]
        return report

    def _level_told(self, level: _Level) -> LevelChanged:
        return LevelChanged(self._symbol, level.side, level.price, level.quantity)


def _told(purse: _Purse) -> BalanceChanged:
    return BalanceChanged(purse.account, purse.asset, purse.free, purse.locked)
