"""How orders come in: the rules they must keep, acceptance, and their first work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from fillproof.simulator.matching.admission import Admission
from fillproof.simulator.matching.fees import Fees
from fillproof.simulator.matching.floor import Floor
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.limits import broken_limit
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.phases import why_not_placed
from fillproof.simulator.matching.triggers import is_past
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    MarketPhase,
    Reason,
    Side,
    TimeInForce,
)

# What every order is asked for. Enums look their members up each time; these are looked up once.
_BUY, _FOK, _IOC = Side.BUY, TimeInForce.FOK, TimeInForce.IOC
_NEW, _NO_REASON = ExecutionType.NEW, Reason.NONE
_TRADING, _AUCTION = MarketPhase.TRADING, MarketPhase.AUCTION


class Engine(Floor):
    """The floor and its door. Each method writes all that it does into its journal."""

    def __init__(
        self,
        instruments: Iterable[Instrument],
        fees: Fees,
        settlement_delay_ns: int,
        kept_orders: int | None,
        trade_groups: Mapping[str, str],
    ) -> None:
        super().__init__(instruments, fees, settlement_delay_ns, kept_orders, trade_groups)
        self._admission = Admission(self.clearing.accounts, self.archive)
        self._venue_order_ids = count(1)

    def place(self, terms: PlaceOrder, journal: Journal) -> None:
        """Refuse an order with its one report, or execute it."""
        market = self.markets.get(terms.symbol)
        if market is None:
            journal.refused(terms, Reason.UNKNOWN_MARKET)
            return
        if terms.quote_quantity_units is not None:
            terms = market.in_lots(terms)
        reason = self._broken_rule(terms, market, journal.now_ns, ())
        if reason is None:
            locked_units = market.lock_units(terms)
            reason = self._why_refused(terms, market, locked_units)
            if reason is None:
                self.execute(terms, market, locked_units, journal)
                return
        journal.refused(terms, reason)

    def number_orders_from(self, venue_order_id: int) -> None:
        """Give the next order this number, and those after it the next ones."""
        self._venue_order_ids = count(venue_order_id)

    def why_refused(self, terms: PlaceOrder, now_ns: int) -> Reason | None:
        """Return why an order would be refused now, or None."""
        reason = self.broken_rule(terms, now_ns)
        if reason is not None:
            return reason
        market, terms = self.markets[terms.symbol], self.in_lots(terms)
        return self._why_refused(terms, market, market.lock_units(terms))

    def in_lots(self, terms: PlaceOrder) -> PlaceOrder:
        """Return an order with the quantity it comes to now, if it states one of quote."""
        market = self.markets.get(terms.symbol)
        if market is None or terms.quote_quantity_units is None:
            return terms
        return market.in_lots(terms)

    def broken_rule(
        self, terms: PlaceOrder, now_ns: int, with_orders: Sequence[PlaceOrder] = ()
    ) -> Reason | None:
        """Return the first rule of its market that an order breaks: phase, limits, filters."""
        market = self.markets.get(terms.symbol)
        if market is None:
            return Reason.UNKNOWN_MARKET
        if terms.quote_quantity_units is not None:
            terms = market.in_lots(terms)
        return self._broken_rule(terms, market, now_ns, with_orders)

    def _broken_rule(
        self, terms: PlaceOrder, market: Market, now_ns: int, with_orders: Sequence[PlaceOrder]
    ) -> Reason | None:
        if market.phase is not _TRADING and (reason := why_not_placed(market.phase, terms)):
            return reason
        reason = broken_limit(terms, market, now_ns)
        if reason is not None or market.rules is None:
            return reason
        return self._admission.broken_filter(terms, market, market.rules, now_ns, with_orders)

    def _why_refused(self, terms: PlaceOrder, market: Market, locked_units: int) -> Reason | None:
        if self.archive.is_open(terms.account, terms.client_order_id):
            return Reason.DUPLICATE_CLIENT_ORDER_ID
        if market.margin is not None:
            return self._why_no_contracts(terms, market, locked_units)
        purses = market.quote_purses if terms.side is _BUY else market.base_purses
        pays = purses.get(terms.account)
        if locked_units > (0 if pays is None else pays.free_units):
            return Reason.INSUFFICIENT_BALANCE
        if terms.post_only or terms.trigger is not None:
            return self.why_not_now(terms, market)
        return None

    def _why_no_contracts(
        self, terms: PlaceOrder, market: Market, locked_units: int
    ) -> Reason | None:
        waits = terms.trigger is not None
        if terms.reduce_only and not waits and not market.reduces(terms, terms.quantity_lots):
            return Reason.REDUCE_ONLY
        free_units = self.clearing.accounts.free_units(terms.account, market.quote)
        if locked_units and locked_units > free_units:
            return Reason.INSUFFICIENT_MARGIN
        return self.why_not_now(terms, market)

    def why_not_now(self, terms: PlaceOrder, market: Market) -> Reason | None:
        """Return what would happen at once to an order that is not to trade, or trigger, yet."""
        if terms.post_only and market.opposite(terms.side).best_within(terms.price_ticks):
            return Reason.WOULD_MATCH_IMMEDIATELY
        if terms.trigger is not None and is_past(terms, market.last_ticks()):
            return Reason.WOULD_TRIGGER_IMMEDIATELY
        return None

    def execute(
        self, terms: PlaceOrder, market: Market, locked_units: int, journal: Journal
    ) -> None:
        """Accept an order that nothing speaks against, and let it work or wait."""
        order = self.admit(terms, market, locked_units, journal)
        if terms.trigger is None:
            journal.accepted(order)
            self.work(order, market, journal)
        else:
            self.announce(order, market, journal)
            self.start(order, market, journal)

    def start(self, order: Order, market: Market, journal: Journal) -> None:
        """Let an order work that was announced, unless it waits for its trigger."""
        if order.waits:
            self.date(order)
        else:
            self.work(order, market, journal)

    def work(self, order: Order, market: Market, journal: Journal) -> None:
        """Match an order that has come to the book, then rest or expire what it leaves.

        In an auction it rests at once, whatever it crosses.
        """
        terms = order.terms
        if market.phase is _AUCTION:
            self.rest(order, market, journal)
            return
        price_ticks, time_in_force = terms.price_ticks, terms.time_in_force
        if time_in_force is _FOK and market.sweep(terms).quantity_lots != terms.quantity_lots:
            self.expire(order, Reason.FOK_NOT_FILLABLE, journal)
            return
        makers = market.asks if terms.side is _BUY else market.bids
        if makers.best_within(price_ticks):
            self.match(order, makers, market, journal)
            if not order.live:
                return
        if price_ticks is None:
            self.expire(order, Reason.NO_LIQUIDITY, journal)
        elif time_in_force is _IOC:
            self.expire(order, Reason.IOC_REST, journal)
        else:
            self.rest(order, market, journal)

    def admit(
        self, terms: PlaceOrder, market: Market, locked_units: int, journal: Journal
    ) -> Order:
        """Make an order, with its money locked; nobody is told yet."""
        now_ns = journal.now_ns
        purses = market.quote_purses if terms.side is _BUY else market.sold_purses
        pays = purses.get(terms.account) or self.clearing.accounts.use(
            terms.account, market.paid_with(terms.side)
        )
        self.clearing.lock(pays, locked_units, journal)
        number, lots = next(self._venue_order_ids), terms.quantity_lots
        order = Order(terms, number, now_ns, now_ns, now_ns, lots, pays, locked_units)
        self.archive.add(order)
        if terms.reduce_only and market.margin is not None:
            market.reducers[number] = order
        return order

    def announce(self, order: Order, market: Market, journal: Journal) -> None:
        """Tell of a new order; one with a trigger waits for it from now on."""
        if order.terms.trigger is not None:
            order.waits, order.working_time_ns = True, None
            market.wait(order, journal.now_ns)
        journal.told(order, _NEW, _NO_REASON)
