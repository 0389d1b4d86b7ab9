"""Cancel and replace: what is answered when both halves, one, or neither succeeds."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.vocabulary.commands import SetPhase
from fillproof.simulator.vocabulary.orders import MarketPhase

_UNKNOWN = {"code": -2011, "msg": "Unknown order sent."}
_WOULD_TAKE = {"code": -2010, "msg": "Order would immediately match and take."}
_BOTH_FAILED = (-2022, "Order cancel-replace failed.")
_ONE_FAILED = (-2021, "Order cancel-replace partially failed.")


def _replace(venue: Bench, **changes: Any) -> tuple[int, Any]:
    """Replace the order named "old" by a limit order named "new"."""
    request = {
        "symbol": "BTCUSDT",
        "cancelReplaceMode": "STOP_ON_FAILURE",
        "cancelOrigClientOrderId": "old",
        "newClientOrderId": "new",
        "side": "BUY",
        "type": "LIMIT",
        "timeInForce": "GTC",
        "quantity": "0.1",
        "price": "20000",
    }
    return venue.signed("POST", "/api/v3/order/cancelReplace", **(request | changes))


_TAKES = {"type": "LIMIT_MAKER", "timeInForce": None, "price": "31000"}


def test_both_halves_are_answered_when_both_succeed(venue: Bench) -> None:
    """The answer holds the cancel's and the new order's own answers."""
    venue.limit("BUY", "0.1", "19000", "old")
    status, answer = _replace(venue, cancelNewClientOrderId="cancel-1")
    assert (status, answer["cancelResult"], answer["newOrderResult"]) == (200, *("SUCCESS",) * 2)
    canceled, placed = answer["cancelResponse"], answer["newOrderResponse"]
    assert (canceled["origClientOrderId"], canceled["clientOrderId"]) == ("old", "cancel-1")
    assert canceled["status"] == "CANCELED"
    assert (placed["clientOrderId"], placed["status"], placed["fills"]) == ("new", "NEW", [])


@pytest.mark.parametrize(
    ("mode", "cancels", "places", "status", "error", "halves"),
    [
        ("STOP_ON_FAILURE", False, True, 400, _BOTH_FAILED, ("FAILURE", "NOT_ATTEMPTED")),
        ("STOP_ON_FAILURE", True, False, 409, _ONE_FAILED, ("SUCCESS", "FAILURE")),
        ("ALLOW_FAILURE", False, True, 409, _ONE_FAILED, ("FAILURE", "SUCCESS")),
        ("ALLOW_FAILURE", True, False, 409, _ONE_FAILED, ("SUCCESS", "FAILURE")),
        ("ALLOW_FAILURE", False, False, 400, _BOTH_FAILED, ("FAILURE", "FAILURE")),
    ],
)
def test_each_half_that_fails_is_shown_in_the_error(
    venue: Bench,
    mode: str,
    cancels: bool,
    places: bool,
    status: int,
    error: tuple[int, str],
    halves: tuple[str, str],
) -> None:
    """Status, code and data say which half failed, and why."""
    venue.limit("SELL", "0.1", "30000", "offer", who="bob")
    if cancels:
        venue.limit("BUY", "0.1", "19000", "old")
    answered, body = _replace(venue, cancelReplaceMode=mode, **({} if places else _TAKES))
    data = body["data"]
    assert (answered, (body["code"], body["msg"])) == (status, error)
    assert (data["cancelResult"], data["newOrderResult"]) == halves
    if not cancels:
        assert data["cancelResponse"] == _UNKNOWN
    if halves[1] == "FAILURE":
        assert data["newOrderResponse"] == _WOULD_TAKE
    if halves[1] == "NOT_ATTEMPTED":
        assert data["newOrderResponse"] is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cancelReplaceMode": None}, -1102),
        ({"cancelReplaceMode": "PERHAPS"}, -1130),
        ({"cancelOrigClientOrderId": None}, -1102),
        ({"cancelRestrictions": "ONLY_OLD"}, -1145),
        ({"orderRateLimitExceededMode": "SHRUG"}, -1130),
        ({"quantity": "0.1", "price": "1"}, -1013),
        ({"price": None}, -1102),
    ],
)
def test_what_is_wrong_with_the_request_cancels_nothing(
    venue: Bench, changes: dict[str, Any], code: int
) -> None:
    """Parameters and filters are looked at before the cancel; the error is the plain one."""
    venue.limit("BUY", "0.1", "19000", "old")
    status, body = _replace(venue, **changes)
    assert (status, body["code"], body.get("data")) == (400, code, None)
    assert venue.query("old")[1]["status"] == "NEW"


def test_restrictions_bind_the_cancel(venue: Bench) -> None:
    """ONLY_PARTIALLY_FILLED does not cancel an order without fills."""
    venue.limit("BUY", "0.1", "19000", "old")
    status, body = _replace(venue, cancelRestrictions="ONLY_PARTIALLY_FILLED")
    text = "Order was not canceled due to cancel restrictions."
    assert (status, body["data"]["cancelResponse"]) == (400, {"code": -2011, "msg": text})


def test_a_closed_market_replaces_nothing(venue: Bench) -> None:
    """A market that takes no orders says so, and the old order stays."""
    venue.limit("BUY", "0.1", "19000", "old")
    venue.apply(SetPhase("BTCUSDT", MarketPhase.CANCEL_ONLY))
    assert _replace(venue) == (400, {"code": -1013, "msg": "Market is closed."})
    assert venue.query("old")[1]["status"] == "NEW"


def test_the_stream_tells_the_cancel_and_then_the_new_order(venue: Bench) -> None:
    """CANCELED with the cancel's id in `c` and the order's in `C`, then NEW."""
    venue.limit("BUY", "0.1", "19000", "old")
    venue.listen()
    _replace(venue, cancelNewClientOrderId="cancel-1")
    reports = [one for one in venue.events() if one["e"] == "executionReport"]
    told = [(one["x"], one["c"], one["C"], one["i"]) for one in reports]
    assert told == [("CANCELED", "cancel-1", "old", 1), ("NEW", "new", "", 2)]


def test_a_new_order_refused_after_the_cancel_is_told_as_rejected(venue: Bench) -> None:
    """Only here is a refusal told: REJECTED, with a reason and no order number."""
    venue.limit("SELL", "0.1", "30000", "offer", who="bob")
    venue.limit("BUY", "0.1", "19000", "old")
    venue.listen()
    _replace(venue, **_TAKES)
    reports = [one for one in venue.events() if one["e"] == "executionReport"]
    told = [(one["x"], one["X"], one["r"], one["c"], one["i"], one["w"]) for one in reports]
    assert told[1:] == [("REJECTED", "REJECTED", "WOULD_MATCH_IMMEDIATELY", "new", -1, False)]


def test_a_plain_refusal_is_not_told(venue: Bench) -> None:
    """An order that is refused without a cancel is only answered."""
    venue.listen()
    venue.limit("BUY", "9", "29000", "too-dear")
    assert venue.events() == []


@pytest.mark.parametrize(
    ("mode", "exceeded", "old", "status", "code", "halves"),
    [
        ("STOP_ON_FAILURE", "DO_NOTHING", True, 429, -1015, None),
        ("STOP_ON_FAILURE", "CANCEL_ONLY", True, 429, -2021, ("SUCCESS", "FAILURE")),
        ("STOP_ON_FAILURE", "CANCEL_ONLY", False, 429, -2022, ("FAILURE", "NOT_ATTEMPTED")),
        ("ALLOW_FAILURE", "CANCEL_ONLY", True, 409, -2021, ("SUCCESS", "FAILURE")),
        ("ALLOW_FAILURE", "CANCEL_ONLY", False, 400, -2022, ("FAILURE", "FAILURE")),
    ],
)
def test_beyond_the_order_limit_it_may_cancel_alone(
    mode: str,
    exceeded: str,
    old: bool,
    status: int,
    code: int,
    halves: tuple[str, str] | None,
) -> None:
    """DO_NOTHING refuses the whole; CANCEL_ONLY cancels and says that there were too many."""
    venue = Bench(quirks=Quirks(orders_per_10_seconds=1))
    venue.limit("BUY", "0.1", "19000", "old" if old else "other")
    request = {"cancelReplaceMode": mode, "orderRateLimitExceededMode": exceeded}
    answered, body = _replace(venue, **request)
    data = body.get("data")
    assert (answered, body["code"]) == (status, code)
    assert (data and (data["cancelResult"], data["newOrderResult"])) == halves


def test_a_new_order_that_was_not_tried_counts_as_an_order(venue: Bench) -> None:
    """NOT_ATTEMPTED still counts one against the order limits."""
    _replace(venue)
    counts = venue.signed("GET", "/api/v3/rateLimit/order")[1]
    assert [one["count"] for one in counts] == [1, 1]


def test_the_websocket_api_answers_the_same(venue: Bench) -> None:
    """The error frame has the status, and the data beside code and text."""
    venue.open("/ws-api/v3")
    request: dict[str, Any] = {
        "symbol": "BTCUSDT",
        "cancelReplaceMode": "STOP_ON_FAILURE",
        "cancelOrderId": 7,
    }
    request |= {"side": "BUY", "type": "LIMIT", "timeInForce": "GTC"}
    request |= {"quantity": "1", "price": "10"}
    reply = venue.call("order.cancelReplace", **request)
    assert (reply["status"], reply["error"]["code"]) == (400, -2022)
    assert reply["error"]["data"]["cancelResponse"] == _UNKNOWN
