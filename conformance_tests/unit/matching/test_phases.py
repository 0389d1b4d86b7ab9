"""The phases of a market: what each takes, what each refuses."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue

from fillproof.simulator.vocabulary.commands import SetPhase
from fillproof.simulator.vocabulary.orders import MarketPhase
from fillproof.simulator.vocabulary.reports import Impossible, PhaseChanged

ASKED = {
    "order": "ann buy b 1 @ 90",
    "taker": "ann buy b 1 @ 110 ioc",
    "post": "ann buy b 1 @ 90 post",
    "amend": "ann amend a 4",
    "cancel": "ann cancel a",
    "replace": "ann replace a with buy b 1 @ 90",
}
NEW = "b New 0/1"
CANCELED = "a Canceled 0/0 by_client"
AMENDED = "a Replaced a New 0/4"

TABLE = [
    ("trading", "order", NEW),
    ("trading", "post", NEW),
    ("trading", "amend", AMENDED),
    ("trading", "cancel", CANCELED),
    ("trading", "replace", f"{CANCELED}; {NEW}"),
    ("cancel_only", "order", "b refused: market_cancel_only"),
    ("cancel_only", "post", "b refused: market_cancel_only"),
    ("cancel_only", "amend", "amend of a refused: market_cancel_only"),
    ("cancel_only", "cancel", CANCELED),
    ("cancel_only", "replace", "b refused: market_cancel_only"),
    ("post_only", "order", "b refused: market_post_only"),
    ("post_only", "taker", "b refused: market_post_only"),
    ("post_only", "post", NEW),
    ("post_only", "amend", AMENDED),
    ("post_only", "cancel", CANCELED),
    ("post_only", "replace", "b refused: market_post_only"),
    ("halted", "order", "b refused: market_halted"),
    ("halted", "post", "b refused: market_halted"),
    ("halted", "amend", "amend of a refused: market_halted"),
    ("halted", "cancel", "cancel of a refused: market_halted"),
    ("halted", "replace", "b refused: market_halted"),
]


@pytest.mark.parametrize(("phase", "what", "reported"), TABLE)
def test_what_a_phase_takes(phase: str, what: str, reported: str) -> None:
    """Cancel-only takes cancels, post-only takes what cannot take, a halt takes nothing."""
    Venue().play(f"""
        bob sell s 1 @ 110    | s New 0/1
        ann buy a 5 @ 100     | a New 0/5
        venue phase {phase}   |
        {ASKED[what]}         | {reported}
    """)


def test_order_outlives_a_halt() -> None:
    """FIX K.1.a: what rests stays through a halt, and fills when trading goes on."""
    venue = Venue()
    venue.play("""
        ann buy a 5 @ 100      | a New 0/5
        venue phase halted     |
        fill a 5               | impossible: BTCUSDT does not trade: HALTED
        bob sell b 5 @ 100     | b refused: market_halted
        venue phase trading    |
        bob sell b 5 @ 100     | b New 0/5; a Trade 5 @ 100 Filled 5/0; b Trade 5 @ 100 Filled 5/0
    """)


def test_orders_still_end_in_a_halt() -> None:
    """Dates pass, cancels on their way arrive, and the venue may end what it likes (FIX K.1.b)."""
    Venue(settlement_delay_ns=5).play("""
        ann buy a 1 @ 100 until 9   | a New 0/1
        ann buy b 1 @ 100           | b New 0/1
        ann buy c 1 @ 100           | c New 0/1
        ann cancel b                | b PendingCancel 0/1 by_client
        venue phase halted          |
        ann cancel b                | cancel of b refused: market_halted
        ann cancel x                | cancel of x refused: unknown_order
        venue cancel c              | c Canceled 0/0 by_venue
        at 5 wait                   | b Canceled 0/0 by_client
        at 9 wait                   | a Expired 0/0 good_till_date
    """)


def test_phase_is_told_and_read() -> None:
    """A change of phase has one report; an unknown market has none."""
    exchange = Venue().exchange
    assert exchange.phase(SYMBOL) is MarketPhase.TRADING
    halt = SetPhase(SYMBOL, MarketPhase.HALTED)
    assert exchange.apply(halt, 0) == (PhaseChanged(SYMBOL, MarketPhase.HALTED),)
    assert exchange.phase(SYMBOL) is MarketPhase.HALTED
    unknown = SetPhase("DOGEUSDT", MarketPhase.HALTED)
    assert exchange.apply(unknown, 0) == (Impossible("market DOGEUSDT is not known"),)
