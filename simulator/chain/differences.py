"""What a reorganisation changed, said as reports: two states of the engine, before and after."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from fillproof.simulator.chain.blocks import Ids
from fillproof.simulator.chain.telling import not_at_work
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus, Reason, Side
from fillproof.simulator.vocabulary.reports import (
    BalanceChanged,
    ExecutionReport,
    LevelChanged,
    Report,
)

_REORGANISED = Reason.REORGANISED


def differences(
    was: Engine, now: Engine, unplaced: Mapping[int, PlaceOrder], ids: Ids, now_ns: int
) -> list[Report]:
    """Return what happened to each order, oldest first, then to balances and levels.

    `was` goes on from what `now` is. `unplaced` are the orders, as they were sent, that `was` has
    placed and `now` has not: of those the last word is that they are not at work. A trade is taken
    back from each of its orders (TradeCancel, the latest first); what else is different then is
    told by one Restated.
    """
    reports: list[Report] = []
    for number in sorted(was.archive.by_id):
        old, new = was.archive.by_id[number], now.archive.by_id.get(number)
        if new is None:
            reports += _unplaced(old, unplaced.get(number, old.terms), ids, now_ns)
        elif _is_changed(old, new):
            reports += _changed(old, new, ids, now_ns)
    return [*reports, *_balances(was, now), *_levels(was, now)]


def _is_changed(old: Order, new: Order) -> bool:
    return _state(old) != _state(new)


def _state(order: Order) -> tuple[object, ...]:
    """Return all of an order that a report says, but for its times."""
    filled = (order.cumulative_lots, order.cumulative_quote_units)
    return (order.terms, order.status, *filled, order.leaves_lots, order.prevented_lots)


def _unplaced(old: Order, terms: PlaceOrder, ids: Ids, now_ns: int) -> list[ExecutionReport]:
    """Tell that an order is in no block any more, and none of its fills."""
    taken = list(old.fills)
    reports: list[ExecutionReport] = []
    while taken:
        fill = taken.pop()
        lots = sum(one.last_quantity_lots or 0 for one in taken)
        reports.append(
            replace(
                fill,
                execution_id=next(ids),
                execution_type=ExecutionType.TRADE_CANCEL,
                order_status=OrderStatus.PARTIALLY_FILLED if lots else OrderStatus.NEW,
                terms=terms,
                cumulative_quantity_lots=lots,
                leaves_quantity_lots=terms.quantity_lots - lots,
                cumulative_quote_units=sum(one.last_quote_units or 0 for one in taken),
                prevented_quantity_lots=0,
                transact_time_ns=now_ns,
                reason=_REORGANISED,
            )
        )
    reports.append(
        not_at_work(
            terms, old.venue_order_id, next(ids), ExecutionType.RESTATED, now_ns, _REORGANISED
        )
    )
    return reports


def _changed(old: Order, new: Order, ids: Ids, now_ns: int) -> list[Report]:
    """Tell of an order that is in a block that stays what it is without those that went."""
    journal = Journal(now_ns, ids)
    kept = {fill.trade_id for fill in new.fills}
    taken = [fill for fill in old.fills if fill.trade_id not in kept]
    while taken:
        fill = taken.pop()
        lots = new.cumulative_lots + sum(one.last_quantity_lots or 0 for one in taken)
        quote = new.cumulative_quote_units + sum(one.last_quote_units or 0 for one in taken)
        report = journal.told(new, ExecutionType.TRADE_CANCEL, _REORGANISED)
        journal.reports[-1] = _trade_cancel(report, fill, lots, quote)
    last = journal.reports[-1] if journal.reports else None
    if last is None or _terms_differ(old, new):
        journal.told(new, ExecutionType.RESTATED, _REORGANISED)
        journal.reports[-1] = _renamed(journal.reports[-1], old)
    return journal.reports


def _trade_cancel(
    report: ExecutionReport, fill: ExecutionReport, lots: int, quote_units: int
) -> ExecutionReport:
    """Return the report of a fill as it was, of an order that still has so much filled."""
    is_live = not report.order_status.is_terminal
    status = OrderStatus.PARTIALLY_FILLED if lots else OrderStatus.NEW
    more = lots - report.cumulative_quantity_lots
    return replace(
        report,
        order_status=status if is_live else report.order_status,
        cumulative_quantity_lots=lots,
        leaves_quantity_lots=report.leaves_quantity_lots - more if is_live else 0,
        cumulative_quote_units=quote_units,
        last_quantity_lots=fill.last_quantity_lots,
        last_price_ticks=fill.last_price_ticks,
        last_quote_units=fill.last_quote_units,
        trade_id=fill.trade_id,
        is_maker=fill.is_maker,
        fee_units=fill.fee_units,
        fee_asset=fill.fee_asset,
    )


def _terms_differ(old: Order, new: Order) -> bool:
    return old.terms != new.terms or old.prevented_lots != new.prevented_lots


def _renamed(report: Report, old: Order) -> Report:
    """Have a restatement say what the order was called, if an amend was taken back."""
    assert isinstance(report, ExecutionReport), "a restatement is of an order"
    name = old.terms.client_order_id
    if name == report.client_order_id:
        return report
    return replace(report, original_client_order_id=name)


def _balances(was: Engine, now: Engine) -> list[Report]:
    """Tell of each balance that is another; one that is used only in `was` is empty again."""
    after = {(one.account, one.asset): one for one in now.clearing.accounts}
    changed: list[Report] = []
    for old in was.clearing.accounts:
        new = after.get((old.account, old.asset))
        free, locked = (0, 0) if new is None else (new.free_units, new.locked_units)
        if (free, locked) != (old.free_units, old.locked_units):
            changed.append(BalanceChanged(old.account, old.asset, free, locked))
    return changed


def _levels(was: Engine, now: Engine) -> list[Report]:
    changed: list[Report] = []
    for symbol, market in was.markets.items():
        for side in Side:
            before = dict(market.own(side).depth(None))
            after = dict(now.markets[symbol].own(side).depth(None))
            changed += [
                LevelChanged(symbol, side, ticks, after.get(ticks, 0))
                for ticks in sorted({*before, *after})
                if before.get(ticks, 0) != after.get(ticks, 0)
            ]
    return changed
