"""One connection to the WebSocket API: logon, user data subscriptions, and requests by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.admission import (
    require_fresh,
    require_key,
    require_signature,
)
from fillproof.simulator.dialects.binance.desk import ApiKey, Call, Desk, Outcome
from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.endpoints import METHODS, Endpoint
from fillproof.simulator.dialects.binance.errors import Refusal
from fillproof.simulator.dialects.binance.frames import (
    Frame,
    read_frame,
    write_error,
    write_result,
)
from fillproof.simulator.dialects.binance.moments import Moment, TimeUnit
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.signing import socket_payload
from fillproof.simulator.dialects.binance.user_events import user_events
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import FrameAnswer, Json, Push
from fillproof.simulator.vocabulary.reports import Report

_SESSION_WEIGHT = 2
_COMMON = frozenset({"apiKey", "signature", "returnRateLimits"})


@dataclass(frozen=True, slots=True)
class _Subscription:
    """User data of one account; `by_logon` ones end with the logon."""

    account: str
    by_logon: bool


class UserSession:
    """What one socket of the WebSocket API knows."""

    def __init__(self, desk: Desk, socket: int, unit: TimeUnit, now_ns: int) -> None:
        self._desk = desk
        self._socket = socket
        self._unit = unit
        self._connected_at = moment(now_ns)
        self._authorized_at: Moment | None = None
        self._key: ApiKey | None = None
        self._subscriptions: dict[int, _Subscription] = {}
        self._next_subscription = 0
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
        frame = None
        try:
            frame = read_frame(text)
            outcome, weight = self._ask(frame, now_ns)
        except Refusal as refusal:
            used = self._desk.weight.add(1, now_ns)
            reply = write_error(frame, refusal, used, self._unit)
            return FrameAnswer(reply, refusal.reports)
        pushes, self._pushes = tuple(self._pushes), []
        used = self._desk.weight.add(weight, now_ns)
        reply = write_result(frame, outcome.result, used, self._unit)
        return FrameAnswer(reply, outcome.reports, pushes)

    def publish(self, reports: Sequence[Report], now_ns: int) -> list[Push]:
        """Return the events of a batch of reports, each under its subscription."""
        return [
            self._event(number, event)
            for number, subscription in self._subscriptions.items()
            for event in user_events(self._desk, subscription.account, reports, now_ns)
        ]

    def farewell(self, now_ns: int) -> Push:
        """Return what the socket is told when the venue is about to stop."""
        event = {"e": "serverShutdown", "E": moment(now_ns)}
        return Push(self._socket, compact({"event": event}, self._unit))

    def _ask(self, frame: Frame, now_ns: int) -> tuple[Outcome, int]:
        """Return what a request led to, and its weight."""
        parameters = Parameters(frame.parameters)
        own = self._own_methods.get(frame.method)
        if own is not None:
            return Outcome(own(Call("", parameters, now_ns))), _SESSION_WEIGHT
        endpoint = METHODS.get(frame.method)
        if endpoint is None:
            raise errors.NOT_SUPPORTED.refusal()
        account = self._admit(endpoint, parameters, now_ns)
        outcome = endpoint.handler(self._desk, Call(account, parameters, now_ns))
        return outcome, 0 if endpoint.changes_orders else endpoint.weight

    def _admit(self, endpoint: Endpoint, parameters: Parameters, now_ns: int) -> str:
        """Check a request as its endpoint wants it; return the account that asks."""
        account = ""
        if endpoint.signed:
            account = self._requester(parameters, now_ns).account
        parameters.require_known(endpoint.parameters | _COMMON)
        return account

    def _requester(self, parameters: Parameters, now_ns: int) -> ApiKey:
        """Return the key that signed a request, or that logged on before."""
        if self._key is None or "apiKey" in parameters:
            return self._signer(parameters, now_ns)
        require_fresh(parameters, now_ns)
        return self._key

    def _signer(self, parameters: Parameters, now_ns: int) -> ApiKey:
        key = require_key(self._desk, parameters.required("apiKey"))
        parameters.required("timestamp")
        require_signature(key, parameters, socket_payload(parameters.as_mapping()))
        require_fresh(parameters, now_ns)
        return key

    def _log_on(self, call: Call) -> Json:
        key = self._signer(call.parameters, call.now_ns)
        if not self._desk.quirks.hmac_logon:
            raise errors.NOT_SUPPORTED.refusal()
        self._key = key
        self._authorized_at = moment(call.now_ns)
        return self._status(call)

    def _status(self, call: Call) -> Json:
        return {
            "apiKey": self._key.key if self._key else None,
            "authorizedSince": self._authorized_at,
            "connectedSince": self._connected_at,
            "returnRateLimits": True,
            "serverTime": moment(call.now_ns),
            "userDataStream": any(one.by_logon for one in self._subscriptions.values()),
        }

    def _log_out(self, call: Call) -> Json:
        self._key = self._authorized_at = None
        for number, subscription in list(self._subscriptions.items()):
            if subscription.by_logon:
                self._end(number, call.now_ns)
        return self._status(call)

    def _list(self, call: Call) -> Json:
        return [{"subscriptionId": number} for number in self._subscriptions]

    def _subscribe(self, call: Call) -> Json:
        if self._key is None:
            raise errors.REJECTED_API_KEY.refusal()
        call.parameters.require_known(_COMMON)
        return self._begin(self._key.account, by_logon=True)

    def _subscribe_signed(self, call: Call) -> Json:
        key = self._signer(call.parameters, call.now_ns)
        call.parameters.require_known(_COMMON | {"timestamp", "recvWindow"})
        return self._begin(key.account, by_logon=False)

    def _begin(self, account: str, *, by_logon: bool) -> Json:
        if any(one.account == account for one in self._subscriptions.values()):
            raise errors.SUBSCRIPTION_ACTIVE.refusal()
        number = self._next_subscription
        self._next_subscription += 1
        self._subscriptions[number] = _Subscription(account, by_logon)
        return {"subscriptionId": number}

    def _unsubscribe(self, call: Call) -> Json:
        number = call.parameters.integer("subscriptionId")
        numbers = list(self._subscriptions) if number is None else [number]
        if not numbers or numbers[0] not in self._subscriptions:
            raise errors.SUBSCRIPTION_INACTIVE.refusal()
        for each in numbers:
            self._end(each, call.now_ns)
        return {}

    def _end(self, number: int, now_ns: int) -> None:
        del self._subscriptions[number]
        event = {"e": "eventStreamTerminated", "E": moment(now_ns)}
        self._pushes.append(self._event(number, event))

    def _event(self, number: int, event: Json) -> Push:
        return Push(self._socket, compact({"subscriptionId": number, "event": event}, self._unit))
