"""Faults of the venue's answers, on HTTP and on the WebSocket API."""

from __future__ import annotations

import json

import pytest
from conformance_tests.unit.server.bench import ServerBench, on_loopback, order

from fillproof.simulator.faults.answers import AnswerFault, AnswerFaults


@pytest.mark.parametrize(
    ("acted", "orders"), [(False, 0), (True, 1)], ids=["before acting", "after acting"]
)
def test_a_failed_answer_says_whether_it_acted_only_in_truth(acted: bool, orders: int) -> None:
    """`fail` replaces the reply; `acted` decides whether the order is there all the same."""

    async def test(bench: ServerBench) -> None:
        bench.arm("F1", "fail", "create_reply", status=400, code=-1006, text="?", acted=acted)
        response, body = await bench.place()
        assert (response.status, body) == (400, {"code": -1006, "msg": "?"})
        assert response.headers["X-Fillproof-Fault"] == "F1"
        assert len(bench.exchange.orders("alice")) == orders
        response, _ = await bench.place("b")
        assert (response.status, bench.fired) == (200, ["F1"])
        assert "X-Fillproof-Fault" not in response.headers

    on_loopback(test)


def test_a_failure_without_code_is_bare_text() -> None:
    """A gateway's own error has no JSON."""

    async def test(bench: ServerBench) -> None:
        bench.arm("F1", "fail", "query_reply", status=502, text="Bad Gateway", count=2)
        for _ in range(2):
            response, body = await bench.signed("GET", "/api/v3/order", symbol="BTCUSDT", orderId=1)
            assert (response.status, body) == (502, "Bad Gateway")
        assert bench.fired == ["F1", "F1"]

    on_loopback(test)


def test_a_resent_request_reaches_the_venue_twice() -> None:
    """`resend` hands the request on twice; the client gets the second answer."""

    async def test(bench: ServerBench) -> None:
        bench.arm("F1", "resend", "create_request")
        response, body = await bench.place()
        assert body == {"code": -2010, "msg": "Duplicate order sent."}
        assert response.headers["X-Fillproof-Fault"] == "F1"
        assert len(bench.exchange.orders("alice")) == 1

    on_loopback(test)


def test_the_websocket_api_has_the_same_faults() -> None:
    """order.place fails and is resent as POST order is; its reply keeps the request's id."""

    async def test(bench: ServerBench) -> None:
        stream = await bench.user_stream()
        bench.arm("F1", "fail", "create_reply", status=400, code=-1007, text="Timeout")
        bench.arm("F2", "resend", "cancel_request")
        reply = await bench.call(stream, "order.place", **order("a"))
        assert (reply["id"], reply["status"]) == (1, 400)
        assert reply["error"] == {"code": -1007, "msg": "Timeout"}
        assert bench.answers.signed(json.dumps(reply, separators=(",", ":")).encode()) == ("F1",)
        assert bench.exchange.orders("alice") == ()
        await bench.place()
        named = {"symbol": "BTCUSDT", "origClientOrderId": "a"}
        reply = await bench.call(stream, "order.cancel", **named)
        assert reply["error"]["msg"] == "Unknown order sent."
        assert (await bench.call(stream, "order.status", **named))["result"]["status"] == "CANCELED"

    on_loopback(test)


def test_faults_end_when_healed() -> None:
    """heal() ends every armed fault, however often it could still fire."""
    faults = AnswerFaults(lambda _: None)
    faults.arm(AnswerFault("F1", "fail", "create_reply", count=5))
    assert faults.handling("create_request").times == 0
    faults.heal()
    assert faults.handling("create_request").times == 1


def test_a_request_that_never_arrives_is_not_resent() -> None:
    """A failure that did not act leaves the resend for the next request."""
    faults = AnswerFaults(lambda _: None)
    faults.arm(AnswerFault("F1", "resend", "create_request"))
    faults.arm(AnswerFault("F2", "fail", "create_reply"))
    assert faults.handling("create_request").faults == ("F2",)
    assert faults.handling("create_request").faults == ("F1",)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"what": "fail", "channel": "create_request"}, "fail needs a"),
        ({"what": "resend", "channel": "user_stream"}, "resend needs a"),
        (
            {"what": "fail", "channel": "create_reply", "status": 302},
            "302; 200 or 400 to 599",
        ),
        ({"what": "resend", "channel": "create_request", "count": 0}, "count 0; one or more"),
    ],
)
def test_senseless_faults_are_refused(fault: dict[str, object], message: str) -> None:
    """A fault on a channel that cannot have it, or that fails nothing, says so."""
    with pytest.raises(ValueError, match=message):
        AnswerFault("F1", **fault)  # type: ignore[arg-type]
