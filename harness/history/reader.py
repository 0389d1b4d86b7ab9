"""Reads a recording, line by line, into a history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from fillproof.harness.history.absences import Absence, absences_of, is_away, is_gone_soon
from fillproof.harness.history.books import BOOK_FACTS, BookFact, read_book_fact
from fillproof.harness.history.exchanges import exchanges
from fillproof.harness.history.header import read_header
from fillproof.harness.history.ledgers import Ledgers
from fillproof.harness.history.lines import Line, RecordingError, parse_lines
from fillproof.harness.history.model import Header, History
from fillproof.harness.history.stories import tell_stories
from fillproof.harness.history.wire import (
    BREAKING_FAULTS,
    FAITHFUL_FAULTS,
    STREAM_FACTS,
    Fact,
    Fault,
    Socket,
    StreamFact,
    read_fact,
    read_stream_fact,
)

AnyFact = Fact | BookFact | StreamFact


def read_recording(lines: Iterable[str]) -> History:
    """Return the history that a recording (docs/recording.md) tells.

    A recording without an `end` line is read as far as it goes. Raises RecordingError, which names
    the line and what is wrong with it.
    """
    ledgers = Ledgers()
    header: Header | None = None
    for line in parse_lines(lines):
        if header is None:
            header = read_header(line)
        ledgers.keep(line)
    if header is None:
        raise RecordingError("line 1: the recording is empty")
    return _history(header, ledgers)


def _history(header: Header, ledgers: Ledgers) -> History:
    every = tuple(_facts(ledgers))
    facts = tuple(fact for fact in every if isinstance(fact, Fact))
    stories = tell_stories(ledgers, facts)
    return History(
        header=header,
        lines=tuple(ledgers.lines),
        orders=stories.orders,
        collisions=stories.collisions,
        orphans=stories.orphans,
        strays=stories.strays,
        foreign=stories.foreign,
        truths=stories.truths,
        cancels=tuple(ledgers.cancels),
        balances=tuple(ledgers.balances),
        balance_facts=tuple(fact for fact in facts if fact.fact == "balance"),
        readings=tuple(ledgers.readings),
        books=tuple(ledgers.books),
        book_facts=tuple(fact for fact in every if isinstance(fact, BookFact)),
        stream_facts=tuple(fact for fact in every if isinstance(fact, StreamFact)),
        sockets=tuple(_sockets(ledgers)),
        said=tuple(ledgers.said),
        identify_calls=tuple(ledgers.identify_calls),
        identify_answers=tuple(ledgers.identify_answers),
        units=ledgers.units,
        faults=tuple(_faults(ledgers)),
        phases=tuple(ledgers.phases),
        steps=tuple(ledgers.steps),
        troubles=tuple(ledgers.troubles),
        ended=ledgers.ended,
        exchanges=exchanges(ledgers.lines),
    )


def _facts(ledgers: Ledgers) -> Iterator[AnyFact]:
    kinds = {line.text("fault"): line.text("what") for line in ledgers.armed}
    absences = absences_of(ledgers.phases)
    for line in ledgers.delivered:
        if line.text("direction") == "v2c":
            yield from _stated(ledgers, line, kinds, absences)


def _stated(
    ledgers: Ledgers, line: Line, kinds: Mapping[str, str], absences: tuple[Absence, ...]
) -> Iterator[AnyFact]:
    touching = {kinds.get(fault, fault) for fault in line.texts("faults")}
    unit = ledgers.units.get(str(line.get("unit")))
    closed = ledgers.closed.get(unit.connection) if unit else None
    # Closed at the same instant: whether it was still read cannot be told.
    open_then = closed is None or closed.t > line.t
    altered = bool(touching - FAITHFUL_FAULTS - BREAKING_FAULTS)
    heard = touching <= FAITHFUL_FAULTS and open_then and not is_away(absences, line.n)
    lasting = not is_gone_soon(absences, line.n, line.t)
    connection = unit.connection if unit else ""
    for stated in map(line.within, line.data.get("facts", [])):
        kind = stated.data.get("fact")
        if kind in BOOK_FACTS:
            yield read_book_fact(line, stated, connection, heard=heard)
        elif kind in STREAM_FACTS:
            yield read_stream_fact(line, stated, connection, heard=heard)
        else:
            fact = read_fact(line, stated, unit, altered, heard)
            yield fact if lasting else replace(fact, lasting=False)


def _sockets(ledgers: Ledgers) -> Iterator[Socket]:
    for line in ledgers.opened:
        connection = str(line.get("connection"))
        gone = ledgers.gone.get(connection)
        yield Socket(
            connection=connection,
            host=line.text("host"),
            n=line.n,
            t=line.t,
            closed_n=gone.n if gone else None,
            closed_t=gone.t if gone else None,
            closed_by=gone.text("by") if gone else None,
        )


def _faults(ledgers: Ledgers) -> Iterator[Fault]:
    fired: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for line in ledgers.fired:
        unit = line.data.get("unit")
        fired[line.text("fault")].append((line.n, None if unit is None else str(unit)))
    for line in ledgers.armed:
        fault = line.text("fault")
        yield Fault(
            fault=fault,
            what=line.text("what"),
            channel=line.text_or_none("channel") or "",
            n=line.n,
            t=line.t,
            fired=tuple(fired[fault]),
            healed_t=ledgers.healed.get(fault),
        )
