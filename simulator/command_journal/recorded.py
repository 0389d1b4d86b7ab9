"""An exchange that writes down what it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fillproof.simulator.command_journal.chain import START, sealed
from fillproof.simulator.command_journal.entries import (
    VERSION,
    Closing,
    Entry,
    Opening,
    write_closing,
    write_entry,
    write_opening,
)
from fillproof.simulator.command_journal.state import ReportDigest, state_digest
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import Command
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.reports import Report


class RecordedExchange(Exchange):
    """An exchange that hands every line of its command journal to `write`, when it was carried out.

    `settings` are the further arguments of `Exchange`. A command that raises is not written.
    """

    def __init__(
        self,
        instruments: Iterable[Instrument],
        fees: Fees,
        write: Callable[[str], object],
        **settings: Any,
    ) -> None:
        markets = tuple(instruments)
        super().__init__(markets, fees, **settings)
        self._symbols = tuple(market.symbol for market in markets)
        self._write = write
        self._chain = START
        self._entries = 0
        self._reports = ReportDigest()
        self._is_applying = False
        self._put(write_opening(Opening(VERSION, markets, fees, settings)))

    def apply(self, command: Command, now_ns: int) -> tuple[Report, ...]:
        """Do it, and write it."""
        self._is_applying = True
        try:
            reports = super().apply(command, now_ns)
        finally:
            self._is_applying = False
        self._enter(command, now_ns, reports)
        return reports

    def advance(self, now_ns: int) -> tuple[Report, ...]:
        """Do what is due, and write that time went by if anything was."""
        reports = super().advance(now_ns)
        # What is due before a command is part of the command's own entry.
        if reports and not self._is_applying:
            self._enter(None, now_ns, reports)
        return reports

    def close_journal(self) -> str:
        """Write the last line; return the state digest that is in it."""
        digest = state_digest(self, self._symbols, self._reports)
        self._put(write_closing(Closing(self._entries, digest)))
        return digest

    def _enter(self, command: Command | None, now_ns: int, reports: tuple[Report, ...]) -> None:
        self._entries += 1
        self._put(write_entry(Entry(now_ns, command, self._reports.note(reports))))

    def _put(self, body: bytes) -> None:
        line, self._chain = sealed(self._chain, body)
        self._write(line)
