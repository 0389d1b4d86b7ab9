"""Bytes that are no HTTP, no WebSocket frame or far too many: refused, and the venue lives on."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from conformance_tests.unit.server.bench import ServerBench, on_loopback

MEGABYTE = 1 << 20
TEN_MEGABYTES = 10 * MEGABYTE
ORDER = b"POST /api/v3/order HTTP/1.1\r\nHost: api.binance.com\r\nX-MBX-APIKEY: alicesKey\r\n"
TIME = b"GET /api/v3/time HTTP/1.1\r\nHost: api.binance.com\r\n"

CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
HANDSHAKE = (
    b"GET %s HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)

HTTP = {
    "ten megabytes": ORDER + b"Content-Length: %d\r\n\r\n" % TEN_MEGABYTES + b"a" * TEN_MEGABYTES,
    "ten megabytes in chunks": ORDER
    + CHUNKED
    + b"100000\r\n%s\r\n" % (b"a" * MEGABYTE) * 10
    + b"0\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "no version": b"GET /api/v3/time\r\n\r\n",
    "another version": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a header without a name": b"GET /api/v3/time HTTP/1.1\r\n: x\r\n\r\n",
    "a header with a NUL": TIME + b"X-MBX-APIKEY: a\x00b\r\n\r\n",
    "a huge header": TIME + b"X-MBX-APIKEY: " + b"k" * 100_000 + b"\r\n\r\n",
    "a huge target": b"GET /api/v3/time?" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "a length below zero": ORDER + b"Content-Length: -1\r\n\r\n",
    "a length that is none": ORDER + b"Content-Length: ten\r\n\r\n",
    "two lengths": ORDER + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a chunk that is none": ORDER + CHUNKED + b"zz\r\nab\r\n0\r\n\r\n",
    "no gzip": ORDER + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
    "no gzip in chunks": ORDER + b"Content-Encoding: gzip\r\n" + CHUNKED + b"2\r\nab\r\n0\r\n\r\n",
    "bytes beyond ASCII": b"GET /api/v3/depth?symbol=\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
    "a path that is none": b"GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n",
    "connect": b"CONNECT api.binance.com:443 HTTP/1.1\r\nHost: a\r\n\r\n",
    "a handshake without a key": HANDSHAKE.replace(b"Sec-WebSocket-Key", b"X-Key") % b"/ws",
    "a handshake of another version": HANDSHAKE.replace(b": 13", b": 99") % b"/ws",
    "a handshake where no socket is": HANDSHAKE % b"/api/v3/order",
}


def masked(first: int, payload: bytes, length: bytes | None = None) -> bytes:
    """Return a client's frame, its mask all zero."""
    size = len(payload)
    if length is None and size < 126:
        length = bytes([0x80 | size])
    elif length is None:
        length = struct.pack("!BQ", 0xFF, size)
    return bytes([first]) + length + b"\0\0\0\0" + payload


FRAMES = {
    "not masked": b"\x81\x02{}",
    "reserved bits": masked(0xF1, b"{}"),
    "an unknown kind": masked(0x83, b"{}"),
    "a ping in pieces": masked(0x09, b"a"),
    "a ping too long": masked(0x89, b"a" * 126),
    "a piece of nothing": masked(0x80, b"{}"),
    "text in the middle of text": masked(0x01, b"{") + masked(0x81, b"}"),
    "no UTF-8": masked(0x81, b"\xff\xfe"),
    "a close of one byte": masked(0x88, b"a"),
    "a close that may not be": masked(0x88, struct.pack("!H", 1005)),
    "longer than there is": masked(0x81, b"", b"\xff\x7f\xff\xff\xff\xff\xff\xff\xff"),
    "ten megabytes": masked(0x81, b"a" * TEN_MEGABYTES),
    "binary": masked(0x82, b"\x00\xff{}"),
    "empty": masked(0x81, b""),
}


def unharmed(test: Callable[[ServerBench], Coroutine[Any, Any, None]]) -> None:
    """Run a test; the venue must fail nowhere, answer on, and hold what it held before."""

    async def run(bench: ServerBench) -> None:
        failures: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: failures.append(context)
        )
        before = (bench.exchange.balances("alice"), bench.exchange.orders("alice"))
        await test(bench)
        async with bench.session.get(f"{bench.origin}/api/v3/time") as response:
            assert response.status == 200
        assert (bench.exchange.balances("alice"), bench.exchange.orders("alice")) == before
        assert failures == []

    on_loopback(run)


async def told(bench: ServerBench, sent: bytes, path: str = "") -> bytes:
    """Send bytes on a connection of their own, a WebSocket if there is a path.

    Returns all that comes back until the connection is over.
    """
    port = int(bench.origin.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    if path:
        writer.write(HANDSHAKE % path.encode())
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
    try:
        writer.write(sent)
        await writer.drain()
        writer.write_eof()
        answer = await reader.read()
    except ConnectionError:
        answer = b""
    writer.close()
    return answer


@pytest.mark.parametrize("what", HTTP)
def test_bytes_that_are_no_request_get_an_error_of_the_client(what: str) -> None:
    """A broken or far too long request gets a 4xx, or a closed connection; never a 5xx."""

    async def test(bench: ServerBench) -> None:
        answer = await told(bench, HTTP[what])
        assert answer[:10] in (b"", b"HTTP/1.1 4", b"HTTP/1.0 4"), answer[:200]

    unharmed(test)


@pytest.mark.parametrize("path", ["/ws/btcusdt@trade", "/ws-api/v3"])
@pytest.mark.parametrize("what", FRAMES)
def test_bytes_that_are_no_frame_end_their_socket_alone(what: str, path: str) -> None:
    """A broken, binary or far too long frame gets an error or a close; other sockets stay."""

    async def test(bench: ServerBench) -> None:
        other = await bench.socket("/ws-api/v3")
        await told(bench, FRAMES[what] + masked(0x88, b"\x03\xe8"), path)
        await other.send_str('{"id":1,"method":"ping"}')
        assert (await other.receive_json())["status"] == 200
        await other.close()

    unharmed(test)
