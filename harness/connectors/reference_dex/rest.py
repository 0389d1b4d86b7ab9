"""Hyperliquid's REST transport: POST of JSON, one answer, or a `VenueTrouble`; nothing twice."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import aiohttp

from fillproof.harness.connectors.reference.rest import TIMEOUT_SECONDS
from fillproof.harness.connectors.reference.tasks import now_ns
from fillproof.harness.connectors.reference.trouble import NotSent, Unanswered, Unreadable
from fillproof.harness.connectors.reference_dex.troubles import ActionDenied

_log = logging.getLogger(__name__)

DECISION_SECONDS = 45
"""How long an action is waited for: the answer comes when a block has decided."""

_SLOW_DOWN = 429
_OK = 200


class Rest:
    """Sends questions and actions; keeps away for a while when the venue asks for a pause."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self._session = session
        self._base_url = base_url
        self._pause_until_ns = 0

    async def info(self, question: dict[str, Any]) -> Any:
        """Ask; waits for the end of a pause. Raises VenueTrouble."""
        wait_ns = self._pause_until_ns - now_ns()
        if wait_ns > 0:
            await asyncio.sleep(wait_ns / 1e9)
        return await self._post("/info", question, TIMEOUT_SECONDS)

    async def exchange(self, signed: dict[str, Any]) -> Any:
        """Send a signed action, once. While a pause is asked for it raises NotSent."""
        if now_ns() < self._pause_until_ns:
            raise NotSent("the venue asked for a pause: too many requests")
        return await self._post("/exchange", signed, DECISION_SECONDS)

    async def _post(self, path: str, body: dict[str, Any], seconds: float) -> Any:
        name = f"POST {path} {body.get('type') or body['action']['type']}"
        bound = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.post(
                self._base_url + path, json=body, timeout=bound
            ) as response:
                said = await response.read()
        except TimeoutError as error:
            raise Unanswered(f"{name}: no answer in {seconds:g} s") from error
        except aiohttp.ClientError as error:
            raise Unanswered(f"{name}: {error!r}") from error
        if response.status == _SLOW_DOWN:
            _log.warning("the venue asks for a pause of %d s", TIMEOUT_SECONDS)
            self._pause_until_ns = now_ns() + TIMEOUT_SECONDS * 1_000_000_000
            raise ActionDenied(f"{name}: HTTP {response.status}")
        if response.status != _OK:
            raise Unanswered(f"{name}: HTTP {response.status}, outcome unknown: {said[:200]!r}")
        try:
            return json.loads(said)
        except ValueError as error:
            raise Unreadable(f"{name}: no JSON: {said[:200]!r}") from error
