"""Clients of a capacity run: connections that place orders by the clock, and subscribers."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from aiohttp import ClientSession

from fillproof.simulator.dialects.binance.door.signing import sign, socket_payload

SYMBOLS = ("BTCUSDT", "ETHUSDT")
HOST = "api.binance.com"
ORDERS_A_CLEANING = 20
"""After so many orders of a connection, its account's live orders of a market are canceled."""

_MIDDLE = 3_000_000
_AWAY = 50


@dataclass(frozen=True, slots=True)
class ApiKey:
    """Who a client is."""

    key: str
    secret: str


class Pace:
    """Counts the orders of all connections, and tells each."""

    def __init__(self, wanted: int, tell: Callable[[int], None]) -> None:
        self.wanted = wanted
        self.placed = 0
        self.asked = 0
        self.answered = 0
        self._tell = tell

    def next_order(self) -> bool:
        """Count an order; False when there were enough."""
        if self.placed == self.wanted:
            return False
        self.placed += 1
        self._tell(self.placed)
        return True


class Trader(asyncio.Protocol):
    """One keep-alive connection: an order each interval, a tenth of them market orders."""

    def __init__(
        self, key: ApiKey, drawn: random.Random, pace: Pace, wall_ms: Callable[[], int]
    ) -> None:
        self._key = key
        self._drawn = drawn
        self._pace = pace
        self._wall_ms = wall_ms
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Count an answer; a server's error ends the run."""
        assert not data.startswith(b"HTTP/1.1 5"), data
        self._pace.answered += data.startswith(b"HTTP/1.1 ")

    async def trade(self, begin: float, interval: float) -> None:
        """Place orders from a time on, until there are enough of all connections."""
        loop = asyncio.get_running_loop()
        for number in count(1):
            await asyncio.sleep(max(0.0, begin + number * interval - loop.time()))
            if not self._pace.next_order():
                return
            self._send("POST", "/api/v3/order", self._order())
            if number % ORDERS_A_CLEANING == 0:
                await asyncio.sleep(interval / 2)
                symbol = self._drawn.choice(SYMBOLS)
                self._send("DELETE", "/api/v3/openOrders", {"symbol": symbol})

    def _order(self) -> dict[str, str]:
        buys, kind = self._drawn.random() < 0.5, self._drawn.random()
        order = {
            "symbol": self._drawn.choice(SYMBOLS),
            "side": "BUY" if buys else "SELL",
            "quantity": f"0.{self._drawn.randrange(1, 1000):04d}",
        }
        if kind < 0.1:
            return order | {"type": "MARKET"}
        away = self._drawn.randrange(1, _AWAY) * (1 if buys is (kind < 0.4) else -1)
        ticks = _MIDDLE + away
        price = f"{ticks // 100}.{ticks % 100:02d}"
        return order | {"type": "LIMIT", "timeInForce": "GTC", "price": price}

    def _send(self, method: str, path: str, parameters: dict[str, str]) -> None:
        self._pace.asked += 1
        form = urlencode(parameters | {"timestamp": str(self._wall_ms())})
        signed = f"{form}&signature={sign(self._key.secret, form.encode())}"
        head = f"{method} {path}?{signed} HTTP/1.1\r\nHost: {HOST}\r\n"
        self._transport.write(f"{head}X-MBX-APIKEY: {self._key.key}\r\n\r\n".encode())


class Subscriber:
    """One WebSocket that only listens, and counts what it hears."""

    def __init__(self) -> None:
        self.heard = 0

    async def hear_market(self, session: ClientSession, stream: str) -> None:
        """Listen to a market stream until the venue hangs up."""
        async with session.ws_connect(f"https://{HOST}/ws/{stream}") as socket:
            async for _ in socket:
                self.heard += 1

    async def hear_user(self, session: ClientSession, key: ApiKey, wall_ms: int) -> None:
        """Listen to an account's events until the venue hangs up."""
        asked = {"apiKey": key.key, "timestamp": str(wall_ms)}
        asked["signature"] = sign(key.secret, socket_payload(asked))
        method = "userDataStream.subscribe.signature"
        async with session.ws_connect(f"https://{HOST}/ws-api/v3") as socket:
            await socket.send_json({"id": 1, "method": method, "params": asked})
            async for _ in socket:
                self.heard += 1
