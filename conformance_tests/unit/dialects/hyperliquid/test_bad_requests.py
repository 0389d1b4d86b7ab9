"""Whatever is sent: an answer below 500, and nobody's money moves."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from conformance_tests.unit.dialects.hyperliquid.bench import (
    ALICE,
    CLOID,
    NOW_MS,
    PERPETUAL,
    USER,
    Bench,
    order,
    orders,
    sign,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.dialects.hyperliquid import Quirks
from fillproof.simulator.dialects.hyperliquid.info.table import QUERIES
from fillproof.simulator.dialects.hyperliquid.trading.actions import ACTIONS

UNREADABLE = b"Failed to deserialize the JSON body into the target type"
ORDER = order(PERPETUAL, "buy", "1", "29000", c=CLOID)
WHOLE: dict[str, dict[str, Any]] = {
    "order": orders(ORDER),
    "cancel": {"type": "cancel", "cancels": [{"a": 0, "o": 1}]},
    "cancelByCloid": {"type": "cancelByCloid", "cancels": [{"asset": 0, "cloid": CLOID}]},
    "modify": {"type": "modify", "oid": 1, "order": ORDER},
    "batchModify": {"type": "batchModify", "modifies": [{"oid": 1, "order": ORDER}]},
    "scheduleCancel": {"type": "scheduleCancel", "time": NOW_MS},
    "updateLeverage": {"type": "updateLeverage", "asset": 0, "isCross": True, "leverage": 5},
    "setReferrer": {"type": "setReferrer", "code": "GOLD"},
}
WRONG: tuple[Any, ...] = (None, "nonsense", -1, 2**70, 0.5, [], {}, [None], True, "\ud800")


@pytest.mark.parametrize(
    ("body", "path"),
    [(body, path) for path in ("/info", "/exchange") for body in (
        b"", b"nonsense", b"[]", b"null", b"1", b"{}", b'{"type": 1}', b'{"type": "nonsense"}',
        b'{"type": "meta", "type": "meta"}', b"\xff\xfe", b"[" * 5000, b'{"action": {"type": 3}}',
        b'{"type": "\\ud800"}', b'{"a": NaN}', b'{"type": "l2Book"}',
        b'{"type": "meta", "dex": "x"}',
    )],
)  # fmt: skip
def test_a_body_that_is_no_request_is_unprocessable(body: bytes, path: str) -> None:
    """HTTP 422 and one text, whatever it is that is wrong."""
    reply = Bench().send(path, body)
    assert (reply.status, reply.body) == (422, UNREADABLE)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/info", 405),
        ("DELETE", "/exchange", 405),
        ("POST", "/other", 404),
        ("GET", "/", 404),
    ],
)
def test_other_paths_and_methods_are_not_served(method: str, path: str, status: int) -> None:
    """There are two paths, and both are posted to."""
    assert Bench().send(path, b"{}", method).status == status


def spoiled(value: Any) -> Iterator[Any]:
    """Yield a JSON value with each of its parts in turn left out or replaced."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield {name: kept for name, kept in value.items() if name != key}
            yield from ({**value, key: wrong} for wrong in (*WRONG, *spoiled(inside)))
    elif isinstance(value, list):
        for at, inside in enumerate(value):
            for wrong in (*WRONG, *spoiled(inside)):
                changed = copy.copy(value)
                changed[at] = wrong
                yield changed


def signed(action: Any, nonce: int) -> bytes:
    """Return an action with its signature; one that nobody could sign has another's."""
    try:
        body = sign(ALICE, action, nonce)
    except (AttributeError, OverflowError, TypeError, ValueError):
        body = {**sign(ALICE, {"type": "noop"}, nonce), "action": action}
    return json.dumps(body).encode()


def is_refused(body: bytes) -> bool:
    """Return whether an answer of HTTP 200 says that nothing of an action was done."""
    answer = json.loads(body)
    if answer["status"] == "err":
        return True
    statuses = answer["response"].get("data", {}).get("statuses", [])
    return bool(statuses) and all("error" in one for one in statuses)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_spoiled_action_changes_nothing(kind: str) -> None:
    """With any part missing or of another kind: below 500, and no money moves if it is refused."""
    bench = Bench(Quirks(rate_limits=False))
    refused = 0
    for at, action in enumerate(spoiled(WHOLE[kind])):
        before = bench.balances()
        reply = bench.send("/exchange", signed(action, NOW_MS + at))
        assert reply.status in (200, 422), action
        if reply.status == 422 or is_refused(reply.body):
            refused += 1
            assert bench.balances() == before, action
        else:
            bench = Bench(Quirks(rate_limits=False))
    assert refused > len(WHOLE[kind])


def test_a_spoiled_envelope_changes_nothing() -> None:
    """Nonce, signature, vault and date too."""
    bench = Bench(Quirks(rate_limits=False))
    before = bench.balances()
    whole = sign(ALICE, WHOLE["order"], NOW_MS, expires_after=NOW_MS + 1, vault=USER)
    for body in spoiled({key: whole[key] for key in whole if key != "action"}):
        sent = json.dumps({"action": whole["action"], **body}).encode()
        assert bench.send("/exchange", sent).status in (200, 422)
    opened = bench.info("openOrders", user=USER)
    assert bench.balances() == before, opened


def test_a_malformed_part_stops_the_whole_action() -> None:
    """The good order before it is not placed either."""
    bench = Bench()
    action = orders(ORDER, {**ORDER, "c": "0x12"})
    body = json.dumps(sign(ALICE, action, NOW_MS)).encode()
    assert bench.send("/exchange", body).status == 422
    assert bench.info("openOrders", user=USER) == []


def test_every_action_is_spoiled_somewhere() -> None:
    """The table above leaves out only what is signed field by field, or says nothing."""
    assert set(ACTIONS) - set(WHOLE) == {
        "approveAgent",
        "approveBuilderFee",
        "noop",
        "updateIsolatedMargin",
    }


SHARED = Bench(Quirks(rate_limits=False))
SHARED.open()
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just(USER),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside),
    max_leaves=5,
)
NAMES = ("user", "oid", "coin", "req", "startTime", "endTime", "builder", "tokenId", "dex")


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.sampled_from(sorted(QUERIES)), st.dictionaries(st.sampled_from(NAMES), ANYTHING))
def test_any_query_is_answered_or_unprocessable(type_: str, more: dict[str, Any]) -> None:
    """Whatever its parameters are."""
    body = json.dumps({"type": type_, **more}).encode()
    assert SHARED.send("/info", body).status in (200, 422)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(
    ANYTHING
    | st.dictionaries(st.sampled_from(("method", "id", "request", "subscription")), ANYTHING)
)
def test_any_frame_is_answered(frame: Any) -> None:
    """With an error of the socket at worst."""
    assert SHARED.say(json.dumps(frame)) is not None
