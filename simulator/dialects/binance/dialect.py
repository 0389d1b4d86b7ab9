"""Binance Spot as one object: requests, sockets, streams, and the wire tap's side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qs

from fillproof.simulator.dialects.binance.desk import Desk, Revocation
from fillproof.simulator.dialects.binance.door import rest
from fillproof.simulator.dialects.binance.door.frames import write_error
from fillproof.simulator.dialects.binance.door.limits import CONNECTION_WEIGHT
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.binance.moments import time_unit
from fillproof.simulator.dialects.binance.public.streams import MarketStreams
from fillproof.simulator.dialects.binance.quirks import Quirks
from fillproof.simulator.dialects.binance.tap import (
    API_PATH,
    Tap,
    channel_of,
    frame_of,
    frame_role,
    rest_role,
)
from fillproof.simulator.dialects.binance.user.user_events import user_events
from fillproof.simulator.dialects.binance.user.user_session import UserSession
from fillproof.simulator.dialects.decoded import PUBLIC_STREAM, USER_STREAM
from fillproof.simulator.dialects.protocol import (
    FrameAnswer,
    HttpAnswer,
    HttpReply,
    HttpRequest,
    Json,
    Push,
    Timing,
    WireUnit,
)
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.reports import Report

HOSTS = (
    ("api.binance.com", 443),
    ("stream.binance.com", 9443),
    ("stream.binance.com", 443),
    ("ws-api.binance.com", 443),
    ("ws-api.binance.com", 9443),
    ("fapi.binance.com", 443),
    ("dapi.binance.com", 443),
    *((f"api{suffix}.binance.com", 443) for suffix in ("1", "2", "3", "4", "-gcp")),
    ("data-api.binance.vision", 443),
    ("data-stream.binance.vision", 443),
    ("data-stream.binance.vision", 9443),
)
"""All documented names; each serves everything, the market data hosts too."""

_STREAM_PATHS = ("/ws", "/stream")
_STREAM_FOLDERS = ("/ws/", "/stream/")
_UNKNOWN_ERROR = -1000


class BinanceDialect:
    """Binance Spot over one engine; see `Dialect` for what each method is.

    `exchange` must know the instruments by the same symbols; on the wire a market is BASEQUOTE,
    whatever the engine calls it. `accounts` gives for each API key its account and its secret.
    """

    def __init__(
        self,
        exchange: Exchange,
        instruments: Iterable[Instrument],
        accounts: Mapping[str, tuple[str, str]],
        quirks: Quirks | None = None,
    ) -> None:
        markets = Markets(instruments)
        self._desk = Desk(exchange, markets, accounts, quirks or Quirks())
        self._tap = Tap(markets)
        self._timing = _timing(self._desk.quirks)
        self._users: dict[int, UserSession] = {}
        self._streams = MarketStreams(self._desk)

    @property
    def hosts(self) -> tuple[tuple[str, int], ...]:
        """Where its clients look for it; ccxt asks the futures hosts for their markets too."""
        return HOSTS

    @property
    def timing(self) -> Timing:
        """When it speaks by itself, from the quirks."""
        return self._timing

    def request(self, request: HttpRequest, now_ns: int) -> HttpAnswer:
        """Answer a request."""
        return rest.answer(self._desk, request, now_ns)

    def unreadable(self, status: int) -> HttpReply:
        """Return the page of the proxy in front of the venue."""
        return rest.page(status)

    def open_socket(self, socket: int, handshake: HttpRequest, now_ns: int) -> HttpReply | None:
        """Accept a WebSocket by its path, whatever the host."""
        path = handshake.path.rstrip("/")
        is_api = path == API_PATH
        if not is_api and path not in _STREAM_PATHS and not path.startswith(_STREAM_FOLDERS):
            return rest.page(404)
        client = self._desk.limits.client(handshake.peer)
        try:
            client.connect(CONNECTION_WEIGHT if is_api else 0, now_ns)
            unit = time_unit(_wanted_unit(handshake.query))
        except Refusal as refusal:
            return rest.error(refusal, now_ns=now_ns)
        if is_api:
            self._users[socket] = UserSession(self._desk, socket, handshake, unit, now_ns)
            return None
        return self._streams.open(socket, handshake, unit, now_ns)

    def receive(self, socket: int, text: str, now_ns: int) -> FrameAnswer:
        """Answer a text frame."""
        if socket in self._users:
            return self._users[socket].receive(text, now_ns)
        return self._streams.receive(socket, text, now_ns)

    def receive_control(self, socket: int, now_ns: int) -> tuple[int, str] | None:
        """Take note of a ping or pong; the stream hosts count them as messages."""
        return None if socket in self._users else self._streams.receive_control(socket, now_ns)

    def close_socket(self, socket: int) -> None:
        """Forget a socket."""
        if self._users.pop(socket, None) is None:
            self._streams.close(socket)

    def sockets(self, channel: str) -> tuple[int, ...]:
        """Return the sockets that are subscribed to user data, or to market streams."""
        if channel == USER_STREAM:
            return (
                *(n for n, one in self._users.items() if one.carries_user_stream),
                *self._streams.user_sockets(),
            )
        if channel == PUBLIC_STREAM:
            return self._streams.sockets()
        raise ValueError(f"{channel!r} is no stream; {USER_STREAM} or {PUBLIC_STREAM}")

    def publish(self, reports: Sequence[Report], now_ns: int) -> tuple[Push, ...]:
        """Return what the streams say: user data first, then market data, by age of the socket."""
        self._desk.note(reports)
        self._desk.limits.orders.note(reports, now_ns)
        told: dict[str, list[Json]] = {}

        def events_of(account: str) -> list[Json]:
            if account not in told:
                told[account] = user_events(self._desk, account, reports, now_ns)
            return told[account]

        listened = self._desk.listen_keys.events(events_of, now_ns)
        pushes: list[Push] = []
        for user in self._users.values():
            pushes += user.publish(events_of)
        pushes += self._streams.publish(reports, listened, now_ns)
        return tuple(pushes)

    def act(self, now_ns: int) -> tuple[Report, ...]:
        """Return nothing: the venue leaves all to its engine."""
        return ()

    def next_wake_ns(self) -> int | None:
        """Return when a market stream will speak by itself."""
        return self._streams.next_wake_ns

    def wake(self, now_ns: int) -> tuple[Push, ...]:
        """Return what the market streams say by themselves."""
        return tuple(self._streams.wake(now_ns))

    def take_replies(self) -> tuple[tuple[int, HttpReply], ...]:
        """Return nothing: each request is answered at once."""
        return ()

    def revoke(self, until_ns: int, now_ns: int, *, announced: bool) -> tuple[Push, ...]:
        """End the subscriptions of the WebSocket API, and new ones for a while."""
        self._desk.revocation = Revocation(until_ns, announced)
        if until_ns <= now_ns:
            return ()
        return tuple(push for user in self._users.values() for push in user.revoke(now_ns))

    def farewell(self, now_ns: int) -> tuple[Push, ...]:
        """Return the venue's word that it is about to stop, for each socket."""
        users = (one.farewell(now_ns) for one in self._users.values())
        return (*users, *self._streams.farewell(now_ns))

    def request_channel(self, request: HttpRequest) -> str:
        """Return the channel of a request."""
        return channel_of(rest_role(request.method, request.path), is_request=True)

    def frame_channel(self, text: str) -> str:
        """Return the channel of a text frame from a client of the WebSocket API."""
        frame = frame_of(text)
        return channel_of(None if frame is None else frame_role(frame), is_request=True)

    def failure(self, status: int, code: int | None, text: str) -> HttpReply:
        """Return an error reply."""
        if code is None:
            return HttpReply(status, text.encode(), "text/plain")
        return rest.error(Refusal(code, text, status))

    def frame_failure(self, text: str, status: int, code: int | None, message: str) -> str:
        """Return an error reply to a request frame."""
        stated = _UNKNOWN_ERROR if code is None else code
        return write_error(frame_of(text), Refusal(stated, message, status))

    def channel(self, unit: WireUnit) -> str:
        """Return the channel of a unit."""
        return self._tap.channel(unit)

    def message(self, unit: WireUnit) -> dict[str, Json]:
        """Return a unit decoded."""
        return self._tap.message(unit)

    def placed_ids(self, unit: WireUnit) -> tuple[str, ...]:
        """Return the client order ids that a request gives to the orders it is to place."""
        return self._tap.placed_ids(unit)

    def facts(self, unit: WireUnit) -> list[dict[str, Json]]:
        """Return what a unit from the venue states."""
        return self._tap.facts(unit)

    def book_facts(self, unit: WireUnit) -> list[dict[str, Json]]:
        """Return what a unit from the venue states about books."""
        return self._tap.book_facts(unit)

    def last_update_id(self, engine_symbol: str) -> str | None:
        """Return the number of the last update of a book."""
        return str(self._desk.tape.of(engine_symbol).update_id)


def _wanted_unit(query: str) -> str | None:
    return parse_qs(query).get("timeUnit", [None])[-1]


def _timing(quirks: Quirks) -> Timing:
    return Timing(
        quirks.stream_after_reply_ns,
        quirks.ping_interval_ns,
        quirks.pong_timeout_ns,
        quirks.connection_lifetime_ns,
    )
