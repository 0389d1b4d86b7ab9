"""A client that is killed in a world: it does nothing more, and the world goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from aiohttp import ClientSession
from conformance_tests.unit.universe import worlds

from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.network import Network
from fillproof.simulator.universe.sides import on_the_clients_side


def the_loop() -> WorldLoop:
    """Return the running loop."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, WorldLoop)
    return loop


def the_network() -> Network:
    """Return the network of the running world."""
    network = the_loop()._network
    assert isinstance(network, Network)
    return network


def begin(work: Coroutine[Any, Any, None], run: int = 1) -> asyncio.Task[None]:
    """Begin a task of the client's."""
    with on_the_clients_side(run):
        return the_loop().create_task(work)


def test_nothing_of_a_dead_run_is_done_any_more_not_even_its_last_will() -> None:
    """No `finally`, no callback and no task of it runs; what is not of it does."""
    done: list[str] = []

    async def live(who: str) -> None:
        try:
            the_loop().call_later(2, done.append, f"callback of {who}")
            await asyncio.sleep(3)
            done.append(who)
        finally:
            done.append(f"last will of {who}")

    async def main() -> None:
        dead, heir = begin(live("dead")), begin(live("heir"), 2)
        await asyncio.sleep(1)
        the_loop().bury(1)
        dead.cancel()
        await heir
        assert the_loop().is_buried(dead)
        assert not the_loop().is_buried(heir)

    worlds.run_bare(main)

    assert done == ["callback of heir", "heir", "last will of heir"]


def test_a_client_is_watched_at_each_of_its_steps() -> None:
    """A step ends where it gives way to the loop: what is begun there has not run yet."""
    steps: list[int] = []
    done: list[str] = []

    async def live() -> None:
        for word in ("one", "two", "three"):
            done.append(word)
            await asyncio.sleep(0)

    async def main() -> None:
        the_loop().watch_client(lambda: steps.append(len(done)))
        task = begin(live())
        await asyncio.sleep(1)
        assert task.done()

    worlds.run_bare(main)

    assert steps == [1, 2, 3, 3]


def test_what_a_dead_client_sent_arrives_and_the_answer_does_not() -> None:
    """Its machine closes for it: the server hears of that after all that was sent."""
    answered: list[bytes] = []

    async def client(_session: ClientSession) -> None:
        async def ask() -> None:
            reader, writer = await asyncio.open_connection(worlds.HOST, 443)
            writer.write(f"GET /order HTTP/1.1\r\nHost: {worlds.HOST}\r\n\r\n".encode())
            answered.append(await reader.readline())

        asking = begin(ask())
        with suppress(TimeoutError):
            async with asyncio.timeout(0.012):
                await asyncio.shield(asking)
        the_loop().bury(1)
        for connection in the_network().connections:
            connection.abandon()
        await asyncio.sleep(1)

    notes = worlds.run(client)

    assert [line for line in notes.lines if "opened" not in line] == [
        "0.010 sent 1 order_request",
        "0.012 closed c1 by connector None",
        "0.015 delivered 1 order_request",
        "0.015 sent 2 order_reply",
        "0.020 lost 2 order_reply",
    ]
    assert answered == []
