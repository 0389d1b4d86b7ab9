"""One connection to the WebSocket API: logon, user data subscriptions, and requests by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import parse_qs

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.admission import (
    admit,
    require_fresh,
    require_key,
    require_signature,
)
from fillproof.simulator.dialects.binance.desk import ApiKey, Call, Desk, Outcome
from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.endpoint import Endpoint, Security
from fillproof.simulator.dialects.binance.endpoints import METHODS
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.frames import (
    Frame,
    read_frame,
    write_error,
    write_result,
)
from fillproof.simulator.dialects.binance.moments import Moment, TimeUnit
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.signing import KeyKind, socket_payload
from fillproof.simulator.dialects.binance.subscriptions import Subscriptions
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import FrameAnswer, HttpRequest, Json, Push

_SESSION_WEIGHT = 2
_UNREADABLE_WEIGHT = 1
_BANNED = 418
_POLICY_VIOLATION = 1008
_RATE_LIMITS = "returnRateLimits"
_COMMON = frozenset({"apiKey", "signature", _RATE_LIMITS})
_COMMON_OWN = _COMMON | {"timestamp", "recvWindow"}
_OWN_PARAMETERS = {"userDataStream.unsubscribe": ("subscriptionId",)}

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
        self._connected_at = moment(now_ns)
        self._authorized_at: Moment | None = None
        self._key: ApiKey | None = None
        self._subscriptions = Subscriptions()
        self._pushes: list[Push] = []
        self._own_methods: dict[str, Callable[[Call], Json]] = {
            "session.logon": self._log_on,
            "session.status": self._status,
            "session.logout": self._log_out,
            "session.subscriptions": self._list,
            "userDataStream.subscribe": self._subscribe,
            "userDataStream.subscribe.signature": self._subscribe_signed,
            "userDataStream.unsubscribe": self._unsubscribe,
        }

    @property
    def carries_user_stream(self) -> bool:
        """True while it is subscribed to some account."""
        return bool(self._subscriptions)

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
            for number, account in self._subscriptions.accounts()
            for event in events_of(account)
        ]

    def farewell(self, now_ns: int) -> Push:
        """Return what the socket is told when the venue is about to stop."""
        event = {"e": "serverShutdown", "E": moment(now_ns)}
        return Push(self._socket, compact({"event": event}, self._unit))

    def _answer(self, frame: Frame, now_ns: int) -> FrameAnswer:
        """Answer a request; raises Refusal."""
        parameters = Parameters(frame.parameters)
        own = self._own_methods.get(frame.method)
        if own is not None:
            self._client.charge(_SESSION_WEIGHT, now_ns)
            parameters.require_known(_OWN_PARAMETERS.get(frame.method, ()), _COMMON_OWN)
            result = own(Call("", parameters, now_ns))
            pushes, self._pushes = tuple(self._pushes), []
            limits = self._limits(frame, now_ns)
            return FrameAnswer(write_result(frame, result, limits, self._unit), (), pushes)
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
        account = self._requester(endpoint.security, parameters, now_ns)
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

    def _requester(self, security: Security, parameters: Parameters, now_ns: int) -> str:
        """Return the account of the key that a request brings, or that logged on before."""
        if security is Security.NONE:
            return ""
        if self._key is not None and "apiKey" not in parameters:
            if security is Security.SIGNED:
                require_fresh(parameters, now_ns)
            return self._key.account
        if security is Security.KEY:
            return require_key(self._desk, parameters.required("apiKey")).account
        return self._signer(parameters, now_ns).account

    def _signer(self, parameters: Parameters, now_ns: int) -> ApiKey:
        key = require_key(self._desk, parameters.required("apiKey"))
        parameters.required("timestamp")
        require_signature(key, parameters, socket_payload(parameters.as_mapping()))
        require_fresh(parameters, now_ns)
        return key

    def _log_on(self, call: Call) -> Json:
        key = self._signer(call.parameters, call.now_ns)
        quirk = self._desk.quirks.hmac_logon
        if key.secret.kind is not KeyKind.ED25519 and not (
            quirk and key.secret.kind is KeyKind.HMAC
        ):
            raise errors.NOT_SUPPORTED.refusal()
        self._key = key
        self._authorized_at = moment(call.now_ns)
        return self._status(call)

    def _status(self, call: Call) -> Json:
        return {
            "apiKey": self._key.key if self._key else None,
            "authorizedSince": self._authorized_at,
            "connectedSince": self._connected_at,
            "returnRateLimits": self._tells_limits,
            "serverTime": moment(call.now_ns),
            "userDataStream": bool(self._subscriptions),
        }

    def _log_out(self, call: Call) -> Json:
        self._key = self._authorized_at = None
        self._tell_ends(self._subscriptions.end_of_logon(), call.now_ns)
        return self._status(call)

    def _list(self, call: Call) -> Json:
        return [{"subscriptionId": number} for number, _ in self._subscriptions.accounts()]

    def _subscribe(self, call: Call) -> Json:
        if self._key is None:
            raise errors.REJECTED_API_KEY.refusal()
        return self._begin(self._key.account, by_logon=True)

    def _subscribe_signed(self, call: Call) -> Json:
        return self._begin(self._signer(call.parameters, call.now_ns).account, by_logon=False)

    def _begin(self, account: str, *, by_logon: bool) -> Json:
        return {"subscriptionId": self._subscriptions.begin(account, by_logon=by_logon)}

    def _unsubscribe(self, call: Call) -> Json:
        ended = self._subscriptions.end(call.parameters.integer("subscriptionId"))
        self._tell_ends(ended, call.now_ns)
        return {}

    def _tell_ends(self, numbers: list[int], now_ns: int) -> None:
        event = {"e": "eventStreamTerminated", "E": moment(now_ns)}
        self._pushes += [self._event(number, event) for number in numbers]

    def _event(self, number: int, event: Json) -> Push:
        return Push(self._socket, compact({"subscriptionId": number, "event": event}, self._unit))
