"""Drawn lifecycles on chains that take blocks back, under the whole catalogue of faults."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import monotonic
from typing import Any

from conformance_tests.soak.drawn_faults import Numbered, numbered, started
from conformance_tests.soak.faulted import Tally, cases, count
from conformance_tests.soak.saying import say

from fillproof.harness.fuzz import tables
from fillproof.harness.fuzz.abilities import Abilities
from fillproof.harness.fuzz.building import build
from fillproof.harness.fuzz.moves import Act, Amend, Cancel, End, Move, Place
from fillproof.harness.fuzz.strategies import plans
from fillproof.harness.runner import CaseFinished, Status
from fillproof.harness.scenario.values import NANOSECONDS

PLAIN, DEX = "reference", "reference:hyperliquid"
CONNECTORS = (DEX, PLAIN)
CASES_A_LINE = 100
LABELS = tuple("abcghijklmnopq")
"""So many orders a case has at most: they live beside each other on one chain."""

BALANCES = {"USDT": "2000000", "BTC": "100"}
"""What they need."""

_MS, _S = NANOSECONDS["ms"], NANOSECONDS["s"]

_VIEWS: tuple[dict[str, Any], ...] = (
    {"shows": "tip", "announces_cancel": True},
    {"shows": "tip", "announces_cancel": True},
    {"shows": "tip", "announces_cancel": False},
    {"shows": "final", "announces_cancel": False},
)
"""What a gateway says before a block is final, the likelier ones twice."""

_PARAMETERS: dict[str, tuple[Any, ...]] = {
    "block_time": (200 * _MS, 650 * _MS, 1 * _S),
    "finality": (2, 5, 12),
    "nonces": ("free", "free", "sequence"),
    "order_within": ("shuffled", "arrival", "classes"),
    "order_life": (0, 0, 0, 20),
    "transaction_life": (0, 0, 6 * _S),
}
_REORGANISED = '"reorganisation"'
"""What the recording's line of it has, and no other."""

_REORGANISED_ONE_IN = (2, 3, 6)
_LOST_ONE_IN = (0, 10, 20)


def on_chains(wanted: int, seed: int, jobs: int, connectors: Sequence[str] = CONNECTORS) -> bool:
    """Let each reference live so many lives on chains; True when no rule was broken."""
    right = [_chained(connector, wanted, seed, jobs) for connector in connectors]
    return all(right)


def _chained(connector: str, wanted: int, seed: int, jobs: int) -> bool:
    began, tally, lives, reorganised = monotonic(), Tally(), 0, 0
    for finished in cases(seed, jobs, connector, drawn_on_chains):
        count(tally, finished)
        new = lives_in(finished)
        lives += new
        reorganised += new if was_reorganised(finished) else 0
        if tally.runs % CASES_A_LINE == 0 or lives >= wanted:
            say(
                f"{connector} on chains, seed {seed}: {lives:,} of {wanted:,} lives, "
                f"{reorganised:,} with a block taken back, in {tally}, "
                f"{(monotonic() - began) / 60:.1f} min"
            )
        if lives >= wanted:
            break
    return tally.wrong == 0


def lives_in(finished: CaseFinished) -> int:
    """Return how many orders the connector placed in a case that it could be given."""
    if finished.status is Status.UNSUPPORTED or finished.history is None:
        return 0
    return len(finished.history.orders)


def was_reorganised(finished: CaseFinished) -> bool:
    """Return whether blocks were taken back in a case."""
    return any(_REORGANISED in line for line in finished.lines)


def drawn_on_chains(abilities: Abilities, seed: int, first: int = 0) -> Iterator[Numbered]:
    """Yield lives, each on a chain of its own; the same seed yields the same."""
    strategy = plans(abilities.only("decentralised"))
    for number, plan in numbered(strategy, seed, first):
        dice = random.Random(f"{seed}/{number}/chain")
        crowd = replace(plan, moves=_crowded(plan.moves, abilities, dice))
        document = build(crowd, f"chains seed {seed}", LABELS)
        document["venue"]["balances"] = dict(BALANCES)
        document["venue"]["chain"] = chain(dice)
        yield number, started(document)


def _crowded(moves: Sequence[Move], abilities: Abilities, dice: random.Random) -> tuple[Move, ...]:
    """Return the moves with as many orders as there may be, all of the side of the first.

    Ends at the venue's wish are left out: no block brings these.
    """
    side = next(move.act.side for move in moves if isinstance(move.act, Place))
    crowd = [replace(move, act=_of_a_crowd(move.act, side, dice)) for move in moves]
    for _ in LABELS:
        order = Place(
            side,
            dice.choice(("GTC", *abilities.order_kinds)),
            dice.choice(tables.AMOUNTS),
            dice.choice(tables.PRICES),
        )
        crowd.insert(dice.randint(1, len(crowd)), Move(dice.choice(tables.PAUSES), None, order))
    return tuple(crowd)


def _of_a_crowd(act: Act | None, side: str, dice: random.Random) -> Act | None:
    match act:
        case Place():
            return replace(act, side=side)
        case Cancel(int()) | Amend():
            return replace(act, which=dice.randrange(len(LABELS)))
        case End():
            return None
    return act


def chain(dice: random.Random) -> dict[str, Any]:
    """Draw a chain of which blocks are taken back, some sooner, some later."""
    drop, fail = dice.choice(_LOST_ONE_IN), dice.choice(_LOST_ONE_IN)
    reorganise = dice.choice(_REORGANISED_ONE_IN)
    return {
        **tables.CHAIN,
        **{key: dice.choice(values) for key, values in _PARAMETERS.items()},
        **dice.choice(_VIEWS),
        "chances": {"drop": drop, "fail": fail, "reorganise": reorganise},
    }
