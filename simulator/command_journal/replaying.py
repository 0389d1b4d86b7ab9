"""Asking an exchange all over again what a journal says it was asked."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.simulator.command_journal.entries import Entry
from fillproof.simulator.command_journal.reader import CommandJournal
from fillproof.simulator.command_journal.state import ReportDigest, state_digest
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.reports import Report

_FIRST_ENTRY_LINE = 2


@dataclass(frozen=True, slots=True)
class Replayed:
    """An exchange after all entries of a journal, and the digest of its reports and state."""

    exchange: Exchange
    digest: str


class ReplayError(Exception):
    """The exchange of today answers this line's command otherwise than the one that wrote it."""

    def __init__(self, line: int, was: str, expected: str) -> None:
        super().__init__(f"line {line}: {was}; expected {expected}")
        self.line = line
        self.was = was
        self.expected = expected


def replay(journal: CommandJournal) -> Replayed:
    """Carry out a journal, or the good beginning of one, in a fresh exchange.

    Raises ReplayError where reports or state differ from what is written, ValueError for a journal
    without a header.
    """
    opening = journal.opening
    if opening is None:
        raise ValueError("a journal without a header does not say what to replay it in")
    exchange = Exchange(opening.instruments, opening.fees, **opening.settings)
    reports = ReportDigest()
    for line, entry in enumerate(journal.entries, _FIRST_ENTRY_LINE):
        seen = reports.note(_carry_out(exchange, entry))
        if seen != entry.reports_digest:
            raise ReplayError(line, f"reports {seen}", f"reports {entry.reports_digest}")
    digest = state_digest(exchange, (one.symbol for one in opening.instruments), reports)
    closing = journal.closing
    if closing is not None and closing.state_digest != digest:
        line = _FIRST_ENTRY_LINE + len(journal.entries)
        raise ReplayError(line, f"state {digest}", f"state {closing.state_digest}")
    return Replayed(exchange, digest)


def _carry_out(exchange: Exchange, entry: Entry) -> tuple[Report, ...]:
    if entry.command is None:
        return exchange.advance(entry.at_ns)
    return exchange.apply(entry.command, entry.at_ns)
