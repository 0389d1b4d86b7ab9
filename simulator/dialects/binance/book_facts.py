"""What a message of the venue states about a book: the whole of it, or what changed in it."""

from __future__ import annotations

from collections.abc import Iterable

from fillproof.simulator.dialects.binance.facts import Fact
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.units import exact, plain

DIFF = "depthUpdate"


def of_diff(markets: Markets, event: Json) -> list[Fact]:
    """Return the fact of an event of a diff stream: levels as they are now, zero for gone ones."""
    return [
        {
            "fact": "book_change",
            "market": _market(markets, event["s"]),
            "first_update_id": str(event["U"]),
            "last_update_id": str(event["u"]),
            "bids": _levels(event["b"]),
            "asks": _levels(event["a"]),
        }
    ]


def of_snapshot(markets: Markets, symbol: str, shown: Json) -> list[Fact]:
    """Return the fact of a reply that shows a book."""
    return [
        {
            "fact": "book",
            "market": _market(markets, symbol),
            "last_update_id": str(shown["lastUpdateId"]),
            "bids": _levels(shown["bids"]),
            "asks": _levels(shown["asks"]),
        }
    ]


def _levels(side: Iterable[Iterable[str]]) -> list[list[str]]:
    return [[plain(exact(number)) for number in level] for level in side]


def _market(markets: Markets, symbol: str) -> str:
    market = markets.find(symbol)
    return symbol if market is None else market.name
