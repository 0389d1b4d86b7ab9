"""The market streams: books are taken, kept, lost with their connection, and taken again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
from aiohttp import web
from conformance_tests.unit.reference.sealed import HOST, live

from fillproof.harness.connectors.reference.local_book import Snapshot
from fillproof.harness.connectors.reference.market_stream import MarketStream
from fillproof.harness.connectors.reference.trouble import Unanswered
from fillproof.simulator.universe.clock import Clock

Venue = Callable[[web.WebSocketResponse, int], Awaitable[None]]
Take = Callable[[int], Awaitable[Snapshot]]


def keep(venue: Venue, take: Take, seconds: float) -> list[str]:
    """Keep a book for so many seconds; return how it stood in each, and when it was asked for.

    The venue gets each socket after its subscription; `take` gets the number of the request.
    """
    seen: list[str] = []
    sockets: list[web.WebSocketResponse] = []

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        sockets.append(socket)
        asked = await socket.receive_json()
        assert (asked["method"], asked["params"]) == ("SUBSCRIBE", ["btcusdt@depth@100ms"])
        await socket.send_json({"result": None, "id": asked["id"]})
        await venue(socket, len(sockets))
        return socket

    async def client(session: aiohttp.ClientSession, clock: Clock) -> None:
        requests = 0

        async def counted(symbol: str) -> Snapshot:
            nonlocal requests
            assert symbol == "BTCUSDT"
            requests += 1
            seen.append(f"{clock.now:.0f} asks")
            return await take(requests)

        stream = MarketStream(session, f"wss://{HOST}:443/ws", ("BTC-USDT",), counted)
        tasks = [asyncio.ensure_future(work) for work in (stream.run(), stream.keep())]
        while clock.now < seconds:
            await asyncio.sleep(0.5)
            book = stream.read()["BTC-USDT"]
            said = f"has {book.last_update_id}" if book.in_sync else "out"
            if seen[-1:] != [said]:
                seen.append(said)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    live(handler, client)
    return seen


async def say(socket: web.WebSocketResponse, *updates: int) -> None:
    """Send changes of one update each."""
    for update in updates:
        event = {"e": "depthUpdate", "s": "BTCUSDT", "U": update, "u": update}
        await socket.send_json({**event, "b": [["1", str(update)]], "a": []})


async def five(_number: int) -> Snapshot:
    """Show a book of update 5."""
    return Snapshot(5, {}, {})


def test_a_book_is_taken_once_the_subscription_stands() -> None:
    """What is heard in the meantime is applied to it."""

    async def venue(socket: web.WebSocketResponse, _number: int) -> None:
        await say(socket, 6, 7)
        await socket.receive()

    assert keep(venue, five, 2) == ["0 asks", "has 7"]


def test_a_gap_has_the_book_taken_anew() -> None:
    """At once, and it is out of sync until then."""

    async def venue(socket: web.WebSocketResponse, _number: int) -> None:
        await say(socket, 6)
        await asyncio.sleep(1)
        await say(socket, 8)
        await socket.receive()

    async def take(number: int) -> Snapshot:
        await asyncio.sleep(0 if number == 1 else 1)
        return Snapshot(5 if number == 1 else 8, {}, {})

    assert keep(venue, take, 4) == ["0 asks", "has 6", "1 asks", "out", "has 8"]


def test_a_snapshot_that_is_too_old_is_asked_for_again_with_pauses() -> None:
    """After 1, 2 and 4 seconds; so is one that did not come."""

    async def venue(socket: web.WebSocketResponse, _number: int) -> None:
        await say(socket, 9)
        await socket.receive()

    async def take(number: int) -> Snapshot:
        if number == 2:
            raise Unanswered("nothing came")
        return Snapshot(9 if number == 4 else 5, {}, {})

    asked = [one for one in keep(venue, take, 9) if one != "out"]
    assert asked == ["0 asks", "1 asks", "3 asks", "7 asks", "has 9"]


def test_a_lost_connection_is_a_lost_book() -> None:
    """It is taken anew on the next one; what was asked for before does not count."""

    async def venue(socket: web.WebSocketResponse, number: int) -> None:
        if number == 1:
            await asyncio.sleep(2)
            await socket.close()
        else:
            await socket.receive()

    async def take(number: int) -> Snapshot:
        await asyncio.sleep(4 if number == 1 else 0)
        return Snapshot(number, {}, {})

    assert keep(venue, take, 8) == ["0 asks", "out", "5 asks", "has 2"]


def test_what_cannot_be_read_may_have_been_a_change() -> None:
    """The book is taken anew, on the same connection."""

    async def venue(socket: web.WebSocketResponse, _number: int) -> None:
        await asyncio.sleep(1)
        await socket.send_json({"e": "depthUpdate", "s": "BTCUSDT"})
        await socket.receive()

    assert keep(venue, five, 3) == ["0 asks", "has 5", "1 asks", "has 5"]


def test_a_venue_that_says_goodbye_is_left() -> None:
    """Its word is taken for the end of the connection."""

    async def venue(socket: web.WebSocketResponse, number: int) -> None:
        if number == 1:
            await asyncio.sleep(1)
            await socket.send_json({"e": "serverShutdown", "E": 1})
        await socket.receive()

    assert keep(venue, five, 4) == ["0 asks", "has 5", "out", "2 asks", "has 5"]
