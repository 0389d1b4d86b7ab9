"""The cutter turns byte streams into whole units, however the bytes are torn."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.universe.framing import Conversation, Cutter, FramingError
from fillproof.simulator.universe.units_on_wire import Form, Unit

REQUEST = b"POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nsymbol=AB"
CHUNKED = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n'
SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"


def feed(cutter: Cutter, data: bytes, pieces: list[int]) -> list[Unit]:
    """Feed data cut at the given places."""
    places = [0, *sorted(p % (len(data) + 1) for p in pieces), len(data)]
    return [
        unit for start, end in itertools.pairwise(places) for unit in cutter.feed(data[start:end])
    ]


def frame(opcode: int, payload: bytes, mask: bytes | None = None) -> bytes:
    """Write one WebSocket frame (RFC 6455)."""
    length = len(payload)
    flag = 0x80 if mask else 0
    head = bytes([0x80 | opcode])
    if length < 126:
        head += bytes([flag | length])
    else:
        head += bytes([flag | 126]) + length.to_bytes(2, "big")
    if mask is None:
        return head + payload
    masked = bytes(b ^ mask[i % 4] for i, b in enumerate(payload))
    return head + mask + masked


@given(pieces=st.lists(st.integers(0, 500), max_size=6), count=st.integers(1, 3))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_requests_are_cut_the_same_however_the_bytes_are_torn(
    pieces: list[int], count: int
) -> None:
    """The units of a stream depend on its bytes, never on how they were written."""
    units = feed(Cutter(Conversation("c1", "x"), "c2v"), REQUEST * count, pieces)

    assert [unit.raw for unit in units] == [REQUEST] * count
    assert {(u.form, u.method, u.path, u.body) for u in units} == {
        (Form.REQUEST, "POST", "/api/v3/order", b"symbol=AB")
    }


@given(pieces=st.lists(st.integers(0, 500), max_size=6))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_a_chunked_response_is_one_unit_with_its_request(pieces: list[int]) -> None:
    """A response knows what it answers, and its body is without chunk heads."""
    talk = Conversation("c1", "x")
    (request,) = Cutter(talk, "c2v").feed(REQUEST)

    (response,) = feed(Cutter(talk, "v2c"), CHUNKED, pieces)

    assert (response.status, response.body, response.raw) == (200, b'{"a":1}', CHUNKED)
    assert response.request is request


@given(
    payload=st.binary(max_size=300),
    mask=st.binary(min_size=4, max_size=4),
    pieces=st.lists(st.integers(0, 500), max_size=4),
)
@settings(derandomize=True, deadline=None, max_examples=60)
def test_frames_follow_an_upgrade_and_are_unmasked(
    payload: bytes, mask: bytes, pieces: list[int]
) -> None:
    """After 101 both directions speak frames; a client's payload is shown unmasked."""
    talk = Conversation("c1", "x")
    up, down = Cutter(talk, "c2v"), Cutter(talk, "v2c")
    up.feed(b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")

    (switch, pushed) = down.feed(SWITCH + frame(1, b"hello"))
    (sent,) = feed(up, frame(1, payload, mask), pieces)

    assert (switch.status, pushed.body, pushed.opcode) == (101, b"hello", 1)
    assert (sent.form, sent.body) == (Form.FRAME, payload)
    assert sent.request is switch.request


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x16\x03\x01\x02\x00\x01", "not HTTP/1.1"),
        (b"nonsense\r\n\r\n", "not a request line: 'nonsense'"),
    ],
)
def test_bytes_that_are_no_http_are_named(data: bytes, says: str) -> None:
    """Whoever speaks TLS or nonsense to a world is told what was seen."""
    with pytest.raises(FramingError, match=says):
        Cutter(Conversation("c1", "x"), "c2v").feed(data)


def test_the_head_of_a_request_is_told_before_its_body_is_there() -> None:
    """The first bytes of a request are an instant of their own: readings are taken then."""
    heads: list[tuple[str, str]] = []
    cutter = Cutter(Conversation("c1", "x"), "c2v", lambda *head: heads.append(head))

    assert cutter.feed(REQUEST[:-4]) == []
    assert heads == [("POST", "/api/v3/order")]
    cutter.feed(REQUEST[-4:])
    assert len(heads) == 1
