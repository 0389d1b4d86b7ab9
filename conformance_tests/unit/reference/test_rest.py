"""REST: what each kind of answer is taken for, and how the venue's pace and clock are kept."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web
from conformance_tests.unit.reference.sealed import live, rest_of

from fillproof.harness.connectors.reference.trouble import (
    NotSent,
    Refusal,
    Unanswered,
    Unreadable,
    VenueTrouble,
)
from fillproof.simulator.universe.clock import Clock

ANSWERS: dict[str, tuple[int, str, type[VenueTrouble] | None]] = {
    "success": (200, '{"orderId": 7}', None),
    "refusal": (400, '{"code": -2010, "msg": "Duplicate order sent."}', Refusal),
    "refusal inside a success": (200, '{"code": -2010, "msg": "no"}', Refusal),
    "server error with a code": (503, '{"code": -1008, "msg": "overloaded"}', Unanswered),
    "bad gateway": (502, "<html>", Unanswered),
    "empty success": (200, "", Unreadable),
    "cut success": (200, '{"orderId": ', Unreadable),
    "firewall": (403, "<html>", Unreadable),
    "no code": (404, "{}", Unreadable),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_is_a_result_a_refusal_or_nothing(case: str) -> None:
    """Only a status below 500 with a code is a refusal; all else may have been acted on."""
    status, text, expected = ANSWERS[case]

    async def venue(_request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status, text=text)

    async def client(session: aiohttp.ClientSession, _clock: Clock) -> None:
        if expected is None:
            assert await rest_of(session).create("/api/v3/order", {}) == {"orderId": 7}
            return
        with pytest.raises(expected) as raised:
            await rest_of(session).create("/api/v3/order", {})
        assert type(raised.value) is expected

    live(venue, client)


def test_silence_is_an_unknown_outcome_after_ten_seconds() -> None:
    """A request is given up after 10 s, and it is not sent again."""
    asked: list[str] = []

    async def venue(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request.method)
        await asyncio.sleep(60)
        return web.Response()

    async def client(session: aiohttp.ClientSession, clock: Clock) -> None:
        with pytest.raises(Unanswered, match="no answer in 10 s"):
            await rest_of(session).create("/api/v3/order", {})
        assert clock.now == pytest.approx(10, abs=1)

    live(venue, client)
    assert asked == ["POST"]


def test_a_broken_connection_is_an_unknown_outcome() -> None:
    """A create whose connection broke is not sent again."""
    asked: list[str] = []

    async def venue(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request.method)
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def client(session: aiohttp.ClientSession, _clock: Clock) -> None:
        with pytest.raises(Unanswered):
            await rest_of(session).create("/api/v3/order", {})

    live(venue, client)
    assert asked == ["POST"]


def test_a_pause_that_the_venue_asks_for_is_kept() -> None:
    """After a 429 a create is refused here, and a query waits for `Retry-After`."""
    asked: list[str] = []

    async def venue(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request.method)
        if len(asked) > 1:
            return web.json_response({})
        headers = {"Retry-After": "30"}
        body = {"code": -1003, "msg": "Too much request weight used"}
        return web.json_response(body, status=429, headers=headers)

    async def client(session: aiohttp.ClientSession, clock: Clock) -> None:
        rest = rest_of(session)
        with pytest.raises(Refusal):
            await rest.create("/api/v3/order", {})
        with pytest.raises(NotSent):
            await rest.create("/api/v3/order", {})
        await rest.signed("GET", "/api/v3/order", {})
        assert clock.now >= 30

    live(venue, client)
    assert asked == ["POST", "GET"]


def test_a_pause_that_is_made_longer_is_kept_by_who_waits_already() -> None:
    """Two creates are told to wait, the second one later: a query waits for the later end."""
    asked: list[str] = []

    async def venue(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request.method)
        if request.method == "GET":
            return web.json_response({})
        if len(asked) > 1:
            await asyncio.sleep(5)
        headers = {"Retry-After": "30"}
        body = {"code": -1003, "msg": "Too much request weight used"}
        return web.json_response(body, status=429, headers=headers)

    async def client(session: aiohttp.ClientSession, clock: Clock) -> None:
        rest = rest_of(session)
        creates = [rest.create("/api/v3/order", {}) for _ in range(2)]
        under_way = asyncio.gather(*creates, return_exceptions=True)
        await asyncio.sleep(1)
        await rest.signed("GET", "/api/v3/order", {})
        assert clock.now >= 35
        await under_way

    live(venue, client)
    assert asked == ["POST", "POST", "GET"]


def test_a_wrong_clock_is_set_right_and_the_question_repeated() -> None:
    """-1021 to what may be repeated: ask for the venue's time, then once more."""
    asked: list[str] = []
    stamps: list[int] = []

    async def venue(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(f"{request.method} {request.path}")
        if request.path == "/api/v3/time":
            return web.json_response({"serverTime": 5_000_000_000_000})
        stamps.append(int(request.query["timestamp"]))
        if len(stamps) > 1:
            return web.json_response({"status": "NEW"})
        return web.json_response({"code": -1021, "msg": "outside of the recvWindow"}, status=400)

    async def client(session: aiohttp.ClientSession, _clock: Clock) -> None:
        answer = await rest_of(session).signed("DELETE", "/api/v3/order", {})
        assert answer == {"status": "NEW"}

    live(venue, client)
    assert asked == ["DELETE /api/v3/order", "GET /api/v3/time", "DELETE /api/v3/order"]
    assert 5_000_000_000_000 <= stamps[1] < 5_000_000_060_000


def test_a_slow_answer_does_not_set_the_clock() -> None:
    """The venue's time is taken from the quickest of three answers."""
    delays = [3.0, 2.0, 4.0]
    asked: list[str] = []

    async def venue(request: web.BaseRequest) -> web.StreamResponse:
        asked.append(request.path)
        await asyncio.sleep(delays[len(asked) - 1])
        return web.json_response({"serverTime": 1_000_000_000_000 * len(asked)})

    async def client(session: aiohttp.ClientSession, _clock: Clock) -> None:
        rest = rest_of(session)
        await rest.synchronise()
        assert 2_000_000_000_000 <= rest.timestamp_ms() < 2_000_000_060_000

    live(venue, client)
    assert len(asked) == len(delays)
