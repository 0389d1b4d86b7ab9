"""Reading a command journal: whole, or up to the first line that is not as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import MsgspecError

from fillproof.simulator.command_journal.chain import START, body_of, is_sealed, sealed
from fillproof.simulator.command_journal.entries import (
    Closing,
    Entry,
    Opening,
    read_next,
    read_opening,
)

_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class CommandJournal:
    """A journal, or the good beginning of one: then `opening` or `closing` may be missing."""

    opening: Opening | None
    entries: tuple[Entry, ...]
    closing: Closing | None


class JournalError(Exception):
    """A journal is refused at this line (from 1); `good` is everything before it."""

    def __init__(self, line: int, was: str, expected: str, good: CommandJournal) -> None:
        super().__init__(f"line {line}: {was}; expected {expected}")
        self.line = line
        self.was = was
        self.expected = expected
        self.good = good


class _Wrong(Exception):
    """What a line is, and what it should be."""

    def __init__(self, was: str, expected: str) -> None:
        super().__init__(was)
        self.was = was
        self.expected = expected


def read_journal(lines: Iterable[str]) -> CommandJournal:
    """Read lines with their ends; raises JournalError for the first that is not as it was written.

    A journal that has no last line was cut off there, or is still being written.
    """
    reading = _Reading()
    try:
        for line in lines:
            reading.take(line)
        reading.require_whole()
    except _Wrong as wrong:
        good = reading.journal()
        raise JournalError(reading.read + 1, wrong.was, wrong.expected, good) from None
    return reading.journal()


class _Reading:
    """A journal as far as it was read."""

    def __init__(self) -> None:
        self._chain = START
        self._opening: Opening | None = None
        self._entries: list[Entry] = []
        self._closing: Closing | None = None
        self.read = 0

    def journal(self) -> CommandJournal:
        """Return what is there."""
        return CommandJournal(self._opening, tuple(self._entries), self._closing)

    def take(self, line: str) -> None:
        """Read one more line."""
        if self._closing is not None:
            raise _Wrong(f"{_shown(line)} after the last line", "nothing")
        body = body_of(line)
        genuine, chain = sealed(self._chain, body)
        if line != genuine:
            if not line.endswith("\n"):
                raise _Wrong(f"{_shown(line)} without a line end", "a whole line")
            if self._opening is None and not is_sealed(line):
                raise _Wrong(_shown(line), "a header")
            raise _Wrong(_shown(line), f"{_shown(genuine)} (by all that is before and in it)")
        try:
            self._keep(read_opening(body) if self._opening is None else read_next(body))
        except (MsgspecError, ValueError) as error:
            what = "a header" if self._opening is None else "a command or the last line"
            raise _Wrong(f"{_shown(line)} ({error})", what) from None
        self._chain = chain
        self.read += 1

    def _keep(self, read: Opening | Entry | Closing) -> None:
        match read:
            case Opening():
                self._opening = read
            case Entry():
                self._entries.append(read)
            case Closing():
                if read.entries != len(self._entries):
                    raise ValueError(f"{len(self._entries)} entries were read")
                self._closing = read

    def require_whole(self) -> None:
        """Hold a journal to its last line."""
        if self._closing is None:
            what = "a header" if self._opening is None else "a command or the last line"
            raise _Wrong("the end of the journal", what)


def _shown(line: str) -> str:
    text = line.removesuffix("\n")
    return repr(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}...")
