"""The streams of an account: order updates and fills, subscribed again whenever they are lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import aiohttp

from fillproof.harness.connectors.reference.decode import reading
from fillproof.harness.connectors.reference.kept_socket import KeptSocket, parse, receive
from fillproof.harness.connectors.reference.trouble import Unanswered, Unreadable

_log = logging.getLogger(__name__)

SUBSCRIBED = ("orderUpdates", "userFills")
_PING_SECONDS = 20
_SILENCE_SECONDS = 45
"""Longer than this nothing, not even a pong, means that the line is dead."""


class Stream(KeptSocket):
    """Hands each message to `on_message`, and says with `on_live` that the subscriptions stand.

    What happened before they stood may never be sent: `on_live` must look for it. `on_message`
    gets channel and data and may raise Unreadable; `on_live` is then called too.
    """

    name = "streams"
    heartbeat_seconds = None

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        address: str,
        on_message: Callable[[str, Any], None],
        on_live: Callable[[], None],
    ) -> None:
        super().__init__(session, url)
        self._address = address
        self._on_message = on_message
        self._on_live = on_live

    async def talk(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Subscribe and listen, and ping beside it: the venue closes what is silent."""
        pinging = asyncio.get_running_loop().create_task(_ping(socket), name="stream ping")
        try:
            await self._listen(socket)
        finally:
            pinging.cancel()
            await asyncio.gather(pinging, return_exceptions=True)

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        for name in SUBSCRIBED:
            subscription = {"type": name, "user": self._address}
            await socket.send_json({"method": "subscribe", "subscription": subscription})
        standing: set[str] = set()
        while True:
            self._hear(await _next_text(socket), standing)

    def _hear(self, text: str, standing: set[str]) -> None:
        try:
            channel, data = _message_in(text)
            if channel == "subscriptionResponse":
                standing.add(_subscribed_in(data))
                self._note_live(standing)
            else:
                self._on_message(channel, data)
        except Unreadable as trouble:
            _log.warning("streams: %s", trouble)
            self._on_live()

    def _note_live(self, standing: set[str]) -> None:
        if not self.is_live and standing >= set(SUBSCRIBED):
            self.is_live = True
            self._on_live()


async def _ping(socket: aiohttp.ClientWebSocketResponse) -> None:
    while True:
        await asyncio.sleep(_PING_SECONDS)
        await socket.send_json({"method": "ping"})


async def _next_text(socket: aiohttp.ClientWebSocketResponse) -> str:
    try:
        async with asyncio.timeout(_SILENCE_SECONDS):
            return await receive(socket)
    except TimeoutError as error:
        raise Unanswered(f"nothing for {_SILENCE_SECONDS} s") from error


def _message_in(text: str) -> tuple[str, Any]:
    message = parse(text)
    with reading("stream message"):
        return str(message["channel"]), message.get("data")


def _subscribed_in(data: Any) -> str:
    with reading("subscription response"):
        return str(data["subscription"]["type"])
