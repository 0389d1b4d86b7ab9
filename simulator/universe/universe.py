"""One sealed universe: enter it, run one coroutine to its end, leave it."""

from __future__ import annotations

import asyncio
import gc
import random
from collections.abc import Callable, Coroutine
from typing import Any

from fillproof.simulator.universe import dispatch
from fillproof.simulator.universe.bounds import Bounds
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.escape import EscapeDetector, OnEscape
from fillproof.simulator.universe.links import Disturbances, Latency, LinkSettings, Tap
from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.network import Network

PID = 4242
HOSTNAME = "fillproof"


class Universe:
    """The clock, network, loop and entropy of one world, all from one seed."""

    def __init__(
        self,
        seed: int,
        clock: Clock,
        tap: Tap,
        disturbances: Disturbances,
        link: LinkSettings | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.clock = clock
        self.entropy = random.Random(seed)  # noqa: S311 - repeatable is the point
        latency = Latency(link or LinkSettings(), random.Random(self.entropy.getrandbits(64)))  # noqa: S311
        self.network = Network(tap, disturbances, latency)
        self.bounds = bounds or Bounds()

    def run(
        self,
        main: Callable[[], Coroutine[Any, Any, None]],
        detector: EscapeDetector | None = None,
        on_escape: OnEscape | None = None,
    ) -> None:
        """Run `main` in this universe; raises WorldStuck when a bound is reached.

        Garbage is collected at fixed virtual times only (by the loop): finalizers run where they
        always run.
        """
        dispatch.enter(dispatch.World(self.clock, self.entropy, PID, HOSTNAME))
        gc.collect()
        gc.freeze()
        gc.disable()
        loop = WorldLoop(self.clock, self.network, self.bounds)
        asyncio.set_event_loop(loop)
        if detector is not None and on_escape is not None:
            detector.watch(on_escape)
        try:
            loop.run_until_complete(main())
        finally:
            if detector is not None:
                detector.rest()
            _abandon(loop)
            asyncio.set_event_loop(None)
            dispatch.leave()
            gc.enable()
            gc.unfreeze()


def _abandon(loop: WorldLoop) -> None:
    """Close the loop; tasks that a stuck world leaves behind are given up without a word."""
    for task in asyncio.all_tasks(loop):
        task._log_destroy_pending = False  # type: ignore[attr-defined]  # noqa: SLF001 - no public way
    loop.close()
