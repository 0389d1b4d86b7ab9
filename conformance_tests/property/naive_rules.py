"""The naive twin's rules: every complaint there can be of an order, and the first that is true."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from conformance_tests.property.naive_book import UNIT, Entry, NaiveBook
from msgspec.structs import replace

from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import Reason, Side

Complaints = list[tuple[Reason, bool]]


class NaiveRules(NaiveBook):
    """What may speak against an order."""

    def first(self, complaints: Complaints) -> Reason | None:
        return next((reason for reason, is_true in complaints if is_true), None)

    def is_named(self, account: str, name: str) -> bool:
        names = [(e.ask.account, e.ask.client_order_id) for e in self.entries if e.live]
        return (account, name) in names

    def in_lots(self, ask: PlaceOrder) -> PlaceOrder:
        """Return an order by quote quantity as what it buys or sells for that much."""
        if ask.quote_quantity_units is None:
            return ask
        units, lots = ask.quote_quantity_units, 0
        for price, entries in self.offers(ask):
            skips = ask.self_trade_prevention == "EXPIRE_MAKER"
            there = [e for e in entries if not (skips and self.is_one(e.ask.account, ask.account))]
            for _ in range(sum(e.leaves for e in there)):
                if units < price * self.point(ask.symbol):
                    return replace(ask, quantity_lots=lots)
                units -= price * self.point(ask.symbol)
                lots += 1
        return replace(ask, quantity_lots=lots)

    def worth(self, ask: PlaceOrder) -> int | None:
        """Return what an order is worth in whole units of quote, None when nobody knows."""
        point = self.point(ask.symbol)
        if ask.price_ticks is not None:
            return ask.price_ticks * ask.quantity_lots * point
        if ask.quote_quantity_units is not None:
            return ask.quote_quantity_units
        minutes = self.rules[ask.symbol].filters.notional_average_minutes
        average = self.average(ask.symbol, minutes, self.now)
        if average is not None:
            return int(average * ask.quantity_lots * point)
        strangers = replace(ask, self_trade_prevention="NONE")
        met = [(e.ask.price_ticks or 0, lots) for e, lots, _, _ in self.encounters(strangers)]
        if not met:
            return None
        rest = ask.quantity_lots - sum(lots for _, lots in met)
        return (sum(price * lots for price, lots in met) + rest * met[-1][0]) * point

    def closed(self, symbol: str) -> Complaints:
        return [
            (Reason.MARKET_CANCEL_ONLY, self.phases[symbol] == "CANCEL_ONLY"),
            (Reason.MARKET_HALTED, self.phases[symbol] == "HALTED"),
        ]

    def rules_of(self, ask: PlaceOrder, before: Sequence[PlaceOrder] = ()) -> Complaints:
        """Return what may speak against an order but its name, its money and the moment."""
        ask, phase = self.in_lots(ask), self.phases[ask.symbol]
        collects = ask.price_ticks is not None and ask.time_in_force in {"GTC", "GTD"}
        plain = collects and not ask.post_only and ask.trigger is None
        return [
            (Reason.MARKET_IN_AUCTION, phase == "AUCTION" and not plain),
            (Reason.MARKET_POST_ONLY, phase == "POST_ONLY" and not ask.post_only),
            *self.closed(ask.symbol),
            *self.limits(ask),
            *self.filters(ask),
            *self.numbers(ask, before),
        ]

    def limits(self, ask: PlaceOrder) -> Complaints:
        rule, price, trigger = self.rules[ask.symbol], ask.price_ticks, ask.trigger
        least, lots = max(1, int(rule.min_quantity / rule.lot_size)), ask.quantity_lots
        worth, shown = self.worth(ask), ask.display_quantity_lots
        there = sum(e.leaves for e in self.queue(ask.symbol, ask.side.opposite))
        is_late = ask.expire_at_ns is not None and ask.expire_at_ns <= self.now
        by_quote = ask.quote_quantity_units is not None
        starts = None if trigger is None else trigger.price_ticks
        bips = None if trigger is None else trigger.trailing_delta_bips
        return [
            (Reason.PRICE_NOT_POSITIVE, price is not None and price <= 0),
            (Reason.LIQUIDITY_BELOW_MINIMUM_QUANTITY, by_quote and there < least),
            (Reason.QUANTITY_BELOW_MINIMUM, lots < least or (shown is not None and shown < least)),
            (Reason.QUANTITY_ABOVE_MAXIMUM, lots * rule.lot_size > rule.max_quantity),
            (Reason.NOTIONAL_BELOW_MINIMUM, worth is not None and worth < rule.min_notional * UNIT),
            (Reason.EXPIRY_IN_THE_PAST, is_late),
            (Reason.PRICE_NOT_POSITIVE, starts is not None and starts <= 0),
            (Reason.TRAILING_DELTA_OUT_OF_RANGE, bips is not None and not 1 <= bips <= 9_999),
        ]

    def filters(self, ask: PlaceOrder) -> Complaints:
        rule, price, trigger = self.rules[ask.symbol], ask.price_ticks, ask.trigger
        its, buys, quantity = rule.filters, ask.side is Side.BUY, ask.quantity_lots * rule.lot_size
        starts = None if trigger is None else trigger.price_ticks
        bips = None if trigger is None else trigger.trailing_delta_bips
        prices = [p * rule.tick_size for p in (price, starts) if p is not None]
        low, high = its.minimum_price or 0, its.maximum_price or 10**9
        band, far = its.percent_price, False
        average = band and self.average(ask.symbol, band.average_minutes, self.now)
        if band and average and price is not None:
            down, up = (band.bid_down, band.bid_up) if buys else (band.ask_down, band.ask_up)
            far = not average * Fraction(down) <= price <= average * Fraction(up)
        sizes = (its.market_minimum_quantity or 0, its.market_maximum_quantity or 10**9)
        is_odd = price is None and not sizes[0] <= quantity <= sizes[1]
        most, parts, trail = its.maximum_notional, its.iceberg_parts, its.trailing_delta
        is_dear = price is not None and most is not None and (self.worth(ask) or 0) > most * UNIT
        shown = ask.display_quantity_lots
        is_split = bool(parts and shown and ceil(Fraction(ask.quantity_lots, shown)) > parts)
        off = False
        if trail and bips is not None:
            above = Entry(ask, 0, 0).rises
            low_bips = trail.above_minimum if above else trail.below_minimum
            high_bips = trail.above_maximum if above else trail.below_maximum
            off = not low_bips <= bips <= high_bips
        return [
            (Reason.PRICE_OUT_OF_RANGE, not all(low <= p <= high for p in prices)),
            (Reason.PRICE_FAR_FROM_MARKET, far),
            (Reason.MARKET_QUANTITY_OUT_OF_RANGE, is_odd),
            (Reason.NOTIONAL_ABOVE_MAXIMUM, is_dear),
            (Reason.TOO_MANY_ICEBERG_PARTS, is_split),
            (Reason.TRAILING_DELTA_OUT_OF_RANGE, off),
        ]

    def numbers(self, ask: PlaceOrder, before: Sequence[PlaceOrder]) -> Complaints:
        rule, its = self.rules[ask.symbol], self.rules[ask.symbol].filters
        entries = self.open(ask.account, ask.symbol)
        others = [*(e.ask for e in entries), *before]
        algos = [o for o in others if o.trigger is not None]
        icebergs = [o for o in others if o.display_quantity_lots is not None]
        buying = sum(e.leaves for e in entries if e.ask.side is Side.BUY) + ask.quantity_lots
        owned = self.money.get((ask.account, rule.base), 0) + buying * self.lot(ask.symbol)
        most = its.maximum_position
        is_rich = ask.side is Side.BUY and most is not None and owned > most * UNIT
        return [
            (Reason.TOO_MANY_ORDERS, _full(others, its.maximum_orders)),
            (
                Reason.TOO_MANY_ALGO_ORDERS,
                ask.trigger is not None and _full(algos, its.maximum_algo_orders),
            ),
            (
                Reason.TOO_MANY_ICEBERG_ORDERS,
                ask.display_quantity_lots is not None
                and _full(icebergs, its.maximum_iceberg_orders),
            ),
            (Reason.POSITION_ABOVE_MAXIMUM, is_rich),
        ]

    def lock_at_placement(self, ask: PlaceOrder) -> int:
        """Return what an order sets aside when it comes."""
        if ask.side is Side.SELL:
            return ask.quantity_lots * self.lot(ask.symbol)
        if ask.price_ticks is None:
            return 0 if ask.trigger is not None else self.cost(ask)
        return ask.quantity_lots * ask.price_ticks * self.point(ask.symbol)

    def moment(self, ask: PlaceOrder) -> Complaints:
        """Return what would happen at once to an order that is not to trade or trigger yet."""
        last, trigger, past = self.last(ask.symbol), ask.trigger, False
        if trigger is not None and trigger.trailing_delta_bips is None and last is not None:
            past = Entry(ask, 0, 0).reaches(last, trigger.price_ticks or 0)
        return [
            (Reason.WOULD_MATCH_IMMEDIATELY, ask.post_only and bool(self.offers(ask))),
            (Reason.WOULD_TRIGGER_IMMEDIATELY, past),
        ]

    def why_refused(self, ask: PlaceOrder) -> Reason | None:
        """Return the first complaint of a new order that is true."""
        if ask.symbol not in self.rules:
            return Reason.UNKNOWN_MARKET
        ask = self.in_lots(ask)
        lacks = self.lock_at_placement(ask) > self.free(ask.account, self.pays(ask))
        return self.first(
            [
                *self.rules_of(ask),
                (Reason.DUPLICATE_CLIENT_ORDER_ID, self.is_named(ask.account, ask.client_order_id)),
                (Reason.INSUFFICIENT_BALANCE, lacks),
                *self.moment(ask),
            ]
        )


def _full(orders: Sequence[PlaceOrder], most: int | None) -> bool:
    return most is not None and len(orders) >= most
