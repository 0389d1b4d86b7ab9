"""The streams of an account: order updates and fills, subscribed again whenever they are lost."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import aiohttp

from fillproof.harness.connectors.reference.decode import reading
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.tasks import now_ns
from fillproof.harness.connectors.reference.trouble import Unanswered, Unreadable, VenueTrouble
from fillproof.harness.connectors.reference_dex.rest import TIMEOUT_SECONDS

_log = logging.getLogger(__name__)

SUBSCRIBED = ("orderUpdates", "userFills")
_PING_SECONDS = 20
_SILENCE_SECONDS = 45
"""Longer than this nothing, not even a pong, means that the line is dead."""

_STEADY_NS = 30_000_000_000
"""A connection that lived this long was good: the next one is opened without a long pause."""

_CLOSING = aiohttp.ClientWSTimeout(ws_close=2)


class Stream:
    """Hands each message to `on_message`, and says with `on_live` that the subscriptions stand.

    What happened before they stood may never be sent: `on_live` must look for it. `on_message`
    gets channel and data and may raise Unreadable; `on_live` is then called too.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        address: str,
        on_message: Callable[[str, Any], None],
        on_live: Callable[[], None],
    ) -> None:
        self.is_live = False
        self._session = session
        self._url = url
        self._address = address
        self._on_message = on_message
        self._on_live = on_live
        self._pauses = Pauses()

    async def run(self) -> None:
        """Stay subscribed until cancelled."""
        while True:
            began_ns = now_ns()
            try:
                await self._live_once()
            except VenueTrouble as trouble:
                _log.warning("stream: %s", trouble)
            except (aiohttp.ClientError, TimeoutError) as error:
                _log.warning("stream: %r", error)
            finally:
                self.is_live = False
            if now_ns() - began_ns > _STEADY_NS:
                self._pauses.reset()
            await asyncio.sleep(self._pauses.next())

    async def _live_once(self) -> None:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            socket = await self._session.ws_connect(self._url, timeout=_CLOSING)
        async with socket, asyncio.TaskGroup() as tasks:
            pinging = tasks.create_task(_ping(socket), name="stream ping")
            try:
                await self._listen(socket)
            finally:
                pinging.cancel()

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        for name in SUBSCRIBED:
            subscription = {"type": name, "user": self._address}
            await socket.send_json({"method": "subscribe", "subscription": subscription})
        standing: set[str] = set()
        while True:
            text = await _receive(socket)
            try:
                channel, data = _message_in(text)
                if channel == "subscriptionResponse":
                    standing.add(_subscribed_in(data))
                    self._note_live(standing)
                else:
                    self._on_message(channel, data)
            except Unreadable as trouble:
                _log.warning("stream: %s", trouble)
                self._on_live()

    def _note_live(self, standing: set[str]) -> None:
        if not self.is_live and standing >= set(SUBSCRIBED):
            self.is_live = True
            self._on_live()


async def _ping(socket: aiohttp.ClientWebSocketResponse) -> None:
    while True:
        await asyncio.sleep(_PING_SECONDS)
        await socket.send_json({"method": "ping"})


async def _receive(socket: aiohttp.ClientWebSocketResponse) -> str:
    try:
        message = await socket.receive(_SILENCE_SECONDS)
    except TimeoutError as error:
        raise Unanswered(f"nothing for {_SILENCE_SECONDS} s") from error
    if message.type is not aiohttp.WSMsgType.TEXT:
        raise Unanswered(f"{message.type.name}, close code {socket.close_code}")
    return str(message.data)


def _message_in(text: str) -> tuple[str, Any]:
    with reading("stream message"):
        message = json.loads(text)
        return str(message["channel"]), message.get("data")


def _subscribed_in(data: Any) -> str:
    with reading("subscription response"):
        return str(data["subscription"]["type"])
