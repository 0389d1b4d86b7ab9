"""The naive twin's matching: orders work, trade, wait for prices and for each other, and end."""

from __future__ import annotations

from fractions import Fraction

from conformance_tests.property.naive_book import Bundle, Entry
from conformance_tests.property.naive_rules import NaiveRules
from msgspec.structs import replace

from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import Reason, Side
from fillproof.simulator.vocabulary.reports import TradePrinted


class NaiveMatching(NaiveRules):
    """What becomes of an order that was accepted."""

    def admit(self, ask: PlaceOrder) -> Entry:
        entry = Entry(ask, len(self.entries) + 1, self.now, works_since=self.now)
        self.name(entry, ask.client_order_id)
        self.entries.append(entry)
        self.touch(entry)
        return entry

    def announce(self, entry: Entry) -> None:
        if entry.ask.trigger is not None:
            self.wait(entry)
        self.report(entry, "New")

    def start(self, entry: Entry) -> None:
        if entry.waits:
            self.date(entry)
        else:
            self.work(entry)

    def work(self, entry: Entry) -> None:
        """Trade what can be traded now, then rest or expire."""
        ask = entry.ask
        met = self.encounters(ask)
        if self.phases[ask.symbol] == "AUCTION":
            met = []
        killed = ask.time_in_force == "FOK" and sum(m[1] for m in met) < ask.quantity_lots
        for other, lots, theirs, ours in [] if killed else met:
            if lots:
                self.touch_level(other)
                self.trade(other, entry, lots, other.ask.price_ticks or 0)
            else:
                self.prevent(other, entry, theirs, ours)
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
            self.date(entry)

    # Trades, and those that are prevented.

    def fee_of(
        self, entry: Entry, got: int, asset: str, paid_in: str, *, is_maker: bool
    ) -> int | None:
        """Return a fee in an asset, None when it cannot be paid in that."""
        rates = self.fees.markets.get(entry.ask.symbol, self.fees)
        rate = Fraction(rates.maker if is_maker else rates.taker)
        rate += Fraction(rates.buyer if entry.ask.side is Side.BUY else rates.seller)
        discount = self.fees.discount
        if discount is None or paid_in != discount.asset:
            return int(got * rate)
        price = 1 if asset == paid_in else discount.prices.get(asset)
        keeps = 1 - Fraction(discount.rate)
        return None if price is None else int(got * rate * Fraction(price) * keeps)

    def exchanged(self, entry: Entry, lots: int, price: int) -> tuple[int, int, str]:
        """Return what an order pays in a trade, what it gets, and of what asset."""
        rule, symbol = self.rules[entry.ask.symbol], entry.ask.symbol
        base, quote = lots * self.lot(symbol), lots * price * self.point(symbol)
        buys = entry.ask.side is Side.BUY
        return (quote, base, rule.base) if buys else (base, quote, rule.quote)

    def trade(self, maker: Entry, taker: Entry, lots: int, price: int) -> None:
        symbol = maker.ask.symbol
        self.trades += 1
        self.matches[self.trades] = (maker, taker, lots, price)
        for entry in (maker, taker):
            self.fill(entry, lots, price, is_maker=entry is maker)
            if entry.live and entry.hidden and entry.leaves == entry.hidden:
                self.rest(entry)
        self.prints.append((symbol, price, lots, self.now))
        buyer_is_maker = maker.ask.side is Side.BUY
        self.out.append(TradePrinted(symbol, self.trades, price, lots, buyer_is_maker, self.now))
        self.look_at_triggers(symbol, price)

    def fill(self, entry: Entry, lots: int, price: int, *, is_maker: bool) -> None:
        self.decide(entry)
        account, quote = entry.ask.account, lots * price * self.point(entry.ask.symbol)
        entry.filled += lots
        entry.quote += quote
        entry.budget -= quote
        full = entry.filled + entry.prevented == entry.ask.quantity_lots
        if full or entry.status == "New":
            entry.status = "Filled" if full else "PartiallyFilled"
        paid, got, asset = self.exchanged(entry, lots, price)
        self.move(account, self.pays(entry.ask), -paid)
        self.move(account, asset, got)
        fee = self.charge(entry, got, asset, is_maker=is_maker)
        self.report(
            entry,
            "Trade",
            trade_id=self.trades,
            last_quantity_lots=lots,
            last_price_ticks=price,
            last_quote_units=quote,
            is_maker=is_maker,
            fee_units=fee[0],
            fee_asset=fee[1],
        )
        if not entry.live:
            self.follow(entry)

    def charge(self, entry: Entry, got: int, asset: str, *, is_maker: bool) -> tuple[int, str]:
        account, discount = entry.ask.account, self.fees.discount
        paid_in, fee = asset, None
        if discount is not None:
            paid_in = discount.asset
            fee = self.fee_of(entry, got, asset, paid_in, is_maker=is_maker)
        if fee is None or fee > self.free(account, paid_in):
            paid_in = asset
            fee = self.fee_of(entry, got, asset, asset, is_maker=is_maker) or 0
        if fee:
            self.move(account, paid_in, -fee)
            self.move("venue", paid_in, fee)
        self.charged[self.trades, is_maker] = (fee, paid_in)
        return fee, paid_in

    def prevent(self, maker: Entry, taker: Entry, theirs: int, ours: int) -> None:
        self.prevented_matches += 1
        smaller, price = min(taker.leaves, maker.leaves - maker.hidden), maker.ask.price_ticks or 0
        if theirs:
            self.touch_level(maker)
        for entry, lots, counter in ((maker, theirs, taker), (taker, ours, maker)):
            if not lots:
                continue
            self.decide(entry)
            entry.prevented += lots
            if entry.filled + entry.prevented == entry.ask.quantity_lots:
                entry.status = "Expired"
            self.touch(entry)
            self.report(
                entry,
                "Restated" if entry.live else "Expired",
                Reason.SELF_TRADE_PREVENTION,
                last_prevented_quantity_lots=lots,
                last_quantity_lots=smaller,
                last_price_ticks=price,
                is_maker=entry is maker,
                prevented_match_id=self.prevented_matches,
                counter_order_id=counter.number,
            )
            if not entry.live:
                self.follow(entry)
        if self.transfers(maker.ask, taker.ask):
            self.transfer(maker, taker, smaller, price)
        if maker.live and maker.hidden and maker.leaves == maker.hidden:
            self.rest(maker)

    def transfer(self, maker: Entry, taker: Entry, lots: int, price: int) -> None:
        for entry in (maker, taker):
            paid, got, asset = self.exchanged(entry, lots, price)
            if entry.ask.side is Side.BUY:
                entry.budget -= paid
            self.move(entry.ask.account, self.pays(entry.ask), -paid)
            self.move(entry.ask.account, asset, got)

    # Waiting for a price.

    def wait(self, entry: Entry) -> None:
        trigger, last = entry.ask.trigger, self.last(entry.ask.symbol)
        entry.waits, entry.works_since = True, None
        entry.at = trigger.price_ticks if trigger else None
        if trigger and trigger.trailing_delta_bips is not None and last is not None:
            self.maybe_follow_price(entry, last)

    def maybe_follow_price(self, entry: Entry, price: int) -> None:
        """Let a trail begin, or go on from a better price."""
        trigger = entry.ask.trigger
        if trigger is None or trigger.trailing_delta_bips is None:
            return
        if entry.best is None:
            if trigger.price_ticks is not None and not entry.reaches(price, trigger.price_ticks):
                return
            entry.follows_since = self.now
        elif entry.reaches(price, entry.best):
            return
        entry.best = price
        sign = 1 if entry.rises else -1
        exact = Fraction(price * (10_000 + sign * trigger.trailing_delta_bips), 10_000)
        entry.at = -int(-exact // 1) if entry.rises else int(exact // 1)

    def look_at_triggers(self, symbol: str, price: int) -> None:
        """Put on the agenda whom a price sets off: rises before falls, the nearest first."""
        off = []
        for entry in self.entries:
            trigger = entry.ask.trigger
            if not (entry.live and entry.waits and trigger and entry.ask.symbol == symbol):
                continue
            if entry in self.agenda or not self.is_watching(entry):
                continue
            ready = trigger.trailing_delta_bips is None or entry.best is not None
            if ready and entry.at is not None and entry.reaches(price, entry.at):
                off.append(entry)
            else:
                self.maybe_follow_price(entry, price)
        sign = {True: 1, False: -1}
        off.sort(key=lambda e: (not e.rises, sign[e.rises] * (e.at or 0), e.number))
        self.agenda += off

    def is_watching(self, entry: Entry) -> bool:
        """Return whether a waiting order waits for a price, and not for another order."""
        bundle = entry.bundle
        return bundle is None or bundle.first is None or bundle.first is entry

    def afford(self, entry: Entry) -> bool:
        """Set aside what a market buy costs when its time comes."""
        ask = entry.ask
        if ask.side is Side.SELL or ask.price_ticks is not None:
            return True
        cost = self.cost(ask)
        if cost > self.free(ask.account, self.pays(ask)):
            return False
        entry.budget = cost
        self.touch(entry)
        return True

    def set_off(self, entry: Entry) -> None:
        if not entry.live:
            return
        self.decide(entry)
        entry.waits, entry.works_since = False, self.now
        self.report(entry, "Triggered")
        if self.afford(entry):
            self.work(entry)
        else:
            self.end(entry, "Expired", Reason.INSUFFICIENT_BALANCE, rested=False)

    # Waiting for each other.

    def decide(self, entry: Entry) -> None:
        """End the other leg of a pair of which this one is up."""
        bundle = entry.bundle
        if bundle is None or bundle.first is not None or entry not in bundle.pair:
            return
        other = next(e for e in bundle.pair if e is not entry)
        bundle.pair = []
        self.end(other, "Expired", Reason.OTHER_OF_LIST)
        self.touch(entry)

    def follow(self, entry: Entry) -> None:
        """End those that hang on an order that ended but by filling."""
        bundle = entry.bundle
        if bundle is None:
            return
        self.agenda.append(bundle)
        together = bundle.entries if bundle.first else bundle.pair
        if entry.status == "Filled" or entry not in together:
            return
        fate = ("Expired", Reason.OTHER_OF_LIST)
        if entry.status == "Canceled" and entry.why is Reason.BY_CLIENT:
            fate = ("Canceled", Reason.BY_CLIENT)
        elif entry is bundle.first:
            fate = ("Expired", Reason.FIRST_OF_LIST_ENDED)
        bundle.first, bundle.pair = None, []
        for other in bundle.entries:
            if other.live:
                self.end(other, *fate)

    def settle(self) -> None:
        """Do all that is to be done, first come first."""
        while self.agenda:
            item = self.agenda.pop(0)
            if isinstance(item, Entry):
                self.set_off(item)
            elif item.first is not None and item.first.status == "Filled":
                self.bring_pending(item, item.first)
            elif not item.done and not any(e.live for e in item.entries):
                item.done = True
                self.out.append(item.told(self.now))

    def bring_pending(self, bundle: Bundle, first: Entry) -> None:
        bundle.first = None
        pending = [e for e in bundle.entries if e.live]
        if bundle.wish.contingency in {"OPO", "OPOCO"}:
            base = self.rules[first.ask.symbol].base
            got = first.filled * self.lot(first.ask.symbol)
            got -= sum(
                self.charged[number, first is maker][0]
                for number, (maker, taker, _, _) in self.matches.items()
                if first in (maker, taker) and self.charged[number, first is maker][1] == base
            )
            self.give_proceeds(pending, got // self.lot(first.ask.symbol))
        for entry in pending:
            if entry.live:
                self.bring(entry)

    def give_proceeds(self, pending: list[Entry], lots: int) -> None:
        leg, rule = pending[0], self.rules[pending[0].ask.symbol]
        free = self.free(leg.ask.account, rule.base)
        for entry in pending:
            entry.ask = replace(entry.ask, quantity_lots=lots)
        if lots < 1 or lots * rule.lot_size < rule.min_quantity:
            self.end(leg, "Expired", Reason.QUANTITY_BELOW_MINIMUM)
        elif lots * self.lot(leg.ask.symbol) > free:
            self.end(leg, "Expired", Reason.INSUFFICIENT_BALANCE)
        else:
            self.touch(leg)

    def bring(self, entry: Entry) -> None:
        reason = self.first(self.moment(entry.ask))
        if reason is None and entry.ask.trigger is None and not self.afford(entry):
            reason = Reason.INSUFFICIENT_BALANCE
        if reason is not None:
            self.end(entry, "Expired", reason)
            return
        entry.waits, entry.works_since = False, self.now
        if entry.status == "PendingNew":
            entry.status = "New"
        self.announce(entry)
        self.start(entry)

    def end(self, entry: Entry, word: str, reason: Reason, *, rested: bool = True) -> None:
        entry.status, entry.why = word, reason
        self.touch(entry)
        if rested and not entry.waits:
            self.touch_level(entry)
        self.report(entry, word, reason)
        self.follow(entry)
