"""What ccxt has shown of each order so far: it shows everything twice, returned and streamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum

import ccxt

from fillproof.harness.connectors.ccxt import mapping
from fillproof.harness.connectors.ccxt.mapping import Shown
from fillproof.harness.connectors.protocol import Told

_Fact = tuple[str, str, str | None]
"""Client order id, event, trade id."""


class Source(StrEnum):
    """Where ccxt shows an order."""

    RETURNED = "returned"
    """By create_order and cancel_order."""
    STREAMED = "streamed"
    """By watch_orders and watch_my_trades."""


class Showings:
    """Turns objects into events, in the order in which ccxt shows them.

    A fact is told as often as the source that shows it most: what the other source shows as well
    is an echo, what one source shows twice is told twice. A stream that shows an ended order as
    open has reopened it; a reply that does so is only late. `placed_as` says which order, by its
    client order id, a streamed trade is of.
    """

    def __init__(self, placed_as: Callable[[Shown], str]) -> None:
        self._placed_as = placed_as
        self._accepted: set[str] = set()
        self._streamed: dict[str, str] = {}
        self._shown: Counter[tuple[Source, _Fact]] = Counter()
        self._told: Counter[_Fact] = Counter()

    def of_order(self, source: Source, order: Shown, client_order_id: str) -> Iterator[Told]:
        """Yield what an order object says that is new."""
        reopened = source is Source.STREAMED and self._reopens(order["status"], client_order_id)
        if reopened or self._is_first_sight(order["status"], client_order_id):
            yield mapping.created(order, client_order_id)
        if source is Source.RETURNED:
            for trade in order["trades"]:
                yield from self._news(source, mapping.filled(trade, client_order_id))
        end = mapping.ended(order, client_order_id)
        if end is not None:
            yield from self._news(source, end)

    def of_error(self, error: ccxt.BaseError, client_order_id: str) -> Iterator[Told]:
        """Yield what an error of `create_order` says that is new: a refusal, or nothing."""
        if mapping.is_refusal(error):
            yield from self._news(Source.RETURNED, mapping.failure(error, client_order_id))

    def of_trade(self, trade: Shown) -> Iterator[Told]:
        """Yield what a streamed trade says that is new."""
        fill = mapping.filled(trade, self._placed_as(trade))
        yield from self._news(Source.STREAMED, fill)

    def _is_first_sight(self, status: str, client_order_id: str) -> bool:
        if status not in mapping.ACCEPTED or client_order_id in self._accepted:
            return False
        self._accepted.add(client_order_id)
        return True

    def _reopens(self, status: str, client_order_id: str) -> bool:
        before = self._streamed.get(client_order_id)
        self._streamed[client_order_id] = status
        return status == mapping.OPEN and before in mapping.ENDS

    def _news(self, source: Source, told: Told) -> Iterator[Told]:
        fact = told.client_order_id, told.event.value, told.trade_id
        self._shown[source, fact] += 1
        if self._shown[source, fact] > self._told[fact]:
            self._told[fact] += 1
            yield told
