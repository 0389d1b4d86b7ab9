"""The quiet moments at which the venue's books and the connector's were looked at together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fillproof.harness.history import History
from fillproof.harness.history.books import BelievedBook, BookTruth


@dataclass(frozen=True, slots=True)
class Look:
    """One market at one quiet moment; `believed` is None when the connector had no book to show.

    `n` and `t` are those of the connector's reading.
    """

    n: int
    t: int
    true: BookTruth
    believed: BelievedBook | None

    @property
    def market(self) -> str:
        """The market that was looked at."""
        return self.true.market

    @property
    def is_claimed(self) -> bool:
        """True when the connector said that the book is in sync."""
        return self.believed is not None and self.believed.in_sync


def looks(history: History) -> Iterator[Look]:
    """Yield every market of every quiet moment, in order."""
    books = iter(history.books)
    waiting: list[BookTruth] = []
    following = next(books, None)
    for reading in history.readings:
        if reading.at != "books":
            continue
        while following is not None and following.n < reading.n:
            waiting.append(following)
            following = next(books, None)
        believed = reading.books or {}
        for true in waiting:
            yield Look(reading.n, reading.t, true, believed.get(true.market))
        waiting.clear()
