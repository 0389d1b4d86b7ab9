"""In which order the bytes of different connections leave the server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import KEY, SECRET
from conformance_tests.unit.server.bench import ServerBench, on_loopback

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.dialects.binance.door.signing import sign

_HANDSHAKE = (
    b"GET /ws/btcusdt@depth HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


class Wire(asyncio.Transport):
    """Takes a server's bytes and notes who wrote."""

    def __init__(self, name: str, writers: list[str]) -> None:
        super().__init__()
        self._name = name
        self._writers = writers

    def write(self, data: Any) -> None:
        """Note the writer."""
        self._writers.append(self._name)

    def is_closing(self) -> bool:
        """Return that it is open."""
        return False

    def close(self) -> None:
        """Nothing is open."""

    def abort(self) -> None:
        """Nothing is open."""


async def _settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def _order_request(now_ms: int) -> bytes:
    form = (
        "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=29000"
        f"&timestamp={now_ms}"
    )
    body = f"{form}&signature={sign(SECRET, form.encode())}"
    head = f"POST /api/v3/order HTTP/1.1\r\nHost: h\r\nX-MBX-APIKEY: {KEY}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


@pytest.mark.parametrize(
    ("delay_ns", "first", "later"),
    [(0, ["stream", "reply"], []), (1, ["reply"], ["stream"])],
)
def test_replies_and_streams_leave_in_the_order_of_the_quirk(
    delay_ns: int, first: list[str], later: list[str]
) -> None:
    """An HTTP reply leaves after the streams of what it did when their delay is 0, else before."""

    async def test(bench: ServerBench) -> None:
        writers: list[str] = []
        stream, reply = bench.server.protocol_factory(), bench.server.protocol_factory()
        stream.connection_made(Wire("stream", writers))
        reply.connection_made(Wire("reply", writers))
        stream.data_received(_HANDSHAKE)
        await _settle()
        writers.clear()
        reply.data_received(_order_request(bench.time.now_ns // 1_000_000))
        await _settle()
        assert list(dict.fromkeys(writers)) == first
        writers.clear()
        bench.time.pass_by(delay_ns)
        await _settle()
        assert writers == later
        stream.connection_lost(None)
        reply.connection_lost(None)
        await _settle()

    on_loopback(test, Quirks(stream_after_reply_ns=delay_ns))
