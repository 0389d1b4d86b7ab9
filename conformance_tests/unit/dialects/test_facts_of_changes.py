"""What messages state about orders that are replaced, amended, prevented or in a list."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from conformance_tests.unit.dialects.bench import Bench, TapUnit
from conformance_tests.unit.dialects.list_requests import place

_REPLACE = "/api/v3/order/cancelReplace"
_ASKED: dict[str, Any] = {
    "symbol": "BTCUSDT",
    "cancelReplaceMode": "ALLOW_FAILURE",
    "cancelOrigClientOrderId": "old",
    "newClientOrderId": "new",
    "side": "BUY",
    "type": "LIMIT",
    "timeInForce": "GTC",
    "quantity": "0.1",
    "price": "20000",
}
_TAKES: dict[str, Any] = {"type": "LIMIT_MAKER", "timeInForce": None, "price": "31000"}


def _facts(
    venue: Bench, method: str, path: str, answer: tuple[int, Any], asked: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """Return (fact, client id, venue id, state or code) of each fact of a reply."""
    form = urlencode({name: value for name, value in asked.items() if value is not None})
    request = TapUnit("request", "c2v", form.encode(), method, path)
    status, body = answer
    text = json.dumps(body).encode()
    stated = venue.dialect.facts(TapUnit("response", body=text, status=status, request=request))
    return [_short(fact) for fact in stated]


def _short(fact: dict[str, Any]) -> tuple[Any, ...]:
    ids = fact.get("client_order_id"), fact.get("venue_order_id")
    return (fact["fact"], *ids, fact.get("order_status") or fact.get("code"))


_OLD_ENDED = [("accepted", "old", "2", None), ("status", "old", "2", "Canceled")]
_NEW_STANDS = [("accepted", "new", "3", None), ("status", "new", "3", "New")]


@pytest.mark.parametrize(
    ("old", "takes", "changes", "stated"),
    [
        (True, False, {}, [*_OLD_ENDED, *_NEW_STANDS]),
        (True, True, {}, [*_OLD_ENDED, ("refused", "new", None, -2010)]),
        (
            False,
            False,
            {},
            [
                ("unknown_order", "old", None, -2011),
                ("accepted", "new", "2", None),
                ("status", "new", "2", "New"),
            ],
        ),
        (
            False,
            True,
            {},
            [("unknown_order", "old", None, -2011), ("refused", "new", None, -2010)],
        ),
        (
            False,
            False,
            {"cancelReplaceMode": "STOP_ON_FAILURE"},
            [("unknown_order", "old", None, -2011), ("refused", "new", None, -2022)],
        ),
        (True, False, {"quantity": "0.00001"}, [("refused", "new", None, -1013)]),
    ],
)
def test_both_halves_of_a_replacement_state_what_became_of_them(
    venue: Bench,
    old: bool,
    takes: bool,
    changes: dict[str, Any],
    stated: list[tuple[Any, ...]],
) -> None:
    """The old order canceled or unknown, the new one accepted or refused, in answers and errors."""
    venue.limit("SELL", "0.1", "30000", "offer", who="bob")
    if old:
        venue.limit("BUY", "0.1", "19000", "old")
    asked = {**_ASKED, **(_TAKES if takes else {}), **changes}
    answer = venue.signed("POST", _REPLACE, **asked)
    assert _facts(venue, "POST", _REPLACE, answer, asked) == stated


@pytest.mark.parametrize(
    ("changes", "stated"),
    [
        (
            {"newQty": "0.6"},
            [("accepted", "b", "1", None), ("status", "b", "1", "New")],
        ),
        ({"newQty": "2"}, []),
        ({"origClientOrderId": "c"}, [("unknown_order", "c", None, -2038)]),
    ],
)
def test_an_amend_states_the_order_by_its_new_name(
    venue: Bench, changes: dict[str, str], stated: list[tuple[Any, ...]]
) -> None:
    """A refused amend refuses no order; one of an unknown order says so."""
    venue.limit("BUY", "1", "29000", "a")
    path = "/api/v3/order/amend/keepPriority"
    asked = {"symbol": "BTCUSDT", "origClientOrderId": "a", "newClientOrderId": "b"}
    asked |= {"newQty": "0.6", **changes}
    answer = venue.signed("PUT", path, **asked)
    assert _facts(venue, "PUT", path, answer, asked) == stated


def _event_facts(venue: Bench) -> list[tuple[Any, ...]]:
    handshake = TapUnit("request", "c2v", method="GET", path="/ws-api/v3")
    stated = []
    for message in venue.heard[1]:
        text = json.dumps(message, separators=(",", ":")).encode()
        stated += venue.dialect.facts(TapUnit("frame", body=text, request=handshake))
    return [_short(fact) for fact in stated if fact["fact"] != "balance"]


def test_the_stream_states_an_amended_order_by_its_new_name(venue: Bench) -> None:
    """Of REPLACED the order's name is `c`; of CANCELED it is `C`."""
    venue.limit("BUY", "1", "29000", "a")
    venue.listen()
    venue.heard[1].clear()
    asked: dict[str, Any] = {
        "symbol": "BTCUSDT",
        "orderId": 1,
        "newClientOrderId": "b",
        "newQty": "0.6",
    }
    venue.signed("PUT", "/api/v3/order/amend/keepPriority", **asked)
    venue.cancel("b", newClientOrderId="cancel-1")
    assert _event_facts(venue) == [
        ("accepted", "b", "1", None),
        ("status", "b", "1", "New"),
        ("accepted", "b", "1", None),
        ("status", "b", "1", "Canceled"),
    ]


