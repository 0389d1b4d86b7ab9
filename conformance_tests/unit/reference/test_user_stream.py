"""The user stream: subscribed, listened to, and subscribed again when it is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp import web
from conformance_tests.unit.reference.sealed import HOST, SIGNER, live, rest_of

from fillproof.harness.connectors.reference.decode import reading
from fillproof.harness.connectors.reference.user_stream import UserStream
from fillproof.simulator.universe.clock import Clock

OK = {"id": 1, "status": 200, "result": {"subscriptionId": 0}}
REFUSED = {"id": 1, "status": 400, "error": {"code": -1022, "msg": "Signature is not valid."}}

Venue = Callable[[web.WebSocketResponse, int], Awaitable[None]]


def listen(venue: Venue, seconds: float) -> list[str]:
    """Listen for so many seconds; return what the stream said, with its time.

    The venue gets each socket after its request, with its number.
    """
    heard: list[str] = []
    sockets: list[web.WebSocketResponse] = []

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        sockets.append(socket)
        message = await socket.receive_json()
        assert message["method"] == "userDataStream.subscribe.signature"
        await venue(socket, len(sockets))
        return socket

    async def client(session: aiohttp.ClientSession, clock: Clock) -> None:
        def note(what: str) -> None:
            heard.append(f"{clock.now:.0f} {what}")

        def on_event(event: dict[str, Any]) -> None:
            with reading("event"):
                note(event["text"])

        stream = UserStream(
            session,
            f"wss://{HOST}:443/ws-api/v3",
            SIGNER,
            rest_of(session),
            on_event,
            lambda: note("live"),
        )
        task = asyncio.ensure_future(stream.run())
        await asyncio.sleep(seconds)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    live(handler, client)
    return heard


async def say(socket: web.WebSocketResponse, *texts: str) -> None:
    """Send events."""
    for text in texts:
        await socket.send_json({"subscriptionId": 0, "event": {"e": "x", "text": text}})


def test_what_happened_before_the_subscription_is_looked_for() -> None:
    """Each subscription that stands is announced before its events."""

    async def venue(socket: web.WebSocketResponse, _number: int) -> None:
        await socket.send_json(OK)
        await say(socket, "a", "b")
        await socket.receive()

    assert listen(venue, 1) == ["0 live", "0 a", "0 b"]


def test_an_event_that_overtakes_the_answer_is_heard() -> None:
    """Nothing is lost between the subscription and its answer."""

    async def venue(socket: web.WebSocketResponse, _number: int) -> None:
        await say(socket, "a")
        await socket.send_json(OK)
        await socket.receive()

    assert listen(venue, 1) == ["0 a", "0 live"]


def test_a_closed_stream_is_opened_again_with_growing_pauses() -> None:
    """A venue that keeps closing is tried again after 1, 2, 4, 8 s."""

    async def venue(socket: web.WebSocketResponse, _number: int) -> None:
        await socket.send_json(OK)
        await socket.close()

    assert listen(venue, 20) == ["0 live", "1 live", "3 live", "7 live", "15 live"]


def test_a_refused_subscription_is_tried_again() -> None:
    """An error in place of the subscription is no stream."""

    async def venue(socket: web.WebSocketResponse, number: int) -> None:
        await socket.send_json(REFUSED if number == 1 else OK)
        await socket.receive()

    assert listen(venue, 5) == ["1 live"]


def test_a_goodbye_is_not_waited_out() -> None:
    """A venue that says it will end the stream is left for a new connection."""

    async def venue(socket: web.WebSocketResponse, number: int) -> None:
        await socket.send_json(OK)
        if number == 1:
            await socket.send_json({"event": {"e": "serverShutdown"}})
        await socket.receive()

    assert listen(venue, 5) == ["0 live", "1 live"]


def test_an_unreadable_message_makes_the_connector_look() -> None:
    """Something was said and not understood: the stream goes on, and everything is asked for."""

    async def venue(socket: web.WebSocketResponse, _number: int) -> None:
        await socket.send_json(OK)
        await socket.send_str("{")
        await socket.send_json({"event": {"e": "x"}})
        await say(socket, "a")
        await socket.receive()

    assert listen(venue, 5) == ["0 live", "0 live", "0 live", "0 a"]


def test_a_stream_that_fell_silent_is_noticed() -> None:
    """Without a pong to its ping the connection counts as lost, though nobody closed it."""

    async def venue(socket: web.WebSocketResponse, _number: int) -> None:
        await socket.send_json(OK)
        await asyncio.sleep(600)  # reads nothing, so it answers no ping

    first, second = listen(venue, 30)
    assert first == "0 live"
    assert int(second.split()[0]) in range(22, 28)
