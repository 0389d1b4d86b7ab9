"""A venue of a plan on a real socket: made, opened, listened for, stopped."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from ipaddress import ip_address
from typing import Any

from fillproof.harness.serve.aside import Aside
from fillproof.harness.serve.control import STRANGER, Control
from fillproof.harness.serve.dialects import DIALECTS
from fillproof.harness.serve.log import Log
from fillproof.harness.serve.plan import Book, Plan
from fillproof.harness.serve.real_time import RealTime
from fillproof.harness.serve.telling import Teller
from fillproof.harness.serve.watch import Watch
from fillproof.harness.worker.life import life_of
from fillproof.simulator.command_journal import RecordedExchange
from fillproof.simulator.dice import Dice
from fillproof.simulator.faults.answers import AnswerFault, AnswerFaults
from fillproof.simulator.life.ladder import ladder, ladder_accounts
from fillproof.simulator.matching import Exchange
from fillproof.simulator.server import Pulse, VenueServer
from fillproof.simulator.vocabulary.commands import Command, Deposit
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET, asset_units

LOOPBACK = "127.0.0.1"
_MAKER = "maker"
_STRANGERS_MONEY = 10**9
SILENT = Log("off", lambda _: None)


Journal = Callable[[str], object]


class CannotListen(Exception):
    """The address cannot be listened on; the message says why and what can be done."""


class ServedVenue:
    """Engine, dialect and server of a plan. `authority` is its "host:port" once it listens.

    `journal` is handed every line of the command journal, if there is to be one.
    """

    def __init__(self, plan: Plan, log: Log, journal: Journal | None = None) -> None:
        self.plan = plan
        self.authority = ""
        self.exchange = _exchange(plan, journal)
        self._log = log
        self._owners = frozenset(account.name for account in plan.accounts)
        self._teller = Teller(plan.markets)
        self._served = DIALECTS[plan.dialect]
        self._begun_ns = time.monotonic_ns()
        self._clock = clock = RealTime()
        self._pulses: list[Pulse] = []
        aside = Aside(self._health, Control(plan, self.exchange, self.apply))
        self._watch = Watch(aside, log, self._served.weight_header)
        self.server = VenueServer(
            exchange=self.exchange,
            dialect=self._served.make(plan, self.exchange),
            clock=clock.now_ns,
            call_at=clock.call_at,
            on_reports=self._tell,
            answers=AnswerFaults(_fired_by_nobody),
            around=self._watch.around,
            on_frame=self._watch.frame,
        )

    @property
    def origin(self) -> str:
        """Where it is: "http://127.0.0.1:8787"."""
        return f"http://{self.authority}"

    @property
    def addresses(self) -> dict[str, str]:
        """The base URL of each part: "rest", "streams", "ws_api"."""
        return self._served.addresses(self.authority)

    def apply(self, command: Command) -> tuple[Report, ...]:
        """Carry out a command that no client sent; the streams tell of it."""
        return self.server.apply(command)

    def open(self) -> None:
        """Give everybody their money, make the resting books, let strangers come."""
        for account in self.plan.accounts:
            for asset, amount in account.balances.items():
                self.apply(Deposit(account.name, asset, asset_units(amount)))
        assets = {
            asset: None for one in self.plan.markets.values() for asset in (one.base, one.quote)
        }
        levels = max((book.levels for book in self.plan.books), default=1)
        for name in (STRANGER, *ladder_accounts(levels, _MAKER)):
            for asset in assets:
                self.apply(Deposit(name, asset, _STRANGERS_MONEY * UNITS_PER_ASSET))
        dice = Dice(self.plan.seed)
        for book in self.plan.books:
            self._make(book, dice)
        for number, document in enumerate(self.plan.lives):
            self._liven(document, self.plan.seed + number)

    async def stop(self) -> None:
        """Let strangers rest, tell every socket that it is over, and close it."""
        for pulse in self._pulses:
            pulse.stop()
        self.server.say_farewell()
        await self.server.stop()
        if isinstance(self.exchange, RecordedExchange):
            self.exchange.close_journal()

    def _liven(self, document: Mapping[str, Any], seed: int) -> None:
        now_ns, call_at = self._clock.now_ns, self._clock.call_at
        life = life_of(document, self.plan.markets, (), self.exchange, now_ns(), seed)
        pulse = Pulse(life, self.apply, now_ns, call_at)
        self._pulses.append(pulse)
        pulse.beat()

    def _make(self, book: Book, dice: Dice) -> None:
        market = self.plan.markets[book.market]
        for order in ladder(market, market.price_ticks(book.price), book.levels, _MAKER, dice):
            self.apply(order)

    def _tell(self, reports: tuple[Report, ...]) -> None:
        """Log what happened to the orders of the accounts."""
        if not self._log.is_on:
            return
        for report in reports:
            if isinstance(report, ExecutionReport) and report.account in self._owners:
                self._log.say("execution", **self._teller.told(report))

    def _health(self) -> dict[str, Any]:
        names = [account.name for account in self.plan.accounts]
        live = sum(len(self.exchange.orders(name, open_only=True)) for name in names)
        return {
            "status": "ok",
            "dialect": self.plan.dialect,
            "markets": list(self.plan.markets),
            "accounts": names,
            "orders": live,
            "requests": self._watch.requests,
            "seconds": (time.monotonic_ns() - self._begun_ns) // 1_000_000_000,
        }


@asynccontextmanager
async def served(
    plan: Plan,
    host: str = LOOPBACK,
    port: int = 0,
    log: Log = SILENT,
    journal: Journal | None = None,
) -> AsyncIterator[ServedVenue]:
    """Serve a plan while the context lasts; port 0 takes a free one. Raises CannotListen.

    When it ends, every socket is told so and closed.
    """
    venue = ServedVenue(plan, log, journal)
    await venue.server.start()
    listener = await _listen(venue, host, port)
    try:
        venue.open()
        yield venue
    finally:
        listener.close()
        await venue.stop()


async def _listen(venue: ServedVenue, host: str, port: int) -> asyncio.Server:
    """Listen on the first address of the host, so that a free port is one port."""
    loop = asyncio.get_running_loop()
    try:
        address = str((await loop.getaddrinfo(host, port))[0][4][0])
        listener = await loop.create_server(venue.server.protocol_factory, address, port)
    except OSError as problem:
        errno = problem.errno or 0
        reason = os.strerror(errno) if errno > 0 else problem.strerror or str(problem)
        text = f"cannot listen on {host}, port {port}: {reason}"
        raise CannotListen(f"{text}; choose another --port (0: a free one) or --host") from problem
    shown = f"[{address}]" if ip_address(address).version == 6 else address  # noqa: PLR2004
    venue.authority = f"{shown}:{listener.sockets[0].getsockname()[1]}"
    return listener


def _exchange(plan: Plan, journal: Journal | None) -> Exchange:
    kind = Exchange if journal is None else partial(RecordedExchange, write=journal)
    return kind(
        plan.markets.values(),
        plan.fees,
        kept_orders=plan.kept_orders,
    )


def _fired_by_nobody(_fault: AnswerFault) -> None:
    """No fault is ever armed."""
