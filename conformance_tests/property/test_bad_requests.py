"""Whatever is wrong with a REST request, it gets the venue's error and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from conformance_tests.property.bad_requests import (
    ENDPOINTS,
    Draft,
    a_venue,
    base,
    drafts,
    give_back,
    is_signed,
    plausible,
    require_venue_error,
    state,
)
from conformance_tests.property.bad_values import bad_values
from conformance_tests.unit.dialects.bench import NOW_MS, NOW_NS
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fillproof.simulator.dialects.binance.endpoints import REST
from fillproof.simulator.dialects.protocol import HttpReply, HttpRequest

REQUESTS = [" ".join(at) for at in REST]
SIGNED = [name for name in REQUESTS if is_signed(name)]
BY_VALUE = [
    (name, parameter)
    for name in REQUESTS
    for parameter in sorted(ENDPOINTS[name].parameters)
    if bad_values(parameter)
]

BAD_SIGNATURES: dict[str, Callable[[str], list[str]]] = {
    "none": lambda _: [],
    "empty": lambda _: [""],
    "of other words": lambda right: [right[::-1]],
    "cut": lambda right: [right[:-1]],
    "too long": lambda right: [right + "0"],
    "twice": lambda right: [right, right],
    "no hex": lambda _: ["signature"],
    "no ASCII": lambda _: ["\u00e9\u0661"],
    "huge": lambda _: ["a" * 100_000],
}
BAD_KEYS: dict[str, dict[str, str]] = {
    "none": {},
    "empty": {"x-mbx-apikey": ""},
    "unknown": {"x-mbx-apikey": "nobodysKey"},
    "with blanks": {"x-mbx-apikey": "alices Key"},
    "no ASCII": {"x-mbx-apikey": "alic\u00e9sKey"},
    "huge": {"x-mbx-apikey": "k" * 100_000},
}
BAD_TIMES = ("", "0", "-1", str(NOW_MS - 5_001), str(NOW_MS + 1_000), str(NOW_NS), "9" * 40, "now")
BODIES = (b"\xff\xfe\x00", b"{}", b"[1", b"&&&&", b"=", b"%", b"%zz=%", b"a" * 100_000, b"\r\n\r\n")
TYPES = ("", "application/json", "text/plain", "multipart/form-data; boundary=x", "nonsense")


def refused(request: HttpRequest) -> HttpReply:
    """Send a request to a venue; hold reply and venue to what a refusal is."""
    venue = a_venue()
    before = state(venue)
    reply = venue.send(request)
    require_venue_error(reply)
    assert state(venue) == before
    give_back(venue)
    return reply


def answered(request: HttpRequest) -> HttpReply:
    """Send a request that may be good; what is refused, and what only asks, changes nothing."""
    venue = a_venue()
    before = state(venue)
    reply = venue.send(request)
    if reply.status == 200:
        json.loads(reply.body.decode("utf-8"))
        assert request.method != "GET" or state(venue) == before
    else:
        require_venue_error(reply)
        assert reply.status == 409 or state(venue) == before
    if state(venue) == before:
        give_back(venue)
    return reply


@settings(derandomize=True, deadline=None, max_examples=150)
@given(data=st.data())
def test_a_value_that_a_parameter_cannot_have_is_refused(data: st.DataObject) -> None:
    """A number that is none, not finite, negative or huge, and a word that is none, are errors."""
    name, parameter = data.draw(st.sampled_from(BY_VALUE))
    draft = data.draw(drafts(NOW_MS, [name]))
    draft.set(parameter, data.draw(st.sampled_from(bad_values(parameter))))

    refused(draft.request())


@pytest.mark.parametrize(("name", "parameter"), BY_VALUE)
def test_every_parameter_of_an_endpoint_is_read(name: str, parameter: str) -> None:
    """A good request with one parameter that is nonsense is an error: none is left unread."""
    for value in ("NaN", "-1", "1e400", "\u00e9"):
        draft = Draft(name, list(base(name, NOW_MS).items()))
        draft.set(parameter, value)
        refused(draft.request())


@settings(derandomize=True, deadline=None, max_examples=150)
@given(data=st.data())
def test_any_text_in_any_parameter_is_answered_in_the_venues_form(data: st.DataObject) -> None:
    """Whatever the text, the answer is a result or an error of the venue."""
    draft = data.draw(drafts(NOW_MS, REQUESTS))
    known = sorted(ENDPOINTS[draft.name].parameters) or ["symbol"]
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    for parameter in data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=3)):
        draft.set(parameter, data.draw(text))

    answered(draft.request())


@settings(derandomize=True, deadline=None, max_examples=100)
@given(data=st.data())
def test_a_request_that_is_not_signed_right_is_refused(data: st.DataObject) -> None:
    """A missing, false, cut or doubled signature is an error of every signed endpoint."""
    draft = data.draw(drafts(NOW_MS, SIGNED))
    draft.signature = BAD_SIGNATURES[data.draw(st.sampled_from(sorted(BAD_SIGNATURES)))]

    assert refused(draft.request()).status in (400, 401)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(data=st.data())
def test_a_request_with_no_known_key_is_refused(data: st.DataObject) -> None:
    """A missing, unknown or malformed API key is an error of every signed endpoint."""
    draft = data.draw(drafts(NOW_MS, SIGNED))
    draft.headers = BAD_KEYS[data.draw(st.sampled_from(sorted(BAD_KEYS)))]

    assert refused(draft.request()).status in (400, 401)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(data=st.data())
def test_a_request_of_another_time_is_refused(data: st.DataObject) -> None:
    """A timestamp that is none, too old or ahead is an error of every signed endpoint."""
    draft = data.draw(drafts(NOW_MS, SIGNED))
    draft.set("timestamp", data.draw(st.sampled_from(BAD_TIMES)))

    refused(draft.request())


@settings(derandomize=True, deadline=None, max_examples=100)
@given(data=st.data())
def test_a_parameter_that_comes_twice_is_refused(data: st.DataObject) -> None:
    """The same name twice in the query, or twice in the body, is an error."""
    draft = data.draw(drafts(NOW_MS, [name for name in REQUESTS if base(name, NOW_MS)]))
    draft.in_body = data.draw(st.sampled_from([0, 99]))
    name = data.draw(st.sampled_from([name for name, _ in draft.pairs] or ["symbol"]))
    draft.pairs += [(name, plausible(name))] * (2 if not draft.pairs else 1)

    refused(draft.request())


@settings(derandomize=True, deadline=None, max_examples=100)
@given(data=st.data())
def test_a_parameter_that_the_endpoint_does_not_know_is_refused(data: st.DataObject) -> None:
    """What is not read is not passed over: it is an error."""
    draft = data.draw(drafts(NOW_MS, REQUESTS))
    draft.set(
        data.draw(st.sampled_from(["foo", "Symbol", "", "price ", "\u00e9", "a" * 9000])), "1"
    )

    refused(draft.request())


@settings(derandomize=True, deadline=None, max_examples=150)
@given(data=st.data())
def test_bytes_that_are_no_form_are_answered_in_the_venues_form(data: st.DataObject) -> None:
    """A body that is no form, of whatever type, and a broken query: a result or an error."""
    draft = data.draw(drafts(NOW_MS, REQUESTS))
    draft.headers["content-type"] = data.draw(st.sampled_from(TYPES))
    junk = data.draw(st.one_of(st.sampled_from(BODIES), st.binary(max_size=40)))
    if data.draw(st.booleans()):
        draft.body = lambda body: body + junk
    tail = data.draw(
        st.sampled_from(["", "&", "?", "#", "%", "%zz", "%ff", "&=", "&&a", "\u00e9", "\udcff"])
    )
    draft.target = lambda target: target + tail

    answered(draft.request())


@settings(derandomize=True, deadline=None, max_examples=100)
@given(data=st.data())
def test_what_is_not_served_is_a_page(data: st.DataObject) -> None:
    """A path that does not exist is the proxy's 404, another method of one that does its 405."""
    method = data.draw(st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "X"]))
    paths = ["/", "", "//", "/api", "/api/v1/order", "/api/v3/Order", "/api/v3/order/", "/../order"]
    paths += ["/api/v3/order%2f", "*", "/\u00e9", "/" + "a" * 9000]
    path = data.draw(st.sampled_from([*paths, *sorted({path for _, path in REST})]))
    assume((method, path) not in REST)
    reply = refused(HttpRequest(method, "api.binance.com", path, {}))

    assert reply.status == (404 if path in paths else 405)
    assert reply.content_type == "text/html"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_is_retired_is_gone(method: str) -> None:
    """The user data stream of before is the proxy's 410, with a key or without."""
    draft = Draft(f"{method} /api/v3/userDataStream", [])

    assert refused(draft.request()).status == 410
