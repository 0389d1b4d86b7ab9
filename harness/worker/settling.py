"""How a world comes to rest after its last step: faults happen, heal, and told meets truth."""

from __future__ import annotations

import asyncio

from fillproof.harness.connectors.protocol import About, Capability
from fillproof.harness.worker.faulty import WorldFaults
from fillproof.harness.worker.header import convergence_bound_seconds
from fillproof.harness.worker.progress import Progress
from fillproof.simulator.universe.clock import NANOSECONDS, Clock

LAST_FAULTS_SECONDS = 30.0
QUIET_SECONDS = 5.0


async def let_faults_happen(faults: WorldFaults, clock: Clock) -> None:
    """Let windows run out, and give faults that wait for units some time to meet them.

    A fault of the last step acts on what that step sets going, so healing must not be at once.
    """
    window = faults.windows_end_ns / NANOSECONDS - clock.now
    await asyncio.sleep(max(0.0, window))
    end = clock.now + LAST_FAULTS_SECONDS
    while faults.waiting and clock.now < end:  # noqa: ASYNC110 - no event
        await asyncio.sleep(0.1)


async def converge(progress: Progress, clock: Clock, about: About, grace_seconds: float) -> bool:
    """Wait until told and truth agree and stay quiet for a poll; False when the bound is over.

    Quiet counts from healing at the earliest: each connector gets one undisturbed poll, and a grace
    window after it for what it only then knows to be over.
    """
    quiet = about.longest_poll_seconds + grace_seconds + QUIET_SECONDS
    begun = clock.now  # what was asked for last may not have been sent yet
    end = begun + convergence_bound_seconds(about) + grace_seconds
    tells_reversals = Capability.REVERSALS in about.capabilities
    while clock.now < end:
        still_for = clock.now - max(begun, progress.last_change)
        if still_for >= quiet and progress.all_agree(tells_reversals=tells_reversals):
            return True
        await asyncio.sleep(min(1.0, end - clock.now))
    return False
