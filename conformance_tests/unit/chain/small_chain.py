"""A chain of one market with two accounts, and what its reports say in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from fillproof.simulator.chain import ChainExchange, ChainRules
from fillproof.simulator.matching import Fees
from fillproof.simulator.vocabulary.commands import CancelOrder, Deposit, FillOrder, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce
from fillproof.simulator.vocabulary.reports import (
    BlocksTakenBack,
    CancelRefused,
    ExecutionReport,
    Impossible,
    Report,
    TransactionChanged,
)

MARKET = Instrument(
    "BTCUSDT",
    "BTC",
    "USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.0001"),
    min_quantity=Decimal("0.0001"),
    max_quantity=Decimal(100),
    min_notional=Decimal(0),
)
_FEES = Fees(maker=Decimal(0), taker=Decimal(0))
_MONEY = 10**12


class SmallChain:
    """Time is in whole steps; without more said, a block is made every 10."""

    def __init__(self, seed: int = 0, **rules: Any) -> None:
        self.chain = ChainExchange(
            [MARKET], _FEES, ChainRules(**{"block_time_ns": 10, **rules}), seed, debug=True
        )
        self.now = 0
        for account in ("ann", "bob"):
            for asset in ("USDT", "BTC"):
                self.chain.apply(Deposit(account, asset, _MONEY), 0)

    def buy(self, name: str, lots: int = 9, account: str = "ann", **more: Any) -> list[str]:
        """Send a buy order at 10,000 ticks."""
        return self.send(order(name, lots, account, Side.BUY), **more)

    def sell(self, name: str, lots: int = 9, account: str = "bob", **more: Any) -> list[str]:
        """Send a sell order at 10,000 ticks."""
        return self.send(order(name, lots, account, Side.SELL), **more)

    def cancel(self, name: str, account: str = "ann", **more: Any) -> list[str]:
        """Send a cancel."""
        return self.send(CancelOrder(account, MARKET.symbol, client_order_id=name), **more)

    def fill(self, number: int, lots: int) -> list[str]:
        """Send a counterparty."""
        return self.send(FillOrder(number, lots))

    def send(self, command: Any, **more: Any) -> list[str]:
        """Send a command; return what is said of it."""
        return said(self.chain.submit(command, self.now, **more))

    def to(self, now: int) -> list[str]:
        """Let time pass to a moment; return what happened."""
        self.now = now
        return said(self.chain.advance(now))

    def mine(self, of: Sequence[int] | None = None) -> list[str]:
        """Make a block."""
        return said(self.chain.mine(self.now, of))

    def reorg(self, depth: int, lost: Sequence[int] = ()) -> list[str]:
        """Take blocks back."""
        return said(self.chain.reorganise(depth, self.now, lost))


def order(name: str, lots: int, account: str, side: Side) -> PlaceOrder:
    """Return a limit order at 10,000 ticks."""
    kind, life = OrderType.LIMIT, TimeInForce.GTC
    return PlaceOrder(account, name, MARKET.symbol, side, kind, life, lots, 10_000)


def said(reports: Iterable[Report]) -> list[str]:
    """Return reports in words: orders as "a Trade 3/6", transactions as "#1 INCLUDED"."""
    words = (_word(report) for report in reports)
    return [word for word in words if word]


def _word(report: Report) -> str:
    word = ""
    match report:
        case ExecutionReport() if report.account != "market":
            done, left = report.cumulative_quantity_lots, report.leaves_quantity_lots
            word = f"{report.client_order_id} {report.execution_type} {done}/{left}"
        case TransactionChanged():
            at = "" if report.height is None else f" in {report.height}"
            word = f"#{report.transaction} {report.state}{at}"
        case CancelRefused():
            word = f"cancel refused: {report.reason}"
        case BlocksTakenBack():
            word = f"back to {report.height}"
        case Impossible():
            word = report.why
    return word
