"""Which orders a list may be made of, as tables: types by place, and where each may stand."""

from __future__ import annotations

from collections.abc import Sequence

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.errors import VenueError
from fillproof.simulator.dialects.binance.trading import trading_errors
from fillproof.simulator.dialects.binance.trading.new_orders import NewOrder
from fillproof.simulator.vocabulary.orders import ContingencyType, Side, TriggerKind

_WORKING_TYPES = ("LIMIT", "LIMIT_MAKER")
_OCO_TYPES = (
    "LIMIT_MAKER",
    "STOP_LOSS",
    "STOP_LOSS_LIMIT",
    "TAKE_PROFIT",
    "TAKE_PROFIT_LIMIT",
)
_OPO = (ContingencyType.OPO, ContingencyType.OPOCO)
_ABOVE, _BELOW = 0, 1

_WRONG_PLACE: dict[tuple[Side, TriggerKind | None, int], VenueError] = {
    (Side.BUY, None, _ABOVE): trading_errors.BUY_LIMIT_MUST_BE_BELOW,
    (Side.SELL, None, _BELOW): trading_errors.SELL_LIMIT_MUST_BE_ABOVE,
    (Side.BUY, TriggerKind.STOP_LOSS, _BELOW): trading_errors.BUY_STOP_LOSS_MUST_BE_ABOVE,
    (Side.SELL, TriggerKind.STOP_LOSS, _ABOVE): trading_errors.SELL_STOP_LOSS_MUST_BE_BELOW,
    (Side.BUY, TriggerKind.TAKE_PROFIT, _ABOVE): trading_errors.BUY_TAKE_PROFIT_MUST_BE_BELOW,
    (Side.SELL, TriggerKind.TAKE_PROFIT, _BELOW): trading_errors.SELL_TAKE_PROFIT_MUST_BE_ABOVE,
}
"""By side, what an order of an OCO waits for, and its place: what is wrong with it there."""


def require_list(contingency: ContingencyType, members: Sequence[NewOrder]) -> None:
    """Hold a list to the types that its places take; raises Refusal."""
    if contingency is ContingencyType.OCO:
        _require_pair(members)
        return
    working, pending = members[0], members[1:]
    if working.kind.name not in _WORKING_TYPES:
        raise errors.INVALID_ORDER_TYPE.refusal()
    if contingency in _OPO:
        _require_sides(working, pending)
    if len(pending) > 1:
        _require_pair(pending)


def _require_sides(working: NewOrder, pending: Sequence[NewOrder]) -> None:
    if working.command.side is not Side.BUY:
        raise trading_errors.OPO_WORKING_MUST_BE_BUY.refusal()
    if any(order.command.side is not Side.SELL for order in pending):
        raise trading_errors.OPO_PENDING_MUST_BE_SELL.refusal()


def _require_pair(pair: Sequence[NewOrder]) -> None:
    """Hold two orders to what one of them canceling the other takes."""
    if any(order.kind.name not in _OCO_TYPES for order in pair):
        raise trading_errors.NO_OCO_TYPE.refusal()
    if all(order.kind.trigger is None for order in pair):
        raise trading_errors.BOTH_LIMIT.refusal()
    for place, order in enumerate(pair):
        wrong = _WRONG_PLACE.get((order.command.side, order.kind.trigger, place))
        if wrong is not None:
            raise wrong.refusal()
