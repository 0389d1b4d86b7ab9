"""One world from its first instant to its last: start, steps, heal, converge, stop."""

from __future__ import annotations

import asyncio
import gc
import platform
from collections.abc import Callable, Mapping
from typing import Any

from fillproof.harness.connectors.protocol import About, Adapter, Capability, Host, Reading
from fillproof.harness.worker.dialects import DEFAULT_DIALECT, speech_of
from fillproof.harness.worker.director import Director, Scene
from fillproof.harness.worker.faulty import WorldFaults
from fillproof.harness.worker.forms import mistake_in_about, not_async
from fillproof.harness.worker.header import convergence_bound_seconds, header_keys
from fillproof.harness.worker.host import WorldHost, reading_keys
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import RAISED, Recorder, in_words, recording_trouble
from fillproof.harness.worker.tap import WireTap
from fillproof.harness.worker.venue import Venue, setup_of
from fillproof.simulator.universe.bounds import Bounds, WorldStuck
from fillproof.simulator.universe.clock import NANOSECONDS, Clock
from fillproof.simulator.universe.escape import EscapeDetector
from fillproof.simulator.universe.links import LinkSettings
from fillproof.simulator.universe.places import (
    describe_task,
    way_here,
    way_of,
    went_through_foreign_code,
)
from fillproof.simulator.universe.universe import Universe

READY_BOUND_SECONDS = 180.0
STOP_BOUND_SECONDS = 60.0
SETTLE_SECONDS = 1.0
LAST_FAULTS_SECONDS = 30.0
QUIET_SECONDS = 5.0

_NEEDS = {
    ("order_type", "MARKET"): Capability.MARKET_ORDERS,
    ("time_in_force", "IOC"): Capability.IOC,
    ("time_in_force", "FOK"): Capability.FOK,
    ("time_in_force", "GTD"): Capability.GTD,
    ("post_only", True): Capability.POST_ONLY,
}

Factory = Callable[[Host], Adapter]


def _is_the_venues(task: asyncio.Task[Any]) -> bool:
    """True for aiohttp's server tasks and those of our own server."""
    coroutine = task.get_coro()
    code = getattr(coroutine, "cr_code", None)
    name = getattr(coroutine, "__qualname__", "")
    return "/simulator/server/" in getattr(code, "co_filename", "") or name.startswith(
        "RequestHandler."
    )


def missing(document: Mapping[str, Any], about: About) -> list[str]:
    """Return what the scenario needs and the connector does not declare."""
    profile = document["venue"]["profile"]
    needs = list(document.get("requires", []))
    for step in document["steps"]:
        for (key, value), capability in _NEEDS.items():
            if step.get(key) == value and capability.value not in needs:
                needs.append(capability.value)
    absent = [] if profile in about.profiles else [profile]
    return absent + [need for need in needs if need not in about.capabilities]


def sound_about(made: object) -> About:
    """Return what an adapter says of itself; raises TypeError when that has another form."""
    about: About = getattr(made, "about")  # noqa: B009 - a factory need not return an Adapter
    mistake = mistake_in_about(about)
    if mistake is not None:
        raise TypeError(mistake)
    return about


