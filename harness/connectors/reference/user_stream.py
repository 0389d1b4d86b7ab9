"""The user data stream: subscribed over the WebSocket API, and again whenever it is lost."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any, ClassVar

import aiohttp

from fillproof.harness.connectors.reference.decode import reading
from fillproof.harness.connectors.reference.kept_socket import KeptSocket, parse, receive
from fillproof.harness.connectors.reference.refusals import OUTSIDE_RECEIVE_WINDOW
from fillproof.harness.connectors.reference.rest import TIMEOUT_SECONDS, Rest
from fillproof.harness.connectors.reference.signing import Signer
from fillproof.harness.connectors.reference.trouble import Refusal, Unanswered, Unreadable

_log = logging.getLogger(__name__)

_SUBSCRIBE = "userDataStream.subscribe.signature"
_REQUEST_ID = 1
_OK = 200
_GOODBYES = frozenset({"eventStreamTerminated", "serverShutdown"})


class UserStream(KeptSocket):
    """Hands each event to `on_event`, and says with `on_live` that a new subscription stands.

    What happened before a subscription stood is never sent: `on_live` must look for it. `on_event`
    may raise Unreadable; `on_live` is then called too, as something was said and not understood.
    """

    name: ClassVar[str] = "user stream"

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        signer: Signer,
        rest: Rest,
        on_event: Callable[[Any], None],
        on_live: Callable[[], None],
    ) -> None:
        super().__init__(session, url)
        self._signer = signer
        self._rest = rest
        self._on_event = on_event
        self._on_live = on_live

    async def talk(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Subscribe, then listen until the stream is over."""
        await self._subscribe(socket)
        self.is_live = True
        self._on_live()
        while True:
            self._hear(await receive(socket))

    async def _subscribe(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        parameters = self._signer.message({"timestamp": self._rest.timestamp_ms()})
        request = {"id": _REQUEST_ID, "method": _SUBSCRIBE, "params": parameters}
        await socket.send_str(json.dumps(request))
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while (reply := parse(await receive(socket))).get("id") != _REQUEST_ID:
                self._on_event(_event_in(reply))
        try:
            _check_subscribed(reply)
        except Refusal as refusal:
            if refusal.code == OUTSIDE_RECEIVE_WINDOW:
                await self._rest.synchronise()
            raise

    def _hear(self, text: str) -> None:
        try:
            event = _event_in(parse(text))
            if event.get("e") in _GOODBYES:
                raise Unanswered(f"the venue says {event['e']}")
            self._on_event(event)
        except Unreadable as trouble:
            _log.warning("user stream: %s", trouble)
            self._on_live()


def _event_in(message: dict[str, Any]) -> dict[str, Any]:
    with reading("user stream event"):
        return dict(message["event"])


def _check_subscribed(reply: dict[str, Any]) -> None:
    with reading("subscription reply"):
        status = int(reply["status"])
        error = reply.get("error") or {}
        code, text = int(error.get("code", 0)), str(error.get("msg", ""))
    if status != _OK:
        raise Refusal(status, code, text)
