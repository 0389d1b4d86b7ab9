"""The venue served on a real socket: requests, streams, closing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import WSMsgType
from conformance_tests.unit.server.bench import ServerBench, on_loopback, order

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.vocabulary.commands import FillOrder
from fillproof.simulator.vocabulary.orders import ExecutionType
from fillproof.simulator.vocabulary.reports import ExecutionReport

_MILLISECOND = 1_000_000
_SECOND = 1_000_000_000


def test_a_signed_request_is_answered() -> None:
    """A signed order sent as a form under a JSON content type is placed, and truth hears of it."""

    async def test(bench: ServerBench) -> None:
        response, body = await bench.place()
        assert (response.status, body["status"]) == (200, "NEW")
        assert response.headers["Content-Type"] == "application/json;charset=UTF-8"
        assert response.headers["Date"] == "Tue, 14 Nov 2023 22:13:20 GMT"
        assert response.headers["Server"] == "nginx"
        news = [report for report in bench.truth if isinstance(report, ExecutionReport)]
        assert [report.execution_type for report in news] == [ExecutionType.NEW]

    on_loopback(test)


def test_streams_follow_the_reply_by_the_quirk() -> None:
    """What a request did is streamed `stream_after_reply_ns` after its reply, not before."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        reply = await bench.call(stream, "order.place", **order("a"))
        assert reply["result"]["status"] == "NEW"
        bench.time.pass_by(_MILLISECOND - 1)
        await stream.ping()
        assert (await stream.receive()).type is WSMsgType.PONG
        bench.time.pass_by(1)
        assert (await stream.receive_json())["event"]["x"] == "NEW"

    on_loopback(test)


def test_streams_may_come_first() -> None:
    """With a delay of 0 the events leave before the reply."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        first = await bench.call(stream, "order.place", **order("a"))
        assert first["event"]["x"] == "NEW"

    on_loopback(test, Quirks(stream_after_reply_ns=0))


def test_events_keep_the_order_they_happened_in() -> None:
    """A fill made at once does not overtake the acceptance that is still to be streamed."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        await bench.place()
        bench.server.apply(FillOrder(1, 1000))
        bench.time.pass_by(_MILLISECOND)
        told = [(await stream.receive_json())["event"].get("x") for _ in range(4)]
        assert told == ["NEW", None, "TRADE", None]

    on_loopback(test)


def test_the_engine_is_called_when_a_deadline_comes() -> None:
    """A cancel that takes two seconds to settle ends the order then, without any request."""

    async def test(bench: ServerBench) -> None:
        await bench.place()
        await bench.signed("DELETE", "/api/v3/order", symbol="BTCUSDT", origClientOrderId="a")
        bench.truth.clear()
        bench.time.pass_by(2 * _SECOND - 1)
        assert bench.truth == []
        bench.time.pass_by(1)
        report = bench.truth[0]
        assert isinstance(report, ExecutionReport)
        assert report.execution_type is ExecutionType.CANCELED

    on_loopback(test, settlement_delay_ns=2 * _SECOND)


def test_public_streams_tell_what_others_do() -> None:
    """A command of nobody's client is streamed at once."""

    async def test(bench: ServerBench) -> None:
        await bench.place()
        bench.time.pass_by(_MILLISECOND)
        stream = await bench.socket("/ws/btcusdt@trade")
        bench.server.apply(FillOrder(1, 1000))
        assert (await stream.receive_json())["q"] == "0.10000000"

    on_loopback(test)


@pytest.mark.parametrize(
    ("channel", "closed", "open_still"),
    [("user_stream", "user", "public"), ("public_stream", "public", "user")],
)
def test_a_channel_can_be_closed_with_a_code(channel: str, closed: str, open_still: str) -> None:
    """close_channel closes the WebSockets that carry a stream, and no other."""

    async def test(bench: ServerBench) -> None:
        sockets = {
            "user": await bench.user_stream(),
            "public": await bench.socket("/ws/btcusdt@trade"),
        }
        assert await bench.server.close_channel(channel, 1012) == 1
        assert (await sockets[closed].receive()).type is WSMsgType.CLOSE
        assert sockets[closed].close_code == 1012
        await sockets[open_still].ping()
        assert (await sockets[open_still].receive()).type is WSMsgType.PONG

    on_loopback(test)


def test_the_venue_pings_and_gives_up() -> None:
    """The venue pings every 20 s and closes with 1008 when no pong came for 60 s."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        bench.time.pass_by(20 * _SECOND)
        assert (await stream.receive()).type is WSMsgType.PING
        await stream.pong()
        await bench.call(stream, "ping")
        bench.time.pass_by(60 * _SECOND)
        pings = [(await stream.receive()).type for _ in range(3)]
        assert pings == [WSMsgType.PING] * 3
        bench.time.pass_by(20 * _SECOND)
        assert (await stream.receive()).type is WSMsgType.CLOSE
        assert stream.close_code == 1008

    on_loopback(test)


def test_a_silent_venue_never_pings() -> None:
    """With an interval of 0 nothing is ever scheduled for an idle socket."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        bench.time.pass_by(3600 * _SECOND)
        await stream.ping()
        assert (await stream.receive()).type is WSMsgType.PONG

    on_loopback(test, Quirks(ping_interval_ns=0))


def test_stopping_says_goodbye() -> None:
    """stop() closes every WebSocket with 1001."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        stopping = asyncio.create_task(bench.server.stop())
        assert (await stream.receive()).type is WSMsgType.CLOSE
        assert stream.close_code == 1001
        await stopping

    on_loopback(test)


def test_a_wrong_path_is_no_websocket() -> None:
    """A handshake on an unknown path is answered with 404."""

    async def test(bench: ServerBench) -> None:
        headers = {"Connection": "Upgrade", "Upgrade": "websocket"}
        async with bench.session.get(f"{bench.origin}/nowhere", headers=headers) as response:
            assert response.status == 404

    on_loopback(test)


def test_an_error_of_the_venue_itself_is_reported() -> None:
    """When the venue fails, the loop's exception handler hears of it: it is nobody else's fault."""

    async def test(bench: ServerBench) -> None:
        troubles: list[Any] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, what: troubles.append(what))
        bench.time.now_ns -= _SECOND
        async with bench.session.get(f"{bench.origin}/api/v3/ping") as response:
            assert response.status == 500
        assert [str(trouble["exception"])[:20] for trouble in troubles] == ["time runs backwards:"]
        bench.time.now_ns += _SECOND

    on_loopback(test)
