"""Requests and what came of them, put together from the wire ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fillproof.harness.history.lines import Line

_UNAVAILABLE = 500
_SLOW_DOWN = frozenset({418, 429})
_AWAY = "turned_away"
_VOLATILE = frozenset({"timestamp", "signature", "recvWindow", "id", "nonce"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request, HTTP or a frame of an API, and its reply as far as it was delivered.

    `n` and `t` are those of the line that sent it, `reply_n` and `reply_t` those of the delivery.
    `disturbed`: a fault touched the request on its way; `altered`: one touched the reply. `why` and
    `wait_s` say for what the venue turned it away, and how long it wants to be left alone.
    """

    n: int
    t: int
    channel: str
    message: Mapping[str, Any]
    disturbed: bool = False
    altered: bool = False
    status: int | None = None
    reply_n: int | None = None
    reply_t: int | None = None
    why: str | None = None
    wait_s: int | None = None

    @property
    def is_request(self) -> bool:
        """True for what the venue counts as a request: no handshake, no subscription."""
        return self.channel.endswith("_request")

    @property
    def is_handshake(self) -> bool:
        """True for a request that opens a WebSocket."""
        return not self.is_request and "path" in self.message

    @property
    def is_signed(self) -> bool:
        """True when it carries a signature."""
        return "signature" in self.asked

    @property
    def failed(self) -> bool:
        """True when it was not answered, or answered by who could not or would not serve."""
        if self.reply_t is None or self.status is None:
            return self.reply_t is None
        return self.status >= _UNAVAILABLE or self.status in _SLOW_DOWN

    @property
    def what(self) -> str:
        """What is asked for, in words: method and path."""
        return " ".join(str(self.message[key]) for key in ("method", "path") if key in self.message)

    @property
    def asked(self) -> Mapping[str, Any]:
        """Its parameters."""
        asked = self.message.get("parameters") or self.message.get("params") or {}
        return asked if isinstance(asked, Mapping) else {"": asked}

    @property
    def intent(self) -> str:
        """The same for a request and its repetitions: without time, signature and number."""
        named = sorted((str(k), str(v)) for k, v in self.asked.items() if k not in _VOLATILE)
        return f"{self.what} {named}"


class _Wire:
    """What is known of the exchanges so far; a reply finds its request by connection or number."""

    def __init__(self) -> None:
        self.every: dict[str, Exchange] = {}
        self._waiting: defaultdict[str, list[str]] = defaultdict(list)
        self._numbered: dict[tuple[str, str], str] = {}
        self._replies: dict[str, str] = {}

    def sent(self, line: Line) -> None:
        """A unit entered its link."""
        message: Mapping[str, Any] = line.data.get("message") or {}
        unit, connection = str(line.get("unit")), str(line.get("connection"))
        number = message.get("id")
        if line.data.get("direction") == "v2c":
            asked = self._answered(message, connection, number)
            if asked is not None:
                self._replies[unit] = asked
                self._note(asked, status=_whole(message.get("status")))
        elif "method" in message:
            self.every[unit] = Exchange(line.n, line.t, line.text("channel"), message)
            if number is None:
                self._waiting[connection].append(unit)
            else:
                self._numbered[connection, str(number)] = unit

    def delivered(self, line: Line) -> None:
        """A unit arrived."""
        asked = self._replies.pop(str(line.get("unit")), None)
        if asked is None:
            self.touched(line, by_fault=bool(line.data.get("faults")))
            return
        facts = line.data.get("facts") or ()
        away: Mapping[str, Any] = next((f for f in facts if f.get("fact") == _AWAY), {})
        self._note(
            asked,
            reply_n=line.n,
            reply_t=line.t,
            altered=bool(line.data.get("faults")),
            why=away.get("why"),
            wait_s=_whole(away.get("retry_after")),
        )

    def touched(self, line: Line, *, by_fault: bool) -> None:
        """A fault met a request on its way, if it is one."""
        unit = str(line.get("unit"))
        if by_fault and unit in self.every:
            self._note(unit, disturbed=True)

    def _answered(self, message: Mapping[str, Any], connection: str, number: Any) -> str | None:
        if number is not None:
            return self._numbered.pop((connection, str(number)), None)
        is_response = "status" in message and "body" in message
        waiting = self._waiting[connection]
        return waiting.pop(0) if is_response and waiting else None

    def _note(self, unit: str, **known: Any) -> None:
        self.every[unit] = replace(self.every[unit], **known)


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def exchanges(lines: Iterable[Line]) -> tuple[Exchange, ...]:
    """Return every request until the connector is stopped, in the order in which they were sent."""
    wire = _Wire()
    for line in lines:
        if line.kind == "phase" and line.data.get("phase") == "stopping":
            break
        if line.kind == "sent":
            wire.sent(line)
        elif line.kind == "delivered":
            wire.delivered(line)
        elif line.kind == "lost":
            wire.touched(line, by_fault=True)
    return tuple(wire.every.values())
