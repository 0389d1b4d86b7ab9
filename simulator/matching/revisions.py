"""Trades that the venue takes back or corrects: money, fees, and what is left again of orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from fillproof.simulator.matching.accounts import VENUE_ACCOUNT
from fillproof.simulator.matching.clearing import Clearing
from fillproof.simulator.matching.contracts import change
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.trades import Trade
from fillproof.simulator.vocabulary.commands import BustTrade, CorrectTrade
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    OrderStatus,
    OrderType,
    Reason,
    Side,
    TimeInForce,
)
from fillproof.simulator.vocabulary.reports import ExecutionReport, Impossible
from fillproof.simulator.vocabulary.units import asset_amount, plain

_RESTING = (TimeInForce.GTC, TimeInForce.GTD)


@dataclass(frozen=True, slots=True)
class _Revision:
    """One order's half of a trade as it was and as it is to be. A bust is a trade of nothing."""

    order: Order
    was: Trade
    becomes: Trade
    is_maker: bool
    comes_back: bool

    @property
    def lots_back(self) -> int:
        return self.was.quantity_lots - self.becomes.quantity_lots

    @property
    def locks_units(self) -> int:
        """What the order must lock again for the lots that come back."""
        per_lot = self.was.market.lock_units_per_lot(self.order.terms)
        return self.lots_back * per_lot if self.comes_back else 0

    def moves(self, clearing: Clearing) -> Iterator[tuple[str, str, int]]:
        """Yield (account, asset, units): what each gets more by, or less."""
        side, account, market = self.order.terms.side, self.order.terms.account, self.was.market
        received = self.becomes.received_units(side) - self.was.received_units(side)
        fee_asset = self.fill.fee_asset or market.received_as(side)
        fee = self.fee_units(clearing) - (self.fill.fee_units or 0)
        paid = self.becomes.paid_units(side) - self.was.paid_units(side)
        yield account, market.paid_with(side), -paid
        yield account, market.received_as(side), received
        yield account, fee_asset, -fee
        yield VENUE_ACCOUNT, fee_asset, fee

    @property
    def fill(self) -> ExecutionReport:
        """The order's report of the trade as it was."""
        return next(fill for fill in self.order.fills if fill.trade_id == self.was.trade_id)

    def fee_units(self, clearing: Clearing) -> int:
        """Return what the trade costs as it becomes, in the asset in which it was paid."""
        side, market = self.order.terms.side, self.was.market
        maker_rate, taker_rate = market.buy_rates if side is Side.BUY else market.sell_rates
        return clearing.fee_units(
            self.becomes.received_units(side),
            market.received_as(side),
            self.fill.fee_asset or market.received_as(side),
            maker_rate if self.is_maker else taker_rate,
        )


def bust(engine: Engine, command: BustTrade, journal: Journal) -> None:
    """Take a trade back, or say why that is impossible."""
    trade = engine.archive.trades.get(command.trade_id)
    if trade is None:
        journal.say(Impossible(f"trade {command.trade_id} is not known, or was taken back"))
        return
    _revise(engine, trade, 0, trade.price_ticks, journal)


def correct(engine: Engine, command: CorrectTrade, journal: Journal) -> None:
    """Change quantity or price of a trade, or say why that is impossible."""
    trade = engine.archive.trades.get(command.trade_id)
    if trade is None:
        journal.say(Impossible(f"trade {command.trade_id} is not known, or was taken back"))
        return
    quantity_lots = command.quantity_lots or trade.quantity_lots
    if quantity_lots > trade.quantity_lots:
        journal.say(
            Impossible(
                f"trade {command.trade_id} is of {trade.quantity_lots} lots; "
                f"a correction cannot make it {quantity_lots}"
            )
        )
        return
    _revise(engine, trade, quantity_lots, command.price_ticks or trade.price_ticks, journal)


def _revise(
    engine: Engine, was: Trade, quantity_lots: int, price_ticks: int, journal: Journal
) -> None:
    trade_id = was.trade_id
    becomes = Trade.of(trade_id, was.market, quantity_lots, price_ticks, was.maker, was.taker)
    revisions = _revisions(engine, was, becomes, journal.now_ns)
    lacks = _lacks(engine.clearing, revisions)
    if lacks is not None:
        journal.say(Impossible(f"trade {trade_id} cannot be revised: {lacks}"))
        return
    for revision in revisions:
        _carry_out(engine, revision, journal)
    if quantity_lots:
        engine.archive.trades[trade_id] = becomes
    else:
        del engine.archive.trades[trade_id]


