"""What an order list must say to be one: how many orders, which work, and which way they look."""

from __future__ import annotations

from fillproof.simulator.matching.order_lists import ON_PROCEEDS, PAIRED
from fillproof.simulator.vocabulary.commands import PlaceOrder, PlaceOrderList
from fillproof.simulator.vocabulary.orders import ContingencyType, OrderType, Side, TriggerKind

_SIZES = {
    ContingencyType.OCO: 2,
    ContingencyType.OTO: 2,
    ContingencyType.OTOCO: 3,
    ContingencyType.OPO: 2,
    ContingencyType.OPOCO: 3,
}


def list_mistake(command: PlaceOrderList) -> str | None:
    """Return what is wrong with the form of a list of well-formed orders, None if nothing is."""
    orders, kind = command.orders, command.contingency
    if len(orders) != _SIZES[kind]:
        return f"{len(orders)} orders; {kind} has {_SIZES[kind]}"
    for terms in orders:
        is_ours = (terms.account, terms.symbol) == (command.account, command.symbol)
        if not is_ours or terms.quote_quantity_units is not None:
            name = terms.client_order_id
            return f"{name!r} is of another account or market, or has a quote quantity"
    if kind is not ContingencyType.OCO and not _works(orders[0]):
        return f"{orders[0].client_order_id!r}, the working order, is a LIMIT without a trigger"
    if kind in ON_PROCEEDS:
        return _proceeds_mistake(orders)
    return _pair_mistake(*orders[-2:]) if kind in PAIRED else None


def _works(terms: PlaceOrder) -> bool:
    return terms.order_type is OrderType.LIMIT and terms.trigger is None


def _proceeds_mistake(orders: tuple[PlaceOrder, ...]) -> str | None:
    first, *pending = orders
    sells = all(terms.side is Side.SELL and terms.quantity_lots == 0 for terms in pending)
    if first.side is not Side.BUY or not sells:
        return "the first buys, and the others sell a quantity_lots of 0 that it yields"
    return _pair_mistake(*pending) if len(pending) > 1 else None


def _pair_mistake(above: PlaceOrder, below: PlaceOrder) -> str | None:
    """A stop-loss looks away from the side's better prices: below for a sell, above for a buy."""
    if (above.side, above.quantity_lots) != (below.side, below.quantity_lots):
        return "both legs of an OCO have one side and one quantity"
    stop, better = (below, above) if above.side is Side.SELL else (above, below)
    if stop.trigger is None or stop.trigger.kind is not TriggerKind.STOP_LOSS:
        return f"{stop.client_order_id!r} is the stop-loss of the OCO"
    if better.trigger is None and better.post_only:
        return None
    if better.trigger is not None and better.trigger.kind is TriggerKind.TAKE_PROFIT:
        return None
    return f"{better.client_order_id!r} is the post-only limit or the take-profit of the OCO"