def test_a_rejection_on_the_stream_states_an_order_without_a_number(venue: Bench) -> None:
    """`i` of a refused order is -1, which is no order's."""
    venue.limit("SELL", "0.1", "30000", "offer", who="bob")
    venue.limit("BUY", "0.1", "19000", "old")
    venue.listen()
    venue.heard[1].clear()
    venue.signed("POST", _REPLACE, **{**_ASKED, **_TAKES})
    assert _event_facts(venue)[2:] == [("status", "new", None, "Rejected")]


@pytest.mark.parametrize(
    ("path", "role"),
    [
        (_REPLACE, "amend"),
        ("/api/v3/orderList/oco", "create"),
        ("/api/v3/order/oco", "create"),
    ],
)
def test_what_changes_orders_has_channels(venue: Bench, path: str, role: str) -> None:
    """Replacing is on the channels of amends, placing a list on those of placing."""
    request = TapUnit("request", "c2v", method="POST", path=path)
    assert venue.dialect.channel(request) == f"{role}_request"


def test_a_refused_list_refuses_each_order_that_it_names(venue: Bench) -> None:
    """The list's own name is no order's."""
    asked = {
        "symbol": "BTCUSDT",
        "listClientOrderId": "list",
        "aboveClientOrderId": "above",
        "belowClientOrderId": "below",
    }
    path, error = "/api/v3/orderList/oco", {"code": -1102, "msg": "..."}
    assert _facts(venue, "POST", path, (400, error), asked) == [
        ("refused", "above", None, -1102),
        ("refused", "below", None, -1102),
    ]


def test_a_list_states_each_of_its_orders(traded: Bench) -> None:
    """When it is placed, and when it is canceled with others."""
    path = "/api/v3/orderList/oto"
    answer = place(traded, "oto")
    assert _facts(traded, "POST", path, answer, {}) == [
        ("accepted", "working", "3", None),
        ("status", "working", "3", "New"),
        ("accepted", "pending", "4", None),
        ("status", "pending", "4", "PendingNew"),
    ]
    traded.limit("BUY", "0.1", "20000", "single")
    canceled = traded.signed("DELETE", "/api/v3/openOrders", symbol="BTCUSDT")
    stated = _facts(traded, "DELETE", "/api/v3/openOrders", canceled, {})
    ended = {fact[1] for fact in stated if fact[3] == "Canceled"}
    assert ended == {"working", "pending", "single"}


@pytest.mark.parametrize(
    "path", ["/api/v3/openOrderList", "/api/v3/allOrderList", "/api/v3/order/amendments"]
)
def test_what_shows_no_state_states_nothing(traded: Bench, path: str) -> None:
    """Queries of lists and of amendments name orders, and say nothing of how they are."""
    place(traded, "oto")
    amend: dict[str, Any] = {"symbol": "BTCUSDT", "orderId": 3, "newQty": "0.05"}
    traded.signed("PUT", "/api/v3/order/amend/keepPriority", **amend)
    named: dict[str, Any] = (
        {"symbol": "BTCUSDT", "orderId": 3} if path.endswith("amendments") else {}
    )
    answer = traded.signed("GET", path, **named)
    assert (answer[0], len(answer[1])) == (200, 1)
    assert _facts(traded, "GET", path, answer, {}) == []
