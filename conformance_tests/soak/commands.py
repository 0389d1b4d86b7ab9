"""Random commands of all kinds, answered alike by the engine and its naive twin."""

from __future__ import annotations

import random
from multiprocessing import get_context
from time import monotonic
from traceback import format_exc

from conformance_tests.property.pair import Pair
from conformance_tests.soak.saying import say

COMMANDS_A_WORLD = 200
WORLDS_A_LINE = 50
SETTLEMENT_DELAYS = (0, 6)


def alike(seed: int) -> tuple[int, str]:
    """Play a world; return how many commands agreed, and what happened at the first that did not.

    After each command the reports, books, balances, orders, trades and lists of both are compared,
    and the engine checks its invariants, the conservation of every asset among them.
    """
    number = random.Random(seed).randint
    agreed = 0
    try:
        pair = Pair(SETTLEMENT_DELAYS[seed % len(SETTLEMENT_DELAYS)])
        while agreed < COMMANDS_A_WORLD:
            pair.step(number)
            agreed += 1
    except Exception:  # noqa: BLE001 - whatever breaks is what this looks for
        return agreed, f"seed {seed}, after {agreed} commands: {format_exc(limit=-2)}"
    return agreed, ""


def same_answers(wanted: int, first_seed: int, jobs: int) -> bool:
    """Compare so many commands; return whether all were answered alike."""
    began, agreed, wrong = monotonic(), 0, 0
    worlds = -(-wanted // COMMANDS_A_WORLD)
    with get_context("fork").Pool(jobs) as pool:
        played = pool.imap(alike, range(first_seed, first_seed + worlds))
        for count, (commands, difference) in enumerate(played, 1):
            agreed += commands
            wrong += bool(difference)
            if difference:
                say(difference)
            if count % WORLDS_A_LINE == 0 or count == worlds:
                say(
                    f"commands: {agreed:,} of {wanted:,} answered alike by engine and twin, in "
                    f"{count:,} worlds, {wrong} wrong, {(monotonic() - began) / 60:.1f} min"
                )
    return wrong == 0
