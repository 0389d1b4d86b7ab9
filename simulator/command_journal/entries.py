"""What the lines of a command journal say: how the exchange was made, each command, and the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from msgspec import Raw, Struct

from fillproof.simulator.matching import Fees
from fillproof.simulator.vocabulary.commands import Command
from fillproof.simulator.vocabulary.instruments import Instrument

VERSION = 1
"""Changes when a journal of before could not be read any more."""

COMMANDS: dict[str, type[Command]] = {kind.__name__: kind for kind in get_args(Command)}
"""Every command by its name."""


class Opening(Struct, frozen=True):
    """The first line: what makes the exchange that the commands were given to.

    `settings` are the further arguments of `Exchange`, by name, as JSON values.
    """

    command_journal: int
    instruments: tuple[Instrument, ...]
    fees: Fees
    settings: dict[str, Any]


class Entry(Struct, frozen=True):
    """One command and its time; no command means that time went by, and something was due.

    `reports_digest` is of all reports from the first entry to this one.
    """

    at_ns: int
    command: Command | None
    reports_digest: str


class Closing(Struct, frozen=True):
    """The last line: how many entries there are, and the digest of the state they led to."""

    entries: int
    state_digest: str


class _Line(Struct):
    """An entry as it is written: the command's name beside its fields."""

    at_ns: int
    asked: str | None
    of: Raw
    reports: str


_NOTHING = Raw(b"{}")


def write_opening(opening: Opening) -> bytes:
    """Return a line's JSON object."""
    return msgspec.json.encode(opening, enc_hook=_plain)


def _plain(value: object) -> dict[Any, Any]:
    """Return a read-only mapping as a dict, raises NotImplementedError for anything else."""
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{type(value).__name__} is no JSON value")


def write_entry(entry: Entry) -> bytes:
    """Return a line's JSON object."""
    command = entry.command
    asked = None if command is None else type(command).__name__
    of = _NOTHING if command is None else Raw(msgspec.json.encode(command))
    return msgspec.json.encode(_Line(entry.at_ns, asked, of, entry.reports_digest))


def write_closing(closing: Closing) -> bytes:
    """Return a line's JSON object."""
    return msgspec.json.encode(closing)


def read_opening(body: bytes) -> Opening:
    """Read the first line; raises msgspec.MsgspecError or ValueError for anything else."""
    opening = msgspec.json.decode(body, type=Opening)
    if opening.command_journal != VERSION:
        raise ValueError(f"version {opening.command_journal}, this reads version {VERSION}")
    return opening


def read_next(body: bytes) -> Entry | Closing:
    """Read any further line; raises msgspec.MsgspecError or ValueError for anything else."""
    if body.startswith(b'{"entries"'):
        return msgspec.json.decode(body, type=Closing)
    line = msgspec.json.decode(body, type=_Line)
    if line.asked is None:
        return Entry(line.at_ns, None, line.reports)
    if line.asked not in COMMANDS:
        raise ValueError(f"command {line.asked!r}, known are {', '.join(COMMANDS)}")
    command = msgspec.json.decode(line.of, type=COMMANDS[line.asked])
    return Entry(line.at_ns, command, line.reports)
