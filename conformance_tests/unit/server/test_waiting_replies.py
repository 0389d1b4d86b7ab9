"""A dialect may answer later: when a block has decided what became of a request."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from conformance_tests.unit.server.bench import ServerBench, on_loopback

from fillproof.simulator.dialects.binance import BinanceDialect
from fillproof.simulator.dialects.protocol import (
    HttpAnswer,
    HttpReply,
    HttpRequest,
    Later,
    Push,
)
from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.reports import Deposited, ExecutionReport, Report


class Waits:
    """Keeps the reply to each new order back until money comes in."""

    def __init__(self, dialect: BinanceDialect) -> None:
        self._dialect = dialect
        self._kept: list[HttpReply] = []
        self._known: list[tuple[int, HttpReply]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dialect, name)

    def request(self, request: HttpRequest, now_ns: int) -> HttpAnswer:
        """Answer later whatever places an order."""
        answer = self._dialect.request(request, now_ns)
        if request.method != "POST" or not isinstance(answer.reply, HttpReply):
            return answer
        self._kept.append(answer.reply)
        return HttpAnswer(Later(len(self._kept)), answer.reports)

    def publish(self, reports: Sequence[Report], now_ns: int) -> tuple[Push, ...]:
        """Know all that was kept back once there is a deposit."""
        if any(isinstance(report, Deposited) for report in reports):
            self._known, self._kept = list(enumerate(self._kept, 1)), []
        return self._dialect.publish(reports, now_ns)

    def take_replies(self) -> tuple[tuple[int, HttpReply], ...]:
        """Give what is known, once."""
        known, self._known = self._known, []
        return tuple(known)


def _waiting(bench: ServerBench) -> None:
    bench.server._dialect = Waits(bench.server._dialect)  # type: ignore[arg-type]


async def _placed(bench: ServerBench, orders: int) -> None:
    while sum(isinstance(report, ExecutionReport) for report in bench.truth) < orders:
        await asyncio.sleep(0)


async def _turns() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


def test_a_reply_that_waits_comes_when_it_is_known() -> None:
    """Nothing is answered before; then each gets its own reply, and later ones are unharmed."""

    async def test(bench: ServerBench) -> None:
        _waiting(bench)
        asked = [asyncio.ensure_future(bench.place(name)) for name in "ab"]
        await _placed(bench, 2)
        await _turns()
        assert not any(one.done() for one in asked)
        bench.server.apply(Deposit("alice", "BTC", 1))
        names = [(await one)[1]["clientOrderId"] for one in asked]
        assert names == ["a", "b"]

    on_loopback(test)


def test_who_has_gone_is_not_waited_for() -> None:
    """A client that left while its reply waited changes nothing for the venue."""

    async def test(bench: ServerBench) -> None:
        _waiting(bench)
        asked = asyncio.ensure_future(bench.place("a"))
        await _placed(bench, 1)
        asked.cancel()
        await _turns()
        bench.server.apply(Deposit("alice", "BTC", 1))
        await _turns()
        response, body = await bench.signed("GET", "/api/v3/openOrders", symbol="BTCUSDT")
        assert response.status == 200
        assert [order["clientOrderId"] for order in body] == ["a"]

    on_loopback(test)
