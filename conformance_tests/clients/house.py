"""The house of the clients' tests: one venue, its time, and strangers who trade when told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any

from conformance_tests.clients import keys

from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.faults.answers import AnswerFaults
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.server import VenueServer
from fillproof.simulator.vocabulary.commands import Deposit, FillOrder, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderType, Side, TimeInForce
from fillproof.simulator.vocabulary.reports import ExecutionReport, Impossible, Report
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET, asset_units

CLIENT = "client"
STRANGER = "stranger"
ACCOUNTS = {
    keys.HMAC_KEY: (CLIENT, keys.HMAC_SECRET),
    keys.ED25519_KEY: (CLIENT, keys.ED25519_PUBLIC),
    keys.RSA_KEY: (CLIENT, keys.RSA_PUBLIC),
}
SECOND_NS = 1_000_000_000

BTC_USDT = Instrument(
    symbol="BTCUSDT",
    base="BTC",
    quote="USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.0001"),
    min_quantity=Decimal("0.0001"),
    max_quantity=Decimal(9000),
    min_notional=Decimal(5),
)


class House:
    """A venue whose client has 100,000 USDT and 10 BTC, and what its strangers can do.

    `clock` and `call_at` are those of the place where it stands; `ahead_ns` is how far the venue's
    own clock is ahead of it.
    """

    def __init__(
        self,
        clock: Callable[[], int],
        call_at: Callable[[int, Callable[[], None]], Any],
        quirks: dict[str, Any],
    ) -> None:
        self._clock = clock
        self._call_at = call_at
        self._names = count(1)
        self._closing: list[asyncio.Future[int]] = []
        self.ahead_ns = 0
        self.exchange = Exchange([BTC_USDT], Fees(Decimal("0.001"), Decimal("0.001")))
        self.dialect = BinanceDialect(
            self.exchange, [BTC_USDT], ACCOUNTS, Quirks.from_mapping(quirks)
        )
        self.server = VenueServer(
            self.exchange,
            self.dialect,
            self.now_ns,
            self._at,
            on_reports=lambda _reports: None,
            answers=AnswerFaults(lambda _fired: None),
        )

    def now_ns(self) -> int:
        """Return what the venue's clock shows."""
        return self._clock() + self.ahead_ns

    def _at(self, when_ns: int, callback: Callable[[], None]) -> Any:
        return self._call_at(when_ns - self.ahead_ns, callback)

    async def open(self) -> None:
        """Fund the accounts and be ready to serve."""
        await self.server.start()
        for asset, amount in (("USDT", 100_000), ("BTC", 10)):
            self.server.apply(Deposit(CLIENT, asset, amount * UNITS_PER_ASSET))
            self.server.apply(Deposit(STRANGER, asset, 10**6 * UNITS_PER_ASSET))

    def do(self, act: str, **keys: Any) -> str:
        """Have something done that no client asks for; return what to say of it."""
        acts: dict[str, Callable[..., str]] = {
            "fill": self._fill,
            "rest": self._place,
            "sweep": self._place,
            "deposit": self._deposit,
            "close": self._close,
            "clock": self._move_clock,
        }
        return acts[act](**keys)

    def _fill(self, order: int | str, amount: str) -> str:
        lots = BTC_USDT.quantity_lots(Decimal(amount))
        return _said(self.server.apply(FillOrder(int(order), lots)))

    def _deposit(self, asset: str, amount: str) -> str:
        units = asset_units(Decimal(amount))
        return _said(self.server.apply(Deposit(CLIENT, asset, units)))

    def _close(self, channel: str, code: int) -> str:
        closing = self.server.close_channel(channel, code)
        self._closing.append(asyncio.ensure_future(closing))
        return "closing"

    def _move_clock(self, seconds: int) -> str:
        self.ahead_ns += seconds * SECOND_NS
        return "moved"

    def _place(self, side: str, amount: str, price: str | None = None) -> str:
        limited = price is not None
        order = PlaceOrder(
            account=STRANGER,
            client_order_id=f"stranger{next(self._names)}",
            symbol=BTC_USDT.symbol,
            side=Side.BUY if side == "buy" else Side.SELL,
            order_type=OrderType.LIMIT if limited else OrderType.MARKET,
            time_in_force=TimeInForce.GTC,
            quantity_lots=BTC_USDT.quantity_lots(Decimal(amount)),
            price_ticks=BTC_USDT.price_ticks(Decimal(price)) if price else None,
        )
        return _said(self.server.apply(order))


def _said(reports: tuple[Report, ...]) -> str:
    """Return how much came of it; raises ValueError when it was refused: the test is wrong then."""
    for report in reports:
        match report:
            case Impossible():
                raise ValueError(f"the venue refused it: {report.why}")
            case ExecutionReport(execution_type=ExecutionType.REJECTED):
                raise ValueError(f"the venue refused it: {report.reason}")
            case _:
                continue
    return f"{len(reports)} reports"
