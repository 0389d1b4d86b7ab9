"""Books are looked at when nothing of them is on its way, and again while they differ."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from conformance_tests.unit.dialects.bench import BTC_USDT

from fillproof.harness.worker.books import BookWatch
from fillproof.harness.worker.recorder import Recorder
from fillproof.simulator.universe.bounds import Bounds
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.loop import WorldLoop
from fillproof.simulator.universe.units_on_wire import Form, Unit
from fillproof.simulator.vocabulary.orders import Side
from fillproof.simulator.vocabulary.reports import LevelChanged

TRUE: dict[str, Any] = {"bids": [["29000", "0.5"]], "asks": []}


class Desk:
    """A venue's book and a connector's, and what is written of them."""

    def __init__(self, clock: Clock) -> None:
        self.lots = 5000
        self.believed: dict[str, Any] | None = {**TRUE, "last_update_id": "7", "in_sync": True}
        self.lines: list[str] = []
        recorder = Recorder(clock, self.lines.append)
        recorder.header()
        self.watch = BookWatch(
            {"BTC-USDT": BTC_USDT},
            lambda _symbol: ([(2_900_000, self.lots)], []),
            lambda _symbol: "7",
            lambda: {"tracked": ["a"], "balances": {}, "books": {"BTC-USDT": self.believed}},
            recorder,
        )

    def changes(self, lots: int) -> None:
        """Change the venue's book."""
        self.lots = lots
        self.watch.note((LevelChanged("BTCUSDT", Side.BUY, 2_900_000, lots),))

    def believes(self, amount: str) -> None:
        """Let the connector believe in another amount."""
        book = {"bids": [["29000", amount]], "asks": [], "last_update_id": "7", "in_sync": True}
        self.believed = book

    @property
    def looks(self) -> list[str]:
        """Return when was looked, and what the two had."""
        written = [json.loads(line) for line in self.lines[1:]]
        true = [line for line in written if line["ledger"] == "truth"]
        read = [line for line in written if line["ledger"] == "told"]
        return [
            f"{one['t'] / 1e9:g} {one['bids'][0][1]} {other['books']['BTC-USDT']['bids'][0][1]}"
            for one, other in zip(true, read, strict=True)
        ]


def unit(number: int, channel: str = "public_stream") -> Unit:
    """Return a unit on a channel."""
    made = Unit("c1", "venue", "v2c", Form.FRAME, b"", opcode=1)
    made.number, made.channel = number, channel
    return made


def live(play: Callable[[Desk], Awaitable[None]]) -> Desk:
    """Let something happen to books that are watched."""
    clock = Clock()
    desk = Desk(clock)

    async def world() -> None:
        desk.watch.open()
        await play(desk)

    loop = WorldLoop(clock, None, Bounds())  # type: ignore[arg-type]
    try:
        loop.run_until_complete(world())
    finally:
        loop.close()
    return desk


def test_books_are_looked_at_once_nothing_has_happened_for_a_second() -> None:
    """Each change begins the second anew; where nothing is new there is nothing to write."""

    async def play(desk: Desk) -> None:
        await asyncio.sleep(5)
        desk.changes(6000)
        desk.believes("0.6")
        await asyncio.sleep(0.5)
        desk.changes(7000)
        desk.believes("0.7")
        await asyncio.sleep(9)

    assert live(play).looks == ["1 0.5 0.5", "6.5 0.7 0.7"]


def test_a_book_that_went_out_of_sync_unheard_agrees_no_more() -> None:
    """A connection that broke is no message: the connector knows, and nobody looked again."""

    async def play(desk: Desk) -> None:
        await asyncio.sleep(5)
        assert desk.watch.agree()
        assert desk.believed is not None
        desk.believed["in_sync"] = False
        assert not desk.watch.agree()

    live(play)


def test_what_is_on_its_way_is_waited_for() -> None:
    """A message of the stream, and the reply that may bring a book; other replies do not count."""

    async def play(desk: Desk) -> None:
        await asyncio.sleep(2)
        desk.changes(6000)
        desk.watch.sent(unit(1))
        await asyncio.sleep(10)
        desk.believes("0.6")
        desk.watch.arrived(unit(1), brings_a_book=True)
        await asyncio.sleep(5)
        desk.changes(7000)
        desk.watch.sent(unit(2, "reference_reply"))
        desk.believes("0.7")
        desk.watch.sent(unit(3, "query_reply"))
        await asyncio.sleep(5)
        desk.watch.arrived(unit(2, "reference_reply"), brings_a_book=False)
        await asyncio.sleep(5)

    assert live(play).looks == ["1 0.5 0.5", "13 0.6 0.6", "23 0.7 0.7"]


def test_books_that_differ_are_looked_at_again_and_again() -> None:
    """After 5, 10 and 20 seconds; and whether they agree is known."""
    agreed = []

    async def play(desk: Desk) -> None:
        desk.believes("0.4")
        await asyncio.sleep(30)
        agreed.append(desk.watch.agree())
        desk.believes("0.5")
        await asyncio.sleep(20)
        agreed.append(desk.watch.agree())

    looks = live(play).looks
    assert looks == ["1 0.5 0.4", "6 0.5 0.4", "16 0.5 0.4", "36 0.5 0.5"]
    assert agreed == [False, True]


def test_the_last_look_is_taken_when_it_is_closed() -> None:
    """Unless something is still on its way; and there is none after it."""

    async def play(desk: Desk) -> None:
        desk.watch.close()
        desk.changes(6000)
        await asyncio.sleep(5)

    async def interrupted(desk: Desk) -> None:
        desk.watch.sent(unit(1))
        desk.watch.close()
        await asyncio.sleep(5)

    assert live(play).looks == ["0 0.5 0.5"]
    assert live(interrupted).looks == []


def test_a_look_says_nothing_of_orders_and_balances() -> None:
    """Other rules read those at moments of their own."""

    async def play(_desk: Desk) -> None:
        await asyncio.sleep(2)

    reading = json.loads(live(play).lines[-1])
    assert (reading["at"], reading["tracked"], reading["balances"]) == ("books", None, None)
