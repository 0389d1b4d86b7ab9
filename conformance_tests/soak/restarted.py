"""Lifecycles of the reference connector, killed wherever it gives way to its loop.

An order is placed and then filled, cancelled or expired by steps that need nobody's consent. After
one of them the connector is killed at the n-th await point, for every n until it is at rest again,
and another takes over: what both tell must be what happened, each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from conformance_tests.soak.saying import say

from fillproof.harness.history import read_recording
from fillproof.harness.report.finding import render_finding
from fillproof.harness.rules import judge
from fillproof.harness.scenario.loading import parse
from fillproof.harness.verdict import Outcome, Verdict
from fillproof.harness.worker.launch import Job, Worker

BUY = 'buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}'
SELL = 'sell: {order: a, market: BTC-USDT, amount: "1", price: "29000"}'
CROSSED = 'rest: {market: BTC-USDT, side: sell, amount: "0.4", price: "29000"}'
PART = 'sweep: {market: BTC-USDT, side: sell, amount: "0.4"}'
REST = 'sweep: {market: BTC-USDT, side: sell, amount: "0.6"}'
PART_OF_A_SALE = 'sweep: {market: BTC-USDT, side: buy, amount: "0.4"}'
REST_OF_A_SALE = 'sweep: {market: BTC-USDT, side: buy, amount: "0.6"}'
CANCEL = "cancel: a"

LIVES: Mapping[str, Sequence[str]] = {
    "filled": (BUY, PART, REST),
    "sold": (SELL, PART_OF_A_SALE, REST_OF_A_SALE),
    "filled on arrival": (CROSSED, BUY, REST),
    "cancelled": (BUY, CANCEL),
    "filled in part and cancelled": (BUY, PART, CANCEL),
    "cancelled while it is filled": (BUY, CANCEL, REST),
    "refused here": ('buy: {order: a, market: BTC-USDT, amount: "0.00001", price: "29000"}',),
    "refused there": ('buy: {order: a, market: BTC-USDT, amount: "100", price: "29000"}',),
    "cut off": ("drop: {channel: create_reply}", BUY, PART, REST),
    "expired on arrival": (
        CROSSED,
        'buy: {order: a, market: BTC-USDT, amount: "1", price: "29000", time_in_force: ioc}',
    ),
}
"""By what becomes of the order: the steps, none of which waits for the connector."""

BUSY_SECONDS = 1
"""So long after a step whoever still gives way to its loop only polls."""

SEED = 7


@dataclass(frozen=True, slots=True)
class Killing:
    """A life, after how many of its steps the connector is killed, and at which await point."""

    life: str
    steps: int
    await_point: int

    def __str__(self) -> str:
        return f"{self.life}, step {self.steps}, await point {self.await_point}"

    def text(self) -> str:
        """Return the scenario."""
        kill = f"restart: {{kill: true, await_point: {self.await_point}}}"
        steps = list(LIVES[self.life])
        before = [line for step in steps[: self.steps - 1] for line in (step, "wait: 2s")]
        after = [line for step in steps[self.steps :] for line in (step, "wait: 2s")]
        whole = [*before, steps[self.steps - 1], kill, *after, "wait: 20s"]
        return "\n".join([f"title: {self}", "steps:", *(f"  - {line}" for line in whole)])


@dataclass(frozen=True, slots=True)
class Outlived:
    """What came of it: what is wrong, if anything, and how long after the step it was killed."""

    killing: Killing
    wrong: str
    after_seconds: float


def outlive(worker: Worker, killing: Killing) -> Outlived:
    """Have a connector killed, and judge what it and the next one told."""
    scenario = parse(killing.text(), name="killing", identity="soak/killing", folder=Path())
    history = read_recording(worker.run(Job(scenario.document(), SEED)))
    verdict = judge(history)
    wrong = ""
    if verdict.outcome is not Outcome.PASS and not _met_nothing(verdict):
        shown = "\n".join(render_finding(found, history, "") for found in verdict.findings)
        wrong = f"{killing}: {verdict.outcome}\n{shown}"
    down = history.phase("down")
    assert down is not None, f"{killing}: it was never killed"
    begun = next(step.t for step in history.steps if step.op == "restart")
    return Outlived(killing, wrong, (down.t - begun) / 1_000_000_000)


def _met_nothing(verdict: Verdict) -> bool:
    """Return whether all that is to say is that the connector died before the fault met it."""
    return {finding.rule for finding in verdict.findings} == {"R8"}


def moments() -> Iterator[tuple[str, int]]:
    """Yield every life with each of its steps that gives the connector something to do."""
    for life, steps in LIVES.items():
        for number, step in enumerate(steps, start=1):
            if not step.startswith(("rest", "drop")):
                yield life, number


def every_await_point(worker: Worker, life: str, steps: int) -> Iterator[Outlived]:
    """Yield what comes of a killing at each await point after a step, until it is at rest."""
    await_point = 1
    outlived: Outlived | None = None
    while outlived is None or outlived.after_seconds <= BUSY_SECONDS:
        outlived = outlive(worker, Killing(life, steps, await_point))
        yield outlived
        await_point += 1


def restarted(jobs: int) -> bool:
    """Kill at every await point of every life; True when told was truth each time."""

    def count(moment: tuple[str, int]) -> tuple[int, list[str]]:
        with Worker("reference") as worker:
            every = list(every_await_point(worker, *moment))
        wrong = [outlived.wrong for outlived in every if outlived.wrong]
        say("\n".join([f"{moment[0]}, step {moment[1]}: {len(every)} await points", *wrong]))
        return len(every), wrong

    with ThreadPoolExecutor(jobs) as threads:
        counts = list(threads.map(count, moments()))
    wrong = sum(len(one) for _, one in counts)
    say(f"killed at {sum(many for many, _ in counts)} await points, {wrong} wrong")
    return wrong == 0
