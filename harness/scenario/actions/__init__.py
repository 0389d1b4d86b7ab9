"""What a step can do: one small frozen model for each word of the language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.actions.market import Rest, Sweep, Trade
from fillproof.harness.scenario.actions.network import (
    Close,
    Cut,
    Delay,
    Drop,
    Duplicate,
    Fail,
    HalfOpen,
    Heal,
    Hold,
    Resend,
)
from fillproof.harness.scenario.actions.strategy import Buy, Cancel, Place, Sell
from fillproof.harness.scenario.actions.venue import Expire, Reject
from fillproof.harness.scenario.actions.waiting import Await, Wait

ACTIONS: Mapping[str, type[Action]] = MappingProxyType(
    {
        kind.op: kind
        for kind in (
            *(Buy, Sell, Cancel, Await, Wait),
            *(Trade, Rest, Sweep, Expire, Reject),
            *(Hold, Delay, Drop, Duplicate, Cut, Close, HalfOpen, Fail, Resend, Heal),
        )
    }
)
"""Every action by its word."""

__all__ = [
    "ACTIONS",
    "Action",
    "Await",
    "Buy",
    "Cancel",
    "Close",
    "Cut",
    "Delay",
    "Drop",
    "Duplicate",
    "Expire",
    "Fail",
    "HalfOpen",
    "Heal",
    "Hold",
    "Place",
    "Reject",
    "Resend",
    "Rest",
    "Sell",
    "Sweep",
    "Trade",
    "Wait",
]
