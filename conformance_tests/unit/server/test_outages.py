"""Reads that lag behind writes, and a venue that is down for maintenance."""

from __future__ import annotations

import aiohttp
import pytest
from conformance_tests.unit.server.bench import ServerBench, on_loopback

from fillproof.simulator.faults.answers import AnswerFault, AnswerFaults

QUERY = {"symbol": "BTCUSDT", "origClientOrderId": "a"}


async def asked(bench: ServerBench) -> tuple[int, str | int, str | None]:
    """Ask for order a: HTTP status, its status or the error code, and the fault that says so."""
    response, body = await bench.signed("GET", "/api/v3/order", **QUERY)
    said = body.get("status") or body["code"]
    return response.status, said, response.headers.get("X-Fillproof-Fault")


def test_a_read_that_lags_does_not_know_what_was_written_since() -> None:
    """It answers as of the moment the fault began, until it catches up."""

    async def test(bench: ServerBench) -> None:
        bench.server.lag("F1", "query_request")
        await bench.place()
        assert await asked(bench) == (400, -2013, "F1")
        bench.server.catch_up("F1")
        assert await asked(bench) == (200, "NEW", None)
        bench.server.lag("F2", "query_request")
        await bench.signed("DELETE", "/api/v3/order", **QUERY)
        assert await asked(bench) == (200, "NEW", "F2")
        bench.server.catch_up()
        assert await asked(bench) == (200, "CANCELED", None)
        assert bench.stale == ["F1", "F2"]

    on_loopback(test)


def test_a_lag_that_hides_nothing_has_not_fired() -> None:
    """Nothing was written since, or another channel was asked: the answer is the venue's own."""

    async def test(bench: ServerBench) -> None:
        await bench.place()
        bench.server.lag("F1", "query_request")
        assert await asked(bench) == (200, "NEW", None)
        response, _ = await bench.signed("GET", "/api/v3/account")
        assert response.status == 200
        assert bench.stale == []

    on_loopback(test)


def test_nobody_is_served_in_a_maintenance() -> None:
    """Streams are closed; requests and handshakes of all kinds are refused until it is lifted."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        bench.answers.arm(AnswerFault("F1", "maintenance", status=503, text="Down."))
        bench.server.close_all(1012)
        assert (await stream.receive()).data == 1012
        response, body = await bench.place()
        assert (response.status, body, response.headers["X-Fillproof-Fault"]) == (
            503,
            "Down.",
            "F1",
        )
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await bench.socket("/ws-api/v3")
        async with bench.session.get(f"{bench.origin}/api/v3/ping") as ping:
            assert ping.status == 503
        assert bench.exchange.orders("alice") == ()
        bench.answers.lift("F1")
        assert (await bench.place())[0].status == 200
        assert bench.fired == ["F1"] * 3

    on_loopback(test)


def test_an_error_can_come_with_the_status_of_a_success() -> None:
    """HTTP 200 with an error in its body; it says nothing of whether the order is there."""

    async def test(bench: ServerBench) -> None:
        bench.arm("F1", "fail", "create_reply", status=200, code=-1007, text="?", acted=True)
        response, body = await bench.place()
        assert (response.status, body) == (200, {"code": -1007, "msg": "?"})
        assert len(bench.exchange.orders("alice")) == 1

    on_loopback(test)


def test_a_fault_may_let_the_first_requests_pass() -> None:
    """`skip` counts the requests of its channel that meet nothing."""
    faults = AnswerFaults(lambda _: None)
    faults.arm(AnswerFault("F1", "fail", "create_reply", skip=1, count=2))
    handled = [
        faults.handling(f"{role}_request").faults for role in ("create", "query", *["create"] * 3)
    ]
    assert handled == [(), (), ("F1",), ("F1",), ()]
