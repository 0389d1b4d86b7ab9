"""Whatever is wrong with a frame, its socket gets the venue's error and nothing changes."""

from __future__ import annotations

import json
from typing import Any

from conformance_tests.property.bad_requests import (
    ENDPOINTS,
    STATUSES,
    a_venue,
    base,
    give_back,
    is_signed,
    plausible,
    require_error_body,
    state,
)
from conformance_tests.property.bad_values import bad_values
from conformance_tests.unit.dialects.bench import KEY, NOW_MS, SECRET, Bench
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.dialects.binance.door.signing import sign, socket_payload
from fillproof.simulator.dialects.binance.endpoints import METHODS

SESSION = (
    *("session.logon", "session.status", "session.logout", "session.subscriptions"),
    *("userDataStream.subscribe", "userDataStream.subscribe.signature"),
    "userDataStream.unsubscribe",
)
SUBSCRIBING = ("SUBSCRIBE", "UNSUBSCRIBE", "LIST_SUBSCRIPTIONS", "SET_PROPERTY", "GET_PROPERTY")
BY_VALUE = [
    (name, parameter)
    for name, endpoint in METHODS.items()
    for parameter in sorted(endpoint.parameters)
    if bad_values(parameter)
]

BROKEN_JSON = (
    *("", " ", "null", "true", "0", '"order.place"', "[]", "{", "}", "{}", "[1", '{"id":1', "\x00"),
    *("NaN", "[NaN]", '{"id":1e400}', '{"id":1,"method":5}', '{"id":1,"method":null}', "'{}'"),
    *('{"id":1,"method":"ping"}x', '{"id":1,"method":"ping","params":[1]}', "\ufeff{}"),
    *('{"id":1,"method":"ping","params":7}', '{"id":1,"method":"ping","params":{"a":NaN}}'),
    *('{"id":"\\ud800","method":"ping\\udfff"}', "[" * 100_000, '{"a":' * 100_000),
    *('{"id":' + "9" * 5_000 + ',"method":"ping"}', '{"method":["ping"]}', "\u00e9\U0001f600"),
    *('{"id":{"a":[1]},"method":"ping"}', '{"id":"' + "i" * 5_000 + '","method":"ping"}'),
    *('{"id":1,"id":2,"method":"ping","method":"x"}', '{"id":1,"method":"v3/v3/ping"}'),
)
ODD_VALUES: list[Any] = [
    *(None, True, False, [], {}, [1], {"a": 1}, 0, -1, 0.5, 10**30, "", "NaN", "-1"),
    *(float("nan"), float("inf"), 1e300, "\ud800", "\x00", [[[[]]]], 10**5000),
]


def reply_to(venue: Bench, text: str) -> Any:
    """Send a frame on socket 1; return the reply, which must be JSON that can be sent."""
    answer = venue.dialect.receive(1, text, venue.now_ns)
    venue.settle(answer.reports)
    for push in answer.pushes:
        json.loads(push.text.encode())
    return json.loads(answer.reply.encode(), parse_constant=no_json)


def no_json(constant: str) -> None:
    """Refuse NaN and Infinity, which json.loads takes."""
    raise AssertionError(constant)


def ask(text: str, *, must_fail: bool) -> None:
    """Send a frame to the WebSocket API; hold reply and venue to what a refusal is."""
    venue = a_venue()
    venue.open("/ws-api/v3")
    before = state(venue)
    reply = reply_to(venue, text)
    venue.dialect.close_socket(1)
    if state(venue) == before:
        give_back(venue)
    if not must_fail and reply["status"] == 200:
        assert "result" in reply
        return
    assert reply["status"] in STATUSES
    require_error_body(reply["error"])
    assert reply["id"] is None or type(reply["id"]) in (int, str)
    assert reply["status"] == 409 or state(venue) == before


def dumped(method: str, parameters: dict[str, Any], number: Any = 1) -> str:
    """Write a request as JSON, huge integers and all."""
    text = json.dumps(parameters, default=str) if parameters else "{}"
    return f'{{"id":{json.dumps(number)},"method":{json.dumps(method)},"params":{text}}}'


def signed(method: str, parameters: dict[str, Any]) -> str:
    """Write a request signed over its parameters as they stand in the frame."""
    asked = parameters | {"apiKey": KEY}
    exact = json.loads(json.dumps(asked), parse_int=str, parse_float=str, parse_constant=str)
    payload = socket_payload(exact).decode("utf-8", "replace").encode()
    return dumped(method, asked | {"signature": sign(SECRET, payload)})


