"""Books as they were some time ago, for a venue whose snapshots lag behind its streams."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

Levels = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PastBook:
    """A book as it was from `since_ns` on: its last update, and ticks and lots of each side."""

    since_ns: int
    update_id: int
    bids: Levels
    asks: Levels


class PastBooks:
    """Remembers, for each market, as much as is needed to show books of a certain age."""

    def __init__(self, age_ns: int) -> None:
        self._age_ns = age_ns
        self._books: dict[str, deque[PastBook]] = {}

    def note(self, symbol: str, book: PastBook) -> None:
        """Remember a book that has just changed."""
        books = self._books.setdefault(symbol, deque())
        books.append(book)
        self._forget(books, book.since_ns)

    def shown(self, symbol: str, now_ns: int) -> PastBook | None:
        """Return the book as it was so long ago; None when it was empty then."""
        books = self._books.get(symbol, deque())
        self._forget(books, now_ns)
        return books[0] if books and books[0].since_ns <= now_ns - self._age_ns else None

    def _forget(self, books: deque[PastBook], now_ns: int) -> None:
        """Forget what is too old: of the old ones only the last is still shown."""
        while len(books) > 1 and books[1].since_ns <= now_ns - self._age_ns:
            books.popleft()
