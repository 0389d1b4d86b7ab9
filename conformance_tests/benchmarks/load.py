"""A load client in a process of its own: keep-alive connections that ask again when answered.

Words: port, who answers (`venue` or `bare`), how many connections, how many requests a turn. Says a
line when it is ready and when a turn is over, and takes a line as the word to begin one.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from fillproof.simulator.dialects.binance.door.signing import sign

KEY, SECRET = "benchmarksKey", "benchmarksSecret"
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"


def an_order(number: int) -> dict[str, str]:
    """Return the parameters of an order: each second one trades with the one before."""
    return {
        "symbol": "BTCUSDT",
        "side": "SELL" if number % 2 else "BUY",
        "type": "LIMIT",
        "timeInForce": "GTC",
        "quantity": "0.01",
        "price": "30000",
        "newClientOrderId": f"order-{number}",
    }


def to_venue(number: int) -> bytes:
    """Return a signed order, as a form in the body."""
    sent = an_order(number) | {"recvWindow": "60000", "timestamp": str(time.time_ns() // 1_000_000)}
    form = urlencode(sent)
    body = f"{form}&signature={sign(SECRET, form.encode())}".encode()
    return _post(body, "application/x-www-form-urlencoded")


def to_bare(number: int) -> bytes:
    """Return the same order as JSON."""
    return _post(json.dumps(an_order(number)).encode(), "application/json")


def _post(body: bytes, content_type: str) -> bytes:
    head = (
        f"POST /api/v3/order HTTP/1.1\r\nHost: 127.0.0.1\r\nX-MBX-APIKEY: {KEY}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Connection(asyncio.Protocol):
    """Sends the next request as soon as the last one is answered, until there is none."""

    def __init__(self) -> None:
        self._buffer = b""
        self._requests: Iterator[bytes] = iter(())
        self._over: asyncio.Future[None]
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def run(self, requests: Iterator[bytes]) -> asyncio.Future[None]:
        """Begin a turn; return when it is over."""
        self._requests = requests
        self._over = asyncio.get_running_loop().create_future()
        self._next()
        return self._over

    def data_received(self, data: bytes) -> None:
        """Take an answer; anything but 200 is an error."""
        self._buffer += data
        head, found, body = self._buffer.partition(_END_OF_HEAD)
        if not found or len(body) < _length(head):
            return
        if not head.startswith(b"HTTP/1.1 200 "):
            raise SystemExit(f"the server answered {self._buffer!r}")
        self._buffer = b""
        self._next()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._over.set_result(None)
        else:
            self._transport.write(request)


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    (stated,) = (line for line in lines if line.startswith(_LENGTH))
    return int(stated.removeprefix(_LENGTH))


async def main(port: str, who: str, connections: str, requests: str) -> None:
    """Make turns as long as they are asked for."""
    loop = asyncio.get_running_loop()
    make = to_venue if who == "venue" else to_bare
    many = [
        (await loop.create_connection(Connection, "127.0.0.1", int(port)))[1]
        for _ in range(int(connections))
    ]
    number = 0
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while sys.stdin.readline():
        turn = iter([make(number + at) for at in range(int(requests))])
        number += int(requests)
        await asyncio.gather(*(one.run(turn) for one in many))
        sys.stdout.write("over\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
