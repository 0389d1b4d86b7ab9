"""Units cross with the link's latency, and faults act on whole units of one channel."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import ClientSession
from conformance_tests.unit.universe import worlds

from fillproof.simulator.faults.network import NetworkFault, What
from fillproof.simulator.universe.links import LinkSettings

SECOND = 1_000_000_000


async def one_order(session: ClientSession) -> None:
    async with session.post(f"https://{worlds.HOST}/order", data={"a": "1"}) as reply:
        assert (await reply.json())["body"] == "a=1"


async def three_words(session: ClientSession) -> list[str]:
    async with session.ws_connect(f"wss://{worlds.HOST}/ws") as socket:
        await socket.send_str("one two three")
        return [(await socket.receive(5)).data for _ in range(3)]


def lines(notes: worlds.Notes, *words: str) -> list[str]:
    """Return the notes that contain one of the words."""
    return [line for line in notes.lines if any(word in line for word in words)]


def test_a_request_takes_the_latency_of_each_way() -> None:
    """Five milliseconds up and five down, after ten for the connection."""
    notes = worlds.run(one_order)

    assert lines(notes, "order_") == [
        "0.010 sent 1 order_request",
        "0.015 delivered 1 order_request",
        "0.015 sent 2 order_reply",
        "0.020 delivered 2 order_reply",
    ]


def test_a_held_reply_arrives_when_the_hold_ends() -> None:
    """Hold delays what would arrive in its window to its end."""
    fault = NetworkFault("F1", What.HOLD, "order_reply", until_ns=2 * SECOND)

    notes = worlds.run(one_order, fault)

    assert lines(notes, "delivered 2") == ["2.000 delivered 2 order_reply F1"]


@pytest.mark.parametrize(
    ("what", "heard"),
    [
        (What.DROP, ["two", "three"]),
        (What.DUPLICATE, ["one", "one", "two"]),
    ],
)
def test_a_stream_message_is_dropped_or_doubled_whole(what: What, heard: list[str]) -> None:
    """A frame is lost or arrives twice; the frames around it are untouched."""
    got: list[str] = []

    async def client(session: ClientSession) -> None:
        async with session.ws_connect(f"wss://{worlds.HOST}/ws") as socket:
            await socket.send_str("one two three")
            got.extend([(await socket.receive(5)).data for _ in heard])

    worlds.run(client, NetworkFault("F1", what, "stream", left=1))

    assert got == heard


def test_a_delayed_message_is_overtaken() -> None:
    """Delay reorders: the others do not wait for the late one."""
    got: list[str] = []

    async def client(session: ClientSession) -> None:
        got.extend(await three_words(session))

    worlds.run(client, NetworkFault("F1", What.DELAY, "stream", by_ns=SECOND, left=1))

    assert got == ["two", "three", "one"]


@pytest.mark.parametrize(
    "fault",
    [
        NetworkFault("F1", What.HOLD, "order_request", until_ns=2 * SECOND),
        NetworkFault("F1", What.DELAY, "order_request", by_ns=2 * SECOND, left=1),
    ],
)
def test_what_was_sent_before_a_close_arrives_after_it(fault: NetworkFault) -> None:
    """Who gives up has not taken back what is on its way: it comes late, and then the end does."""

    async def client(session: ClientSession) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(one_order(session), 1)
        await asyncio.sleep(2)

    notes = worlds.run(client, fault)

    assert [
        line.split(maxsplit=1)[1] for line in lines(notes, "closed", "ered 1", "sent 2", "ended")
    ] == [
        "closed c1 by connector None",
        "delivered 1 order_request F1",
        "sent 2 order_reply",
        "ended c1 by connector",
    ]


@pytest.mark.parametrize("at_byte", [0, 10, 100])
def test_a_cut_ends_the_connection_inside_the_reply(at_byte: int) -> None:
    """The client sees a reset after exactly so many bytes of the reply, never a whole one."""

    async def client(session: ClientSession) -> None:
        with pytest.raises(aiohttp.ClientError):
            await one_order(session)

    notes = worlds.run(client, NetworkFault("F1", What.CUT, "order_reply", at_byte=at_byte, left=1))

    assert lines(notes, "lost", "closed")[:2] == [
        "0.020 lost 2 order_reply F1",
        "0.020 closed c1 by fault None",
    ]


def test_an_unknown_host_is_refused_by_name() -> None:
    """Nothing outside the world can be reached, and who tried is on record."""

    async def client(session: ClientSession) -> None:
        with pytest.raises(aiohttp.ClientConnectorDNSError):
            await session.get("https://www.example.org/")

    assert lines(worlds.run(client), "unknown") == ["0.000 unknown www.example.org:443"]


def test_jitter_is_drawn_from_the_seed() -> None:
    """One seed has one timing, another seed another."""
    link = LinkSettings(latency_ns=5_000_000, jitter_ns=50_000_000)
    first, again, other = (worlds.run(one_order, seed=seed, link=link).lines for seed in (1, 1, 2))

    assert first == again
    assert first != other
