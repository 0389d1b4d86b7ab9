"""`fillproof serve` as a process on a real socket: started, traded on, stopped."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from conformance_tests.serving import ServedProcess, serving

from fillproof.harness.serve.defaults import default_plan
from fillproof.harness.serve.venue import ServedVenue, served
from fillproof.simulator.command_journal import read_journal, replay
from fillproof.simulator.dialects.binance.door.signing import sign, socket_payload

pytestmark = pytest.mark.slow

Test = Callable[[aiohttp.ClientSession], Coroutine[Any, Any, None]]


def fillproof_serve(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "fillproof.harness.cli", "serve", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def with_client(test: Test) -> None:
    """Run a test with a client session."""

    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            await test(session)

    asyncio.run(run())


async def signed(
    session: aiohttp.ClientSession, venue: ServedProcess, method: str, path: str, **keys: Any
) -> Any:
    """Ask with a signature in the machine's time; return the decoded body."""
    form = urlencode(keys | {"timestamp": time.time_ns() // 1_000_000})
    url = f"{venue.rest}{path}?{form}&signature={sign(venue.api_secret, form.encode())}"
    async with session.request(method, url, headers={"X-MBX-APIKEY": venue.api_key}) as reply:
        return await reply.json()


async def user_stream(
    session: aiohttp.ClientSession, venue: ServedProcess
) -> aiohttp.ClientWebSocketResponse:
    """Open a WebSocket that hears the account's events."""
    socket = await session.ws_connect(venue.ws_api, autoping=False)
    asked = {"apiKey": venue.api_key, "timestamp": str(time.time_ns() // 1_000_000)}
    asked["signature"] = sign(venue.api_secret, socket_payload(asked))
    method = "userDataStream.subscribe.signature"
    await socket.send_json({"id": 1, "method": method, "params": asked})
    assert (await socket.receive_json())["status"] == 200
    return socket


async def heard(socket: aiohttp.ClientWebSocketResponse, kind: str) -> Any:
    """Return the next event of a kind."""
    while True:
        event = (await socket.receive_json())["event"]
        if event["e"] == kind:
            return event


BUY = {"symbol": "BTCUSDT", "side": "BUY", "quantity": "0.5"}
LIMIT = {"type": "LIMIT", "timeInForce": "GTC", "price": "90000", "newClientOrderId": "mine"}


def test_it_can_be_traded_on_at_once() -> None:
    """A market order fills from the resting book; a limit order is filled by word; all is told."""
    with serving() as venue:

        async def test(session: aiohttp.ClientSession) -> None:
            socket = await user_stream(session, venue)
            order = await signed(session, venue, "POST", "/api/v3/order", **BUY, type="MARKET")
            assert (order["status"], order["executedQty"]) == ("FILLED", "0.50000000")
            order = await signed(session, venue, "POST", "/api/v3/order", **BUY, **LIMIT)
            assert order["status"] == "NEW"
            status, answer = await asyncio.to_thread(
                venue.say, "trade", order="mine", amount="0.25"
            )
            # The resting bids of the book are better than this one and stand before it.
            assert (status, "stands before" in answer["error"]) == (409, True)
            status, answer = await asyncio.to_thread(
                venue.say, "sweep", market="BTC-USDT", side="SELL", amount="100"
            )
            assert status == 200
            while (event := await heard(socket, "executionReport"))["c"] != "mine":
                assert event["S"] == "BUY"
            assert event["X"] == "NEW"
            assert (await heard(socket, "executionReport"))["X"] == "FILLED"
            await socket.close()

        with_client(test)
        assert venue.stop() == 0


def test_health_and_log_tell_what_happens_without_secrets() -> None:
    """Health is for everybody; the log has a line for each request, and never a query or a key."""
    with serving("--account", "me:publicPart:privatePart") as venue:

        async def test(session: aiohttp.ClientSession) -> None:
            await signed(session, venue, "POST", "/api/v3/order", **BUY, **LIMIT)
            async with session.get(venue.ready["health"]) as reply:
                health = await reply.json()
            assert (health["status"], health["dialect"], health["orders"]) == ("ok", "binance", 1)
            assert health["markets"][0] == "BTC-USDT"
            socket = await session.ws_connect(f"{venue.rest}/ws/{'k' * 64}")
            await socket.send_str('{"id": 1, "method": "SUBSCRIBE", "params": ["btcusdt@trade"]}')
            await socket.receive()
            await socket.send_str("no JSON")
            await socket.receive()
            await socket.close()
            await (await user_stream(session, venue)).close()

        with_client(test)
        assert venue.stop(signal.SIGINT) == 0
        log = venue.log()
        first = next(line for line in log if line["event"] == "request")
        assert (first["method"], first["path"], first["status"]) == ("POST", "/api/v3/order", 200)
        assert first["connection"].startswith("127.0.0.1:")
        assert isinstance(first["used_weight"], int)
        sockets = [
            line for line in log if line["event"] in ("socket_begins", "call", "socket_ends")
        ]
        assert [(line["event"], line.get("method"), line.get("status")) for line in sockets] == [
            ("socket_begins", "GET", None),
            ("call", "SUBSCRIBE", None),
            ("call", None, None),
            ("socket_ends", "GET", 101),
            ("socket_begins", "GET", None),
            ("call", "userDataStream.subscribe.signature", 200),
            ("socket_ends", "GET", 101),
        ]
        assert len({line["connection"] for line in sockets}) == 2
        written = json.dumps(log)
        assert not any(
            secret in written for secret in ("publicPart", "privatePart", "kkk", "signature=")
        )


def test_every_part_of_the_dialect_is_on_the_one_port_and_hears_the_end() -> None:
    """REST, both kinds of streams, the WebSocket API; a stop says so and closes with 1001."""
    with serving() as venue:

        async def test(session: aiohttp.ClientSession) -> None:
            for path in ("/api/v3/ping", "/sapi/v1/capital/config/getall"):
                async with session.get(venue.rest + path) as reply:
                    assert reply.content_type == "application/json"
            paths = ("/ws/btcusdt@trade", "/stream?streams=btcusdt@trade", "/ws-api/v3")
            sockets = [await session.ws_connect(venue.rest + path) for path in paths]
            stopping = asyncio.create_task(asyncio.to_thread(venue.stop))
            for socket in sockets:
                assert "serverShutdown" in (await socket.receive_str())
                closing = await socket.receive()
                assert (closing.type, closing.data) == (aiohttp.WSMsgType.CLOSE, 1001)
            assert await stopping == 0

        with_client(test)


def test_timers_run_in_real_time(tmp_path: Path) -> None:
    """The venue pings by itself when its time has come, again and again."""
    file = tmp_path / "venue.yaml"
    file.write_text("quirks: {ping_interval_ns: 20000000}\n")
    with serving("--venue", str(file)) as venue:

        async def test(session: aiohttp.ClientSession) -> None:
            socket = await user_stream(session, venue)
            for _ in range(2):
                message = await socket.receive()
                assert message.type is aiohttp.WSMsgType.PING
                await socket.pong(message.data)
            await socket.close()

        with_client(test)


def test_the_journal_can_be_replayed(tmp_path: Path) -> None:
    """Everything the engine was asked is in a new file, and gives the same digest again."""
    file = tmp_path / "session.journal"
    with serving("--journal", str(file), "--empty") as venue:

        async def test(session: aiohttp.ClientSession) -> None:
            await signed(session, venue, "POST", "/api/v3/order", **BUY, **LIMIT)

        with_client(test)
        assert venue.say("trade", order="mine", amount="0.25")[0] == 200
        assert venue.stop() == 0
        executions = [line for line in venue.log() if line["event"] == "execution"]
        told = [(one["execution_type"], one["leaves_quantity"]) for one in executions]
        assert told == [("New", "0.5"), ("Trade", "0.25")]
    journal = read_journal(file.read_text().splitlines(keepends=True))
    assert journal.closing is not None
    assert replay(journal).digest == journal.closing.state_digest
    done = fillproof_serve("--port", "0", "--journal", str(file))
    assert (done.returncode, "File exists" in done.stderr) == (2, True)


def test_strangers_trade_in_real_time() -> None:
    """Their trades are on the public stream, and a client trades with them."""
    with serving("--life", "traders:20:50ms") as venue:

        async def test(session: aiohttp.ClientSession) -> None:
            public = await session.ws_connect(f"{venue.streams}/ws/btcusdt@trade")
            assert (await public.receive_json())["e"] == "trade"
            await public.close()
            socket = await user_stream(session, venue)
            order = BUY | LIMIT | {"quantity": "0.0001", "price": "99000"}
            async with session.get(
                f"{venue.rest}/api/v3/ticker/bookTicker?symbol=BTCUSDT"
            ) as reply:
                order["price"] = (await reply.json())["askPrice"]
            await signed(session, venue, "POST", "/api/v3/order", **order)
            while (await heard(socket, "executionReport"))["X"] != "FILLED":
                pass
            await socket.close()

        with_client(test)


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    """Exit code 2, and what can be done; nothing is left behind."""
    journal = tmp_path / "journal"
    with serving() as venue:
        port = venue.ready["address"].rpartition(":")[2]
        done = fillproof_serve("--port", port, "--journal", str(journal))
    assert not journal.exists()
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert f"cannot listen on 127.0.0.1, port {port}: Address already in use" in line
    assert "choose another --port (0: a free one)" in line


def test_the_same_venue_can_be_served_in_this_process() -> None:
    """On a real socket, closed when the context ends."""

    async def run() -> ServedVenue:
        async with (
            served(default_plan()) as venue,
            aiohttp.ClientSession() as session,
            session.get(f"{venue.addresses['rest']}/api/v3/time") as reply,
        ):
            assert abs((await reply.json())["serverTime"] - time.time_ns() // 1_000_000) < 60_000
        return venue

    venue = asyncio.run(run())
    assert venue.authority.startswith("127.0.0.1:")


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "said"),
    [
        ("POST", "/fillproof/tea", "application/json", 404, "there is no /fillproof/tea; allowed"),
        ("GET", "/fillproof", "application/json", 404, "there is no /fillproof; allowed: GET /"),
        ("GET", "/fillproof/trade", "application/json", 405, "POST is allowed"),
        ("POST", "/fillproof/health", "application/json", 405, "GET is allowed"),
        ("POST", "/fillproof/trade", "text/plain", 400, "Content-Type: application/json"),
        ("POST", "/fillproof/trade", "application/json", 400, "the body is no JSON"),
    ],
)
def test_what_is_asked_wrongly_beside_the_venue_is_told(
    method: str, path: str, content: str, status: int, said: str
) -> None:
    """With what is allowed."""

    async def run() -> None:
        async with (
            served(default_plan()) as venue,
            aiohttp.ClientSession() as session,
            session.request(
                method, venue.origin + path, data=b"x", headers={"Content-Type": content}
            ) as reply,
        ):
            assert reply.status == status
            assert said in (await reply.json())["error"]

    asyncio.run(run())
