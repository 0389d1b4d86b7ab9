"""REST: where parameters may stand, how fresh a request must be, and who may ask what."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import KEY, NOW_MS, SECRET, Bench

from fillproof.simulator.dialects.binance.door.signing import sign
from fillproof.simulator.dialects.protocol import HttpRequest

_ORDER = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=29000"
_INTEGER = "^[0-9]{1,20}$"
_DECIMAL = r"^([0-9]{1,20})(\.[0-9]{1,20})?$"


def _send(
    venue: Bench, method: str, path: str, query: str = "", body: str = "", **headers: str
) -> tuple[int, Any]:
    target = f"{path}?{query}" if query else path
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    reply = venue.send(HttpRequest(method, "h", target, sent, body.encode()))
    return reply.status, json.loads(reply.body)


def _signed(venue: Bench, method: str, query: str, body: str, **headers: str) -> tuple[int, Any]:
    signature = sign(SECRET, (query + body).encode())
    query = f"{query}&signature={signature}".lstrip("&")
    return _send(venue, method, "/api/v3/order", query, body, x_mbx_apikey=KEY, **headers)


@pytest.mark.parametrize(
    ("query", "body"),
    [
        (f"{_ORDER}&timestamp={NOW_MS}", ""),
        ("", f"{_ORDER}&timestamp={NOW_MS}"),
        (_ORDER, f"timestamp={NOW_MS}"),
        (f"timestamp={NOW_MS}", f"&&{_ORDER}&"),
        (f"{_ORDER}&timestamp={NOW_MS}", "price=1&quantity=8&symbol=NOSUCH"),
    ],
)
@pytest.mark.parametrize(
    "content_type", ["", "application/x-www-form-urlencoded", "application/json", "text/plain"]
)
def test_parameters_stand_in_query_and_body(query: str, body: str, content_type: str) -> None:
    """Both are read, whatever the content type says; where both name one, the query wins."""
    status, placed = _signed(Bench(), "POST", query, body, content_type=content_type)
    assert (status, placed.get("price"), placed.get("origQty")) == (
        200,
        "29000.00000000",
        "1.00000000",
    )


def test_a_get_has_no_body(venue: Bench) -> None:
    """What a GET sends in its body is neither read nor signed."""
    venue.limit("BUY", "1", "29000", "a")
    query = f"symbol=BTCUSDT&orderId=1&timestamp={NOW_MS}"
    signed = f"{query}&signature={sign(SECRET, query.encode())}"
    answer = _send(venue, "GET", "/api/v3/order", signed, "orderId=9&x=y", x_mbx_apikey=KEY)
    assert answer[1]["orderId"] == 1


@pytest.mark.parametrize(
    ("parameters", "code", "text"),
    [
        ("", -1102, "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed."),
        (
            "timestamp=",
            -1102,
            "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.",
        ),
        (
            "timestamp=now",
            -1100,
            f"Illegal characters found in parameter 'timestamp'; legal range is '{_INTEGER}'.",
        ),
        (
            "timestamp=1.5e9",
            -1100,
            f"Illegal characters found in parameter 'timestamp'; legal range is '{_INTEGER}'.",
        ),
        ("timestamp=99999999999999999999", -1108, "Parameter 'timestamp' overflowed."),
        (f"timestamp={NOW_MS}&timestamp=1", -1101, "Duplicate values for a parameter detected."),
        (f"timestamp={NOW_MS}&recvWindow=60000.001", -1131, "recvWindow must be less than 60000"),
        (
            f"timestamp={NOW_MS}&recvWindow=1.0001",
            -1111,
            "Parameter 'recvWindow' has too much precision.",
        ),
        (
            f"timestamp={NOW_MS}&recvWindow=-1",
            -1100,
            f"Illegal characters found in parameter 'recvWindow'; legal range is '{_DECIMAL}'.",
        ),
        (
            f"timestamp={NOW_MS}&recvWindow=NaN",
            -1100,
            f"Illegal characters found in parameter 'recvWindow'; legal range is '{_DECIMAL}'.",
        ),
        (f"timestamp={NOW_MS}&recvWindow=", -1105, "Parameter 'recvWindow' was empty."),
        (
            f"timestamp={NOW_MS}&a=1&b=2",
            -1104,
            "Not all sent parameters were read; read '2' parameter(s) but was sent '4'.",
        ),
    ],
)
def test_what_every_signed_request_must_have(
    venue: Bench, parameters: str, code: int, text: str
) -> None:
    """Timestamp and window are refused in the venue's words, as is what nobody reads."""
    signed = f"{parameters}&signature={sign(SECRET, parameters.encode())}".lstrip("&")
    answer = _send(venue, "GET", "/api/v3/account", signed, x_mbx_apikey=KEY)
    assert answer == (400, {"code": code, "msg": text})


