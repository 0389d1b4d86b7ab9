"""One virtual hour of a connector that has nothing to do, recorded; one turn a process.

Words: the connector's name, then `quiet` or `busy` (the book changes every 100 ms).
"""

import random
import sys

from fillproof.simulator.universe import dispatch
from fillproof.simulator.universe.clock import NANOSECONDS, Clock

dispatch.install()
dispatch.enter(dispatch.World(Clock(), random.Random(1), pid=1, hostname="fillproof"))

# As in a worker: all else is imported under the dispatchers and a frozen clock.
import asyncio  # noqa: E402
import importlib  # noqa: E402
import os  # noqa: E402
import time  # noqa: E402
from decimal import Decimal  # noqa: E402
from pathlib import Path  # noqa: E402
from tempfile import TemporaryDirectory  # noqa: E402
from typing import Any  # noqa: E402

from conformance_tests.benchmarks.measure import asked, cpu_seconds, report  # noqa: E402

from fillproof.harness.connectors.names import adapter_path  # noqa: E402
from fillproof.harness.worker.venue import Venue  # noqa: E402
from fillproof.harness.worker.world import World  # noqa: E402
from fillproof.simulator.vocabulary.commands import CancelOrder, PlaceOrder  # noqa: E402
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce  # noqa: E402

HOUR_SECONDS = 3_600
UPDATES_A_SECOND = 10
MARKET = "BTC-USDT"


def document() -> dict[str, Any]:
    """Return the scenario: an hour goes by.

    It is written out, for the connector's environment need not have what reads one.
    """
    rules = {
        "tick_size": "0.01",
        "lot_size": "0.0001",
        "min_quantity": "0.0001",
        "max_quantity": "9000",
        "min_notional": "5",
    }
    return {
        "id": "benchmarks/idle_hour",
        "title": "An hour goes by",
        "source": "",
        "requires": [],
        "venue": {
            "profile": "centralised",
            "grace_window": 0,
            "markets": {MARKET: rules},
            "balances": {"USDT": "100000", "BTC": "10"},
            "fees": {"maker": "0.001", "taker": "0.001"},
            "links": {"latency": 5_000_000, "jitter": 0},
            "quirks": {},
        },
        "bounds": {"virtual": 2 * HOUR_SECONDS * NANOSECONDS},
        "steps": [{"op": "wait", "for": HOUR_SECONDS * NANOSECONDS, "line": 1, "column": 1}],
        "expect": {},
    }


async def stir(venue: Venue) -> None:
    """Let a stranger's order come and go: one change of the book every 100 ms, for an hour."""
    market = venue.markets[MARKET]
    venue.fund("stranger")
    for number in range(HOUR_SECONDS * UPDATES_A_SECOND):
        await asyncio.sleep(1 / UPDATES_A_SECOND)
        name = f"stirs-{number // 2}"
        if number % 2:
            venue.server.apply(CancelOrder("stranger", market.symbol, client_order_id=name))
        else:
            place = PlaceOrder(
                account="stranger",
                client_order_id=name,
                symbol=market.symbol,
                side=Side.BUY,
                order_type=OrderType.LIMIT,
                time_in_force=TimeInForce.GTC,
                quantity_lots=market.quantity_lots(Decimal(1)),
                price_ticks=market.price_ticks(Decimal(28_000 + number % 100)),
            )
            venue.server.apply(place)


def main(connector: str, market: str) -> None:
    """Live the hour and report the virtual seconds of the whole world, start and stop included."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    module, _, attribute = adapter_path(connector).partition(":")
    factory = getattr(importlib.import_module(module), attribute)
    dispatch.leave()
    with TemporaryDirectory() as folder, (Path(folder) / "recording").open("w") as recording:
        world = World(document(), connector, 1, recording.write)

        def make(host: Any) -> Any:
            if market == "busy":
                stirring.append(asyncio.get_running_loop().create_task(stir(world._venue)))
            return factory(host)

        stirring: list[asyncio.Task[None]] = []
        asked()
        before = cpu_seconds()
        world.run(make, None)
        cost = cpu_seconds() - before
    lived = world.universe.clock.now
    if lived < HOUR_SECONDS:
        raise SystemExit(f"the hour ended after {lived} s")
    report(lived, cost)


main(*sys.argv[1:])