def _revisions(engine: Engine, was: Trade, becomes: Trade, now_ns: int) -> list[_Revision]:
    """Return the maker's half, which comes back first, and the taker's."""
    is_smaller = becomes.quantity_lots < was.quantity_lots
    maker_back = is_smaller and _may_come_back(engine, was.maker, now_ns)
    # A limit that traded with the maker would cross it where it rests again.
    taker_back = is_smaller and (
        was.taker.live or (not maker_back and _may_come_back(engine, was.taker, now_ns))
    )
    return [
        _Revision(was.maker, was, becomes, is_maker=True, comes_back=maker_back),
        _Revision(was.taker, was, becomes, is_maker=False, comes_back=taker_back),
    ]


def _may_come_back(engine: Engine, order: Order, now_ns: int) -> bool:
    """Return whether what a trade took from an order can rest on the book again."""
    if order.live:
        return True
    command = order.terms
    rests = command.order_type is OrderType.LIMIT and command.time_in_force in _RESTING
    if order.status is not OrderStatus.FILLED or not rests:
        return False
    if command.expire_at_ns is not None and command.expire_at_ns <= now_ns:
        return False
    if engine.archive.is_open(command.account, command.client_order_id):
        return False
    others = engine.markets[command.symbol].opposite(command.side)
    return others.best_within(command.price_ticks) is None


def _lacks(clearing: Clearing, revisions: list[_Revision]) -> str | None:
    """Return who has not the money for its part, or None."""
    needed: Counter[tuple[str, str]] = Counter()
    for revision in revisions:
        for account, asset, units in revision.moves(clearing):
            needed[account, asset] -= units
        command = revision.order.terms
        paid_with = revision.was.market.paid_with(command.side)
        needed[command.account, paid_with] += revision.locks_units
    for (account, asset), units in needed.items():
        lacking = units - clearing.accounts.free_units(account, asset)
        if units > 0 and lacking > 0:
            return f"{account} lacks {plain(asset_amount(lacking))} {asset}"
    return None


def _carry_out(engine: Engine, revision: _Revision, journal: Journal) -> None:
    order, was, becomes = revision.order, revision.was, revision.becomes
    order.unfill(revision.lots_back, was.quote_units - becomes.quote_units, journal.now_ns)
    for account, asset, units in revision.moves(engine.clearing):
        if units:
            engine.clearing.move(account, asset, units, journal)
    if was.market.margin is not None:
        _revise_position(revision, journal)
    if revision.comes_back:
        _come_back(engine, revision, journal)
    elif revision.lots_back and order.status is OrderStatus.FILLED:
        order.end(OrderStatus.CANCELED, Reason.BY_VENUE, journal.now_ns)
    _report(engine, revision, journal)


def _revise_position(revision: _Revision, journal: Journal) -> None:
    """Trade the other way what was traded, and then what it becomes."""
    order, market = revision.order, revision.was.market
    position, side = market.position(order.terms.account), order.terms.side
    change(order.pays, position, side.opposite, revision.was, journal)
    change(order.pays, position, side, revision.becomes, journal)


def _come_back(engine: Engine, revision: _Revision, journal: Journal) -> None:
    """Put an order, with what is left of it now, behind all others of its level."""
    order, market = revision.order, revision.was.market
    engine.clearing.lock(order.pays, revision.locks_units, journal)
    order.locked_units += revision.locks_units
    if order.live:
        side = market.own(order.terms.side)
        level = side.level_of(order)
        side.take_out(level, order)
        level.close_ranks()
        order.come_back(revision.lots_back)
        engine.rest(order, market, journal)
    else:
        engine.archive.reopen(order)
        order.come_back(revision.lots_back)
        engine.rest(order, market, journal)


def _report(engine: Engine, revision: _Revision, journal: Journal) -> None:
    """Report a taken back trade as it was, a corrected one as it is."""
    order, was, becomes = revision.order, revision.was, revision.becomes
    fills, fill = list(order.fills), revision.fill
    at = fills.index(fill)
    fee_asset = fill.fee_asset or ""
    if becomes.quantity_lots:
        fee_units, type_ = revision.fee_units(engine.clearing), ExecutionType.TRADE_CORRECT
        journal.filled(order, type_, Reason.BY_VENUE, becomes, fee_units, fee_asset)
        fills[at] = replace(
            fills[at],
            last_quantity_lots=becomes.quantity_lots,
            last_price_ticks=becomes.price_ticks,
            last_quote_units=becomes.quote_units,
            fee_units=fee_units,
        )
    else:
        fee_units, type_ = fill.fee_units or 0, ExecutionType.TRADE_CANCEL
        journal.filled(order, type_, Reason.BY_VENUE, was, fee_units, fee_asset)
        del fills[at]
    order.fills = fills
