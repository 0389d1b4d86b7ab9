"""What every dialect gives: answers to requests, pushes on sockets, and what each unit means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from msgspec import Struct

from fillproof.simulator.vocabulary.reports import Report

Json = Any
"""A value as `json.loads` returns it."""


class HttpRequest(Struct, frozen=True, gc=False):
    """A request as it arrived. `target` is path and query, and `body` the bytes, as they were sent.

    Headers are looked up by names in lower case. `peer` is the address of who asks.
    """

    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    peer: str = ""

    @property
    def path(self) -> str:
        """The target before its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The target's query, still encoded; empty when there is none."""
        return self.target.partition("?")[2]


class HttpReply(Struct, frozen=True, gc=False):
    """A reply as it is to be sent."""

    status: int
    body: bytes
    content_type: str
    headers: tuple[tuple[str, str], ...] = ()


class Push(Struct, frozen=True, gc=False):
    """One text message to one socket."""

    socket: int
    text: str


class Later(Struct, frozen=True, gc=False):
    """In place of a reply that waits: under this number `take_replies` gives it, once it is known.

    Numbers are the dialect's and never used twice.
    """

    number: int


class HttpAnswer(Struct, frozen=True, gc=False):
    """What a request led to: the reply, and what the engine reported on the way."""

    reply: HttpReply | Later
    reports: tuple[Report, ...] = ()


class FrameAnswer(Struct, frozen=True, gc=False):
    """What a text frame led to: the reply on its socket, engine reports, and further messages.

    An empty reply is not sent. `close` is code and reason with which the venue ends the connection
    afterwards.
    """

    reply: str
    reports: tuple[Report, ...] = ()
    pushes: tuple[Push, ...] = ()
    close: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """When a venue speaks by itself, in nanoseconds. `ping_interval_ns` 0 means it never pings.

    A WebSocket older than `connection_lifetime_ns` is closed at its next ping; 0 means never.
    """

    stream_after_reply_ns: int
    ping_interval_ns: int
    pong_timeout_ns: int
    connection_lifetime_ns: int = 0


class WireUnit(Protocol):
    """One whole HTTP request, HTTP response or WebSocket frame, as the wire tap cut it.

    `form` is "request", "response" or "frame"; `direction` "c2v" (client to venue) or "v2c".
    `request` is what a response answers, and for a frame the handshake of its connection.
    """

    @property
    def connection(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def headers(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def status(self) -> int: ...
    @property
    def opcode(self) -> int: ...
    @property
    def body(self) -> bytes: ...
    @property
    def request(self) -> WireUnit | None: ...


class Dialect(Protocol):
    """A venue's language, without I/O and without a clock: time comes in as venue nanoseconds.

    `socket` numbers are the server's and never used twice. Whatever returns reports leaves it to
    the caller to hand them to `publish`, exactly once and before anything else is asked.
    """

    @property
    def hosts(self) -> tuple[tuple[str, int], ...]:
        """Where its clients look for it: (host, port)."""
        ...

    @property
    def timing(self) -> Timing:
        """When it speaks by itself."""
        ...

    def request(self, request: HttpRequest, now_ns: int) -> HttpAnswer:
        """Answer a request."""
        ...

    def unreadable(self, status: int) -> HttpReply:
        """Return what is said to a request that could not be read to its end: 400 or 413."""
        ...

    def open_socket(self, socket: int, handshake: HttpRequest, now_ns: int) -> HttpReply | None:
        """Accept a WebSocket (None), or say why not."""
        ...

    def receive(self, socket: int, text: str, now_ns: int) -> FrameAnswer:
        """Answer a text frame; a binary one comes as an empty text."""
        ...

    def receive_control(self, socket: int, now_ns: int) -> tuple[int, str] | None:
        """Take note of a ping or pong; return code and reason when the venue closes for it."""
        ...

    def close_socket(self, socket: int) -> None:
        """Forget a socket."""
        ...

    def sockets(self, channel: str) -> tuple[int, ...]:
        """Return the sockets that carry `user_stream` or `public_stream`."""
        ...

    def publish(self, reports: Sequence[Report], now_ns: int) -> tuple[Push, ...]:
        """Return what the streams say of reports, in the order to be sent."""
        ...

    def take_replies(self) -> tuple[tuple[int, HttpReply], ...]:
        """Return the replies that waited and now are known, each with its number, and once.

        Asked after each `publish`: what it was given may be what a request has waited for.
        """
        ...

    def farewell(self, now_ns: int) -> tuple[Push, ...]:
        """Return what every socket is told when the venue is about to stop."""
        ...

    def act(self, now_ns: int) -> tuple[Report, ...]:
        """Have the engine do what the venue does by itself by now; return what it reported.

        Asked when `next_wake_ns` has come, before `wake`.
        """
        ...

    def revoke(self, until_ns: int, now_ns: int, *, announced: bool) -> tuple[Push, ...]:
        """End the subscriptions to user data, and each new one until then; return the last words.

        An end that is not announced is told nobody. A time that is over lets new ones stand again,
        and ends none.
        """
        ...

    def next_wake_ns(self) -> int | None:
        """Return when it will speak or act by itself, None for not before something happens.

        It may change with whatever is asked of the dialect.
        """
        ...

    def wake(self, now_ns: int) -> tuple[Push, ...]:
        """Return what is said by itself by now; nothing when that is too early."""
        ...

    def request_channel(self, request: HttpRequest) -> str:
        """Return the channel of a request."""
        ...

    def frame_channel(self, text: str) -> str:
        """Return the channel of a text frame from a client."""
        ...

    def failure(self, status: int, code: int | None, text: str) -> HttpReply:
        """Return an error reply in the venue's form; without a code it is bare text."""
        ...

    def frame_failure(self, text: str, status: int, code: int | None, message: str) -> str:
        """Return an error reply to the client's frame `text` in the venue's form."""
        ...

    def channel(self, unit: WireUnit) -> str:
        """Return the channel of a unit; asked once for each, when it is sent."""
        ...

    def message(self, unit: WireUnit) -> dict[str, Json]:
        """Return a unit decoded."""
        ...

    def placed_ids(self, unit: WireUnit) -> tuple[str, ...]:
        """Return the client order ids that a request gives to the orders it is to place."""
        ...

    def facts(self, unit: WireUnit) -> list[dict[str, Json]]:
        """Return what a unit from the venue states about orders, balances and subscriptions."""
        ...

    def book_facts(self, unit: WireUnit) -> list[dict[str, Json]]:
        """Return what a unit from the venue states about books; asked only of cases about books."""
        ...

    def last_update_id(self, engine_symbol: str) -> str | None:
        """Return what the venue calls the last change of a book, None where it has no word."""
        ...
