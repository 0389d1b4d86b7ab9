"""What an adapter hands over, refused in words when it has a form that no recording can hold."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from fillproof.harness.connectors.in_flight import FailureMeaning
from fillproof.harness.connectors.protocol import (
    About,
    Balance,
    Book,
    Capability,
    EventName,
    Fee,
    Reading,
    Told,
    Touch,
)

_TEXTS = ("side", "trade_id", "venue_order_id", "reason")
_NUMBERS = ("amount", "price", "base_amount", "quote_amount")

_LEVEL = len(("price", "amount"))

Returned = TypeVar("Returned")


def not_async(method: str, returned: Returned) -> Returned:
    """Return what a method returned; raises TypeError for a coroutine, which nobody would run."""
    if asyncio.iscoroutine(returned):
        returned.close()
        raise TypeError(f"{method}() is async; it must be a plain function")
    return returned


def mistake_in_told(told: object) -> str | None:
    """Return what is wrong with the form of an event, None if nothing."""
    if not isinstance(told, Told):
        return f"{_kind(told)} was told, which is no Told"
    if not isinstance(told.event, EventName):
        return f"{told.event!r} was told, which is no EventName"
    wrong = next(_wrong_parts(told), None)
    return None if wrong is None else f"{told.event} was told with {wrong}"


def _wrong_parts(told: Told) -> Iterator[str]:
    if not isinstance(told.client_order_id, str):
        yield f"{_kind(told.client_order_id)} for a client order id (str)"
    for name in _TEXTS:
        value = getattr(told, name)
        if not isinstance(value, str | None):
            yield f"{_kind(value)} for its {name} (str)"
    for name in _NUMBERS:
        value = getattr(told, name)
        if value is not None and not _is_number(value):
            yield f"{_kind(value)} for its {name} (Decimal)"
    if not isinstance(told.fees, tuple | list | None):
        yield f"{_kind(told.fees)} for its fees (tuple of Fee)"
    elif not all(_is_fee(fee) for fee in told.fees or ()):
        yield "fees that are not each a Fee(asset: str, amount: Decimal)"


def mistake_in_reading(reading: object) -> str | None:
    """Return what is wrong with the form of a reading, None if nothing."""
    if not isinstance(reading, Reading):
        return f"reading() returned {_kind(reading)}, not a Reading"
    if isinstance(reading.tracked, str) or not all(
        isinstance(tracked, str) for tracked in reading.tracked or ()
    ):
        return "reading() has tracked orders that are not a tuple of client order ids (str)"
    if reading.balances is not None and not _are_balances(reading.balances):
        return "reading() has balances that do not map each asset to a Balance of two Decimals"
    if reading.books is not None and not _are_books(reading.books):
        return "reading() has books that do not map each market to a Book of levels in Decimals"
    return None


def mistake_in_about(about: object) -> str | None:
    """Return what is wrong with the form of an `about`, None if nothing."""
    if about is None:
        return "the adapter has no `about`, which says what it is and what it promises (About)"
    if not isinstance(about, About):
        return f"about is {_kind(about)}, not an About"
    wrong = next(_wrong_claims(about), None)
    return None if wrong is None else f"about has {wrong}"


def _wrong_claims(about: About) -> Iterator[str]:
    for name in ("library", "version", "dialect"):
        if not isinstance(getattr(about, name), str):
            yield f"{_kind(getattr(about, name))} for its {name} (str)"
    for name in ("capabilities", "profiles"):
        if not _are_texts(getattr(about, name)):
            yield f"{_kind(getattr(about, name))} for its {name} (frozenset)"
            return
    for unknown in sorted(about.capabilities - set(Capability)):
        yield f"{unknown!r} among its capabilities; allowed: {', '.join(Capability)}"
    if type(about.longest_poll_seconds) is not int or about.longest_poll_seconds < 0:
        yield f"{about.longest_poll_seconds!r} for its longest_poll_seconds (int, at least 0)"
    if not isinstance(about.is_failure_means, FailureMeaning):
        yield f"{about.is_failure_means!r} for its is_failure_means (FailureMeaning)"
    if not all(isinstance(touch, Touch) for touch in about.touches):
        yield "touches that are not each a Touch"


def _are_texts(values: object) -> bool:
    return isinstance(values, set | frozenset) and all(isinstance(value, str) for value in values)


def _are_balances(balances: object) -> bool:
    return isinstance(balances, Mapping) and all(
        isinstance(asset, str)
        and isinstance(balance, Balance)
        and _is_number(balance.total)
        and _is_number(balance.available)
        for asset, balance in balances.items()
    )


def _are_books(books: object) -> bool:
    return isinstance(books, Mapping) and all(
        isinstance(market, str) and isinstance(book, Book) and _is_book(book)
        for market, book in books.items()
    )


def _is_book(book: Book) -> bool:
    return (
        isinstance(book.last_update_id, str | None)
        and isinstance(book.in_sync, bool)
        and all(_is_number(number) for level in (*book.bids, *book.asks) for number in level)
        and all(len(level) == _LEVEL for level in (*book.bids, *book.asks))
    )


def _is_fee(fee: object) -> bool:
    return isinstance(fee, Fee) and isinstance(fee.asset, str) and _is_number(fee.amount)


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite()


def _kind(value: object) -> str:
    return str(value) if isinstance(value, Decimal) else type(value).__name__
