"""Checks what can be known of trades and amounts that the venue is to revise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from fillproof.harness.numbers import plain
from fillproof.harness.scenario.actions import (
    Action,
    Bust,
    Correct,
    DeskPlace,
    Place,
    Reorganise,
    Replace,
    Rest,
    Restate,
    Sweep,
)
from fillproof.harness.scenario.chain import Chain
from fillproof.harness.scenario.venue import Problem


def trades_are_known(actions: Iterable[Action], *, lively: bool) -> bool:
    """Return whether orders trade by steps `trade` alone: nobody is there to match with them."""
    sides = set()
    for action in actions:
        if isinstance(action, Rest | Sweep | DeskPlace | Replace):
            return False
        if isinstance(action, Place):
            sides.add(action.op)
    return not lively and len(sides) <= 1


def reorg_problems(action: Action, chain: Chain | None) -> Iterator[Problem]:
    """Yield that blocks are final which are to be taken back."""
    if not isinstance(action, Reorganise) or chain is None:
        return
    if not chain.finality:
        text = f"{action.depth} blocks cannot be taken back: each is final at once"
        yield ("depth",), f"{text}; say venue: chain: finality"
    elif action.depth > chain.finality:
        text = f"{action.depth} blocks cannot be taken back: only the last {chain.finality} are"
        yield ("depth",), f"{text} not final; 1 to {chain.finality} is allowed"


def revision_problems(
    action: Bust | Correct | Restate, amount: Decimal, trades: Sequence[Decimal] | None
) -> Iterator[Problem]:
    """Yield what cannot be of an order of that amount with these trades; None: nobody knows."""
    if isinstance(action, Restate):
        yield from _restate_problems(action, amount)
    elif trades is not None:
        yield from _trade_problems(action, trades)


def _restate_problems(action: Restate, amount: Decimal) -> Iterator[Problem]:
    """Yield that an order would not get smaller."""
    if action.amount >= amount:
        text = f'"{action.order}" is for {plain(amount)}, and {plain(action.amount)} is not less'
        yield ("amount",), f"{text}; less than {plain(amount)} is allowed"


def _trade_problems(action: Bust | Correct, trades: Sequence[Decimal]) -> Iterator[Problem]:
    """Yield that there is no such trade by then, or that it would not get smaller."""
    if action.trade > len(trades):
        text = f'"{action.order}" has {len(trades)} trades by then, and no trade {action.trade}'
        allowed = f"1 to {len(trades)} is allowed" if trades else "trade before it"
        yield ("trade",), f"{text}; {allowed}"
    elif isinstance(action, Correct) and action.amount is not None:
        was = trades[action.trade - 1]
        if action.amount > was:
            text = f"trade {action.trade} is of {plain(was)}, and {plain(action.amount)} is more"
            yield ("amount",), f"{text}; at most {plain(was)} is allowed"
