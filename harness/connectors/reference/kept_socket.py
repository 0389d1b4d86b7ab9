"""A WebSocket to the venue that is opened again whenever it is lost."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any, ClassVar

import aiohttp

from fillproof.harness.connectors.reference.decode import reading
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.rest import TIMEOUT_SECONDS
from fillproof.harness.connectors.reference.tasks import now_ns
from fillproof.harness.connectors.reference.trouble import Unanswered, VenueTrouble

_log = logging.getLogger(__name__)

_CLOSING = aiohttp.ClientWSTimeout(ws_close=2)
_STEADY_NS = 30_000_000_000
"""A connection that lived this long was good: the next one is opened without a long pause."""


class KeptSocket:
    """Base of the streams: a subclass says with `talk` what it does on each new socket.

    `is_live` is for the subclass to set, once its subscription stands.
    """

    name: ClassVar[str] = "stream"
    heartbeat_seconds: ClassVar[float | None] = 15
    """How often it pings; half as long without a pong, and the connection counts as lost."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.is_live = False
        self._session = session
        self._url = url
        self._pauses = Pauses()

    async def run(self) -> None:
        """Stay connected until cancelled."""
        while True:
            began_ns = now_ns()
            try:
                await self._live_once()
            except VenueTrouble as trouble:
                _log.warning("%s: %s", self.name, trouble)
            except (aiohttp.ClientError, TimeoutError) as error:
                _log.warning("%s: %r", self.name, error)
            finally:
                self.is_live = False
                self.lost()
            if now_ns() - began_ns > _STEADY_NS:
                self._pauses.reset()
            await asyncio.sleep(self._pauses.next())

    async def talk(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Subscribe and listen; raises VenueTrouble when that is over."""
        raise NotImplementedError

    def lost(self) -> None:
        """Take note that the socket is gone, or never came."""

    async def _live_once(self) -> None:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            socket = await self._session.ws_connect(
                self._url, heartbeat=self.heartbeat_seconds, timeout=_CLOSING
            )
        async with socket:
            await self.talk(socket)


async def receive(socket: aiohttp.ClientWebSocketResponse) -> str:
    """Return the next text; raises Unanswered when there will be none."""
    message = await socket.receive()
    if message.type is not aiohttp.WSMsgType.TEXT:
        raise Unanswered(f"{message.type.name}, close code {socket.close_code}")
    return str(message.data)


def parse(text: str) -> dict[str, Any]:
    """Return the object that a text is; raises Unreadable."""
    with reading("stream message"):
        return dict(json.loads(text))
