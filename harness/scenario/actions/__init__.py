"""What a step can do: one small frozen model for each word of the language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.actions.answers import Fail, Lag, Maintenance, Resend
from fillproof.harness.scenario.actions.chain import (
    Claim,
    HaltSequencer,
    Lose,
    Mine,
    OfTheChain,
    Outbid,
    Reorganise,
    Starve,
    Submitted,
    Withhold,
)
from fillproof.harness.scenario.actions.client import Skew, SlowReader, Stall, Start
from fillproof.harness.scenario.actions.desk import (
    DeskAmend,
    DeskBuy,
    DeskCancel,
    DeskPlace,
    DeskSell,
)
from fillproof.harness.scenario.actions.in_flight import Identify
from fillproof.harness.scenario.actions.market import Rest, Sweep, Trade
from fillproof.harness.scenario.actions.network import (
    Close,
    Cut,
    Delay,
    Drop,
    Duplicate,
    HalfOpen,
    Heal,
    Hold,
    Revoke,
    Trickle,
    Unreachable,
)
from fillproof.harness.scenario.actions.restart import Restart, Stop
from fillproof.harness.scenario.actions.strategy import (
    Amend,
    Buy,
    Cancel,
    Place,
    Replace,
    Sell,
)
from fillproof.harness.scenario.actions.venue import (
    Bust,
    Correct,
    Expire,
    Halt,
    Open,
    Reject,
    Restate,
)
from fillproof.harness.scenario.actions.waiting import Await, Wait

ACTIONS: Mapping[str, type[Action]] = MappingProxyType(
    {
        kind.op: kind
        for kind in (
            *(Start, Stop, Restart, Identify, Buy, Sell, Cancel, Amend, Replace, Await, Wait),
            *(Trade, Rest, Sweep, DeskBuy, DeskSell, DeskCancel, DeskAmend),
            *(Expire, Reject, Restate, Bust, Correct, Halt, Open),
            *(Mine, Reorganise, HaltSequencer, Submitted, Lose, Starve, Outbid, Withhold, Claim),
            *(
                Hold,
                Delay,
                Drop,
                Duplicate,
                Cut,
                Close,
                Revoke,
                HalfOpen,
                Trickle,
                Unreachable,
                Resend,
            ),
            *(Fail, Lag, Maintenance, Skew, Stall, SlowReader, Heal),
        )
    }
)
"""Every action by its word."""

__all__ = [
    "ACTIONS",
    "Action",
    "Amend",
    "Await",
    "Bust",
    "Buy",
    "Cancel",
    "Claim",
    "Close",
    "Correct",
    "Cut",
    "Delay",
    "DeskAmend",
    "DeskBuy",
    "DeskCancel",
    "DeskPlace",
    "DeskSell",
    "Drop",
    "Duplicate",
    "Expire",
    "Fail",
    "HalfOpen",
    "Halt",
    "HaltSequencer",
    "Heal",
    "Hold",
    "Identify",
    "Lag",
    "Lose",
    "Maintenance",
    "Mine",
    "OfTheChain",
    "Open",
    "Outbid",
    "Place",
    "Reject",
    "Reorganise",
    "Replace",
    "Resend",
    "Rest",
    "Restart",
    "Restate",
    "Sell",
    "Skew",
    "SlowReader",
    "Stall",
    "Start",
    "Starve",
    "Stop",
    "Submitted",
    "Sweep",
    "Trade",
    "Trickle",
    "Unreachable",
    "Wait",
    "Withhold",
]
