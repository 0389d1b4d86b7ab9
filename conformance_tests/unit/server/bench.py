"""A venue server on a loopback socket, in a time of its own, with an aiohttp client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import aiohttp
from conformance_tests.unit.dialects.bench import BTC_USDT, KEY, NOW_NS, SECRET

from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.dialects.binance.door.signing import sign, socket_payload
from fillproof.simulator.faults.answers import AnswerFault, AnswerFaults
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.server import VenueServer
from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.reports import Report
from fillproof.simulator.vocabulary.units import asset_units


class Timer:
    """A call that is to come, in the tests' own time."""

    def __init__(self, when_ns: int, callback: Callable[[], None]) -> None:
        self.when_ns = when_ns
        self.callback = callback
        self.is_cancelled = False

    def cancel(self) -> None:
        """Call it off."""
        self.is_cancelled = True


class OwnTime:
    """Stands still until it is told to pass."""

    def __init__(self) -> None:
        self.now_ns = NOW_NS
        self._timers: list[Timer] = []

    def clock(self) -> int:
        """Return the time."""
        return self.now_ns

    def call_at(self, when_ns: int, callback: Callable[[], None]) -> Timer:
        """Call when that time has come."""
        timer = Timer(when_ns, callback)
        self._timers.append(timer)
        return timer

    @property
    def waiting(self) -> int:
        """How many calls are to come."""
        return sum(not timer.is_cancelled for timer in self._timers)

    def pass_by(self, nanoseconds: int) -> None:
        """Let time pass; what is due is called at its own time."""
        end_ns = self.now_ns + nanoseconds
        while due := [timer for timer in self._timers if timer.when_ns <= end_ns]:
            first = min(due, key=lambda timer: timer.when_ns)
            self._timers.remove(first)
            self.now_ns = max(self.now_ns, first.when_ns)
            if not first.is_cancelled:
                first.callback()
        self.now_ns = end_ns


class ServerBench:
    """One venue served, and one client of it."""

    def __init__(self, quirks: Quirks, settlement_delay_ns: int) -> None:
        self.time = OwnTime()
        self.truth: list[Report] = []
        self.fired: list[str] = []
        self.stale: list[str] = []
        self.answers = AnswerFaults(lambda fault: self.fired.append(fault.fault))
        fees = Fees(Decimal("0.001"), Decimal("0.001"))
        exchange = Exchange([BTC_USDT], fees, settlement_delay_ns)
        dialect = BinanceDialect(exchange, [BTC_USDT], {KEY: ("alice", SECRET)}, quirks)
        self.exchange = exchange
        self.server = VenueServer(
            exchange,
            dialect,
            self.time.clock,
            self.time.call_at,
            self.truth.extend,
            self.answers,
            on_stale=self.stale.append,
        )
        self.session: aiohttp.ClientSession
        self.origin = ""

    def arm(self, fault: str, what: Any, channel: str, **more: Any) -> None:
        """Arm an answer fault."""
        self.answers.arm(AnswerFault(fault, what, channel, **more))

    async def signed(
        self, method: str, path: str, **parameters: Any
    ) -> tuple[aiohttp.ClientResponse, Any]:
        """Ask with a signature; return the response and its body, JSON decoded or text."""
        form = urlencode({"timestamp": self.time.now_ns // 1_000_000} | parameters)
        form += f"&signature={sign(SECRET, form.encode())}"
        in_body = method == "POST"
        async with self.session.request(
            method,
            f"{self.origin}{path}" if in_body else f"{self.origin}{path}?{form}",
            data=form.encode() if in_body else None,
            headers={"X-MBX-APIKEY": KEY, "Content-Type": "application/json"},
        ) as response:
            text = await response.text()
            is_json = response.content_type == "application/json"
            return response, json.loads(text) if is_json else text

    async def place(self, name: str = "a") -> tuple[aiohttp.ClientResponse, Any]:
        """Place a buy order of 1 BTC at 29,000."""
        return await self.signed("POST", "/api/v3/order", **order(name))

    async def socket(self, path: str) -> aiohttp.ClientWebSocketResponse:
        """Open a WebSocket; pings come up as messages."""
        return await self.session.ws_connect(self.origin + path, autoping=False)

    async def user_stream(self) -> aiohttp.ClientWebSocketResponse:
        """Open a WebSocket that hears the account's events."""
        socket = await self.socket("/ws-api/v3")
        reply = await self.call(socket, "userDataStream.subscribe.signature")
        assert reply["status"] == 200
        return socket

    async def call(
        self, socket: aiohttp.ClientWebSocketResponse, method: str, **parameters: Any
    ) -> Any:
        """Ask the WebSocket API; return the next message."""
        own = {"apiKey": KEY, "timestamp": str(self.time.now_ns // 1_000_000)}
        asked = parameters | own
        asked["signature"] = sign(SECRET, socket_payload(asked))
        await socket.send_json({"id": 1, "method": method, "params": asked})
        return await socket.receive_json()


def order(name: str) -> dict[str, str]:
    """Return the parameters of a buy order of 1 BTC at 29,000."""
    return {
        "symbol": "BTCUSDT",
        "side": "BUY",
        "type": "LIMIT",
        "timeInForce": "GTC",
        "quantity": "1",
        "price": "29000",
        "newClientOrderId": name,
    }


def on_loopback(
    test: Callable[[ServerBench], Coroutine[Any, Any, None]],
    quirks: Quirks | None = None,
    settlement_delay_ns: int = 0,
) -> None:
    """Run a test against a venue that is really served."""

    async def serve() -> None:
        bench = ServerBench(quirks or Quirks(), settlement_delay_ns)
        await bench.server.start()
        bench.server.apply(Deposit("alice", "USDT", asset_units(Decimal(100_000))))
        loop = asyncio.get_running_loop()
        listener = await loop.create_server(bench.server.protocol_factory, "127.0.0.1", 0)
        bench.origin = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
        async with aiohttp.ClientSession() as bench.session:
            await test(bench)
        listener.close()
        await bench.server.stop()

    asyncio.run(serve())
