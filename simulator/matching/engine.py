"""What commands do to orders: acceptance, matching in price-time priority, and every way to end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import count

from fillproof.simulator.matching.admission import Admission
from fillproof.simulator.matching.archive import Archive
from fillproof.simulator.matching.book import BookSide, Level
from fillproof.simulator.matching.clearing import Clearing, Fees
from fillproof.simulator.matching.deadlines import Deadlines
from fillproof.simulator.matching.forms import ENDINGS
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.limits import broken_limit
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.phases import why_not_canceled, why_not_placed
from fillproof.simulator.matching.prevention import prevented_lots
from fillproof.simulator.matching.trades import Trade
from fillproof.simulator.matching.triggers import is_past
from fillproof.simulator.vocabulary.commands import CancelOrder, CancelReplace, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import (
    CancelReplaceMode,
    CancelRestriction,
    ExecutionType,
    MarketPhase,
    OrderStatus,
    Reason,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from fillproof.simulator.vocabulary.reports import CancelRefused, TradePrinted

_MEANT = {
    CancelRestriction.ONLY_NEW: OrderStatus.NEW,
    CancelRestriction.ONLY_PARTIALLY_FILLED: OrderStatus.PARTIALLY_FILLED,
}

_TOLD_AS = {status: ExecutionType(status) for status in ENDINGS}

# What every order is asked for. Enums look their members up each time; these are looked up once.
_BUY, _PENDING_CANCEL = Side.BUY, OrderStatus.PENDING_CANCEL
_FOK, _IOC = TimeInForce.FOK, TimeInForce.IOC
_NEW, _TRADE, _NO_REASON = ExecutionType.NEW, ExecutionType.TRADE, Reason.NONE
_NO_PREVENTION, _TRADING = SelfTradePrevention.NONE, MarketPhase.TRADING


class Engine:
    """The state of the exchange. Each method writes all that it does into its journal."""

    def __init__(
        self,
        instruments: Iterable[Instrument],
        fees: Fees,
        settlement_delay_ns: int,
        kept_orders: int | None,
    ) -> None:
        self.markets = {instrument.symbol: Market(instrument) for instrument in instruments}
        self.clearing = Clearing(fees)
        self.archive = Archive(kept_orders)
        self.deadlines = Deadlines()
        self._admission = Admission(self.clearing.accounts, self.archive)
        # What trades have set off and is still to be done; empty between two commands.
        self.agenda: deque[Order] = deque()
        self.execution_ids = count(1)
        self._venue_order_ids = count(1)
        self._trade_ids = count(1)
        self._places = count(1)
        self._settlement_delay_ns = settlement_delay_ns

    def place(self, terms: PlaceOrder, journal: Journal) -> None:
        """Refuse an order with its one report, or execute it."""
        reason = self.broken_rule(terms, journal.now_ns)
        if reason is not None:
            journal.refused(terms, reason)
            return
        market = self.markets[terms.symbol]
        locked_units = market.lock_units(terms)
        reason = self._why_refused(terms, market, locked_units)
        if reason is not None:
            journal.refused(terms, reason)
            return
        self.execute(terms, market, locked_units, journal)

    def broken_rule(self, terms: PlaceOrder, now_ns: int) -> Reason | None:
        """Return the first rule of its market that an order breaks: phase, limits, filters."""
        market = self.markets.get(terms.symbol)
        if market is None:
            return Reason.UNKNOWN_MARKET
        reason = None
        if market.phase is not _TRADING:
            reason = why_not_placed(market.phase, terms)
        reason = reason or broken_limit(terms, market, now_ns)
        if reason is not None or market.rules is None:
            return reason
        return self._admission.broken_filter(terms, market, market.rules, now_ns)

    def _why_refused(self, terms: PlaceOrder, market: Market, locked_units: int) -> Reason | None:
        account, side = terms.account, terms.side
        if self.archive.is_open(account, terms.client_order_id):
            return Reason.DUPLICATE_CLIENT_ORDER_ID
        if locked_units > self.clearing.accounts.free_units(account, market.paid_with(side)):
            return Reason.INSUFFICIENT_BALANCE
        if terms.post_only and market.opposite(side).best_within(terms.price_ticks):
            return Reason.WOULD_MATCH_IMMEDIATELY
        if terms.trigger is not None and is_past(terms, market.last_ticks()):
            return Reason.WOULD_TRIGGER_IMMEDIATELY
        return None

    def execute(
        self, terms: PlaceOrder, market: Market, locked_units: int, journal: Journal
    ) -> None:
        """Accept an order that nothing speaks against, and let it work or wait."""
        order = self._accept(terms, market, locked_units, journal)
        if order.waits:
            self._date(order)
        else:
            self.work(order, market, journal)

    def work(self, order: Order, market: Market, journal: Journal) -> None:
        """Match an order that has come to the book, then rest or expire what it leaves."""
        terms = order.terms
        price_ticks, time_in_force = terms.price_ticks, terms.time_in_force
        if time_in_force is _FOK and market.sweep(terms).quantity_lots != terms.quantity_lots:
            self.expire(order, Reason.FOK_NOT_FILLABLE, journal)
            return
        makers = market.asks if terms.side is _BUY else market.bids
        if makers.best_within(price_ticks):
            self._match(order, makers, market, journal)
            if not order.live:
                return
        if price_ticks is None:
            self.expire(order, Reason.NO_LIQUIDITY, journal)
        elif time_in_force is _IOC:
            self.expire(order, Reason.IOC_REST, journal)
        else:
            self.rest(order, market, journal)

    def _accept(
        self, terms: PlaceOrder, market: Market, locked_units: int, journal: Journal
    ) -> Order:
        now_ns = journal.now_ns
        paid_with = market.quote if terms.side is _BUY else market.base
        pays = self.clearing.accounts.use(terms.account, paid_with)
        self.clearing.lock(pays, locked_units, journal)
        number, lots = next(self._venue_order_ids), terms.quantity_lots
        order = Order(terms, number, now_ns, now_ns, now_ns, lots, pays, locked_units)
        self.archive.add(order)
        if terms.trigger is not None:
            order.waits, order.working_time_ns = True, None
            market.wait(order, now_ns)
        journal.told(order, _NEW, _NO_REASON)
        return order

    def _match(self, taker: Order, makers: BookSide, market: Market, journal: Journal) -> None:
        terms = taker.terms
        account, limit_ticks = terms.account, terms.price_ticks
        prevents = terms.self_trade_prevention is not _NO_PREVENTION
        while taker.live and (level := makers.best_within(limit_ticks)):
            maker = level.first()
            if prevents and maker.terms.account == account:
                self._prevent(taker, maker, level, market, journal)
            else:
                self._trade(taker, maker, level, market, journal)

    def _prevent(
        self, taker: Order, maker: Order, level: Level, market: Market, journal: Journal
    ) -> None:
        """Take from maker and taker what the taker's self-trade prevention says."""
        maker_lots, taker_lots = prevented_lots(taker, maker)
        if maker_lots:
            market.own(level.side).take(level, maker, maker_lots)
            journal.touch_level(level)
            self._lose(maker, maker_lots, market, journal)
        if taker_lots:
            self._lose(taker, taker_lots, market, journal)

    def _lose(self, order: Order, quantity_lots: int, market: Market, journal: Journal) -> None:
        units = order.locked_units
        if quantity_lots < order.leaves_lots:
            units = quantity_lots * market.lock_units_per_lot(order.terms)
        self.clearing.release(order, units, journal)
        order.prevent(quantity_lots, journal.now_ns)
        if not order.live:
            self._close(order)
        journal.prevented(order, quantity_lots)

    def _trade(
        self, taker: Order, maker: Order, level: Level, market: Market, journal: Journal
    ) -> None:
        """Trade with the order that has priority, as far as both have something left."""
        wanted, offered = taker.leaves_lots, maker.leaves_lots
        quantity_lots = wanted if wanted < offered else offered  # noqa: FURB136 - min() is slow
        price_ticks, trade_id = level.price_ticks, next(self._trade_ids)
        trade = Trade.of(trade_id, market, quantity_lots, price_ticks, maker, taker)
        self.archive.trades[trade_id] = trade
        market.own(level.side).take(level, maker, quantity_lots)
        journal.levels[level.key] = level
        self._fill(maker, trade, is_maker=True, journal=journal)
        self._fill(taker, trade, is_maker=False, journal=journal)
        market.last_trade = TradePrinted(
            level.symbol,
            trade_id,
            price_ticks,
            quantity_lots,
            level.side is _BUY,  # buyer_is_maker
            journal.now_ns,
        )
        journal.say(market.last_trade)
        for average in market.averages.values():
            average.add(journal.now_ns, price_ticks, quantity_lots)
        if market.triggers is not None:
            self.agenda.extend(market.triggers.reached(price_ticks, journal.now_ns))

    def _fill(self, order: Order, trade: Trade, *, is_maker: bool, journal: Journal) -> None:
        order.fill(trade.quantity_lots, trade.quote_units, journal.now_ns)
        fee_units = self.clearing.settle(order, trade, is_maker=is_maker, journal=journal)
        order.keep_fill(journal.filled(order, _TRADE, _NO_REASON, trade, fee_units))
        if not order.live:
            self._close(order)

    def rest(self, order: Order, market: Market, journal: Journal) -> None:
        """Put an order behind all others of its level, and note when it expires."""
        terms = order.terms
        assert terms.price_ticks is not None, "an order without a price never rests"
        order.place = next(self._places)
        own = market.bids if terms.side is _BUY else market.asks
        level = own.add(order, terms.price_ticks)
        journal.levels[level.key] = level
        if terms.expire_at_ns is not None:
            self._date(order)

    def _date(self, order: Order) -> None:
        """Note when an order expires, unless something is to end it before."""
        if order.terms.expire_at_ns is not None and order.deadline is None:
            self.deadlines.set(order, order.terms.expire_at_ns)

    def cancel(self, command: CancelOrder, journal: Journal) -> bool:
        """Cancel for the client: now, or with a settlement delay when that is over.

        Returns False, and has changed nothing, when the cancel is refused.
        """
        order = self.archive.named(command)
        if order is None or not order.live:
            _refuse_cancel(command, Reason.UNKNOWN_ORDER, journal)
            return False
        reason = _why_not_canceled(self.markets[command.symbol].phase, command, order)
        if reason is not None:
            _refuse_cancel(command, reason, journal)
            return False
        if self._settlement_delay_ns == 0:
            self.end(order, OrderStatus.CANCELED, Reason.BY_CLIENT, journal)
        else:
            self._await_cancel(order, journal)
        return True

    def cancel_replace(self, command: CancelReplace, journal: Journal) -> None:
        """Cancel, then place, unless the new order breaks a rule whatever the cancel does."""
        reason = self.broken_rule(command.order, journal.now_ns)
        if reason is not None:
            journal.refused(command.order, reason)
            return
        canceled = self.cancel(command.cancel, journal)
        if canceled or command.mode is CancelReplaceMode.ALLOW_FAILURE:
            self.place(command.order, journal)

    def _await_cancel(self, order: Order, journal: Journal) -> None:
        order.await_cancel(journal.now_ns)
        cancel_at_ns = journal.now_ns + self._settlement_delay_ns
        expire_at_ns = order.terms.expire_at_ns
        # An expiry that comes first ends the order before the cancel can.
        if expire_at_ns is None or cancel_at_ns < expire_at_ns:
            self.deadlines.set(order, cancel_at_ns)
        journal.told(order, ExecutionType.PENDING_CANCEL, order.reason)

    def end_due(self, journal: Journal) -> None:
        """End every order whose deadline is not after the journal's time, earliest first."""
        while due := self.deadlines.pop_due(journal.now_ns):
            deadline_ns, order = due
            if deadline_ns == order.terms.expire_at_ns:
                self.end(order, OrderStatus.EXPIRED, Reason.GOOD_TILL_DATE, journal)
            else:
                self.end(order, OrderStatus.CANCELED, Reason.BY_CLIENT, journal)

    def end(self, order: Order, status: OrderStatus, reason: Reason, journal: Journal) -> None:
        """Take a resting or waiting order out of where it is and end it."""
        market = self.markets[order.terms.symbol]
        if order.waits:
            if market.triggers is not None:
                market.triggers.drop(order)
            self._finish(order, status, reason, journal)
            return
        side = market.own(order.terms.side)
        level = side.level_of(order)
        side.take(level, order, order.leaves_lots)
        journal.levels[level.key] = level
        self._finish(order, status, reason, journal)

    def before(self, order: Order) -> Iterator[Order]:
        """Yield the orders that trade before a resting order, first the one that is next."""
        return self.markets[order.terms.symbol].own(order.terms.side).before(order)

    def expire(self, order: Order, reason: Reason, journal: Journal) -> None:
        """End an order that does not rest."""
        self._finish(order, OrderStatus.EXPIRED, reason, journal)

    def _finish(self, order: Order, status: OrderStatus, reason: Reason, journal: Journal) -> None:
        self.clearing.release(order, order.locked_units, journal)
        order.end(status, reason, journal.now_ns)
        self._close(order)
        journal.told(order, _TOLD_AS[status], reason)

    def _close(self, order: Order) -> None:
        self.archive.close(order)
        if order.deadline is not None:
            self.deadlines.drop(order)


def _why_not_canceled(phase: MarketPhase, command: CancelOrder, order: Order) -> Reason | None:
    if phase is not _TRADING and (reason := why_not_canceled(phase)):
        return reason
    if order.status is _PENDING_CANCEL:
        return Reason.CANCEL_ALREADY_PENDING
    if command.restriction is None or order.status is _MEANT[command.restriction]:
        return None
    return Reason.CANCEL_RESTRICTED


def _refuse_cancel(command: CancelOrder, reason: Reason, journal: Journal) -> None:
    journal.say(
        CancelRefused(
            account=command.account,
            symbol=command.symbol,
            venue_order_id=command.venue_order_id,
            client_order_id=command.client_order_id,
            reason=reason,
        )
    )