@st.composite
def parameters_of(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Draw parameters of a method, that may be good."""
    given_ones: dict[str, Any] = base(name, NOW_MS)
    known = sorted(ENDPOINTS[name].parameters - {"timestamp", "recvWindow"})
    if known and draw(st.integers(0, 2)) == 0:
        more = draw(st.lists(st.sampled_from(known), max_size=5))
        given_ones |= {one: plausible(one) for one in more}
    return given_ones


def written(name: str, parameters: dict[str, Any]) -> str:
    """Write a request, signed where its method wants it."""
    return signed(name, parameters) if is_signed(name) else dumped(name, parameters)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(text=st.one_of(st.sampled_from(BROKEN_JSON), st.text(max_size=30)))
def test_a_frame_that_is_no_request_is_refused(text: str) -> None:
    """What is no JSON, no object, without a method, too deep or too long is an error."""
    is_known = text.endswith(('"method":"ping"}', '"params":{"a":NaN}}'))
    ask(text, must_fail=not is_known)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(data=st.data())
def test_a_value_that_a_parameter_cannot_have_is_refused(data: st.DataObject) -> None:
    """A number that is none, not finite, negative or huge, and a word that is none, are errors."""
    name, parameter = data.draw(st.sampled_from(BY_VALUE))
    parameters = data.draw(parameters_of(name))
    parameters[parameter] = data.draw(st.sampled_from(bad_values(parameter)))

    ask(written(name, parameters), must_fail=True)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(data=st.data())
def test_a_value_of_any_type_is_answered_in_the_venues_form(data: st.DataObject) -> None:
    """Lists, objects, null, booleans and any number in any parameter: a result or an error."""
    name = data.draw(st.sampled_from(sorted(METHODS)))
    parameters = data.draw(parameters_of(name))
    known = sorted({*ENDPOINTS[name].parameters, "apiKey", "signature", "returnRateLimits", "x"})
    for one in data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=2)):
        parameters[one] = data.draw(st.sampled_from(ODD_VALUES[:-1]))
    text = written(name, parameters)
    if data.draw(st.booleans()):
        text = text.replace('"1"', "9" * 5_000)

    ask(text, must_fail=False)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(data=st.data())
def test_a_session_is_asked_wrongly_in_the_venues_form(data: st.DataObject) -> None:
    """Logon and subscriptions with anything in their parameters: a result or an error."""
    name = data.draw(st.sampled_from(SESSION))
    names = ["apiKey", "signature", "timestamp", "recvWindow", "subscriptionId", "x"]
    parameters = {
        one: data.draw(st.sampled_from(ODD_VALUES[:-1]))
        for one in data.draw(st.lists(st.sampled_from(names), max_size=4))
    }
    number = data.draw(st.sampled_from(ODD_VALUES[:-1]))

    ask(dumped(name, parameters, number), must_fail=False)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(data=st.data())
def test_a_request_that_is_not_signed_right_is_refused(data: st.DataObject) -> None:
    """A missing or false signature, key or time is an error of every signed method."""
    name = data.draw(st.sampled_from([one for one in METHODS if is_signed(one)]))
    parameters = json.loads(signed(name, data.draw(parameters_of(name))))["params"]
    broken = data.draw(st.sampled_from(["apiKey", "signature", "timestamp"]))
    parameters[broken] = data.draw(st.sampled_from([None, "", "1", 0, -1, "\u00e9", [], {}, True]))
    if data.draw(st.booleans()):
        del parameters[broken]

    ask(dumped(name, parameters), must_fail=True)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(data=st.data())
def test_a_stream_socket_answers_anything_and_keeps_what_it_has(data: st.DataObject) -> None:
    """A frame that is no subscription is an error, and the socket hears what it heard before."""
    venue = a_venue()
    venue.open("/ws/btcusdt@trade")
    method = data.draw(st.sampled_from([*SUBSCRIBING, "", "subscribe", "ping"]))
    parameters = data.draw(st.one_of(st.none(), st.lists(st.sampled_from(ODD_VALUES[:-1]))))
    number = data.draw(st.sampled_from(ODD_VALUES[:-1]))
    frame = json.dumps({"id": number, "method": method, "params": parameters})
    reply = reply_to(venue, data.draw(st.sampled_from([frame, *BROKEN_JSON])))

    assert ("result" in reply) != ("error" in reply)
    if "error" in reply:
        assert type(reply["error"]["code"]) is int
        assert reply["error"]["msg"]
    listed = reply_to(venue, '{"id":2,"method":"LIST_SUBSCRIPTIONS"}')
    assert listed["result"][:1] == ["btcusdt@trade"]
