"""The market streams: the books of all markets, taken by REST and kept by their changes."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar

import aiohttp

from fillproof.harness.connectors.protocol import Book
from fillproof.harness.connectors.reference.decode_book import book_change
from fillproof.harness.connectors.reference.kept_socket import KeptSocket, parse, receive
from fillproof.harness.connectors.reference.local_book import LocalBook, Snapshot
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.rest import TIMEOUT_SECONDS
from fillproof.harness.connectors.reference.tasks import Bell
from fillproof.harness.connectors.reference.trouble import (
    Unanswered,
    Unreadable,
    VenueTrouble,
)

_log = logging.getLogger(__name__)

_REQUEST_ID = 1
_AT_REST_SECONDS = 60
_SHUTDOWN = "serverShutdown"


class MarketStream(KeptSocket):
    """Keeps a book for each symbol. `take` asks the venue for the book of one."""

    name: ClassVar[str] = "market stream"
    book: ClassVar[type[LocalBook]] = LocalBook

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        markets: tuple[str, ...],
        take: Callable[[str], Awaitable[Snapshot]],
    ) -> None:
        super().__init__(session, url)
        self._markets = {market.replace("-", ""): market for market in markets}
        self._take = take
        self._books = {symbol: self.book() for symbol in self._markets}
        self._look = Bell()

    @property
    def in_sync(self) -> bool:
        """True while every book is."""
        return all(book.in_sync for book in self._books.values())

    def read(self) -> Mapping[str, Book]:
        """Return the books by market."""
        return {self._markets[symbol]: book.read() for symbol, book in self._books.items()}

    async def talk(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Subscribe, have the books taken, then listen until the stream is over."""
        await self._subscribe(socket)
        self.is_live = True
        self._look.ring()
        while True:
            self._hear(parse(await receive(socket)))

    def lost(self) -> None:
        """What changes from now on is not heard."""
        for book in self._books.values():
            book.lose()

    async def keep(self) -> None:
        """Take the books that are out of sync while the stream is there, until cancelled."""
        pauses = Pauses()
        while True:
            waiting = [symbol for symbol, book in self._books.items() if not book.in_sync]
            if not waiting or not self.is_live:
                pauses.reset()
                await self._look.rest(_AT_REST_SECONDS)
                continue
            for symbol in waiting:
                await self._begin(symbol, self._books[symbol])
            if not self.in_sync:
                await asyncio.sleep(pauses.next())

    async def _begin(self, symbol: str, book: LocalBook) -> None:
        life = book.lives
        try:
            snapshot = await self._take(symbol)
        except VenueTrouble as trouble:
            _log.warning("book of %s: %s", symbol, trouble)
        else:
            if book.lives == life:
                book.begin(snapshot)

    async def _subscribe(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        streams = [f"{symbol.lower()}@depth@100ms" for symbol in self._markets]
        request = {"method": "SUBSCRIBE", "params": streams, "id": _REQUEST_ID}
        await socket.send_str(json.dumps(request))
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while (reply := parse(await receive(socket))).get("id") != _REQUEST_ID:
                self._hear(reply)
        if "error" in reply:
            raise Unanswered(f"the venue refuses the subscription: {reply['error']}")

    def _hear(self, event: dict[str, Any]) -> None:
        """Take in one event; what cannot be read may have been a change."""
        if event.get("e") == _SHUTDOWN:
            raise Unanswered(f"the venue says {_SHUTDOWN}")
        try:
            symbol, change = book_change(event)
        except Unreadable as trouble:
            _log.warning("market stream: %s", trouble)
            self.lost()
        else:
            self._books[symbol].hear(change)
        if not self.in_sync:
            self._look.ring()
