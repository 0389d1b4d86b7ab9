"""Everything that was asked of an exchange, written so that it can be asked again."""

from fillproof.simulator.command_journal.entries import VERSION, Closing, Entry, Opening
from fillproof.simulator.command_journal.reader import CommandJournal, JournalError, read_journal
from fillproof.simulator.command_journal.recorded import RecordedExchange
from fillproof.simulator.command_journal.replaying import Replayed, ReplayError, replay
from fillproof.simulator.command_journal.state import ReportDigest, state_digest

__all__ = [
    "VERSION",
    "Closing",
    "CommandJournal",
    "Entry",
    "JournalError",
    "Opening",
    "RecordedExchange",
    "ReplayError",
    "Replayed",
    "ReportDigest",
    "read_journal",
    "replay",
    "state_digest",
]
