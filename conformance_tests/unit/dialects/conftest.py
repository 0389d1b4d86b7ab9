"""Venues for the tests of this folder."""

from __future__ import annotations

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.dialects.binance import Quirks


@pytest.fixture
def venue() -> Bench:
    """Return a venue where alice and bob each hold 100,000 USDT and 10 BTC."""
    return Bench()


@pytest.fixture
def gateway() -> Bench:
    """Return a gateway to a decentralised market: a cancel takes two seconds to settle."""
    quirks = Quirks(announce_cancel_on_request=True)
    return Bench(quirks=quirks, settlement_delay_ns=2_000_000_000)


@pytest.fixture
def traded(venue: Bench) -> Bench:
    """Return a venue whose last trade was at 30000, with nothing on its book."""
    venue.limit("SELL", "1", "30000", "offer", who="bob")
    venue.place("bob", type="MARKET", side="BUY", quantity="1", price=None, timeInForce=None)
    return venue
