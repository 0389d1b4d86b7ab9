"""Signed orders over loopback, and a bare handler of JSON beside them.

Word: who answers: `venue` (signature, checks, matching, answer) or `bare` (an aiohttp handler that
reads JSON and answers it). What counts is the CPU time of the server.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web
from conformance_tests.benchmarks.measure import asked, cpu_seconds, report
from conformance_tests.benchmarks.served import Client, Factory, a_venue, listen

CONNECTIONS = 32
REQUESTS = 3_200
"""In one turn."""


async def _says_what_it_read(request: web.Request) -> web.Response:
    return web.json_response(await request.json())


async def factory_of(who: str) -> Factory:
    """Return what a listening socket is given."""
    if who == "venue":
        return (await a_venue()).protocol_factory
    app = web.Application()
    app.router.add_post("/api/v3/order", _says_what_it_read)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    assert runner.server is not None
    return runner.server


async def main(who: str) -> None:
    """Measure until there are no more turns."""
    server, port = await listen(await factory_of(who))
    client = await Client.start("load", port, who, CONNECTIONS, REQUESTS)
    while asked():
        before = cpu_seconds()
        client.begin()
        await client.said("over")
        report(REQUESTS, cpu_seconds() - before)
    await client.end()
    server.close()


asyncio.run(main(sys.argv[1]))
