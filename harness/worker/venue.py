"""The venue of one world, built from the scenario; its truth goes into the recording."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import Capability, Setup
from fillproof.harness.worker.books import BookWatch
from fillproof.harness.worker.chain import (
    AFTER_THE_STEPS_NS,
    Transactions,
    exchange_of,
    invented_fill,
)
from fillproof.harness.worker.dialects.speech import Speech
from fillproof.harness.worker.faulty import WorldFaults
from fillproof.harness.worker.grace import GraceWatch
from fillproof.harness.worker.keys import CLIENT, Keys
from fillproof.harness.worker.life import life_of, named_prices
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import Recorder
from fillproof.harness.worker.truth_writer import TruthWriter
from fillproof.simulator.chain import ChainExchange, Transaction
from fillproof.simulator.dialects.protocol import Push
from fillproof.simulator.matching import Fees, OrderView
from fillproof.simulator.server import Pulse, VenueServer
from fillproof.simulator.universe.clock import NANOSECONDS
from fillproof.simulator.universe.network import Network
from fillproof.simulator.universe.universe import Universe
from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.instruments import Instrument, Margin
from fillproof.simulator.vocabulary.reports import Report
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET, asset_units

_STRANGERS_MONEY = 10**9


def instruments_of(venue: Mapping[str, Any], margin: Margin | None = None) -> dict[str, Instrument]:
    """Return the markets by name ("BTC-USDT"); a symbol is the name without its dash.

    With a `margin` they are perpetual contracts.
    """
    instruments = {}
    for name, rules in venue["markets"].items():
        base, quote = name.split("-")
        instruments[name] = Instrument(
            symbol=base + quote,
            base=base,
            quote=quote,
            tick_size=Decimal(rules["tick_size"]),
            lot_size=Decimal(rules["lot_size"]),
            min_quantity=Decimal(rules["min_quantity"]),
            max_quantity=Decimal(rules["max_quantity"]),
            min_notional=Decimal(rules["min_notional"]),
            margin=margin,
        )
    return instruments


def setup_of(document: Mapping[str, Any], keys: Keys) -> Setup:
    """Return what the connector of a scenario is configured with."""
    venue = document["venue"]
    return Setup(
        markets=tuple(venue["markets"]),
        api_key=keys.api_key,
        api_secret=keys.api_secret,
        profile=venue["profile"],
        grace_window_seconds=Decimal(venue["grace_window"]) / NANOSECONDS,
        books=is_about_books(document),
    )


def is_about_books(document: Mapping[str, Any]) -> bool:
    """Return whether a scenario asks for the books of its markets."""
    return Capability.ORDER_BOOK in document.get("requires", ())


class Venue:
    """Engine, dialect and server of one world."""

    def __init__(
        self,
        document: Mapping[str, Any],
        universe: Universe,
        recorder: Recorder,
        progress: Progress,
        faults: WorldFaults,
        speech: Speech,
        seed: int,
    ) -> None:
        self._document = document
        self._universe = universe
        self._progress = progress
        self._pulse: Pulse | None = None
        self.markets = instruments_of(document, speech.margin)
        by_symbol = {i.symbol: i for i in self.markets.values()}
        self.exchange = exchange_of(
            document,
            by_symbol.values(),
            Fees(Decimal(document["fees"]["maker"]), Decimal(document["fees"]["taker"])),
            waits_for_blocks=speech.waits_for_blocks,
            seed=seed,
        )
        self.transactions = Transactions()
        self.dialect = speech.make(self.exchange, tuple(by_symbol.values()), document)
        self.books: BookWatch | None = None
        self.grace: GraceWatch | None = None
        self._truth = TruthWriter(recorder, progress, by_symbol)
        self.server = VenueServer(
            exchange=self.exchange,
            dialect=self.dialect,
            clock=lambda: universe.clock.wall_ns,
            call_at=self._call_at,
            on_reports=self._note,
            answers=faults.answers,
            on_stale=faults.stale,
        )

    async def open(self, network: Network) -> None:
        """Fund the accounts and serve every host of the dialect."""
        await self.server.start()
        for asset, amount in self._document["balances"].items():
            self.server.apply(Deposit(CLIENT, asset, asset_units(Decimal(amount))))
        for host, port in self.dialect.hosts:
            network.listen(host, port, self.server.protocol_factory)

    def liven(self, steps: Sequence[Mapping[str, Any]], seed: int) -> None:
        """Let strangers live in the venue from now on, if the scenario has any."""
        clock = self._universe.clock
        document = self._document.get("life")
        if document is None:
            return
        prices = named_prices(steps, document["market"] or next(iter(self.markets)))
        life = life_of(document, self.markets, prices, self.exchange, clock.wall_ns, seed)
        self._pulse = Pulse(life, self.server.apply, lambda: clock.wall_ns, self._call_at)
        self._pulse.beat()

    def heal(self) -> None:
        """Make blocks, where only steps made any."""
        chain = self.exchange
        if isinstance(chain, ChainExchange):
            self.server.have(lambda now_ns: chain.run(AFTER_THE_STEPS_NS, now_ns))

    def rest(self) -> None:
        """Let strangers rest."""
        if self._pulse is not None:
            self._pulse.stop()

    async def stop(self) -> None:
        """Let strangers rest, and close every connection."""
        self.rest()
        await self.server.stop()

    def order_number(self, account: str, client_order_id: str) -> int:
        """Return the number of an order at the venue, also where only the mempool has it; or 0."""
        view = self.exchange.find(account, client_order_id)
        if view is not None:
            return view.venue_order_id
        chain = self.exchange
        sent = chain.sent() if isinstance(chain, ChainExchange) else ()
        numbers = [one.venue_order_id for one in sent if _places(one, account, client_order_id)]
        return numbers[-1] if numbers else 0

    def claim(self, order: OrderView, lots: int, number: int, faults: WorldFaults) -> bool:
        """Have the stream claim a fill that never was; return whether anybody is told."""
        report = invented_fill(order, self.market_of(order.symbol), lots, number)

        def sign(pushes: tuple[Push, ...]) -> None:
            faults.lie("claim", [push.text for push in pushes], order=order.client_order_id)

        return bool(self.server.pretend((report,), sign))

    def market_of(self, symbol: str) -> Instrument:
        """Return the market of a symbol."""
        return next(market for market in self.markets.values() if market.symbol == symbol)

    def fund(self, account: str) -> None:
        """Give a stranger, once, more than any of their orders can cost."""
        if self.exchange.balances(account):
            return
        for market in self.markets.values():
            for asset in (market.base, market.quote):
                self.server.apply(Deposit(account, asset, _STRANGERS_MONEY * UNITS_PER_ASSET))

    def _note(self, reports: tuple[Report, ...]) -> None:
        self.transactions.note(reports)
        self._truth.write(reports)
        if self.grace is not None:
            self.grace.note(reports)
        self._progress.look_again()
        if self.books is not None:
            self.books.note(reports)

    def _call_at(self, when_ns: int, callback: Any) -> asyncio.TimerHandle:
        """Call at a venue wall time."""
        seconds = (when_ns - self._universe.clock.epoch_ns) / NANOSECONDS
        loop = asyncio.get_running_loop()
        return loop.call_at(max(seconds, loop.time()), callback)


def _places(one: Transaction, account: str, client_order_id: str) -> bool:
    order = one.order
    return order is not None and (order.account, order.client_order_id) == (
        account,
        client_order_id,
    )
