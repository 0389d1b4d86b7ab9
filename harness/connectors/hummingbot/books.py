"""The books of Hummingbot's order book tracker, read as a strategy reads them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import Book, Setup


def read_books(exchange: Any, setup: Setup) -> dict[str, Book]:
    """Return the books of the markets that it tracks; it is in sync when its tracker is ready.

    `last_diff_uid` and `snapshot_uid` are what it has applied; the later of the two counts.
    """
    tracker = exchange.order_book_tracker
    books = tracker.order_books
    return {
        market: _book(books[market], in_sync=tracker.ready)
        for market in setup.markets
        if market in books
    }


def _book(book: Any, *, in_sync: bool) -> Book:
    last = max(book.snapshot_uid, book.last_diff_uid)
    return Book(
        bids=_levels(book.bid_entries()),
        asks=_levels(book.ask_entries()),
        last_update_id=str(last) if last else None,
        in_sync=in_sync,
    )


def _levels(rows: Iterable[Any]) -> tuple[tuple[Decimal, Decimal], ...]:
    """Return the levels; a float is taken by its shortest text."""
    return tuple((Decimal(repr(row.price)), Decimal(repr(row.amount))) for row in rows)