def about_of_class(factory: Factory) -> About | None:
    """Return what the class says of an adapter that could not be made, None if it is no class."""
    about = getattr(factory, "about", None)
    return about if mistake_in_about(about) is None else None


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
        speech = speech_of(dialect)
        self._dialect = dialect
        self._lacking = speech.lacking(document)
        document = self._document = speech.named(document)
        self._captured = captured
        self._blocked: set[tuple[str, ...]] = set()
        self._connector = connector
        self._seed = seed
        links = document["venue"]["links"]
        clock = Clock()
        clock.on_block = self._note_block
        self.recorder = Recorder(clock, write)
        self._progress = Progress(lambda: clock.now)
        self.faults = WorldFaults(self.recorder)
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
            self.faults.answers,
            speech,
        )
        self._tap.meaning = self._venue.dialect
        self._adapter: Adapter
        setup = setup_of(document["venue"], speech.keys)
        self._host = WorldHost(setup, self.recorder, self._progress)

    def run(self, factory: Factory, detector: EscapeDetector | None) -> None:
        """Live the whole case; whatever ends it early is in the recording."""

        def escaped(message: str, way: tuple[str, ...]) -> None:
            self.recorder.trouble("escape", message, way)

        try:
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
        if await self._start(factory):
            await self._steps()
            await self._stop()
        await self._venue.stop()
        self._phase("stopped")

    async def _start(self, factory: Factory) -> bool:
        try:
            self._adapter = factory(self._host)
            about = self._spoken_to(sound_about(self._adapter))
        except RAISED as error:
            self._header(about_of_class(factory))
            self.recorder.trouble("start_raised", in_words(error), way_of(error))
            return False
        self._header(about)
        absent = [*missing(self._document, about), *self._lacking]
        if absent:
            self.recorder.trouble("unsupported", f"needs {', '.join(absent)}", needs=absent)
            return False
        self._tap.read = self._reading
        self._phase("starting")
        return await self._get_ready()

    def _spoken_to(self, about: About) -> About:
        """Return `about`; raises TypeError when it is of another dialect than the venue."""
        if about.dialect != self._dialect:
            wrong = f"about.dialect is {about.dialect!r}, and the venue speaks {self._dialect!r}"
            raise TypeError(f"{wrong}; a factory that is no class needs the same `about` itself")
        return about

    async def _get_ready(self) -> bool:
        bound = asyncio.timeout(READY_BOUND_SECONDS)
        started = False
        try:
            async with bound:
                await self._adapter.start()
                started = True
                while not not_async("ready", self._adapter.ready()):  # noqa: ASYNC110 - no event for it
                    await asyncio.sleep(0.1)
        except RAISED as error:
            if bound.expired():
                self._note_never_ready(error, started=started)
            else:
                self.recorder.trouble("start_raised", in_words(error), way_of(error))
            return False
        await asyncio.sleep(SETTLE_SECONDS)
        self._phase("ready")
        return True

    def _note_never_ready(self, error: BaseException, *, started: bool) -> None:
        after = f"after {READY_BOUND_SECONDS:g} virtual seconds"
        if started:
            self.recorder.trouble(
                "never_ready", f"ready() is still false {after}", self._foreign_tasks()
            )
        else:
            way = way_of(error.__cause__ or error)
            self.recorder.trouble("never_ready", f"start() has not returned {after}", way)

    async def _steps(self) -> None:
        director = Director(
            Scene(
                self._adapter,
                self._venue,
                self.faults,
                self.recorder,
                self._progress,
                self.universe.clock,
            )
        )
        self._phase("steps")
        whole = await director.run(self._document["steps"])
        await self._let_faults_happen()
        self.faults.heal()
        self._phase("healed")
        if whole:
            await self._converge()
        self.recorder.told("reading", at="quiet", **self._reading())

    async def _let_faults_happen(self) -> None:
        """Let windows run out, and give faults that wait for units some time to meet them.

        A fault of the last step acts on what that step sets going, so healing must not be at once.
        """
        window = self.faults.windows_end_ns / NANOSECONDS - self.universe.clock.now
        await asyncio.sleep(max(0.0, window))
        end = self.universe.clock.now + LAST_FAULTS_SECONDS
        while self.faults.waiting and self.universe.clock.now < end:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.1)

    async def _converge(self) -> None:
        """Wait until told and truth agree and stay quiet for a poll, or the bound is over.

        Quiet counts from healing at the earliest: each connector gets one undisturbed poll.
        """
        about = self._adapter.about
        grace = self._document["venue"]["grace_window"] / NANOSECONDS
        quiet = max(about.longest_poll_seconds, grace) + QUIET_SECONDS
        begun = self.universe.clock.now  # what was asked for last may not have been sent yet
        end = begun + convergence_bound_seconds(about) + grace
        while self.universe.clock.now < end:
            still_for = self.universe.clock.now - max(begun, self._progress.last_change)
            if self._progress.all_agree() and still_for >= quiet:
                self._phase("quiet")
                return
            await asyncio.sleep(min(1.0, end - self.universe.clock.now))
        self._phase("bound")

    async def _stop(self) -> None:
        self._phase("stopping")
        self.recorder.told("reading", at="stopping", **self._reading())
        bound = asyncio.timeout(STOP_BOUND_SECONDS)
        try:
            async with bound:
                await self._adapter.stop()
                await asyncio.sleep(0)  # should it have cancelled this very task, here it shows
        except RAISED as error:
            if bound.expired():
                message = f"stop() has not returned after {STOP_BOUND_SECONDS:g} virtual seconds"
                way = way_of(error.__cause__ or error)
                self.recorder.trouble("never_stopped", message, way)
            else:
                self.recorder.trouble("adapter_raised", in_words(error), way_of(error))
        await self._host.stop()
        await asyncio.sleep(SETTLE_SECONDS)
        self._note_leaks("task", self._foreign_tasks())
        self._note_leaks("connection", self.universe.network.open_connections())
        self._forget_connector()

    def _forget_connector(self) -> None:
        """Let go of the connector: a task it keeps that died unseen is missed only then."""
        del self._adapter
        gc.collect()

    def _note_leaks(self, what: str, left: tuple[str, ...]) -> None:
        if left:
            counted = f"1 {what} is" if len(left) == 1 else f"{len(left)} {what}s are"
            self.recorder.trouble("leak", f"{counted} left after stop", left)

    def _reading(self) -> dict[str, Any]:
        """Return what the connector believes; nothing when it cannot say."""
        with recording_trouble(self.recorder, "adapter_raised"):
            return reading_keys(self._adapter.reading())
        return reading_keys(Reading())

    def _foreign_tasks(self) -> tuple[str, ...]:
        """Describe the connector's tasks: all but this one and the venue's own."""
        current = asyncio.current_task()
        tasks = sorted((t for t in asyncio.all_tasks() if t is not current), key=hash)
        return tuple(describe_task(task) for task in tasks if not _is_the_venues(task))

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
        keys = header_keys(self._document, self._connector, self._seed, python, about)
        self.recorder.header(**keys)
        for captured in self._captured:
            self.recorder.trouble("escape", captured)
