"""Where admitted orders are: they match in price-time priority, rest, and end in every way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from fillproof.simulator.matching.archive import Archive
from fillproof.simulator.matching.book import BookSide, Level
from fillproof.simulator.matching.clearing import Clearing
from fillproof.simulator.matching.contracts import settle_contracts
from fillproof.simulator.matching.deadlines import Deadlines
from fillproof.simulator.matching.fees import Fees
from fillproof.simulator.matching.forms import ENDINGS
from fillproof.simulator.matching.icebergs import hide, refresh
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.order_lists import OrderList, OrderLists
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.prevention import (
    Prevented,
    TradeGroups,
    prevented_lots,
    transfers,
)
from fillproof.simulator.matching.trades import Trade
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    OrderStatus,
    Reason,
    SelfTradePrevention,
    Side,
)
from fillproof.simulator.vocabulary.reports import TradePrinted

_TOLD_AS = {status: ExecutionType(status) for status in ENDINGS}

# What every trade asks for. Enums look their members up each time; these are looked up once.
_BUY, _TRADE, _NO_REASON = Side.BUY, ExecutionType.TRADE, Reason.NONE
_NO_PREVENTION = SelfTradePrevention.NONE


class Floor:
    """The state of the exchange. Each method writes all that it does into its journal."""

    def __init__(
        self,
        instruments: Iterable[Instrument],
        fees: Fees,
        settlement_delay_ns: int,
        kept_orders: int | None,
        trade_groups: Mapping[str, str],
    ) -> None:
        self._groups = TradeGroups(trade_groups)
        self.clearing = Clearing(fees.discount)
        self.markets = {
            instrument.symbol: Market(
                instrument, self._groups, fees.rates(instrument.symbol), self.clearing.accounts
            )
            for instrument in instruments
        }
        self.archive = Archive(kept_orders)
        self.deadlines = Deadlines()
        self.lists = OrderLists(kept_orders)
        # What trades have set off and is still to be done; empty between two commands.
        self.agenda: deque[Order | OrderList] = deque()
        self.execution_ids = count(1)
        self._trade_ids = count(1)
        self._prevented_match_ids = count(1)
        self._places = count(1)
        self.settlement_delay_ns = settlement_delay_ns

    def count_from(self, executions: int, trades: int, prevented_matches: int) -> None:
        """Number what comes from here on: what was numbered before may be no more."""
        self.execution_ids = count(executions)
        self._trade_ids = count(trades)
        self._prevented_match_ids = count(prevented_matches)

    def match(self, taker: Order, makers: BookSide, market: Market, journal: Journal) -> None:
        """Let an order trade with all that its limit reaches."""
        terms = taker.terms
        account, limit_ticks = terms.account, terms.price_ticks
        prevents = terms.self_trade_prevention is not _NO_PREVENTION
        while taker.live and (level := makers.best_within(limit_ticks)):
            maker = level.first()
            if prevents and self._groups.same(account, maker.terms.account):
                self._prevent(taker, maker, level, market, journal)
            else:
                self._trade(taker, maker, level, makers, market, journal)

    def _prevent(
        self, taker: Order, maker: Order, level: Level, market: Market, journal: Journal
    ) -> None:
        """Take from maker and taker what the taker's self-trade prevention says."""
        number, smaller = next(self._prevented_match_ids), min(taker.leaves_lots, maker.shown_lots)
        match = Prevented(number, maker, taker, smaller, level.price_ticks)
        maker_lots, taker_lots = prevented_lots(taker, maker, smaller)
        if maker_lots:
            market.own(level.side).take(level, maker, maker_lots)
            journal.levels.append(level)
            self._lose(maker, maker_lots, match, market, journal)
        if taker_lots:
            self._lose(taker, taker_lots, match, market, journal)
        if market.margin is None and transfers(taker.terms, maker.terms):
            self.clearing.transfer(match, market, journal)
        if maker.hidden_lots and maker.shown_lots == 0:
            refresh(maker, level, next(self._places))

    def _lose(
        self, order: Order, quantity_lots: int, match: Prevented, market: Market, journal: Journal
    ) -> None:
        if order.order_list_id is not None:
            self.decide(order, journal)
        self.clearing.release(order, market.freed_units(order, quantity_lots), journal)
        order.prevent(quantity_lots, journal.now_ns)
        if not order.live:
            self._close(order)
        order.prevented_matches += (journal.prevented(order, quantity_lots, match),)
        if order.order_list_id is not None and not order.live:
            self._follow(order, journal)

    def _trade(
        self,
        taker: Order,
        maker: Order,
        level: Level,
        makers: BookSide,
        market: Market,
        journal: Journal,
    ) -> None:
        """Trade with the order that has priority, as far as both have something left."""
        wanted, offered = taker.leaves_lots, maker.leaves_lots - maker.hidden_lots
        quantity_lots = wanted if wanted < offered else offered  # noqa: FURB136 - min() is slow
        trade_id = next(self._trade_ids)
        trade = Trade.of(trade_id, market, quantity_lots, level.price_ticks, maker, taker)
        self.archive.trades[trade_id] = trade
        makers.take(level, maker, quantity_lots)
        journal.levels.append(level)
        self._fill(maker, trade, journal)
        self._fill(taker, trade, journal)
        if maker.hidden_lots and maker.leaves_lots == maker.hidden_lots:
            refresh(maker, level, next(self._places))
        self._print(trade, market, journal)

    def cross(self, price_ticks: int, market: Market, journal: Journal) -> None:
        """Let the best bid and the best ask trade at a price; the older order is the maker."""
        bid, ask = market.bids.best, market.asks.best
        assert bid is not None, "who crosses has a best bid"
        assert ask is not None, "who crosses has a best ask"
        sides = [(bid.first(), market.bids, bid), (ask.first(), market.asks, ask)]
        sides.sort(key=lambda side: side[0].venue_order_id)
        (maker, _, _), (taker, _, _) = sides
        lots = min(maker.shown_lots, taker.shown_lots)
        trade = Trade.of(next(self._trade_ids), market, lots, price_ticks, maker, taker)
        self.archive.trades[trade.trade_id] = trade
        for order, side, level in sides:
            side.take(level, order, lots)
            journal.levels.append(level)
        for order, _, level in sides:
            self._fill(order, trade, journal)
            if order.hidden_lots and order.shown_lots == 0:
                refresh(order, level, next(self._places))
        self._print(trade, market, journal)

    def _print(self, trade: Trade, market: Market, journal: Journal) -> None:
        """Tell the public of a trade; who waits for its price is to be set off."""
        price_ticks, quantity_lots = trade.price_ticks, trade.quantity_lots
        market.last_trade = TradePrinted(
            market.symbol,
            trade.trade_id,
            price_ticks,
            quantity_lots,
            trade.maker.terms.side is _BUY,  # buyer_is_maker
            journal.now_ns,
        )
        journal.reports.append(market.last_trade)
        for average in market.averages.values():
            average.add(journal.now_ns, price_ticks, quantity_lots)
        if market.reducers:
            self.agenda.extend(market.reducers.values())
        if market.triggers is not None:
            self.agenda.extend(market.triggers.reached(price_ticks, journal.now_ns))

    def _fill(self, order: Order, trade: Trade, journal: Journal) -> None:
        if order.order_list_id is not None:
            self.decide(order, journal)
        order.fill(trade.quantity_lots, trade.quote_units, journal.now_ns)
        if trade.market.margin is None:
            fee_units, fee_asset = self.clearing.settle(order, trade, journal)
            report = journal.filled(order, _TRADE, _NO_REASON, trade, fee_units, fee_asset)
        else:
            settled = settle_contracts(self.clearing, order, trade, journal)
            report = journal.settled(order, trade, settled)
        if order.fills:
            order.fills.append(report)
        else:  # most orders never have one
            order.fills = [report]
        if not order.live:
            self._close(order)
            if order.order_list_id is not None:
                self._follow(order, journal)

    def decide(self, order: Order, journal: Journal) -> None:
        """Expire the other leg of an OCO of which this one is up; this one locks for itself."""
        order_list = self.lists.by_id.get(order.order_list_id or 0)
        other = None if order_list is None else order_list.decided_by(order)
        if other is not None:
            self.end(other, OrderStatus.EXPIRED, Reason.OTHER_OF_LIST, journal)
            market = self.markets[order.terms.symbol]
            self.clearing.relock(order, market.needed_units(order), journal)

    def share_lock(self, pair: tuple[Order, Order], market: Market, journal: Journal) -> None:
        """Let the leg of an undecided OCO that needs more lock that, and the other nothing."""
        above, below = pair
        if market.needed_units(above) < market.needed_units(below):
            above, below = below, above
        self.clearing.relock(below, 0, journal)
        self.clearing.relock(above, market.needed_units(above), journal)

    def _follow(self, order: Order, journal: Journal) -> None:
        """Carry out what the end of one order of a list means for the others."""
        order_list = self.lists.by_id.get(order.order_list_id or 0)
        if order_list is None:
            return
        if order.status is not OrderStatus.FILLED:
            status, reason = OrderStatus.EXPIRED, Reason.OTHER_OF_LIST
            if (order.status, order.reason) == (OrderStatus.CANCELED, Reason.BY_CLIENT):
                status, reason = OrderStatus.CANCELED, Reason.BY_CLIENT
            elif order is order_list.first:
                reason = Reason.FIRST_OF_LIST_ENDED
            for other in order_list.dissolved_by(order):
                self.end(other, status, reason, journal)
        self.agenda.append(order_list)

    def rest(self, order: Order, market: Market, journal: Journal) -> None:
        """Put an order behind all others of its level, and note when it expires."""
        terms = order.terms
        assert terms.price_ticks is not None, "an order without a price never rests"
        order.place = next(self._places)
        if terms.display_quantity_lots is not None:
            hide(order)
        own = market.bids if terms.side is _BUY else market.asks
        level = own.add(order, terms.price_ticks)
        journal.levels.append(level)
        if terms.expire_at_ns is not None:
            self.date(order)

    def date(self, order: Order) -> None:
        """Note when an order expires, unless something is to end it before."""
        if order.terms.expire_at_ns is not None and order.deadline is None:
            self.deadlines.set(order, order.terms.expire_at_ns)

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
        side = market.bids if order.terms.side is _BUY else market.asks
        level = side.level_of(order)
        side.take_out(level, order)
        journal.levels.append(level)
        self._finish(order, status, reason, journal)

    def before(self, order: Order) -> Iterator[Order]:
        """Yield the orders that trade before a resting order, first the one that is next."""
        return self.markets[order.terms.symbol].own(order.terms.side).before(order)

    def shares_level(self, order: Order) -> bool:
        """Return whether others rest at the price of a resting order."""
        own = self.markets[order.terms.symbol].own(order.terms.side)
        return not own.level_of(order).holds_one()

    def expire(self, order: Order, reason: Reason, journal: Journal) -> None:
        """End an order that does not rest."""
        self._finish(order, OrderStatus.EXPIRED, reason, journal)

    def _finish(self, order: Order, status: OrderStatus, reason: Reason, journal: Journal) -> None:
        self.clearing.release(order, order.locked_units, journal)
        order.end(status, reason, journal.now_ns)
        self._close(order)
        journal.told(order, _TOLD_AS[status], reason)
        if order.order_list_id is not None:
            self._follow(order, journal)

    def _close(self, order: Order) -> None:
        self.archive.close(order)
        if order.terms.reduce_only:
            self.markets[order.terms.symbol].reducers.pop(order.venue_order_id, None)
        if order.deadline is not None:
            self.deadlines.drop(order)
