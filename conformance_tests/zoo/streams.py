"""Animals that break S1 to S7: the stream that brings what happens to orders is not kept."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from conformance_tests.zoo.animal import Animal
from conformance_tests.zoo.planted import LAX, Planted, planted

from fillproof.harness.connectors.reference.connector import Connector
from fillproof.harness.connectors.reference.kept_socket import parse, receive
from fillproof.harness.connectors.reference.pauses import Pauses
from fillproof.harness.connectors.reference.trouble import Unanswered, VenueTrouble
from fillproof.harness.connectors.reference.user_stream import UserStream
from fillproof.harness.verdict import Outcome


class _Hasty(Connector):
    @property
    def is_ready(self) -> bool:
        return self._knows_account


class _Later(UserStream):
    async def run(self) -> None:
        await asyncio.sleep(10)
        await super().run()


class ReadyBeforeItsStream(Animal):
    """It is ready with its trading rules and balances; the user stream comes ten seconds later."""

    connector = _Hasty
    stream = _Later


class _Mute(UserStream):
    async def _live_once(self) -> None:
        async with self._session.ws_connect(self._url, autoping=False) as socket:
            await self.talk(socket)

    async def talk(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        await self._subscribe(socket)
        self.is_live = True
        self._on_live()
        while (message := await socket.receive()).type is not aiohttp.WSMsgType.CLOSE:
            if message.type is aiohttp.WSMsgType.TEXT:
                self._hear(message.data)
        raise Unanswered("closed")


class AnswersNoPings(Animal):
    """Pings of the venue are taken for messages without meaning."""

    stream = _Mute


class _Once(UserStream):
    async def run(self) -> None:
        try:
            await self._live_once()
        except VenueTrouble:
            self.is_live = False


class ConnectsOnce(Animal):
    """A user stream that was closed is not opened again; polls go on.

    Seen in hummingbot#8250.
    """

    stream = _Once


class _Deaf(UserStream):
    def _hear(self, text: str) -> None:
        if "eventStreamTerminated" not in text:
            super()._hear(text)


class IgnoresTheEndOfItsSubscription(Animal):
    """That the venue ended the subscription is an event like many others, and not understood.

    Seen in ccxt, and of listen keys in nautilus#3578.
    """

    stream = _Deaf


_FORGOTTEN_AFTER_SECONDS = 301
"""When the venue has forgotten the connections that were too many."""


class _TinyPauses(Pauses):
    def next(self) -> float:
        return 0.1


class _Restless(UserStream):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._pauses = _TinyPauses()

    async def _live_once(self) -> None:
        try:
            await super()._live_once()
        except aiohttp.WSServerHandshakeError:
            await asyncio.sleep(_FORGOTTEN_AFTER_SECONDS)
            raise


class ReconnectsAtOnce(Animal):
    """A stream that ended is opened again after a tenth of a second, until the venue forbids it.

    Seen in Hummingbot's user stream data sources.
    """

    stream = _Restless


class _HalfSeconds(Pauses):
    def next(self) -> float:
        return 0.5


class _Impatient(UserStream):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._pauses = _HalfSeconds()


class ReconnectsTwiceASecond(Animal):
    """The pause between two attempts is half a second and never grows."""

    stream = _Impatient


class _Trusting(UserStream):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._on_live = lambda: None


class WaitsForTheNextPoll(Animal):
    """A stream that is back is listened to; what it missed is left to the next poll."""

    stream = _Trusting


class _Keyed(UserStream):
    async def _live_once(self) -> None:
        headers = {"X-MBX-APIKEY": self._signer.api_key}
        url = "https://api.binance.com/api/v3/userDataStream"
        async with self._session.post(url, headers=headers) as response:
            key = (await response.json())["listenKey"]
        url = f"wss://stream.binance.com:9443/ws/{key}"
        async with self._session.ws_connect(url, heartbeat=15) as socket:
            await self.talk(socket)

    async def talk(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.is_live = True
        self._on_live()
        while True:
            self._on_event(parse(await receive(socket)))


class LetsItsListenKeyExpire(Animal):
    """It listens by a key, which lives for an hour, never prolongs it, and does not know its end.

    Seen in hummingbot#5713, #5631 and nautilus#3578.
    """

    stream = _Keyed


class _NoHeartbeat(UserStream):
    heartbeat_seconds = None


class TrustsASilentStream(Animal):
    """It sends no pings of its own, and does not miss those of the venue."""

    stream = _NoHeartbeat


class _Twice(UserStream):
    async def run(self) -> None:
        other = UserStream(
            self._session, self._url, self._signer, self._rest, self._on_event, self._on_live
        )
        await asyncio.gather(super().run(), other.run())


class SubscribesTwice(Animal):
    """It keeps two connections with a subscription each, and hears everything twice."""

    stream = _Twice


def _row(
    animal: type[Animal],
    scenario: str,
    rule: str,
    outcome: Outcome = Outcome.FAIL,
    beside: tuple[str, ...] = (),
) -> Planted:
    return planted(animal, f"user_streams/{scenario}", rule, None, outcome, beside)


ROWS = (
    _row(ReadyBeforeItsStream, "idle_for_ten_minutes", "S1"),
    _row(AnswersNoPings, "idle_for_ten_minutes", "S2"),
    _row(ConnectsOnce, "closed_in_the_quiet", "S3"),
    _row(ConnectsOnce, "venue_away_for_a_minute", "S3"),
    _row(IgnoresTheEndOfItsSubscription, "ended_by_the_venue", "S3"),
    _row(LetsItsListenKeyExpire, "longer_than_a_listen_key", "S3"),
    _row(ReconnectsAtOnce, "ended_again_and_again", "S4", beside=("H3",)),
    _row(ReconnectsTwiceASecond, "ended_again_and_again", "S4", LAX),
    _row(WaitsForTheNextPoll, "filled_while_closed", "S5", LAX),
    _row(WaitsForTheNextPoll, "rejected_while_closed", "S5", LAX),
    _row(TrustsASilentStream, "silent_for_twenty_minutes", "S6"),
    _row(SubscribesTwice, "idle_for_ten_minutes", "S7", LAX),
)
"""Each animal, where its bug shows, and the rule that must be the root."""
