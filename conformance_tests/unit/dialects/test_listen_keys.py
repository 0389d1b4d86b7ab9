"""Listen keys, as they were until 2026-02-20, for clients that know nothing newer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import KEY, OTHER_KEY, Bench, TapUnit

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.dialects.protocol import HttpRequest

_PATH = "/api/v3/userDataStream"
_MINUTE = 60_000_000_000
_UNKNOWN = {"code": -1125, "msg": "This listenKey does not exist."}


@pytest.fixture
def legacy() -> Bench:
    """Return a venue that still serves listen keys."""
    return Bench(Quirks(legacy_listen_keys=True))


def _rest(venue: Bench, method: str, listen_key: str = "", key: str = KEY) -> tuple[int, Any]:
    query = f"listenKey={listen_key}" if listen_key else ""
    return venue.ask(method, _PATH, query, **{"x-mbx-apikey": key})


def _begin(venue: Bench, key: str = KEY) -> str:
    status, body = _rest(venue, "POST", key=key)
    assert status == 200
    return str(body["listenKey"])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_they_are_retired(venue: Bench, method: str) -> None:
    """Without the quirk the endpoints are gone, with a page of HTML."""
    reply = venue.send(HttpRequest(method, "h", _PATH, {"x-mbx-apikey": KEY}))
    assert (reply.status, reply.content_type) == (410, "text/html")


def test_an_account_has_one_key(legacy: Bench) -> None:
    """Asking again returns the same key of 64 characters; another account has another."""
    first = _begin(legacy)
    assert len(first) == 64
    assert _begin(legacy) == first
    assert _begin(legacy, OTHER_KEY) != first


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_key_must_exist_and_be_ones_own(legacy: Bench, method: str) -> None:
    """An unknown key, or another account's, is -1125; none at all is -1102."""
    listen_key = _begin(legacy)
    assert _rest(legacy, method, "x") == (400, _UNKNOWN)
    assert _rest(legacy, method, listen_key, OTHER_KEY) == (400, _UNKNOWN)
    assert _rest(legacy, method)[1]["code"] == -1102
    assert _rest(legacy, method, listen_key) == (200, {})


@pytest.mark.parametrize(("key", "status", "code"), [("", 401, -2014), ("nobody", 401, -2015)])
def test_an_api_key_is_needed(legacy: Bench, key: str, status: int, code: int) -> None:
    """The endpoints want a key and no signature."""
    answer = _rest(legacy, "POST", key=key)
    assert (answer[0], answer[1]["code"]) == (status, code)


def test_a_key_lives_for_an_hour_from_the_last_word(legacy: Bench) -> None:
    """60 minutes after it was begun or kept alive a key is gone, and its stream says so."""
    listen_key = _begin(legacy)
    legacy.open(f"/ws/{listen_key}")
    legacy.pass_time(59 * _MINUTE)
    assert _rest(legacy, "PUT", listen_key) == (200, {})
    legacy.pass_time(60 * _MINUTE - 1)
    assert legacy.dialect.sockets("user_stream") == (1,)
    legacy.limit("BUY", "0.1", "29000", "a")
    assert [event["e"] for event in legacy.heard[1]] == [
        "executionReport",
        "outboundAccountPosition",
    ]
    legacy.heard[1].clear()
    legacy.pass_time(1)
    legacy.limit("BUY", "0.1", "29000", "b")
    assert legacy.heard[1] == [
        {"e": "listenKeyExpired", "E": legacy.now_ns // 1_000_000, "listenKey": listen_key}
    ]
    assert _rest(legacy, "PUT", listen_key) == (400, _UNKNOWN)


@pytest.mark.parametrize(
    ("path", "combined"),
    [("/ws/{}", False), ("/stream?streams={}", True), ("/stream?streams=btcusdt@trade/{}", True)],
)
def test_a_path_names_the_key(legacy: Bench, path: str, *, combined: bool) -> None:
    """User events come as they are, or under the key on a combined stream."""
    listen_key = _begin(legacy)
    legacy.open(path.format(listen_key))
    legacy.limit("BUY", "0.1", "29000", "a")
    legacy.limit("BUY", "0.1", "29000", "a", who="bob")
    heard = legacy.heard[1]
    if combined:
        assert {message["stream"] for message in heard} == {listen_key}
        heard = [message["data"] for message in heard]
    assert [event["e"] for event in heard] == ["executionReport", "outboundAccountPosition"]


def test_a_socket_subscribes_to_the_key(legacy: Bench) -> None:
    """SUBSCRIBE with the key hears the account; after DELETE it is silent."""
    listen_key = _begin(legacy)
    legacy.open("/ws")
    legacy.say({"method": "SUBSCRIBE", "params": [listen_key], "id": 1})
    legacy.limit("BUY", "0.1", "29000", "a")
    assert len(legacy.heard[1]) == 2
    _rest(legacy, "DELETE", listen_key)
    legacy.limit("BUY", "0.1", "29000", "b")
    assert len(legacy.heard[1]) == 2


def test_the_websocket_api_gives_keys_too(legacy: Bench) -> None:
    """userDataStream.start, ping and stop take the API key alone."""
    legacy.open("/ws-api/v3")

    def ask(method: str, **more: str) -> Any:
        parameters = {"apiKey": KEY, **more}
        return legacy.say({"id": 1, "method": f"userDataStream.{method}", "params": parameters})

    listen_key = ask("start")["result"]["listenKey"]
    assert ask("ping", listenKey=listen_key)["result"] == {}
    assert ask("stop", listenKey=listen_key)["result"] == {}
    assert ask("ping", listenKey=listen_key)["error"] == _UNKNOWN


@pytest.mark.parametrize("path", ["/ws/{}", "/stream?streams={}"])
def test_the_tap_knows_user_data_there(legacy: Bench, path: str) -> None:
    """What a listen key brings is the user stream, with the facts of its events."""
    listen_key = _begin(legacy)
    legacy.open(path.format(listen_key))
    legacy.limit("BUY", "0.1", "29000", "a")
    handshake = TapUnit("request", "c2v", method="GET", path=path.format(listen_key))
    units = [
        TapUnit(
            "frame", body=json.dumps(message, separators=(",", ":")).encode(), request=handshake
        )
        for message in legacy.heard[1]
    ]
    assert [legacy.dialect.channel(unit) for unit in units] == ["user_stream"] * 2
    facts = [fact["fact"] for unit in units for fact in legacy.dialect.facts(unit)]
    assert facts == ["accepted", "status", "balance"]
