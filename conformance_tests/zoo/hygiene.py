"""Animals that ask as one must not: wrongly signed, too much, too soon, too late, or too openly."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

import aiohttp
from conformance_tests.zoo.animal import Animal
from conformance_tests.zoo.planted import LAX, ONE, planted

from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.rest import Rest
from fillproof.harness.connectors.reference.trouble import VenueTrouble
from fillproof.harness.connectors.reference.user_stream import UserStream

_log = logging.getLogger(__name__)
_ACCOUNT = "/api/v3/account"
_SOON = 0.5


class _SignsOnce(Rest):
    def _sign(self, path: str, parameters: Mapping[str, str]) -> str:
        signed = super()._sign(path, parameters)
        if path != _ACCOUNT or not getattr(self, "has_asked", False):
            self.has_asked = path == _ACCOUNT or getattr(self, "has_asked", False)
            return signed
        return signed.replace("timestamp=", "recvWindow=5000&timestamp=")


class SignsWhatItDoesNotSend(Animal):
    """A parameter is added to the balances' request after it was signed, but for the first."""

    rest = _SignsOnce


class _TrustsItsClock(Rest):
    async def synchronise(self) -> None:
        """Take the machine's clock for the venue's."""


class TrustsItsClock(Animal):
    """The venue's time is never asked for."""

    rest = _TrustsItsClock


class AsksForAllItsBalances(Animal):
    """A minute after it got ready it asks for its balances twenty times in a row."""

    async def start(self) -> None:
        await super().start()
        self._connector._tasks.start(self._look(), "look at the balances")

    async def _look(self) -> None:
        while not self.ready():
            await asyncio.sleep(1)
        await asyncio.sleep(60)
        for _ in range(20):
            try:
                await self._connector._api.account()
            except VenueTrouble as trouble:
                _log.warning("balances: %s", trouble)


class _NeverWaits(Rest):
    def _slow_down(self, retry_after: str) -> None:
        """Go on as before."""


class NeverWaits(Animal):
    """Retry-After is not read: what is due is asked when it is due."""

    rest = _NeverWaits


class _ComesBackAtOnce(UserStream):
    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type]
        self._pauses = Pauses(first=_SOON, longest=_SOON)


class ComesBackAtOnce(Animal):
    """A stream that cannot be opened is opened again twice a second."""

    stream = _ComesBackAtOnce


class _ShowsItsKey(UserStream):
    def __init__(self, session: object, url: str, signer: object, *rest: object) -> None:
        named = f"{url}?apiKey={signer.api_key}"  # type: ignore[attr-defined]
        super().__init__(session, named, signer, *rest)  # type: ignore[arg-type]


class ShowsItsKey(Animal):
    """The address of the stream has the API key in it."""

    stream = _ShowsItsKey


class LogsItsSecret(Animal):
    """What it was configured with is written to the log, secret and all."""

    async def start(self) -> None:
        await super().start()
        _log.warning("configured with %s", self._connector._settings)


class AsksOnceMore(Animal):
    """A moment after it was stopped it asks once more, with a connection of its own."""

    async def stop(self) -> None:
        await super().stop()
        self._last = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        await asyncio.sleep(0.3)
        async with (
            aiohttp.ClientSession() as session,
            session.get("https://api.binance.com/api/v3/time"),
        ):
            _log.info("asked once more")


ROWS = (
    planted(SignsWhatItDoesNotSend, ONE, "H1", None),
    planted(TrustsItsClock, "hygiene/clock_jumps_back", "H2", None),
    planted(AsksForAllItsBalances, "hygiene/limits_are_lowered", "H3", None, LAX),
    planted(NeverWaits, "hygiene/told_to_wait_by_the_account", "H4", None),
    planted(NeverWaits, "hygiene/told_to_wait_by_a_create", "H4", None),
    planted(ComesBackAtOnce, "hygiene/storm_of_handshakes", "H5", None, LAX),
    planted(ShowsItsKey, ONE, "H6", None),
    planted(LogsItsSecret, ONE, "H6", None),
    planted(AsksOnceMore, ONE, "H7", None),
)
"""Each animal, where its bug shows, and the rule that must be the root."""
