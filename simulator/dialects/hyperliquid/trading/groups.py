"""An order with its take-profit and stop-loss: they come when it is full, one ends the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.errors import OrderError, Refusal
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.hyperliquid.trading.orders import placed, read_order
from fillproof.simulator.dialects.hyperliquid.trading.refusals import text_of
from fillproof.simulator.dialects.hyperliquid.trading.waiting import Step
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import PlaceOrder, PlaceOrderList
from fillproof.simulator.vocabulary.orders import ContingencyType, Reason
from fillproof.simulator.vocabulary.reports import ListRefused, Report

_KINDS = {2: ContingencyType.OTO, 3: ContingencyType.OTOCO}
"""By how many orders there are: the first, and one that closes what it opens, or two."""

_WAITING = "waitingForTrigger"
_WRONG_GROUP = (
    "A group is an order without a trigger on a perpetual market, and one or two that reduce only,"
    " on the other side, of its size, each with a trigger"
)


def place_group(desk: Desk, account: str, parts: Sequence[Mapping[str, Json]]) -> Step | Json:
    """Return a step for all orders of a group, or their errors; raises Refusal and Malformed."""
    try:
        read = [read_order(desk, account, part) for part in parts]
    except OrderError as error:
        return [{"error": error.text}] * len(parts)
    markets, orders = {market.asset: market for market, _ in read}, [order for _, order in read]
    (market, *others) = markets.values()
    if others or not _is_group(market, orders):
        raise Refusal(_WRONG_GROUP)
    first, *closing = orders
    # The engine wants the leg above the market before the one below it.
    listed = (first, *sorted(closing, key=_trigger_ticks, reverse=True))
    kind = _KINDS[len(orders)]
    command = PlaceOrderList(account, market.engine_symbol, desk.name_order(), kind, listed)
    return Step(command, partial(_told, desk, market, orders))


def _told(
    desk: Desk, market: Market, orders: Sequence[PlaceOrder], reports: Sequence[Report]
) -> Json:
    """Return what the answer says of each order of a group."""
    for report in reports:
        if isinstance(report, ListRefused):
            reason = report.reason
            if reason is Reason.INSUFFICIENT_BALANCE:
                reason = Reason.INSUFFICIENT_MARGIN
            return [{"error": text_of(reason, market)}] * len(orders)
    first, *closing = (placed(desk, market, order, reports) for order in orders)
    return [first, *(_WAITING if isinstance(one, dict) else one for one in closing)]


def _is_group(market: Market, orders: Sequence[PlaceOrder]) -> bool:
    if not market.is_perpetual or len(orders) not in _KINDS or orders[0].trigger is not None:
        return False
    first = orders[0]
    return all(
        one.trigger is not None
        and one.reduce_only
        and one.side is first.side.opposite
        and one.quantity_lots == first.quantity_lots
        for one in orders[1:]
    )


def _trigger_ticks(order: PlaceOrder) -> int:
    assert order.trigger is not None, "who closes in a group waits for a price"
    assert order.trigger.price_ticks is not None, "it waits for a fixed one"
    return order.trigger.price_ticks
