"""The reference connector with exchangeable parts: an animal has one of them faulty."""

from __future__ import annotations

from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import Any, ClassVar

from fillproof.harness.connectors.protocol import About, Host, Setup, Told
from fillproof.harness.connectors.reference.adapter import ReferenceAdapter
from fillproof.harness.connectors.reference.api import Api
from fillproof.harness.connectors.reference.balances import BalanceSheet
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.changes import Changes
from fillproof.harness.connectors.reference.connector import Connector
from fillproof.harness.connectors.reference.ledger import Ledger
from fillproof.harness.connectors.reference.market_stream import MarketStream
from fillproof.harness.connectors.reference.order import Order
from fillproof.harness.connectors.reference.rest import Rest
from fillproof.harness.connectors.reference.signing import Signer
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.user_stream import UserStream


class Orders(Ledger):
    """A ledger that tracks with the tracker of its animal."""

    tracker: type[Order] = Order

    def _order(self, ticket: Ticket) -> Order:
        return self.tracker(ticket, self._grace_ns)


class Mouth:
    """A host to which the animal says what it makes of each event."""

    def __init__(self, host: Host, animal: Animal) -> None:
        self._host = host
        self._animal = animal

    @property
    def setup(self) -> Setup:
        return self._host.setup

    def tell(self, told: Told) -> None:
        for event in self._animal.say(told):
            self._host.tell(event)

    def raw(self, what: str, value: object) -> None:
        self._host.raw(what, value)

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._host.spawn(work, name)


class Animal(ReferenceAdapter):
    """The reference itself. A subclass plants one bug: it exchanges a part, or says it otherwise.

    Its docstring is what docs/zoo.md says of it.
    """

    about: ClassVar[About] = replace(ReferenceAdapter.about, library="fillproof-zoo")
    tracker: ClassVar[type[Order]] = Order
    ledger: ClassVar[type[Orders]] = Orders
    caretaker: ClassVar[type[Caretaker]] = Caretaker
    api: ClassVar[type[Api]] = Api
    changes: ClassVar[type[Changes]] = Changes
    sheet: ClassVar[type[BalanceSheet]] = BalanceSheet
    connector: ClassVar[type[Connector]] = Connector
    rest: ClassVar[type[Rest]] = Rest
    market: ClassVar[type[MarketStream]] = MarketStream
    stream: ClassVar[type[UserStream]] = UserStream

    def __init__(self, host: Host) -> None:
        super().__init__(Mouth(host, self))
        self.listener = host
        connector = self.connector(self._connector._settings, self._connector._tell)
        connector._ledger = self.ledger(self._connector._ledger._grace_ns)
        connector._ledger.tracker = self.tracker
        connector._balances = self.sheet()
        self._connector = connector

    async def start(self) -> None:
        """Begin to connect; no task of the connector has run yet when its parts are exchanged."""
        await super().start()
        connector = self._connector
        settings, session = connector._settings, connector._session
        signer = Signer(settings.api_key, settings.api_secret)
        connector._rest = self.rest(session, settings.rest_url, signer)
        connector._api = self.api(connector._rest)
        connector._orders = self.caretaker(
            connector._api, connector._ledger, connector._tasks, connector._tell
        )
        connector._changes = self.changes(connector._api, connector._orders, connector._tasks)
        connector._market = self.market(
            session, settings.market_url, settings.markets, connector._api.book
        )
        connector._stream = self.stream(
            session,
            settings.stream_url,
            signer,
            connector._rest,
            connector._hear,
            connector._look_around,
        )

    def say(self, told: Told) -> Iterable[Told]:
        """Return what is told for one event of the reference."""
        return (told,)
