"""Books: the venue's, those the connector believed in, and what it heard of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fillproof.harness.history.lines import Line, decimal_of

Levels = tuple[tuple[Decimal, Decimal], ...]
"""Price and amount, as they stand in the recording: best first."""

BOOK_FACTS = frozenset({"book", "book_change"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a book."""

    bids: Levels
    asks: Levels

    @property
    def prices(self) -> tuple[Decimal, ...]:
        """The prices of both sides."""
        return tuple(price for price, _ in (*self.bids, *self.asks))

    @property
    def is_crossed(self) -> bool:
        """True when somebody bids what somebody else asks, or more."""
        return bool(self.bids and self.asks) and self.bids[0][0] >= self.asks[0][0]


@dataclass(frozen=True, slots=True)
class BookTruth:
    """The venue's book of a market at a quiet moment."""

    n: int
    t: int
    market: str
    last_update_id: str | None
    sides: Sides


@dataclass(frozen=True, slots=True)
class BelievedBook:
    """A book as the connector had it; `in_sync` is what it said of it."""

    last_update_id: str | None
    in_sync: bool
    sides: Sides


@dataclass(frozen=True, slots=True)
class BookFact:
    """What a delivered unit stated of a book: the whole (`first` is None), or what changed in it.

    `first` and `last` are the numbers of the updates it stands for, None where the venue has none.
    """

    n: int
    t: int
    connection: str
    market: str
    first: int | None
    last: int | None
    sides: Sides
    heard: bool

    @property
    def is_whole(self) -> bool:
        """True for a snapshot."""
        return self.first is None


def read_book(line: Line) -> BookTruth:
    """Read a `book` line of truth."""
    return BookTruth(
        n=line.n,
        t=line.t,
        market=line.text("market"),
        last_update_id=line.text_or_none("last_update_id"),
        sides=_sides(line),
    )


def read_believed(line: Line, books: Mapping[str, Any]) -> dict[str, BelievedBook]:
    """Read the books of a `reading` line."""
    believed = {}
    for market, book in books.items():
        part = line.within(book)
        last = part.text_or_none("last_update_id")
        believed[market] = BelievedBook(last, bool(part.get("in_sync")), _sides(part))
    return believed


def read_book_fact(line: Line, stated: Line, connection: str, *, heard: bool) -> BookFact:
    """Read a fact about a book."""
    return BookFact(
        n=line.n,
        t=line.t,
        connection=connection,
        market=stated.text("market"),
        first=_number(stated, "first_update_id"),
        last=_number(stated, "last_update_id"),
        sides=_sides(stated),
        heard=heard,
    )


def _number(stated: Line, key: str) -> int | None:
    text = stated.text_or_none(key)
    return None if text is None else int(text)


def _sides(line: Line) -> Sides:
    return Sides(_levels(line, "bids"), _levels(line, "asks"))


def _levels(line: Line, side: str) -> Levels:
    levels: Sequence[Sequence[Any]] = line.get(side)
    return tuple(
        (decimal_of(line, f"price in {side}", price), decimal_of(line, f"amount in {side}", amount))
        for price, amount in levels
    )
