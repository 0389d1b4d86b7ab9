"""What each phase of a market refuses, and why."""

from __future__ import annotations

from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import MarketPhase, Reason, TimeInForce

_NO_CHANGES = {
    MarketPhase.CANCEL_ONLY: Reason.MARKET_CANCEL_ONLY,
    MarketPhase.HALTED: Reason.MARKET_HALTED,
}

_TRADING, _HALTED = MarketPhase.TRADING, MarketPhase.HALTED


def why_not_placed(phase: MarketPhase, command: PlaceOrder) -> Reason | None:
    """Return why a market in this phase does not take an order."""
    if phase is _TRADING:
        return None
    if phase is MarketPhase.AUCTION:
        return None if _waits_for_auction(command) else Reason.MARKET_IN_AUCTION
    if phase is MarketPhase.POST_ONLY and not command.post_only:
        return Reason.MARKET_POST_ONLY
    return _NO_CHANGES.get(phase)


def _waits_for_auction(command: PlaceOrder) -> bool:
    """Return whether an order has a price and can wait for others, as all in an auction do."""
    stays = command.time_in_force in (TimeInForce.GTC, TimeInForce.GTD)
    asks_for_more = command.post_only or command.trigger is not None
    return command.price_ticks is not None and stays and not asks_for_more


def why_not_amended(phase: MarketPhase) -> Reason | None:
    """Return why a market in this phase takes no amend."""
    return _NO_CHANGES.get(phase)


def why_not_canceled(phase: MarketPhase) -> Reason | None:
    """Return why a market in this phase takes no cancel."""
    return Reason.MARKET_HALTED if phase is _HALTED else None
