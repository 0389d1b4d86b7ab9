"""Binance's REST transport: one request, one answer, or a `VenueTrouble` that says which kind."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from fillproof.harness.connectors.reference.decode import server_time_ms
from fillproof.harness.connectors.reference.refusals import OUTSIDE_RECEIVE_WINDOW
from fillproof.harness.connectors.reference.signing import Signer
from fillproof.harness.connectors.reference.tasks import now_ns
from fillproof.harness.connectors.reference.trouble import (
    NotSent,
    Refusal,
    Unanswered,
    Unreadable,
)

_log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10
_SYNC_TRIES = 3
_GOOD_ROUND_TRIP_NS = 1_000_000_000
_SLOW_DOWN = (418, 429)
_SUCCESS = range(200, 300)
_SERVER_ERROR = 500


class Rest:
    """Sends requests, keeps the venue's clock and its pace. Never sends a create twice."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, signer: Signer) -> None:
        self._session = session
        self._base_url = base_url
        self._signer = signer
        self._ahead_ms = 0
        self._pause_until_ns = 0

    def timestamp_ms(self) -> int:
        """Return the venue's time, at most one reply time behind and never ahead."""
        return time.time_ns() // 1_000_000 + self._ahead_ms

    async def synchronise(self) -> None:
        """Learn the venue's clock; asks again when the answer took too long to be of use."""
        best_ns: int | None = None
        for _ in range(_SYNC_TRIES):
            asked_ns = now_ns()
            answer = server_time_ms(await self.public("/api/v3/time"))
            took_ns = now_ns() - asked_ns
            if best_ns is None or took_ns < best_ns:
                best_ns = took_ns
                self._ahead_ms = answer - time.time_ns() // 1_000_000
            if took_ns <= _GOOD_ROUND_TRIP_NS:
                return
        _log.warning("the venue's clock is known to %d ms only", (best_ns or 0) // 1_000_000)

    async def public(self, path: str, parameters: Mapping[str, str] | None = None) -> Any:
        """Ask for what everybody may know; raises VenueTrouble."""
        await self._keep_pace()
        return await self._exchange(
            "GET", f"{path}?{urlencode(parameters)}" if parameters else path
        )

    async def signed(self, method: str, path: str, parameters: Mapping[str, str]) -> Any:
        """Ask for, or do, what may be repeated (GET, DELETE, PUT); raises VenueTrouble."""
        await self._keep_pace()
        try:
            return await self._exchange(method, self._sign(path, parameters))
        except Refusal as refusal:
            if refusal.code != OUTSIDE_RECEIVE_WINDOW:
                raise
        await self.synchronise()
        return await self._exchange(method, self._sign(path, parameters))

    async def create(self, path: str, parameters: Mapping[str, str]) -> Any:
        """Do what must not be repeated (POST); raises VenueTrouble.

        While the venue wants a pause it raises NotSent: an order that waits would be sent at a
        price that nobody asked for any more.
        """
        if now_ns() < self._pause_until_ns:
            raise NotSent("the venue asked for a pause: too many requests")
        try:
            return await self._exchange("POST", self._sign(path, parameters))
        except Refusal as refusal:
            if refusal.code == OUTSIDE_RECEIVE_WINDOW:
                await self.synchronise()
            raise

    def _sign(self, path: str, parameters: Mapping[str, str]) -> str:
        stamped = {**parameters, "timestamp": str(self.timestamp_ms())}
        return f"{path}?{self._signer.query(stamped)}"

    async def _keep_pace(self) -> None:
        # Looks again after it slept: a reply may have made the pause longer meanwhile.
        while (wait_ns := self._pause_until_ns - now_ns()) > 0:  # noqa: ASYNC110 - no event
            await asyncio.sleep(wait_ns / 1e9)

    async def _exchange(self, method: str, target: str) -> Any:
        url = URL(self._base_url + target, encoded=True)
        headers = {"X-MBX-APIKEY": self._signer.api_key}
        name = f"{method} {url.path}"
        try:
            async with self._session.request(method, url, headers=headers) as response:
                body = await response.read()
        except TimeoutError as error:
            raise Unanswered(f"{name}: no answer in {TIMEOUT_SECONDS} s") from error
        except aiohttp.ClientError as error:
            raise Unanswered(f"{name}: {error!r}") from error
        if response.status in _SLOW_DOWN:
            self._slow_down(response.headers.get("Retry-After", ""))
        return _understand(name, response.status, body)

    def _slow_down(self, retry_after: str) -> None:
        seconds = int(retry_after) if retry_after.isdecimal() else TIMEOUT_SECONDS
        _log.warning("the venue asks for a pause of %d s", seconds)
        until_ns = now_ns() + seconds * 1_000_000_000
        self._pause_until_ns = max(self._pause_until_ns, until_ns)


def _understand(name: str, status: int, body: bytes) -> Any:
    """Return the JSON of a success; raise what any other answer means."""
    if status >= _SERVER_ERROR:
        raise Unanswered(f"{name}: HTTP {status}, outcome unknown: {body[:200]!r}")
    try:
        message = json.loads(body)
    except ValueError as error:
        raise Unreadable(f"{name}: HTTP {status} without JSON: {body[:200]!r}") from error
    if isinstance(message, dict) and isinstance(message.get("code"), int):
        text = str(message.get("msg", ""))
        raise Refusal(status, message["code"], text, message.get("data"))
    if status not in _SUCCESS:
        raise Unreadable(f"{name}: HTTP {status} without a code: {body[:200]!r}")
    return message
