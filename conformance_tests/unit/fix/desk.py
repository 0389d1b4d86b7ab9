"""FIX paths as tables for the engine: what is asked on the left, what ann is told on the right.

    ann buy X 10000 @ 100 | X New New 0/10000
    fill X 2000           | X Trade PartiallyFilled 2000/8000
    ann cancel X          | X Canceled Canceled 2000/0
    status X              | Canceled 2000/0

A report is order, execution type, order status, cumulative/leaves quantity. What is asked is said
as in conformance_tests/unit/matching/table.py, and also `status X` and `average X` (price), which
are read, and `ann amend #1 8000 as Y`, by the venue's number. Of others than ann nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from conformance_tests.unit.matching.table import SYMBOL, Venue, instrument

from fillproof.simulator.vocabulary.commands import AmendOrder
from fillproof.simulator.vocabulary.orders import ExecutionType, OrderStatus
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    CancelRefused,
    ExecutionReport,
    Impossible,
    Report,
)
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET

PURSE = "ann 100000 BTC, ann 10000000 USDT, bob 100000 BTC, bob 10000000 USDT"
ONLY_BOB = "bob 100000 BTC, bob 10000000 USDT"
_FALLS = {ExecutionType.TRADE_CANCEL, ExecutionType.TRADE_CORRECT}


@dataclass(frozen=True, slots=True)
class Play:
    """What is done and told; with a settlement delay cancels are pending for that long."""

    table: str
    settlement_delay_ns: int = 0
    purse: str = PURSE


class Desk:
    """An exchange on which ann trades, and what must hold of every report to her."""

    def __init__(self, play: Play) -> None:
        self._venue = Venue(
            instrument(max_quantity="100000"),
            settlement_delay_ns=play.settlement_delay_ns,
            purse=play.purse,
        )
        self._filled: dict[int, int] = {}

    def play(self, table: str) -> None:
        """Do what the table asks; raise AssertionError where something else is told."""
        for asked, expected in _rows(table):
            assert list(self._answers(asked.split())) == expected, asked
            self._venue.exchange.check()

    def _answers(self, words: list[str]) -> Iterator[str]:
        match words:
            case ["status", name]:
                yield self._status(name)
            case ["average", name]:
                yield self._average(name)
            case [account, "amend", number, lots, "as", name] if number.startswith("#"):
                amend = AmendOrder(account, SYMBOL, int(lots), int(number[1:]), None, name)
                yield from self._told(self._venue.exchange.apply(amend, self._venue.now_ns))
            case _:
                yield from self._told(self._venue.do(" ".join(words)))

    def _status(self, name: str) -> str:
        view = self._venue.exchange.find("ann", name)
        if view is None:
            return "unknown"
        return f"{view.order_status} {view.cumulative_quantity_lots}/{view.leaves_quantity_lots}"

    def _average(self, name: str) -> str:
        view = self._venue.exchange.find("ann", name)
        assert view is not None, f"ann has no order {name}"
        price, rest = divmod(
            view.cumulative_quote_units, view.cumulative_quantity_lots * UNITS_PER_ASSET
        )
        assert rest == 0, "the tables have whole averages"
        return str(price)

    def _told(self, reports: Iterable[Report]) -> Iterator[str]:
        for report in reports:
            if isinstance(report, ExecutionReport) and report.account == "ann":
                self._check(report)
                yield _execution(report)
            elif isinstance(report, CancelRefused):
                yield f"cancel of {report.client_order_id} refused: {report.reason}"
            elif isinstance(report, AmendRefused):
                name = report.client_order_id or f"#{report.venue_order_id}"
                yield f"amend of {name} refused: {report.reason}"
            elif isinstance(report, Impossible):
                yield "impossible"

    def _check(self, report: ExecutionReport) -> None:
        """M1: nothing is left of an ended order, all is accounted for. M2: what falls is named."""
        cumulative, leaves = report.cumulative_quantity_lots, report.leaves_quantity_lots
        if report.order_status.is_terminal:
            assert leaves == 0
        else:
            assert cumulative + leaves == report.quantity_lots
        before = self._filled.get(report.venue_order_id, 0)
        assert cumulative >= before or report.execution_type in _FALLS
        self._filled[report.venue_order_id] = cumulative


def _execution(report: ExecutionReport) -> str:
    done = f"{report.cumulative_quantity_lots}/{report.leaves_quantity_lots}"
    told = f"{report.client_order_id} {report.execution_type} {report.order_status} {done}"
    if report.venue_order_id == 0:
        return f"{told} {report.reason}"
    waits = report.order_status is OrderStatus.NEW and not report.is_working
    return f"{told} waits" if waits else told


def _rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what is asked and what must be told; a line that begins with `|` goes on."""
    rows: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, table.splitlines())):
        asked, _, told = line.partition("|")
        if asked:
            rows.append((asked.strip(), []))
        rows[-1][1].extend(" ".join(one.split()) for one in told.split(";") if one.strip())
    return iter(rows)
