"""Sockets and requests at their limits: old, silent, banned, unreadable; and who speaks first."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from aiohttp import WSMsgType
from conformance_tests.unit.server.bench import ServerBench, on_loopback, order

from fillproof.simulator.dialects.binance import Quirks

_SECOND = 1_000_000_000
_HOUR = 3600 * _SECOND
_MILLISECOND = 1_000_000


@pytest.mark.parametrize("by", ["REST", "WebSocket API"])
@pytest.mark.parametrize("delay_ms", [0, 50, 700])
def test_streams_come_as_long_after_the_reply_as_the_quirk_says(by: str, delay_ms: int) -> None:
    """What a request did is streamed before its reply (0), or exactly so long after it."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        caller = await bench.socket("/ws-api/v3")
        if by == "REST":
            assert (await bench.place())[0].status == 200
        else:
            assert (await bench.call(caller, "order.place", **order("a")))["status"] == 200
        if delay_ms:
            bench.time.pass_by(delay_ms * _MILLISECOND - 1)
            await stream.ping()
            assert (await stream.receive()).type is WSMsgType.PONG
            bench.time.pass_by(1)
        assert (await stream.receive_json())["event"]["x"] == "NEW"

    on_loopback(test, Quirks(stream_after_reply_ns=delay_ms * _MILLISECOND))


@pytest.mark.parametrize("path", ["/ws-api/v3", "/ws/btcusdt@trade"])
def test_a_socket_ends_when_it_is_too_old(path: str) -> None:
    """At the first ping after its lifetime, 24 hours unless said, a WebSocket is closed: 1001."""

    async def test(bench: ServerBench) -> None:
        socket = await bench.socket(path)
        bench.time.pass_by(_HOUR)
        assert (await socket.receive()).type is WSMsgType.PING
        await socket.pong()
        await socket.ping()
        assert (await socket.receive()).type is WSMsgType.PONG
        bench.time.pass_by(_HOUR)
        assert (await socket.receive()).type is WSMsgType.CLOSE
        assert socket.close_code == 1001

    on_loopback(test, Quirks(ping_interval_ns=_HOUR, connection_lifetime_ns=2 * _HOUR))


def test_a_ping_tells_the_time() -> None:
    """The venue's pings hold its time in milliseconds."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        bench.time.pass_by(20 * _SECOND)
        assert (await stream.receive()).data == b"1700000020000"

    on_loopback(test)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/ws-api/v3", {"code": -1135, "msg": "Invalid JSON Request"}),
        ("/ws/btcusdt@trade", None),
    ],
)
def test_a_binary_frame_is_no_json(path: str, answer: Any) -> None:
    """A binary frame gets the error of a text that is no JSON, and the socket goes on."""

    async def test(bench: ServerBench) -> None:
        socket = await bench.socket(path)
        await socket.send_bytes(b'{"id":1,"method":"ping"}')
        error = (await socket.receive_json())["error"]
        assert answer in (None, error)
        await socket.ping()
        assert (await socket.receive()).type is WSMsgType.PONG

    on_loopback(test)


def test_a_banned_client_is_closed() -> None:
    """A client that goes on after 429 is told 418 and closed with 1008."""

    async def test(bench: ServerBench) -> None:
        socket = await bench.socket("/ws-api/v3")
        for _ in range(11):
            await socket.send_json({"id": 1, "method": "ping"})
        statuses = [(await socket.receive_json())["status"] for _ in range(10)]
        assert statuses == [429] * 9 + [418]
        assert (await socket.receive()).type is WSMsgType.CLOSE
        assert socket.close_code == 1008

    on_loopback(test, Quirks(request_weight_per_minute=2))


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"x" * (2**20 + 1), {}, 413),
        (b"no gzip", {"Content-Encoding": "gzip"}, 400),
        (b"\xff\xfe\x00", {}, 401),
        (b"", {"Content-Type": "multipart/form-data"}, 401),
        (b"{" * 1000, {"Content-Type": "application/json"}, 401),
    ],
)
def test_bodies_of_any_kind_get_an_answer(
    body: bytes, headers: dict[str, str], status: int
) -> None:
    """A body that is too large is 413, one that cannot be unpacked 400; the rest is a form."""

    async def test(bench: ServerBench) -> None:
        url = f"{bench.origin}/api/v3/order"
        async with bench.session.post(url, data=BytesIO(body), headers=headers) as response:
            assert response.status == status
            assert response.headers["Server"] == "nginx"
        async with bench.session.get(f"{bench.origin}/api/v3/ping") as response:
            assert response.status == 200

    on_loopback(test)


@pytest.mark.parametrize("path", ["/ws-api/v3", "/ws/btcusdt@trade"])
def test_half_a_handshake_is_a_bad_request(path: str) -> None:
    """An upgrade without a WebSocket key is answered with 400 and forgotten."""

    async def test(bench: ServerBench) -> None:
        headers = {"Connection": "Upgrade", "Upgrade": "websocket"}
        async with bench.session.get(f"{bench.origin}{path}", headers=headers) as response:
            assert response.status == 400

    on_loopback(test)


def test_limits_are_by_address() -> None:
    """The weight of a connection and of its requests is one client's."""

    async def test(bench: ServerBench) -> None:
        await bench.user_stream()
        async with bench.session.get(f"{bench.origin}/api/v3/ping") as response:
            assert response.headers["X-MBX-USED-WEIGHT-1M"] == "5"
        response, _ = await bench.place()
        assert response.headers["X-MBX-ORDER-COUNT-10S"] == "1"
        assert response.headers["X-MBX-ORDER-COUNT-1D"] == "1"

    on_loopback(test)
