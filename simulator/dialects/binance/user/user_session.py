"""One connection to the WebSocket API: request frames in, replies and user data out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import parse_qs

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.door.admission import admit
from fillproof.simulator.dialects.binance.door.frames import (
    Frame,
    read_frame,
    write_error,
    write_result,
)
from fillproof.simulator.dialects.binance.door.identity import OWN_PARAMETERS, Identity
from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.endpoint import Endpoint
from fillproof.simulator.dialects.binance.endpoints import METHODS
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.moments import TimeUnit
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import FrameAnswer, HttpRequest, Json, Push

_SESSION_WEIGHT = 2
_UNREADABLE_WEIGHT = 1
_BANNED = 418
_POLICY_VIOLATION = 1008
_RATE_LIMITS = "returnRateLimits"
_COMMON = frozenset({"apiKey", "signature", _RATE_LIMITS})
_COMMON_OWN = _COMMON | {"timestamp", "recvWindow"}

EventsOf = Callable[[str], Iterable[Json]]
"""The user events of one account in what has just happened."""


class UserSession:
    """What one socket of the WebSocket API knows."""

    def __init__(
        self, desk: Desk, socket: int, handshake: HttpRequest, unit: TimeUnit, now_ns: int
    ) -> None:
        self._desk = desk
        self._socket = socket
        self._unit = unit
        self._client = desk.limits.client(handshake.peer)
        self._tells_limits = parse_qs(handshake.query).get(_RATE_LIMITS) != ["false"]
        self._identity = Identity(desk, now_ns, tells_limits=self._tells_limits)

    @property
    def carries_user_stream(self) -> bool:
        """True while it is subscribed to some account."""
        return bool(self._identity.subscriptions)

    def receive(self, text: str, now_ns: int) -> FrameAnswer:
        """Answer one text frame."""
        try:
            frame = read_frame(text)
        except Refusal as refusal:
            return self._refuse(None, self._charged(refusal, now_ns), now_ns)
        try:
            return self._answer(frame, now_ns)
        except Refusal as refusal:
            return self._refuse(frame, refusal, now_ns)

    def publish(self, events_of: EventsOf) -> list[Push]:
        """Return what has just happened to each account, under its subscription."""
        return [
            self._event(number, event)
            for number, account in self._identity.subscriptions.accounts()
            for event in events_of(account)
        ]

    def revoke(self, now_ns: int) -> tuple[Push, ...]:
        """End its subscriptions; return what is said of that."""
        self._identity.revoke()
        return self._ends(now_ns)

    def farewell(self, now_ns: int) -> Push:
        """Return what the socket is told when the venue is about to stop."""
        event = {"e": "serverShutdown", "E": moment(now_ns)}
        return Push(self._socket, compact({"event": event}, self._unit))

    def _answer(self, frame: Frame, now_ns: int) -> FrameAnswer:
        """Answer a request; raises Refusal."""
        parameters = Parameters(frame.parameters)
        own = self._identity.methods.get(frame.method)
        if own is not None:
            self._client.charge(_SESSION_WEIGHT, now_ns)
            parameters.require_known(OWN_PARAMETERS.get(frame.method, ()), _COMMON_OWN)
            result = own(Call("", parameters, now_ns))
            limits = self._limits(frame, now_ns)
            reply = write_result(frame, result, limits, self._unit)
            return FrameAnswer(reply, (), self._ends(now_ns))
        endpoint = METHODS.get(frame.method)
        if endpoint is None or (endpoint.retired and not self._desk.quirks.legacy_listen_keys):
            self._client.charge(_UNREADABLE_WEIGHT, now_ns)
            raise errors.NOT_SUPPORTED.refusal()
        call, outcome = self._ask(endpoint, parameters, now_ns)
        limits = self._limits(frame, now_ns, call.account if endpoint.orders else "")
        return FrameAnswer(write_result(frame, outcome.result, limits, self._unit), outcome.reports)

    def _ask(self, endpoint: Endpoint, parameters: Parameters, now_ns: int) -> tuple[Call, Outcome]:
        """Let a request pass to its endpoint; return what that led to."""
        desk = self._desk
        weight = endpoint.cost(parameters)
        self._client.charge(weight, now_ns)
        account = self._identity.account_of(endpoint.security, parameters, now_ns)
        admit(desk, endpoint, parameters, account, _COMMON, now_ns)
        call = Call(account, parameters, now_ns)
        outcome = endpoint.handler(desk, call)
        if endpoint.changes_orders:
            self._client.give_back(weight, now_ns)
        if endpoint.orders and not endpoint.counts_itself:
            desk.limits.orders.placed(account, endpoint.orders, now_ns)
        return call, outcome

    def _refuse(self, frame: Frame | None, refusal: Refusal, now_ns: int) -> FrameAnswer:
        limits = self._limits(frame, now_ns)
        reply = write_error(frame, refusal, limits, self._unit, now_ns)
        close = (_POLICY_VIOLATION, "IP banned") if refusal.status == _BANNED else None
        return FrameAnswer(reply, refusal.reports, close=close)

    def _charged(self, refusal: Refusal, now_ns: int) -> Refusal:
        """Charge for what could not be read; return what to say, if that is not too much."""
        try:
            self._client.charge(_UNREADABLE_WEIGHT, now_ns)
        except Refusal as too_much:
            return too_much
        return refusal

    def _limits(self, frame: Frame | None, now_ns: int, account: str = "") -> list[Json] | None:
        """Return the limits that a request affects, or None when they are not wanted."""
        wanted = None if frame is None else frame.parameters.get(_RATE_LIMITS)
        if wanted in (False, "false") or (wanted is None and not self._tells_limits):
            return None
        limits = self._desk.limits
        orders = limits.orders_used(account, now_ns) if account else []
        return [*orders, limits.weight_used(self._client, now_ns)]

    def _ends(self, now_ns: int) -> tuple[Push, ...]:
        """Return the last word of each subscription that has just ended."""
        event = {"e": "eventStreamTerminated", "E": moment(now_ns)}
        return tuple(self._event(number, event) for number in self._identity.take_ended())

    def _event(self, number: int, event: Json) -> Push:
        return Push(self._socket, compact({"subscriptionId": number, "event": event}, self._unit))
