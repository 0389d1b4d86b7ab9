"""Cuts the two byte streams of a connection into units (RFC 9112, RFC 6455), without I/O."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from fillproof.simulator.universe.units_on_wire import Form, Unit

_HEAD_END = b"\r\n\r\n"
_BODY_SIZE = re.compile(
    rb"\r\n(?:content-length:[ \t]*([0-9]+)|transfer-encoding:[^\r]*chunked)", re.IGNORECASE
)
_LONGEST_HEAD = 65_536
_TLS_HANDSHAKE = 0x16
_BODYLESS = frozenset({101, 204, 304})
_LENGTH_16, _LENGTH_64 = 126, 127


class FramingError(Exception):
    """Bytes that are neither HTTP/1.1 nor a WebSocket frame; the message shows them."""


@dataclass(slots=True)
class Conversation:
    """What the two directions of one connection know of each other."""

    connection: str
    host: str
    unanswered: list[Unit] = field(default_factory=list)
    handshake: Unit | None = None
    upgraded: bool = False


class Cutter:
    """Collects the bytes of one direction and returns each unit when it is whole.

    `on_head(method, path)` is called once when a request begins whose body is still to come.
    """

    def __init__(
        self,
        conversation: Conversation,
        direction: str,
        on_head: Callable[[str, str], None] | None = None,
    ) -> None:
        self._talk = conversation
        self._direction = direction
        self._on_head = on_head
        self._buffer = b""
        self._head_told = False

    def feed(self, data: bytes) -> list[Unit]:
        """Take bytes and return the units that they complete; raises FramingError."""
        self._buffer = self._buffer + data if self._buffer else data
        units: list[Unit] = []
        while self._buffer:
            unit = self._frame() if self._talk.upgraded else self._http()
            if unit is None:
                break
            self._buffer = self._buffer[len(unit.raw) :]
            self._head_told = False
            units.append(unit)
        return units

    @property
    def rest(self) -> bytes:
        """The bytes of a unit that is not whole yet."""
        return self._buffer

    def _http(self) -> Unit | None:
        end = self._buffer.find(_HEAD_END)
        if end < 0:
            if len(self._buffer) > _LONGEST_HEAD or self._buffer[0] == _TLS_HANDSHAKE:
                raise FramingError(f"not HTTP/1.1: {self._buffer[:40]!r}")
            return None
        head = self._buffer[:end]
        first = head.partition(b"\r\n")[0].decode("latin-1")
        return (
            self._request(first, head) if self._direction == "c2v" else self._response(first, head)
        )

    def _request(self, first: str, head: bytes) -> Unit | None:
        words = first.split(" ")
        if len(words) != 3:  # noqa: PLR2004 - method, target, version
            raise FramingError(f"not a request line: {first!r}")
        cut = _body(self._buffer, head)
        if cut is None:
            self._tell_head(words[0], words[1])
            return None
        body, end = cut
        unit = self._unit(Form.REQUEST, end, body, head)
        unit.method, unit.path = words[0], words[1]
        self._talk.unanswered.append(unit)
        return unit

    def _tell_head(self, method: str, path: str) -> None:
        if not self._head_told and self._on_head is not None:
            self._head_told = True
            self._on_head(method, path)

    def _response(self, first: str, head: bytes) -> Unit | None:
        status = int(first.split(" ")[1])
        if not self._talk.unanswered:
            raise FramingError(f"a response nobody asked for: {first!r}")
        request = self._talk.unanswered[0]
        body, end = b"", len(head) + len(_HEAD_END)
        if status not in _BODYLESS and request.method != "HEAD":
            cut = _body(self._buffer, head)
            if cut is None:
                return None
            body, end = cut
        self._talk.unanswered.pop(0)
        unit = self._unit(Form.RESPONSE, end, body, head)
        unit.status, unit.request = status, request
        if status == 101:  # noqa: PLR2004 - Switching Protocols
            self._talk.upgraded, self._talk.handshake = True, request
        return unit

    def _frame(self) -> Unit | None:
        buffer = self._buffer
        if len(buffer) < 2:  # noqa: PLR2004 - the shortest frame head
            return None
        length, start = buffer[1] & 0x7F, 2
        if length == _LENGTH_16:
            length, start = int.from_bytes(buffer[2:4], "big"), 4
        elif length == _LENGTH_64:
            length, start = int.from_bytes(buffer[2:10], "big"), 10
        masked = bool(buffer[1] & 0x80)
        end = start + 4 * masked + length
        if len(buffer) < end:
            return None
        payload = buffer[start + 4 * masked : end]
        if masked:
            payload = _unmask(payload, buffer[start : start + 4])
        unit = self._unit(Form.FRAME, end, payload, b"")
        unit.opcode, unit.final = buffer[0] & 0x0F, bool(buffer[0] & 0x80)
        unit.request = self._talk.handshake
        return unit

    def _unit(self, form: Form, end: int, body: bytes, head: bytes) -> Unit:
        return Unit(
            connection=self._talk.connection,
            host=self._talk.host,
            direction=self._direction,
            form=form,
            raw=self._buffer[:end],
            head=head,
            body=body,
        )


def _body(buffer: bytes, head: bytes) -> tuple[bytes, int] | None:
    """Return the body that follows a head and where it ends, or None when it is not whole."""
    start = len(head) + len(_HEAD_END)
    said = _BODY_SIZE.search(head)
    if said is None:
        return b"", start
    if said[1] is None:
        return _chunks(buffer, start)
    end = start + int(said[1])
    return (buffer[start:end], end) if len(buffer) >= end else None


def _chunks(buffer: bytes, start: int) -> tuple[bytes, int] | None:
    parts: list[bytes] = []
    while True:
        line = buffer.find(b"\r\n", start)
        if line < 0:
            return None
        size = int(buffer[start:line].split(b";")[0], 16)
        end = line + 2 + size + 2
        if len(buffer) < end:
            return None
        if size == 0:
            return b"".join(parts), end
        parts.append(buffer[line + 2 : line + 2 + size])
        start = end


def _unmask(payload: bytes, key: bytes) -> bytes:
    length = len(payload)
    mask = (key * (length // 4 + 1))[:length]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")).to_bytes(length, "big")