@pytest.mark.parametrize(
    ("timestamp", "window", "is_fresh"),
    [
        (NOW_MS - 1, "1", True),
        (NOW_MS - 1, "0.999", False),
        (NOW_MS * 1000 - 999, "0.999", True),
        (NOW_MS * 1000 - 1000, "0.999", False),
        (NOW_MS * 1000 + 999_999, "5", True),
        (NOW_MS * 1000 + 1_000_000, "5", False),
        (NOW_MS - 60_000, "60000", True),
        (NOW_MS - 60_000, "60000.000", True),
        (0, "60000", False),
    ],
)
def test_freshness_is_told_to_the_microsecond(
    venue: Bench, timestamp: int, window: str, *, is_fresh: bool
) -> None:
    """A timestamp counts milliseconds or microseconds, and recvWindow has up to three decimals."""
    status, body = venue.signed("GET", "/api/v3/openOrders", timestamp=timestamp, recvWindow=window)
    assert (status, body if is_fresh else body["code"]) == ((200, []) if is_fresh else (400, -1021))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/api/v3/time", 405),
        ("PATCH", "/api/v3/order", 405),
        ("HEAD", "/api/v3/ping", 405),
        ("OPTIONS", "/api/v3/order", 405),
        ("GET", "/api/v1/time", 404),
        ("GET", "/api/v3/", 404),
        ("GET", "/", 404),
        ("GET", "/api/v3/time/", 404),
        ("GET", "/API/v3/time", 404),
        ("GET", "/api/v3/\udcff", 404),
    ],
)
def test_another_method_or_path_gets_a_page(
    venue: Bench, method: str, path: str, status: int
) -> None:
    """A known path asked by another method is 405, an unknown one 404, both pages of HTML."""
    reply = venue.send(HttpRequest(method, "h", path, {}))
    assert (reply.status, reply.content_type) == (status, "text/html")


@pytest.mark.parametrize("key", ["", "nobody", "a b", "\udcff"])
def test_public_endpoints_ask_for_no_key(venue: Bench, key: str) -> None:
    """Whoever sends a key that is none is still served what is public."""
    assert _send(venue, "GET", "/api/v3/ping", x_mbx_apikey=key) == (200, {})


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        (name, value, code)
        for name in ("quantity", "price")
        for value, code in (
            ("NaN", -1100),
            ("Infinity", -1100),
            ("-1", -1100),
            ("+1", -1100),
            ("1e400", -1100),
            ("1e3", -1100),
            ("0x10", -1100),
            ("1,5", -1100),
            ("1.", -1100),
            (".5", -1100),
            (" 1", -1100),
            ("1\n", -1100),
            ("\u0661", -1100),
            ("9" * 21, -1100),
            ("0.000000001", -1111),
            ("", -1102),
        )
    ]
    + [
        ("symbol", "btcusdt", -1100),
        ("symbol", "A" * 21, -1100),
        ("symbol", "BTC/USDT", -1100),
        ("symbol", "NOSUCH", -1121),
        ("newClientOrderId", "x" * 37, -1100),
        ("newClientOrderId", "é", -1100),
    ],
)
def test_no_nonsense_reaches_the_book(venue: Bench, name: str, value: str, code: int) -> None:
    """A number that is none, or a name of other characters, changes no balance and no book."""
    before = venue.signed("GET", "/api/v3/account")
    assert venue.place(**{name: value})["code"] == code
    assert venue.signed("GET", "/api/v3/account") == before
    assert venue.signed("GET", "/api/v3/openOrders") == (200, [])


@pytest.mark.parametrize(
    ("symbols", "answer"),
    [
        ('["BTCUSDT"]', 1),
        ("[]", 0),
        ('["BTCUSDT","BTCUSDT"]', -1151),
        ('["BTCUSDT", "X"]', -1100),
        ("BTCUSDT", -1100),
        ('["btc"]', -1100),
        ("[" * 50_000, -1100),
        ("", -1105),
    ],
)
def test_symbols_are_a_list(venue: Bench, symbols: str, answer: int) -> None:
    """`symbols` is a JSON list without blanks, each market once."""
    status, body = venue.ask("GET", "/api/v3/ticker/price", f"symbols={symbols}")
    assert (len(body) if status == 200 else body["code"]) == answer
