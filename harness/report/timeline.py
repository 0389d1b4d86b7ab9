"""The decisive lines of a recording as rows: told, wire and truth, with virtual times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from fillproof.harness.history import History, Line, OrderStory
from fillproof.harness.report.cells import told_cell, truth_cell, wire_cell
from fillproof.harness.verdict import Finding

_BEFORE_THE_RUN_WENT_WRONG = 12
_CONTEXT = 2
_SHOWN = frozenset({"down", "restarting", "up", "healed", "quiet", "bound"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: virtual nanoseconds, a cell a ledger, and whether it shows the breach.

    `times` is how often it was seen in a row, `until` when last. A row without time (`t` None)
    stands for rows left out.
    """

    t: int | None
    told: str = ""
    wire: str = ""
    truth: str = ""
    marked: bool = False
    times: int = 1
    until: int = 0

    @property
    def cells(self) -> tuple[str, str, str]:
        """What the row shows, without its time."""
        return self.told, self.wire, self.truth


def timeline(finding: Finding, history: History, at_most: int) -> tuple[Row, ...]:
    """Return the rows that decide a finding: repeats folded, and no more than asked for."""
    order = next((o for o in history.orders if o.label == finding.order), None)
    rows = list(_rows(history, order, frozenset(finding.marks)))
    if order is None:
        rows = list(_around_the_marks(rows))
    return tuple(leave_out(list(fold(rows)), at_most))


def _rows(history: History, order: OrderStory | None, marks: frozenset[int]) -> Iterator[Row]:
    stopping = history.phase("stopping")
    last = len(history.lines) if stopping is None else max(stopping.n, *marks, 0)
    for line in history.lines[: last + 1]:
        row = _row(history, order, line, marked=line.n in marks)
        if row is not None:
            yield row


def _row(history: History, order: OrderStory | None, line: Line, *, marked: bool) -> Row | None:
    match line.ledger:
        case "told":
            text = told_cell(order, line, marked=marked)
            return Row(line.t, told=text, marked=marked, until=line.t) if text else None
        case "wire":
            text = wire_cell(history, order, line, marked=marked)
            return Row(line.t, wire=text, marked=marked, until=line.t) if text else None
        case "truth":
            text = truth_cell(order, line)
            return Row(line.t, truth=text, marked=marked, until=line.t) if text else None
    return _run_row(line, marked=marked)


def _run_row(line: Line, *, marked: bool) -> Row | None:
    phase = line.data.get("phase")
    if line.kind == "phase" and phase in _SHOWN:
        text = {"bound": "bound is over", "down": line.data.get("how")}.get(phase, phase)
        return Row(line.t, wire=f"-- {text} --", until=line.t)
    if line.kind == "trouble":
        return Row(line.t, wire=f"!! {line.data.get('trouble')}", marked=marked, until=line.t)
    if line.kind == "step" and marked:
        text = f"step {line.data.get('op')}: {line.data.get('state')}"
        return Row(line.t, told=text, marked=True, until=line.t)
    return None


def _around_the_marks(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield what came shortly before the first mark, and the marks."""
    first = next((i for i, row in enumerate(rows) if row.marked), len(rows))
    start = max(0, first - _BEFORE_THE_RUN_WENT_WRONG)
    yield from (row for i, row in enumerate(rows) if i >= start and (i <= first or row.marked))


def fold(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows, those that repeat the one before as a count."""
    held: Row | None = None
    for row in rows:
        if held is not None and row.cells == held.cells and not (row.marked or held.marked):
            held = replace(held, times=held.times + 1, until=row.until)
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def leave_out(rows: Sequence[Row], at_most: int) -> Iterator[Row]:
    """Yield at most so many rows: the first, the last, and those around the marks stay."""
    if len(rows) <= at_most:
        yield from rows
        return
    kept = _kept(rows, at_most)
    gap = 0
    for i, row in enumerate(rows):
        if i not in kept:
            gap += 1
            continue
        if gap == 1:
            yield rows[i - 1]
        elif gap:
            yield Row(None, told=f"({gap} more)")
        gap = 0
        yield row


def _kept(rows: Sequence[Row], at_most: int) -> frozenset[int]:
    """Return the places of the rows to keep, nearest to the marks and the ends first."""
    last = len(rows) - 1
    marks = [i for i, row in enumerate(rows) if row.marked]
    nearest: dict[int, None] = {}
    for distance in range(len(rows)):
        around = [mark + shift for mark in marks for shift in (-distance, distance)]
        for i in (*around, distance, last - distance):
            if 0 <= i <= last:
                nearest[i] = None
        if distance >= _CONTEXT and len(nearest) >= at_most:
            break
    room = max(at_most - _gaps(marks), 1)
    return frozenset(list(nearest)[:room])


def _gaps(marks: Sequence[int]) -> int:
    return min(len(marks) + 1, 4)
