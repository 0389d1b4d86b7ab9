"""The venue that nobody described can be traded at once, in every market that has a book."""

from __future__ import annotations

import asyncio

import pytest

from fillproof.harness.serve.dialects import DIALECTS
from fillproof.harness.serve.options import Options, plan_of
from fillproof.harness.serve.venue import SILENT, ServedVenue


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_book_of_the_usual_venue_is_made(dialect: str) -> None:
    """Both sides of each are there, as deep as they were meant to be."""
    depths = asyncio.run(_depths(dialect))
    assert depths
    assert {market for market, sides in depths.items() if min(sides) < 10} == set()


async def _depths(dialect: str) -> dict[str, tuple[int, int]]:
    """Return how many levels each side has, of each market that is to have a book."""
    plan = plan_of(Options(dialect=dialect))
    venue = ServedVenue(plan, SILENT)
    await venue.server.start()
    venue.open()
    sides = {
        book.market: venue.exchange.depth(plan.markets[book.market].symbol) for book in plan.books
    }
    await venue.stop()
    return {market: (len(bids), len(asks)) for market, (bids, asks) in sides.items()}
