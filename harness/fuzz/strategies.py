"""Hypothesis strategies for plans: what is plainer comes first, so it shrinks towards it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.fuzz import tables
from fillproof.harness.fuzz.abilities import Abilities
from fillproof.harness.fuzz.moves import (
    Act,
    Amend,
    Cancel,
    Desk,
    DeskAmend,
    DeskCancel,
    End,
    Heal,
    Move,
    Place,
    Plan,
    Replace,
    Stranger,
    Trade,
)

_SIDES = st.sampled_from(("BUY", "SELL"))
_WHICH = st.integers(0, len(tables.LABELS) - 1)
_STRANGERS_AMOUNTS = st.sampled_from(tables.STRANGERS_AMOUNTS)
_DESK_AMOUNTS = st.sampled_from(tables.DESK_AMOUNTS)
_PRICES = st.sampled_from(tables.PRICES)
_MOST_MOVES = 12

_ODDS = {
    "trade": 9,
    "place": 4,
    "cancel": 4,
    "end": 2,
    "stranger": 2,
    "nothing": 2,
    "heal": 1,
    "amend": 3,
    "replace": 3,
    "desk": 1,
    "desk_cancel": 1,
    "desk_amend": 1,
}
"""How often a move is of which kind."""

_NEAR = {
    "place": "place",
    "cancel": "cancel",
    "amend": "amend",
    "replace": "amend",
    "nothing": "anything",
    "heal": "anything",
}
"""Which channels a fault before the move is drawn from; else those of the market."""

_PROMISED = {"amend": Capability.AMEND, "replace": Capability.REPLACE}
"""What only those are asked who promise it."""


def plans(abilities: Abilities, fewest_moves: int = 1) -> SearchStrategy[Plan]:
    """Return the strategy of cases that a connector with these abilities can be given."""
    acts: dict[str, SearchStrategy[Act | None]] = {
        "trade": st.builds(Trade, _WHICH, st.sampled_from((1, 2, 2, 3, 0))),
        "place": _placing(abilities),
        "amend": st.builds(Amend, _WHICH, st.sampled_from((2, 3, 1, 0))),
        "replace": st.builds(Replace, _WHICH, st.sampled_from((1, 2, 0)), _PRICES),
        "desk": st.builds(Desk, _SIDES, _DESK_AMOUNTS, st.none() | _PRICES),
        "desk_cancel": st.builds(DeskCancel, _WHICH),
        "desk_amend": st.builds(DeskAmend, _WHICH, st.sampled_from((2, 3))),
        "cancel": st.builds(Cancel, st.sampled_from((0, 0, 0, 1, 1, 2, None))),
        "end": st.builds(End, _WHICH, st.sampled_from(("expire", "reject"))),
        "stranger": st.builds(Stranger, _SIDES, _STRANGERS_AMOUNTS, st.none() | _PRICES),
        "nothing": st.none(),
        "heal": st.builds(Heal),
    }
    by_kind = {kind: _move(kind, act) for kind, act in acts.items()}
    later = st.sampled_from(_dice(abilities)).flatmap(by_kind.__getitem__)
    return st.builds(
        lambda latency, jitter, decentralised, opening, rest: Plan(
            latency, jitter, decentralised, (opening, *rest)
        ),
        st.sampled_from(tables.LATENCIES),
        st.sampled_from(tables.JITTERS),
        st.sampled_from(_decentralised(abilities)),
        by_kind["place"],
        st.lists(later, min_size=fewest_moves - 1, max_size=_MOST_MOVES - 1),
    )


def _dice(abilities: Abilities) -> tuple[str, ...]:
    """Return the kinds of moves, each as often as its odds are."""
    kinds = [
        kind for kind in _ODDS if kind not in _PROMISED or _PROMISED[kind] in abilities.capabilities
    ]
    return tuple(kind for kind in kinds for _ in range(_ODDS[kind]))


def _decentralised(abilities: Abilities) -> tuple[bool, ...]:
    """Return one venue in four that is decentralised, where there are both."""
    if "centralised" not in abilities.profiles:
        return (True,)
    return (False, False, False, "decentralised" in abilities.profiles)


def _placing(abilities: Abilities) -> SearchStrategy[Act | None]:
    kinds = ("GTC",) * (2 * len(abilities.order_kinds)) + abilities.order_kinds
    return st.builds(
        Place, _SIDES, st.sampled_from(kinds), st.sampled_from(tables.AMOUNTS), _PRICES, _PRICES
    )


def _move(kind: str, act: SearchStrategy[Act | None]) -> SearchStrategy[Move]:
    fault = _faults(_NEAR.get(kind, "market"))
    wanted = fault if kind == "nothing" else st.one_of(st.none(), st.none(), fault)
    return st.builds(
        lambda done, pause, disturbed: Move(pause, disturbed, done),
        act,
        st.sampled_from(tables.PAUSES),
        wanted,
    )


@st.composite
def _faults(draw: DrawFn, near: str) -> dict[str, Any]:
    channel = draw(st.sampled_from(tables.NEAR[near]))
    op = draw(st.sampled_from(tables.FAULTS[tables.kind_of(channel)]))
    fault: dict[str, Any] = {"op": op, "channel": channel}
    match op:
        case "hold" | "half_open":
            return {**fault, "for": draw(st.sampled_from(tables.WINDOWS))}
        case "close":
            return {**fault, "code": draw(st.sampled_from(tables.CLOSE_CODES))}
        case "delay":
            fault["by"] = draw(st.sampled_from(tables.WINDOWS))
        case "cut":
            fault["at_byte"] = draw(st.sampled_from(tables.CUTS))
        case "fail":
            failures = tables.FAILURES.get(channel, tables.FAILURES_ANYWHERE)
            fault |= draw(st.sampled_from(failures))
    return {**fault, "count": draw(st.sampled_from(tables.COUNTS))}
