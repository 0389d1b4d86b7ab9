"""Frames of the WebSocket API: what is a request, what is none, and what is said to each."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

_INVALID = {"code": -1135, "msg": "Invalid JSON Request"}
_DOUBLE = {"code": -1101, "msg": "Duplicate values for a parameter detected."}
_NO_ID = {
    "code": -1102,
    "msg": "Mandatory parameter 'id' was not sent, was empty/null, or malformed.",
}
_BAD_ID = {
    "code": -1100,
    "msg": "Illegal characters found in parameter 'id'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.",
}


@pytest.fixture
def api(venue: Bench) -> Bench:
    """Return a venue with an open connection to its WebSocket API."""
    venue.open("/ws-api/v3")
    return venue


@pytest.mark.parametrize(
    "number",
    [0, -1, 2**63 - 1, -(2**63), None, "a", "e2a85d9f-07a5-4f94-8d5f-789dc3deb097", "A" * 36],
)
def test_an_id_comes_back_as_it_was(api: Bench, number: Any) -> None:
    """An id is a whole number of 64 bits, a short text or null, and is echoed as it was sent."""
    reply = api.say({"id": number, "method": "ping"})
    assert (reply["id"], reply["status"]) == (number, 200)
    assert type(reply["id"]) is type(number)


@pytest.mark.parametrize(
    "number",
    [
        "1.0",
        "1e400",
        str(2**63),
        "9" * 5000,
        '""',
        f'"{"A" * 37}"',
        r'"\ud800"',
        "[]",
        "{}",
        "true",
    ],
)
def test_no_other_id_is_taken(api: Bench, number: str) -> None:
    """Any other id is -1100, and the reply has none."""
    reply = api.say(f'{{"id":{number},"method":"ping"}}')
    assert (reply["id"], reply["status"], reply["error"]) == (None, 400, _BAD_ID)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", _INVALID),
        ("hello", _INVALID),
        ("null", _INVALID),
        ("[]", _INVALID),
        ("1", _INVALID),
        ('{"id":1}', _INVALID),
        ('{"id":1,"method":null}', _INVALID),
        ('{"id":1,"method":1}', _INVALID),
        ('{"id":1,"method":["ping"]}', _INVALID),
        ('{"id":1,"method":"ping","params":[1]}', _INVALID),
        ('{"id":1,"method":"ping","params":"a"}', _INVALID),
        ('{"id":1,"method":"ping","params":false}', _INVALID),
        ('{"id":NaN,"method":"ping"}', _INVALID),
        ('{"id":1,"method":"ping","params":{"a":Infinity}}', _INVALID),
        ('{"id":1,"method":"ping"', _INVALID),
        ('{"id":1,"method":"ping"}{}', _INVALID),
        ("[" * 100_000, _INVALID),
        ('{"method":"ping"}', _NO_ID),
        ('{"id":1,"id":2,"method":"ping"}', _DOUBLE),
        ('{"id":1,"method":"ping","params":{"a":1,"a":2}}', _DOUBLE),
    ],
)
def test_what_is_no_request_is_said_to_be_none(
    api: Bench, text: str, error: dict[str, Any]
) -> None:
    """Whatever is no request gets an error without an id, and the connection goes on."""
    reply = api.say(text)
    assert (reply["id"], reply["status"], reply["error"]) == (None, 400, error)
    assert api.say({"id": 2, "method": "ping"})["status"] == 200


@pytest.mark.parametrize(
    ("method", "parameters", "code"),
    [
        ("nothing", {}, -1020),
        ("ping", {"a": "b"}, -1101),
        ("depth", {}, -1102),
        ("depth", {"symbol": None}, -1102),
        ("depth", {"symbol": ""}, -1102),
        ("depth", {"symbol": ["BTCUSDT"]}, -1130),
        ("depth", {"symbol": {"a": 1}}, -1130),
        ("depth", {"symbol": True}, -1100),
        ("depth", {"symbol": 12}, -1121),
        ("depth", {"symbol": "\ud800"}, -1100),
        ("depth", {"symbol": "BTCUSDT", "limit": -5}, -1100),
        ("depth", {"symbol": "BTCUSDT", "limit": 1.5}, -1100),
        ("depth", {"symbol": "BTCUSDT", "limit": 10**30}, -1100),
        ("depth", {"symbol": "BTCUSDT", "limit": 2**63}, -1108),
        ("depth", {"symbol": "BTCUSDT", "limit": 0}, -1130),
        ("ticker.price", {"symbols": ["BTCUSDT", "BTCUSDT"]}, -1151),
        ("ticker.price", {"symbols": [1]}, -1121),
        ("ticker.price", {"symbols": [None]}, -1100),
        ("account.status", {}, -1102),
        ("account.status", {"apiKey": "nobody", "timestamp": 1, "signature": "a"}, -2015),
        ("account.status", {"apiKey": "no body", "timestamp": 1, "signature": "a"}, -2014),
        ("account.status", {"apiKey": "alicesKey", "timestamp": 1}, -1102),
        ("account.status", {"apiKey": "alicesKey", "timestamp": 1, "signature": 5}, -1022),
        ("account.status", {"apiKey": "alicesKey", "timestamp": 1, "signature": "\ud800"}, -1022),
        ("userDataStream.unsubscribe", {"subscriptionId": "x"}, -1100),
        ("session.status", {"colour": "red"}, -1101),
    ],
)
def test_parameters_of_any_type_get_the_documented_error(
    api: Bench, method: str, parameters: dict[str, Any], code: int
) -> None:
    """A parameter of a wrong type is refused like one of a wrong text."""
    reply = api.say(json.dumps({"id": 7, "method": method, "params": parameters}))
    assert (reply["id"], reply["error"]["code"]) == (7, code)
    assert reply["status"] == (401 if code in (-2014, -2015) else 400)


@pytest.mark.parametrize("name", ["ping", "v3/ping"])
def test_a_method_may_have_its_version(api: Bench, name: str) -> None:
    """v3/ before a method means the same."""
    assert api.say({"id": 1, "method": name})["result"] == {}
