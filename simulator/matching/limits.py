"""The limits every market has: what a well-formed order must keep to."""

from __future__ import annotations

from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.triggers import BIPS
from fillproof.simulator.vocabulary.commands import PlaceOrder, Trigger
from fillproof.simulator.vocabulary.orders import Reason


def broken_limit(  # noqa: PLR0911 - one return for each limit, in their order
    command: PlaceOrder, market: Market, now_ns: int
) -> Reason | None:
    """Return the first trading rule that a well-formed order breaks."""
    if command.price_ticks is not None and command.price_ticks <= 0:
        return Reason.PRICE_NOT_POSITIVE
    if command.quote_quantity_units is not None and market.is_thin(command):
        return Reason.LIQUIDITY_BELOW_MINIMUM_QUANTITY
    shown_lots, least_lots = command.display_quantity_lots, market.min_quantity_lots
    if command.quantity_lots < least_lots or (shown_lots is not None and shown_lots < least_lots):
        return Reason.QUANTITY_BELOW_MINIMUM
    if command.quantity_lots > market.max_quantity_lots:
        return Reason.QUANTITY_ABOVE_MAXIMUM
    if market.min_notional_units:
        notional_units = market.notional_units(command, now_ns)
        if notional_units is not None and notional_units < market.min_notional_units:
            return Reason.NOTIONAL_BELOW_MINIMUM
    if command.expire_at_ns is not None and command.expire_at_ns <= now_ns:
        return Reason.EXPIRY_IN_THE_PAST
    return None if command.trigger is None else _broken_by_trigger(command.trigger)


def _broken_by_trigger(trigger: Trigger) -> Reason | None:
    if trigger.price_ticks is not None and trigger.price_ticks <= 0:
        return Reason.PRICE_NOT_POSITIVE
    bips = trigger.trailing_delta_bips
    # A trail of the whole price would never end.
    if bips is not None and not 0 < bips < BIPS:
        return Reason.TRAILING_DELTA_OUT_OF_RANGE
    return None
