"""Hyperliquid as one object: requests, sockets, streams, and the wire tap's side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fillproof.simulator.dialects.decoded import PUBLIC_STREAM, USER_STREAM
from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.door import rest
from fillproof.simulator.dialects.hyperliquid.door.exchange import Answer, act, refused
from fillproof.simulator.dialects.hyperliquid.door.reading import read_object
from fillproof.simulator.dialects.hyperliquid.errors import TOO_MUCH_WEIGHT, Malformed
from fillproof.simulator.dialects.hyperliquid.info.table import answer as answer_query
from fillproof.simulator.dialects.hyperliquid.markets import Markets
from fillproof.simulator.dialects.hyperliquid.numbers import milliseconds
from fillproof.simulator.dialects.hyperliquid.quirks import Quirks
from fillproof.simulator.dialects.hyperliquid.streams import frames
from fillproof.simulator.dialects.hyperliquid.streams.session import Session
from fillproof.simulator.dialects.hyperliquid.streams.subscriptions import (
    Unsubscribable,
    read,
)
from fillproof.simulator.dialects.hyperliquid.tap import (
    Tap,
    body_role,
    channel_of,
    frame_role,
)
from fillproof.simulator.dialects.hyperliquid.trading.actions import response
from fillproof.simulator.dialects.hyperliquid.trading.waiting import Deed
from fillproof.simulator.dialects.protocol import (
    FrameAnswer,
    HttpAnswer,
    HttpReply,
    HttpRequest,
    Json,
    Later,
    Push,
    Timing,
    WireUnit,
)
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.commands import EndOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import Reason
from fillproof.simulator.vocabulary.reports import Report

HOSTS = (
    ("api.hyperliquid.xyz", 443),
    ("api-ui.hyperliquid.xyz", 443),
    ("api.hyperliquid-testnet.xyz", 443),
    ("api-ui.hyperliquid-testnet.xyz", 443),
)
"""Each serves everything."""

_OK = 200
_NOT_FOUND = 404
_NOT_ALLOWED = 405
_UNPROCESSABLE = 422


class HyperliquidDialect:
    """Hyperliquid over one engine; see `Dialect` for what each method is.

    `exchange` must know the instruments by the same symbols; those with a margin are perpetual.
    `accounts` gives for each wallet's address (0x and 40 digits) the engine's account.
    """

    def __init__(
        self,
        exchange: Exchange,
        instruments: Iterable[Instrument],
        accounts: Mapping[str, str],
        quirks: Quirks | None = None,
    ) -> None:
        markets = Markets(instruments)
        self._desk = Desk(exchange, markets, accounts, quirks or Quirks())
        self._tap = Tap(markets)
        self._sessions: dict[int, Session] = {}
        self._clients: dict[int, tuple[str, str]] = {}
        self._posts: dict[int, tuple[int, Json]] = {}
        self._known: list[tuple[int, HttpReply]] = []

    @property
    def hosts(self) -> tuple[tuple[str, int], ...]:
        """Where its clients look for it."""
        return HOSTS

    @property
    def timing(self) -> Timing:
        """When it speaks by itself, from the quirks; it never pings."""
        return Timing(self._desk.quirks.stream_after_reply_ns, 0, 0)

    def request(self, request: HttpRequest, now_ns: int) -> HttpAnswer:
        """Answer a request."""
        if request.path not in rest.PATHS:
            return HttpAnswer(rest.plain(_NOT_FOUND))
        if request.method != "POST":
            return HttpAnswer(rest.plain(_NOT_ALLOWED))
        try:
            return self._posted_body(request, read_object(request.body), now_ns)
        except Malformed as error:
            return HttpAnswer(rest.plain(_UNPROCESSABLE, str(error)))

    def _posted_body(
        self, request: HttpRequest, body: Mapping[str, Json], now_ns: int
    ) -> HttpAnswer:
        """Answer a query or an action; raises Malformed."""
        if not self._desk.weights.take(request.peer, rest.weight_of(body), now_ns):
            return HttpAnswer(rest.too_many())
        if request.path == rest.INFO:
            return HttpAnswer(rest.reply(answer_query(self._desk, body, now_ns)))
        answer = act(self._desk, body, request.host, now_ns)
        if answer.deed is None:
            return HttpAnswer(rest.reply(answer.response), answer.reports)
        return HttpAnswer(Later(self._desk.waiting.add(answer.deed)), answer.reports)

    def unreadable(self, status: int) -> HttpReply:
        """Return what is said to a request that could not be read to its end."""
        return rest.plain(status)

    def open_socket(self, socket: int, handshake: HttpRequest, now_ns: int) -> HttpReply | None:
        """Accept a WebSocket at its only path."""
        if handshake.path.rstrip("/") != rest.SOCKET:
            return rest.plain(_NOT_FOUND)
        self._sessions[socket] = Session(self._desk, socket)
        self._clients[socket] = handshake.host, handshake.peer
        return None

    def receive(self, socket: int, text: str, now_ns: int) -> FrameAnswer:
        """Answer a text frame."""
        try:
            frame = read_object(text)
        except Malformed:
            return FrameAnswer(frames.unreadable(text))
        method = frame.get("method")
        if method == "ping":
            return FrameAnswer(frames.PONG)
        if method in ("subscribe", "unsubscribe"):
            return self._subscription(socket, method, frame.get("subscription"), text, now_ns)
        if method == "post":
            return self._post(socket, frame, text, now_ns)
        return FrameAnswer(frames.unreadable(text))

    def receive_control(self, socket: int, now_ns: int) -> tuple[int, str] | None:
        """Take note of a ping or pong; they count for nothing."""
        return None

    def close_socket(self, socket: int) -> None:
        """Forget a socket."""
        self._sessions.pop(socket, None)
        self._clients.pop(socket, None)

    def sockets(self, channel: str) -> tuple[int, ...]:
        """Return the sockets that are subscribed to accounts, or to markets."""
        sessions = self._sessions.items()
        if channel == USER_STREAM:
            return tuple(number for number, one in sessions if one.carries_user_stream)
        if channel == PUBLIC_STREAM:
            return tuple(number for number, one in sessions if one.carries_public_stream)
        raise ValueError(f"{channel!r} is no stream; {USER_STREAM} or {PUBLIC_STREAM}")

    def publish(self, reports: Sequence[Report], now_ns: int) -> tuple[Push, ...]:
        """Return what the streams say, by age of the socket, after answers that waited."""
        self._desk.note(reports)
        pushes = [
            push
            for number, deed in self._desk.waiting.decide(reports)
            for push in self._decided(number, deed)
        ]
        for session in self._sessions.values():
            pushes += session.publish(reports, now_ns)
        return tuple(pushes)

    def take_replies(self) -> tuple[tuple[int, HttpReply], ...]:
        """Return the replies to actions that a block has decided."""
        known, self._known = self._known, []
        return tuple(known)

    def act(self, now_ns: int) -> tuple[Report, ...]:
        """Cancel all orders of the accounts whose scheduled cancel is due."""
        reports: list[Report] = []
        for account in self._desk.schedule.take_due(milliseconds(now_ns)):
            for order in self._desk.exchange.orders(account, open_only=True):
                command = EndOrder(order.venue_order_id, "Canceled", Reason.SCHEDULED)
                reports += self._desk.exchange.apply(command, now_ns)
        return tuple(reports)

    def next_wake_ns(self) -> int | None:
        """Return when a stream will speak by itself, or a scheduled cancel is due."""
        times = [session.next_wake_ns() for session in self._sessions.values()]
        due = [time for time in (*times, self._desk.schedule.next_ns()) if time is not None]
        return min(due, default=None)

    def wake(self, now_ns: int) -> tuple[Push, ...]:
        """Return what the streams say by themselves."""
        return tuple(push for one in self._sessions.values() for push in one.speak(now_ns))

    def revoke(self, until_ns: int, now_ns: int, *, announced: bool) -> tuple[Push, ...]:
        """Return nothing: what a socket has subscribed to stays until it is closed."""
        return ()

    def farewell(self, now_ns: int) -> tuple[Push, ...]:
        """Return nothing: the venue does not say that it stops."""
        return ()

    def request_channel(self, request: HttpRequest) -> str:
        """Return the channel of a request."""
        return channel_of(body_role(request.path, request.body), is_request=True)

    def frame_channel(self, text: str) -> str:
        """Return the channel of a text frame from a client."""
        return channel_of(frame_role(text), is_request=True)

    def failure(self, status: int, code: int | None, text: str) -> HttpReply:
        """Return an error reply: bare text, or with HTTP 200 the venue's own form."""
        return rest.reply(refused(text)) if status == _OK else rest.plain(status, text)

    def frame_failure(self, text: str, status: int, code: int | None, message: str) -> str:
        """Return an error reply to a posted request, or else an error of the socket."""
        try:
            frame = read_object(text)
        except Malformed:
            return frames.error(message)
        if frame.get("method") != "post":
            return frames.error(message)
        if status == _OK:
            return frames.posted(frame.get("id"), "action", refused(message))
        return frames.posted(frame.get("id"), "error", f"{status} {message}")

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
        """Return None: a book has a time, and no number."""
        return None

    def _subscription(
        self, socket: int, method: str, wanted: Json, text: str, now_ns: int
    ) -> FrameAnswer:
        session = self._sessions[socket]
        if not isinstance(wanted, dict):
            return FrameAnswer(frames.unreadable(text))
        try:
            subscription = read(self._desk, wanted)
        except Unsubscribable:
            return FrameAnswer(frames.error(f"Invalid subscription {text}"))
        reply = frames.subscribed(method, subscription.echo)
        if method == "unsubscribe":
            if not session.has(subscription):
                return FrameAnswer(frames.error(f"Already unsubscribed: {subscription.key}"))
            session.unsubscribe(subscription)
            return FrameAnswer(reply)
        if session.has(subscription):
            return FrameAnswer(frames.error(f"Already subscribed: {subscription.key}"))
        return FrameAnswer(reply, pushes=tuple(session.subscribe(subscription, now_ns)))

    def _post(self, socket: int, frame: Mapping[str, Json], text: str, now_ns: int) -> FrameAnswer:
        """Answer a posted request: a query, or an action."""
        number, wanted = frame.get("id"), frame.get("request")
        if type(number) is not int or not isinstance(wanted, dict):
            return FrameAnswer(frames.unreadable(text))
        kind, payload = wanted.get("type"), wanted.get("payload")
        if kind not in ("info", "action") or not isinstance(payload, dict):
            return FrameAnswer(frames.unreadable(text))
        host, peer = self._clients[socket]
        if not self._desk.weights.take(peer, rest.weight_of(payload), now_ns):
            return FrameAnswer(frames.posted(number, "error", TOO_MUCH_WEIGHT))
        try:
            if kind == "info":
                data = answer_query(self._desk, payload, now_ns)
                told = {"type": payload["type"], "data": data}
                return FrameAnswer(frames.posted(number, kind, told))
            answer = act(self._desk, payload, host, now_ns)
        except Malformed as error:
            return FrameAnswer(frames.posted(number, "error", f"{_UNPROCESSABLE} {error}"))
        return self._posted(socket, number, answer)

    def _posted(self, socket: int, number: int, answer: Answer) -> FrameAnswer:
        if answer.deed is None:
            reply = frames.posted(number, "action", answer.response)
            return FrameAnswer(reply, answer.reports)
        self._posts[self._desk.waiting.add(answer.deed)] = (socket, number)
        return FrameAnswer("", answer.reports)

    def _decided(self, number: int, deed: Deed) -> list[Push]:
        """Give the answer to an action that waited: on its socket, or as a reply."""
        posted = self._posts.pop(number, None)
        if posted is None:
            self._known.append((number, rest.reply(response(deed))))
            return []
        socket, frame_id = posted
        return [Push(socket, frames.posted(frame_id, "action", response(deed)))]
