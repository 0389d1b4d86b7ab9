"""Who a connection to the WebSocket API is, and what it hears: logons and subscriptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import ApiKey, Call, Desk
from fillproof.simulator.dialects.binance.door.admission import (
    require_fresh,
    require_key,
    require_signature,
)
from fillproof.simulator.dialects.binance.door.signing import KeyKind, socket_payload
from fillproof.simulator.dialects.binance.endpoint import Security
from fillproof.simulator.dialects.binance.moments import Moment
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.user.subscriptions import Subscriptions
from fillproof.simulator.dialects.binance.words import moment
from fillproof.simulator.dialects.protocol import Json

OWN_PARAMETERS = {"userDataStream.unsubscribe": ("subscriptionId",)}
"""What its methods read beside key, signature and time."""


class Identity:
    """The key that logged on, if any, the subscriptions, and the methods that change them."""

    def __init__(self, desk: Desk, now_ns: int, *, tells_limits: bool) -> None:
        self._desk = desk
        self._tells_limits = tells_limits
        self._connected_at = moment(now_ns)
        self._authorized_at: Moment | None = None
        self._key: ApiKey | None = None
        self.subscriptions = Subscriptions()
        self._ended: list[int] = []
        self.methods: Mapping[str, Callable[[Call], Json]] = {
            "session.logon": self._log_on,
            "session.status": self._status,
            "session.logout": self._log_out,
            "session.subscriptions": self._list,
            "userDataStream.subscribe": self._subscribe,
            "userDataStream.subscribe.signature": self._subscribe_signed,
            "userDataStream.unsubscribe": self._unsubscribe,
        }

    def take_ended(self) -> list[int]:
        """Return the subscriptions that ended since this was last asked."""
        ended, self._ended = self._ended, []
        return ended

    def account_of(self, security: Security, parameters: Parameters, now_ns: int) -> str:
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
            "userDataStream": bool(self.subscriptions),
        }

    def _log_out(self, call: Call) -> Json:
        self._key = self._authorized_at = None
        self._ended += self.subscriptions.end_of_logon()
        return self._status(call)

    def _list(self, call: Call) -> Json:
        return [{"subscriptionId": number} for number, _ in self.subscriptions.accounts()]

    def _subscribe(self, call: Call) -> Json:
        if self._key is None:
            raise errors.REJECTED_API_KEY.refusal()
        return self._begin(self._key.account, call.now_ns, by_logon=True)

    def _subscribe_signed(self, call: Call) -> Json:
        account = self._signer(call.parameters, call.now_ns).account
        return self._begin(account, call.now_ns, by_logon=False)

    def _begin(self, account: str, now_ns: int, *, by_logon: bool) -> Json:
        number = self.subscriptions.begin(account, by_logon=by_logon)
        if now_ns < self._desk.revocation.until_ns:
            self.revoke()
        return {"subscriptionId": number}

    def revoke(self) -> None:
        """End all subscriptions by the venue's own will, announced or not."""
        if self.subscriptions:
            ended = self.subscriptions.end(None)
            if self._desk.revocation.announced:
                self._ended += ended

    def _unsubscribe(self, call: Call) -> Json:
        self._ended += self.subscriptions.end(call.parameters.integer("subscriptionId"))
        return {}
