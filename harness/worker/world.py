"""One world from its first instant to its last: start, steps, heal, converge, stop."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fillproof.harness.connectors.protocol import About, Capability
from fillproof.harness.worker.accounts import balances_agree
from fillproof.harness.worker.books import BookWatch
from fillproof.harness.worker.connector import Connector
from fillproof.harness.worker.dialects import DEFAULT_DIALECT, speech_of
from fillproof.harness.worker.director import Director, Scene, Step, parted
from fillproof.harness.worker.faulty import WorldFaults
from fillproof.harness.worker.grace import GraceWatch
from fillproof.harness.worker.header import header_keys
from fillproof.harness.worker.host import WorldHost
from fillproof.harness.worker.keys import CLIENT
from fillproof.harness.worker.logs import watching_logs
from fillproof.harness.worker.needs import Factory, about_of_class, missing
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import RAISED, Recorder, in_words
from fillproof.harness.worker.restarting import Restarting
from fillproof.harness.worker.settling import converge, let_faults_happen
from fillproof.harness.worker.tap import WireTap
from fillproof.harness.worker.venue import Venue, is_about_books, setup_of
from fillproof.simulator.universe.bounds import Bounds, WorldStuck
from fillproof.simulator.universe.clock import NANOSECONDS, Clock
from fillproof.simulator.universe.escape import EscapeDetector
from fillproof.simulator.universe.links import LinkSettings
from fillproof.simulator.universe.places import way_here, way_of, went_through_foreign_code
from fillproof.simulator.universe.universe import Universe


class World:
    """Everything of one case, alive, at a venue that speaks `dialect`.

    `captured` names the real clocks and entropy sources that the scan found in the connector.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        connector: str,
        seed: int,
        write: Callable[[str], object],
        captured: tuple[str, ...] = (),
        dialect: str = DEFAULT_DIALECT,
    ) -> None:
        speech = self._speech = speech_of(dialect)
        self._lacking = speech.lacking(document)
        document = self._document = speech.named(document)
        self._captured = captured
        self._blocked: set[tuple[str, ...]] = set()
        self._name = connector
        self._seed = seed
        links = document["venue"]["links"]
        clock = Clock()
        clock.on_block = self._note_block
        self.recorder = Recorder(clock, write)
        self._progress = Progress(lambda: clock.now)
        self.faults = WorldFaults(self.recorder, clock)
        self._tap = WireTap(self.recorder, self._progress)
        self.universe = Universe(
            seed,
            clock,
            self._tap,
            self.faults,
            LinkSettings(links["latency"], links["jitter"]),
            Bounds(document["bounds"]["virtual"] / NANOSECONDS),
        )
        self.faults.network = self.universe.network
        self.faults.tap = self._tap
        self._venue = Venue(
            document["venue"],
            self.universe,
            self.recorder,
            self._progress,
            self.faults,
            speech,
            seed,
        )
        self.faults.server = self._venue.server
        self._tap.meaning = self._venue.dialect
        setup = setup_of(document, speech.keys)
        self._connector = Connector(
            lambda: WorldHost(setup, self.recorder, self._progress),
            self.recorder,
            self.universe.network,
            dialect,
        )
        self.faults.disturbs = self._connector.disturbed
        grace_ns = document["venue"]["grace_window"]
        if grace_ns:
            self._venue.grace = GraceWatch(grace_ns, self._connector.reading, self.recorder)
        self._books = self._book_watch() if is_about_books(document) else None

    def _book_watch(self) -> BookWatch:
        venue = self._venue
        watch = BookWatch(
            venue.markets,
            venue.exchange.depth,
            venue.dialect.last_update_id,
            self._connector.reading,
            self.recorder,
        )
        venue.books = self._tap.books = watch
        self._progress.beside.append(watch.agree)
        return watch

    def run(self, factory: Factory, detector: EscapeDetector | None) -> None:
        """Live the whole case; whatever ends it early is in the recording."""

        def escaped(message: str, way: tuple[str, ...]) -> None:
            self.recorder.trouble("escape", message, way)

        try:
            with watching_logs(self.recorder, self._speech.keys.api_secret):
                self.universe.run(lambda: self._live(factory), detector, escaped)
        except WorldStuck as stuck:
            self.recorder.trouble(stuck.trouble, str(stuck), stuck.detail)
        except SystemExit as leaving:
            self.recorder.trouble("adapter_raised", in_words(leaving), way_of(leaving))
        self.recorder.run("end")

    async def _live(self, factory: Factory) -> None:
        asyncio.get_running_loop().set_exception_handler(self._unhandled)
        await self._venue.open(self.universe.network)
        self._venue.liven(self._document["steps"], self._seed)
        before, steps = parted(self._document["steps"])
        scene = self._scene()
        await Director(scene).run(before)
        if await self._start(factory):
            await self._steps(Director(scene), steps, len(before))
            await self._stop()
        await self._venue.stop()
        self._phase("stopped")

    async def _start(self, factory: Factory) -> bool:
        try:
            about = self._connector.make(factory)
        except RAISED as error:
            self._header(about_of_class(factory))
            self.recorder.trouble("start_raised", in_words(error), way_of(error))
            return False
        self._header(about)
        absent = [*missing(self._document, about), *self._lacking]
        if absent:
            self.recorder.trouble("unsupported", f"needs {', '.join(absent)}", needs=absent)
            return False
        self._tap.read, self._tap.look = self._connector.reading, self._connector.look
        if Capability.BALANCES in about.capabilities:
            self._progress.beside.append(self._balances_agree)
        self._phase("starting")
        if not await self._connector.get_ready():
            return False
        self._phase("ready")
        self._open_books()
        return True

    def _balances_agree(self) -> bool:
        read = self._connector.reading()["balances"]
        return balances_agree(self._venue.exchange.balances(CLIENT), read)

    def _open_books(self) -> None:
        if self._books is not None:
            self._books.open()

    def _close_books(self) -> None:
        if self._books is not None:
            self._books.close()

    def _scene(self) -> Scene:
        restarting = Restarting(
            self._connector,
            self.recorder,
            self.universe.network,
            leave=self._close_books,
            arrive=self._open_books,
        )
        return Scene(
            self._connector,
            restarting,
            self._venue,
            self.faults,
            self.recorder,
            self._progress,
            self.universe.clock,
        )

    async def _steps(self, director: Director, steps: Sequence[Step], first: int) -> None:
        connector, clock = self._connector, self.universe.clock
        self._phase("steps")
        whole = await director.run(steps, first)
        await let_faults_happen(self.faults, clock)
        self.faults.heal()
        self._venue.heal()
        self._phase("healed")
        if self._books is not None:
            self._venue.rest()
        if whole:
            grace = self._document["venue"]["grace_window"] / NANOSECONDS
            converged = await converge(self._progress, clock, connector.about, grace)
            self._phase("quiet" if converged else "bound")
        self._close_books()
        if self._venue.grace is not None:
            self._venue.grace.close()
        connector.note("quiet")

    async def _stop(self) -> None:
        self._phase("stopping")
        self._connector.note("stopping")
        if self._connector.is_there:
            await self._connector.stop()
            self._connector.forget()

    def _note_block(self, seconds: float) -> None:
        """Record, once for each place, that the code under test blocks everything."""
        way = way_here()
        if way not in self._blocked:
            self._blocked.add(way)
            self.recorder.trouble("blocked", f"time.sleep({seconds:g}) stopped the loop", way)

    def _unhandled(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Record what leaves a task or a callback. All goes to the log, as it does outside."""
        loop.default_exception_handler(context)
        error: BaseException | None = context.get("exception")
        if error is not None:
            theirs = went_through_foreign_code(error)
            trouble = "adapter_raised" if theirs else "venue"
            self.recorder.trouble(trouble, in_words(error), way_of(error))

    def _phase(self, phase: str) -> None:
        self.recorder.run("phase", phase=phase)

    def _header(self, about: About | None) -> None:
        python = ".".join(platform.python_version_tuple()[:2])
        keys = header_keys(
            self._document,
            self._name,
            self._seed,
            python,
            about,
            terms=self._speech.terms,
            keys=self._speech.keys,
        )
        self.recorder.header(**keys)
        for captured in self._captured:
            self.recorder.trouble("escape", captured)
