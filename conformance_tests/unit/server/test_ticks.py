"""Market streams that need a clock, over a real socket in a time of its own."""

from __future__ import annotations

import pytest
from aiohttp import WSMsgType
from conformance_tests.unit.dialects.bench import NOW_MS
from conformance_tests.unit.server.bench import ServerBench, on_loopback

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.vocabulary.commands import FillOrder

_SECOND = 1_000_000_000
_MILLISECOND = 1_000_000


def test_the_server_wakes_the_dialect_when_a_stream_is_due() -> None:
    """What traded is told at the end of the second, without any request, and not before."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.socket("/ws/btcusdt@kline_1s")
        await bench.place()
        bench.server.apply(FillOrder(1, 1000))
        assert bench.time.waiting == 1
        bench.time.pass_by(_SECOND)
        event = await stream.receive_json()
        assert (event["E"], event["k"]["n"], event["k"]["x"]) == (NOW_MS + 1_000, 1, True)

    on_loopback(test, Quirks(ping_interval_ns=0))


@pytest.mark.parametrize("ends", ["unsubscribes", "closes"])
def test_without_a_listener_nothing_is_planned(ends: str) -> None:
    """The timer of a stream goes with the last who listened to it."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.socket("/ws/btcusdt@ticker")
        assert bench.time.waiting == 1
        if ends == "closes":
            await stream.close()
            await bench.signed("GET", "/api/v3/account")
        else:
            streams = {"method": "UNSUBSCRIBE", "params": ["btcusdt@ticker"], "id": 1}
            await stream.send_json(streams)
            assert (await stream.receive_json())["result"] is None
        assert bench.time.waiting == 0

    on_loopback(test, Quirks(ping_interval_ns=0))


def test_a_tick_does_not_overtake_what_happened_before_it() -> None:
    """A trade that waits for its reply comes before the ticker that counts it."""

    async def test(bench: ServerBench) -> None:
        bench.time.pass_by(_SECOND - _MILLISECOND // 2)
        stream = await bench.socket("/ws/btcusdt@depth/btcusdt@depth5")
        await bench.place()
        bench.time.pass_by(_SECOND)
        first, second = await stream.receive_json(), await stream.receive_json()
        assert (first["e"], "bids" in second) == ("depthUpdate", True)

    on_loopback(test, Quirks(ping_interval_ns=0))


def test_who_talks_too_much_is_cut_off() -> None:
    """The sixth message within a second is answered with a close, code 1008."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.socket("/ws")
        for number in range(5):
            await stream.send_json({"method": "LIST_SUBSCRIPTIONS", "id": number})
            assert (await stream.receive_json())["result"] == []
        await stream.ping()
        message = await stream.receive()
        while message.type is WSMsgType.PONG:
            message = await stream.receive()
        assert (message.type, stream.close_code) == (WSMsgType.CLOSE, 1008)

    on_loopback(test)
