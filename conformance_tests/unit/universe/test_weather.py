"""Slow bodies, ways that are barred, readers that are slow, and a client that stands still."""

from __future__ import annotations

import asyncio
import errno
from contextlib import suppress

import aiohttp
import pytest
from aiohttp import ClientSession
from conformance_tests.unit.universe import worlds

from fillproof.simulator.faults.network import NetworkFault, What
from fillproof.simulator.universe.links import Way
from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.sides import on_the_clients_side

SECOND = 1_000_000_000


async def one_order(session: ClientSession) -> None:
    async with session.post(f"https://{worlds.HOST}/order", data={"a": "1"}) as reply:
        assert (await reply.json())["body"] == "a=1"


def delivered(notes: worlds.Notes) -> list[str]:
    return [line for line in notes.lines if "delivered" in line and "handshake" not in line]


def test_a_slow_body_counts_when_its_last_byte_is_there() -> None:
    """The head comes at once, the body in pieces; the reply is delivered whole, in the end."""
    head_at: list[float] = []

    async def client(session: ClientSession) -> None:
        async with session.post(f"https://{worlds.HOST}/order", data={"a": "1"}) as reply:
            head_at.append(asyncio.get_running_loop().time())
            assert (await reply.json())["body"] == "a=1"
        await one_order(session)

    fault = NetworkFault("F1", What.TRICKLE, "order_reply", by_ns=2 * SECOND, left=1)
    notes = worlds.run(client, fault)

    assert head_at == [0.020]
    assert delivered(notes)[1] == "2.020 delivered 2 order_reply F1"
    assert delivered(notes)[3] == "2.030 delivered 4 order_reply"


def test_a_counted_fault_lets_the_first_pass() -> None:
    """`skip` counts units of the channel that are left alone."""

    async def client(session: ClientSession) -> None:
        await one_order(session)
        with pytest.raises(aiohttp.ClientError):
            await one_order(session)

    worlds.run(client, NetworkFault("F1", What.CUT, "order_reply", left=1, skip=1))


@pytest.mark.parametrize(
    ("way", "raised", "number", "at"),
    [
        (Way.DNS, aiohttp.ClientConnectorDNSError, None, 0.0),
        (Way.REFUSED, aiohttp.ClientConnectorError, errno.ECONNREFUSED, 0.01),
        (Way.TIMEOUT, aiohttp.ClientConnectorError, errno.ETIMEDOUT, 127.01),
        (Way.TLS, aiohttp.ClientConnectorError, None, 60.01),
    ],
)
def test_a_barred_way_fails_as_it_does_outside(
    way: Way, raised: type[Exception], number: int | None, at: float
) -> None:
    """No address, nobody there, no answer for two minutes, no end of a handshake for one."""
    failed: list[tuple[int | None, float]] = []

    async def client(session: ClientSession) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        url = f"https://{worlds.HOST}/order"
        try:
            await session.get(url, timeout=timeout)
        except raised as error:
            now = asyncio.get_running_loop().time()
            failed.append((getattr(error, "errno", None) if number else None, round(now, 3)))

    worlds.run(client, NetworkFault("F1", What.UNREACHABLE, until_ns=500 * SECOND, way=way))

    assert failed == [(number, at)]


@pytest.mark.parametrize("way", [Way.TIMEOUT, Way.TLS])
def test_who_is_patient_gets_through_in_the_end(way: Way) -> None:
    """A way that is free again before the client gives up only cost time."""
    notes = worlds.run(
        one_order, NetworkFault("F1", What.UNREACHABLE, until_ns=5 * SECOND, way=way)
    )

    assert delivered(notes)[-1] == "5.020 delivered 2 order_reply"


def test_a_slow_reader_takes_one_message_at_a_time() -> None:
    """The first is read at once, each other so much later than the one before."""
    heard: list[tuple[str, float]] = []

    async def client(session: ClientSession) -> None:
        async with session.ws_connect(f"wss://{worlds.HOST}/ws") as socket:
            await socket.send_str("one two three")
            for _ in range(3):
                word = (await socket.receive(5)).data
                heard.append((word, round(asyncio.get_running_loop().time(), 3)))

    fault = NetworkFault("F1", What.SLOW_READER, "stream", until_ns=9 * SECOND, by_ns=SECOND)
    worlds.run(client, fault)

    assert heard == [("one", 0.03), ("two", 1.03), ("three", 2.03)]


def test_a_stalled_client_runs_late_and_everybody_else_in_time() -> None:
    """Its timers are kept back and run at the end of the stall, in their order."""
    ran: list[tuple[str, float]] = []

    async def note(who: str, after: float) -> None:
        await asyncio.sleep(after)
        ran.append((who, asyncio.get_running_loop().time()))

    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, WorldLoop)
        with on_the_clients_side():
            tasks = [loop.create_task(note("client", 2)), loop.create_task(note("client", 1))]
        await asyncio.sleep(0.5)
        loop.stall_client(4)
        loop.stall_client(1)
        await note("venue", 1)
        await asyncio.gather(*tasks)

    worlds.run_bare(main)

    assert ran == [("venue", 1.5), ("client", 4.5), ("client", 4.5)]


def test_what_a_client_sets_going_is_its_own_and_the_server_it_met_is_not() -> None:
    """A server's tasks do not stall with the client that connected to it."""
    answered: list[float] = []

    async def client(session: ClientSession) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, WorldLoop)

        async def ask() -> None:
            await one_order(session)
            answered.append(loop.time())

        with on_the_clients_side():
            asking = loop.create_task(ask())
        await asyncio.sleep(0.012)
        loop.stall_client(3)
        with suppress(asyncio.CancelledError):
            await asking

    notes = worlds.run(client)

    assert "0.020 delivered 2 order_reply" in notes.lines
    assert answered == [3.012]
