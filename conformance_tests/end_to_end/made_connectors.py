"""Connectors for whole runs, as modules that tests write into a folder of their own."""

from __future__ import annotations

from pathlib import Path

ONE_FILL = """\
title: An order is filled in two parts
venue:
  markets:
    BTC-USDT: {tick_size: "0.01", lot_size: "0.0001", min_notional: "5"}
  balances: {USDT: "100000"}
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
  - await: {order: a, told: Created}
  - trade: {order: a, amount: "0.4"}
  - trade: {order: a, amount: "0.6"}
"""

TELLERS = '''\
"""The reference connector, and two that tell less or something else."""

import asyncio

from fillproof.harness.connectors.protocol import EventName
from fillproof.harness.connectors.reference.adapter import ReferenceAdapter


class Deaf:
    """A host that never hears of a fill."""

    def __init__(self, host):
        self.setup, self.raw, self.spawn = host.setup, host.raw, host.spawn
        self._tell = host.tell

    def tell(self, told):
        if told.event is not EventName.FILLED:
            self._tell(told)


class Honest(ReferenceAdapter):
    """Tells all."""


class Liar(ReferenceAdapter):
    """Tells no fill."""

    def __init__(self, host):
        super().__init__(Deaf(host))


class Moody(Honest):
    """Tells something of the process it lives in."""

    async def start(self):
        self.host.raw("mood", hash("a word"))
        await super().start()


class Careless(Honest):
    """Keeps a task of its own that died, and never looks at it."""

    async def start(self):
        await super().start()
        self.lost = asyncio.get_running_loop().create_task(self.lose())

    async def lose(self):
        raise RuntimeError("nobody looked")


class Spinning(Honest):
    """Never comes back from being asked for an order."""

    def place(self, order):
        while True:
            pass


class Stuck(Spinning):
    """Says through a pipe that it was asked for an order."""

    def place(self, order):
        with open("stuck", "w"):
            pass
        super().place(order)


def broken(host):
    """Cannot be made."""
    raise RuntimeError("no such luck")
'''

PINNED = """\
- connector: tellers:Liar
  version: "{version}"
  scenario: one_fill
  rule: {rule}
  reason: it never tells a fill
  link: https://example.org/1
"""


def write_project(folder: Path) -> None:
    """Write the connectors and a scenario into a folder."""
    (folder / "tellers.py").write_text(TELLERS)
    (folder / "one_fill.scenario.yaml").write_text(ONE_FILL)
