"""The books that ccxt keeps for `watch_order_book`, read without waiting for the next change."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.ccxt.mapping import symbol_of
from fillproof.harness.connectors.protocol import Book

_NOTHING = Book(bids=(), asks=(), in_sync=False)


def read_books(exchange: Any, markets: Sequence[str]) -> dict[str, Book]:
    """Return the books by market.

    A book is in sync when ccxt has one, has put a snapshot into it, and is still subscribed to it
    on a connection: when any of these ends, the call of `watch_order_book` raises.
    """
    return {market: _book(exchange, symbol_of(market)) for market in markets}


def _book(exchange: Any, symbol: str) -> Book:
    book = exchange.orderbooks.get(symbol)
    if book is None or book["nonce"] is None:
        return _NOTHING
    name = f"orderbook::{symbol}"
    return Book(
        bids=_levels(book["bids"]),
        asks=_levels(book["asks"]),
        last_update_id=str(book["nonce"]),
        in_sync=any(name in client.subscriptions for client in exchange.clients.values()),
    )


def _levels(side: Sequence[Sequence[float]]) -> tuple[tuple[Decimal, Decimal], ...]:
    """Return the levels; a float is taken by its shortest text."""
    return tuple((Decimal(repr(price)), Decimal(repr(amount))) for price, amount in side)
