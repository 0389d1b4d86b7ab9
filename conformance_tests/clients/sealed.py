"""A client's driver and the house in one sealed universe, on production URLs and in virtual time.

`python -m conformance_tests.clients.sealed MODULE [QUIRKS]` is started by the test in the client's
own environment. The dispatchers come first, before anything else is imported.
"""

import random

from fillproof.simulator.universe import dispatch
from fillproof.simulator.universe.clock import NANOSECONDS, Clock

dispatch.install()
dispatch.enter(dispatch.World(Clock(), random.Random(1), pid=1, hostname="fillproof"))

import asyncio  # noqa: E402 - that is the point
import importlib  # noqa: E402
import json  # noqa: E402
import sys  # noqa: E402
from typing import Any  # noqa: E402

from conformance_tests.clients.driving import Conversation, Stage, load, play  # noqa: E402
from conformance_tests.clients.house import House  # noqa: E402
from conformance_tests.unit.reference.sealed import Deaf  # noqa: E402

from fillproof.simulator.universe.escape import EscapeDetector, captured_originals  # noqa: E402
from fillproof.simulator.universe.universe import Universe  # noqa: E402


def main() -> None:
    """Play one driver in a world of its own; say last what tried to leave it."""
    conversation = Conversation()
    module, quirks = sys.argv[1], json.loads(sys.argv[2])
    importlib.import_module(f"conformance_tests.clients.drivers.{module}")
    dispatch.leave()
    escapes = list(captured_originals())
    deaf: Any = Deaf()
    clock = Clock()
    universe = Universe(7, clock, deaf, deaf)

    def call_at(when_ns: int, callback: Any) -> Any:
        seconds = (when_ns - clock.epoch_ns) / NANOSECONDS
        loop = asyncio.get_running_loop()
        return loop.call_at(max(seconds, loop.time()), callback)

    async def live() -> None:
        house = House(lambda: clock.wall_ns, call_at, quirks)
        await house.open()
        for host, port in house.dialect.hosts:
            universe.network.listen(host, port, house.server.protocol_factory)
        await play(load(module, Stage(None, house.do)), conversation.say)
        await house.server.stop()

    universe.run(live, EscapeDetector(), lambda message, _way: escapes.append(message))
    conversation.say(step="escapes", saw=escapes)


main()
