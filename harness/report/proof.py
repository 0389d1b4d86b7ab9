"""A finding as a paragraph in plain words, and the fewest lines of the recording that show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fillproof.harness.anomalies import MEANINGS
from fillproof.harness.history import History, Line, OrderStory
from fillproof.harness.report.cells import told_cell, truth_cell, wire_cell
from fillproof.harness.rules.wording import moment
from fillproof.harness.verdict import Finding

_SAYS = {
    "told": "the connector told or was told",
    "wire": "on the wire",
    "truth": "at the venue",
    "run": "of the run",
}


_ARROWS = {"<": "received", ">": "sent", "x": "broken:", "!": "a fault:"}


@dataclass(frozen=True, slots=True)
class Witness:
    """One decisive line of a recording: its number, virtual nanoseconds, ledger, and in words."""

    n: int
    t: int
    ledger: str
    text: str


def witnesses(finding: Finding, history: History) -> tuple[Witness, ...]:
    """Return the lines without which the finding could not be made, in order."""
    order = next((o for o in history.orders if o.label == finding.order), None)
    lines = [history.line(n) for n in sorted(set(finding.marks)) if n < len(history.lines)]
    return tuple(
        Witness(line.n, line.t, line.ledger, _in_words(history, order, line)) for line in lines
    )


def proof(finding: Finding, history: History) -> str:
    """Return why the finding holds: what happened when, what follows, and what that is called."""
    return " ".join(_sentences(finding, history))


def _sentences(finding: Finding, history: History) -> Iterator[str]:
    order = next((o for o in history.orders if o.label == finding.order), None)
    if order is not None:
        yield f"{_intro(history, order)}."
    for witness in witnesses(finding, history):
        yield f"At {moment(history, witness.t)}, {_SAYS[witness.ledger]}: {witness.text}."
    owed = " or ".join(finding.expected)
    yield f"Owed was: {owed}. Yet {finding.actual.rstrip('.')}."
    yield finding.why if finding.why.endswith(".") else f"{finding.why}."
    if finding.anomaly is not None:
        yield f"That is a {finding.anomaly}. {MEANINGS[finding.anomaly]}"


def _intro(history: History, order: OrderStory) -> str:
    place = order.place
    price = "at market" if place.price is None else f"at {place.price}"
    name = f"order {order.label} ({order.client_order_id})"
    words = f"{place.side.lower()} {place.amount} {place.market} {price}"
    return f"At {moment(history, place.t)} the strategy placed {name}: {words}"


def _in_words(history: History, order: OrderStory | None, line: Line) -> str:
    text = ""
    match line.ledger:
        case "told":
            text = told_cell(order, line, marked=True)
        case "wire":
            text = _without_arrow(wire_cell(history, order, line, marked=True))
        case "truth":
            text = truth_cell(order, line)
    return text or f"{line.kind} {_bare(line)}".rstrip()


def _without_arrow(cell: str) -> str:
    """Return what a column says with a sign, in a word."""
    sign, _, rest = cell.partition(" ")
    return f"{_ARROWS[sign]} {rest}" if sign in _ARROWS else cell


def _bare(line: Line) -> str:
    kept = ("asset", "free", "locked", "trouble", "message", "op", "state", "at")
    return ", ".join(f"{name} {line.data[name]}" for name in kept if line.data.get(name))
