"""Messages of a market stream to one subscriber: each change of the book is one.

What counts is the CPU time of the server, the engine's work included.
"""

from __future__ import annotations

import asyncio

from conformance_tests.benchmarks.measure import asked, cpu_seconds, report
from conformance_tests.benchmarks.served import ACCOUNT, Client, a_venue, listen

from fillproof.simulator.server import VenueServer
from fillproof.simulator.vocabulary.commands import CancelOrder, PlaceOrder
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce

MESSAGES = 4_000
"""In one turn."""

A_BATCH = 50
STREAM = "btcusdt@depth@100ms"


async def stir(server: VenueServer) -> None:
    """Let an order come and go: one change of the book for each of the two."""
    for number in range(MESSAGES // 2):
        name = f"stirs-{number}"
        server.apply(
            PlaceOrder(
                account=ACCOUNT,
                client_order_id=name,
                symbol="BTCUSDT",
                side=Side.BUY,
                order_type=OrderType.LIMIT,
                time_in_force=TimeInForce.GTC,
                quantity_lots=100,
                price_ticks=2_900_000 + number % 100,
            )
        )
        server.apply(CancelOrder(ACCOUNT, "BTCUSDT", client_order_id=name))
        if number % A_BATCH == 0:
            await asyncio.sleep(0)


async def main() -> None:
    """Measure until there are no more turns."""
    venue = await a_venue()
    server, port = await listen(venue.protocol_factory)
    client = await Client.start("listen", port, STREAM, MESSAGES)
    while asked():
        before = cpu_seconds()
        await stir(venue)
        await client.said("over")
        report(MESSAGES, cpu_seconds() - before)
    await client.end()
    server.close()


asyncio.run(main())
