"""The user data stream: subscribed over the WebSocket API, and again whenever it is lost."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import aiohttp

from fillproof.harness.connectors.reference.decode import reading
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.refusals import OUTSIDE_RECEIVE_WINDOW
from fillproof.harness.connectors.reference.rest import TIMEOUT_SECONDS, Rest
from fillproof.harness.connectors.reference.signing import Signer
from fillproof.harness.connectors.reference.tasks import now_ns
from fillproof.harness.connectors.reference.trouble import (
    Refusal,
    Unanswered,
    Unreadable,
    VenueTrouble,
)

_log = logging.getLogger(__name__)

_SUBSCRIBE = "userDataStream.subscribe.signature"
_HEARTBEAT_SECONDS = 15
_CLOSING = aiohttp.ClientWSTimeout(ws_close=2)
_STEADY_NS = 30_000_000_000
"""A connection that lived this long was good: the next one is opened without a long pause."""
_REQUEST_ID = 1
_OK = 200
_GOODBYES = frozenset({"eventStreamTerminated", "serverShutdown"})


class UserStream:
    """Hands each event to `on_event`, and says with `on_live` that a new subscription stands.

    What happened before a subscription stood is never sent: `on_live` must look for it. `on_event`
    may raise Unreadable; `on_live` is then called too, as something was said and not understood.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        signer: Signer,
        rest: Rest,
        on_event: Callable[[Any], None],
        on_live: Callable[[], None],
    ) -> None:
        self.is_live = False
        self._session = session
        self._url = url
        self._signer = signer
        self._rest = rest
        self._on_event = on_event
        self._on_live = on_live
        self._pauses = Pauses()

    async def run(self) -> None:
        """Stay subscribed until cancelled."""
        while True:
            began_ns = now_ns()
            try:
                await self._live_once()
            except VenueTrouble as trouble:
                _log.warning("user stream: %s", trouble)
            except (aiohttp.ClientError, TimeoutError) as error:
                _log.warning("user stream: %r", error)
            finally:
                self.is_live = False
            if now_ns() - began_ns > _STEADY_NS:
                self._pauses.reset()
            await asyncio.sleep(self._pauses.next())

    async def _live_once(self) -> None:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            socket = await self._session.ws_connect(
                self._url, heartbeat=_HEARTBEAT_SECONDS, timeout=_CLOSING
            )
        async with socket:
            await self._subscribe(socket)
            self.is_live = True
            self._on_live()
            while True:
                self._hear(await _receive(socket))

    async def _subscribe(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        parameters = self._signer.message({"timestamp": self._rest.timestamp_ms()})
        request = {"id": _REQUEST_ID, "method": _SUBSCRIBE, "params": parameters}
        await socket.send_str(json.dumps(request))
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while (reply := _parse(await _receive(socket))).get("id") != _REQUEST_ID:
                self._on_event(_event_in(reply))
        try:
            _check_subscribed(reply)
        except Refusal as refusal:
            if refusal.code == OUTSIDE_RECEIVE_WINDOW:
                await self._rest.synchronise()
            raise

    def _hear(self, text: str) -> None:
        try:
            event = _event_in(_parse(text))
            if event.get("e") in _GOODBYES:
                raise Unanswered(f"the venue says {event['e']}")
            self._on_event(event)
        except Unreadable as trouble:
            _log.warning("user stream: %s", trouble)
            self._on_live()


async def _receive(socket: aiohttp.ClientWebSocketResponse) -> str:
    message = await socket.receive()
    if message.type is not aiohttp.WSMsgType.TEXT:
        raise Unanswered(f"{message.type.name}, close code {socket.close_code}")
    return str(message.data)


def _parse(text: str) -> dict[str, Any]:
    with reading("user stream message"):
        return dict(json.loads(text))


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
