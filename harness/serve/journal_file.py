"""A command journal in a file, carried out again in a fresh exchange."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fillproof.simulator.command_journal import (
    CommandJournal,
    JournalError,
    ReplayError,
    read_journal,
    replay,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried out: entries, and the digest of the reports and the state they led to."""

    entries: int
    digest: str


class JournalRefused(Exception):
    """A journal is not as it was written; `before` is what its good beginning led to, if any."""

    def __init__(self, message: str, before: Carried | None) -> None:
        super().__init__(message)
        self.before = before


def replay_file(path: Path) -> Carried:
    """Carry out a journal; raises JournalRefused, which names the line, and OSError."""
    # A byte that is no UTF-8 becomes a text that was never written, and so is found.
    with path.open(encoding="utf-8", errors="backslashreplace", newline="\n") as lines:
        try:
            return _carried(read_journal(lines))
        except JournalError as wrong:
            has_header = wrong.good.opening is not None
            before = _carried(wrong.good) if has_header else None
            raise JournalRefused(f"{path}: {wrong}", before) from wrong
        except ReplayError as different:
            raise JournalRefused(f"{path}: {different}", None) from different


def _carried(journal: CommandJournal) -> Carried:
    return Carried(len(journal.entries), replay(journal).digest)
