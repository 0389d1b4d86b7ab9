"""Gathers the lines of a recording, each kind in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fillproof.harness.history.books import BookTruth, read_book
from fillproof.harness.history.in_flight import Identified, Said, read_identified, read_said
from fillproof.harness.history.lines import Line
from fillproof.harness.history.model import Phase, Step, Trouble
from fillproof.harness.history.told import (
    Amend,
    Cancel,
    Event,
    Place,
    Reading,
    Returned,
    read_amend,
    read_cancel,
    read_event,
    read_place,
    read_reading,
    read_returned,
)
from fillproof.harness.history.truth import (
    AmendRefused,
    BalanceTruth,
    CancelRefused,
    Report,
    Trade,
    read_amend_refused,
    read_balance,
    read_cancel_refused,
    read_report,
    read_trade,
)
from fillproof.harness.history.wire import Unit, read_unit


def _is_read(line: Line) -> bool:
    """Return whether a line was read of the connector, and not said at an event that is none."""
    return line.kind == "reading" or (line.kind, line.data.get("at")) == ("in_flight", "stopping")


@dataclass(slots=True)
class Ledgers:
    """What the lines said so far."""

    lines: list[Line] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    cancels: list[Cancel] = field(default_factory=list)
    amends: list[Amend] = field(default_factory=list)
    returned: dict[str, Returned] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    identify_calls: list[Identified] = field(default_factory=list)
    identify_answers: list[Identified] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    closed: dict[str, Line] = field(default_factory=dict)
    opened: list[Line] = field(default_factory=list)
    gone: dict[str, Line] = field(default_factory=dict)
    books: list[BookTruth] = field(default_factory=list)
    delivered: list[Line] = field(default_factory=list)
    armed: list[Line] = field(default_factory=list)
    fired: list[Line] = field(default_factory=list)
    healed: dict[str, int] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    trades: list[Trade] = field(default_factory=list)
    balances: list[BalanceTruth] = field(default_factory=list)
    refused_cancels: list[CancelRefused] = field(default_factory=list)
    refused_amends: list[AmendRefused] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    stopping: bool = False
    ended: bool = False

    def keep(self, line: Line) -> None:
        """Add a line; raises RecordingError when it lacks what its kind must have.

        What happens while the connector is stopped is no evidence: stopping breaks off requests,
        and no strategy listens any more. Only the run itself, and readings, still count then.
        """
        self.lines.append(line)
        if self.stopping and line.ledger != "run" and not _is_read(line):
            return
        keeper = _KEEPERS.get((line.ledger, line.kind))
        if keeper is not None:
            keeper(self, line)


def _keep_call(ledgers: Ledgers, line: Line) -> None:
    match line.text("call"):
        case "place" | "replace":
            ledgers.places.append(read_place(line))
        case "amend":
            ledgers.amends.append(read_amend(line))
        case "cancel":
            ledgers.cancels.append(read_cancel(line))
        case "identify":
            ledgers.identify_calls.append(read_identified(line))
        case other:
            raise line.wrong(f"unknown call {other!r}; place, replace, amend, cancel or identify")


def _keep_returned(ledgers: Ledgers, line: Line) -> None:
    if line.text("call") in {"place", "replace"}:
        returned = read_returned(line)
        ledgers.returned.setdefault(returned.order, returned)
    elif line.text("call") == "identify":
        ledgers.identify_answers.append(read_identified(line))


def _keep_label(ledgers: Ledgers, line: Line) -> None:
    if line.text_or_none("by") is None:
        ledgers.labels.setdefault(line.text("order"), line.text("client_order_id"))
    else:
        ledgers.foreign.add(line.text("client_order_id"))


def _keep_sent(ledgers: Ledgers, line: Line) -> None:
    unit = read_unit(line)
    ledgers.units[unit.unit] = unit
    if unit.is_close and unit.direction == "c2v":
        ledgers.closed.setdefault(unit.connection, line)


def _keep_closed(ledgers: Ledgers, line: Line) -> None:
    ledgers.gone.setdefault(str(line.get("connection")), line)
    if line.get("by") != "venue":  # what the venue sent before it closed still arrives
        ledgers.closed.setdefault(str(line.get("connection")), line)


def _keep_ended(ledgers: Ledgers, line: Line) -> None:
    """The venue had closed before: only now can the connector know."""
    if line.get("by") == "venue":
        ledgers.gone[str(line.get("connection"))] = line


def _keep_healed(ledgers: Ledgers, line: Line) -> None:
    ledgers.healed[line.text("fault")] = line.t


def _keep_report(ledgers: Ledgers, line: Line) -> None:
    ledgers.reports.append(read_report(line))
    if ledgers.reports[-1].execution_type == "Trade":
        ledgers.trades.append(read_trade(line))


def _keep_phase(ledgers: Ledgers, line: Line) -> None:
    ledgers.phases.append(Phase(line.n, line.t, line.text("phase")))
    ledgers.stopping |= ledgers.phases[-1].phase == "stopping"


def _keep_step(ledgers: Ledgers, line: Line) -> None:
    ledgers.steps.append(
        Step(
            n=line.n,
            t=line.t,
            index=line.whole("index"),
            line=line.whole("line"),
            op=line.text("op"),
            step=line.part("step"),
            state=line.text("state"),
            note=line.text_or_none("note") or "",
        )
    )


def _keep_trouble(ledgers: Ledgers, line: Line) -> None:
    ledgers.troubles.append(
        Trouble(
            n=line.n,
            t=line.t,
            trouble=line.text("trouble"),
            message=line.text_or_none("message") or "",
            detail=line.texts("detail"),
            needs=line.texts("needs"),
        )
    )


def _keep_end(ledgers: Ledgers, _line: Line) -> None:
    ledgers.ended = True


_KEEPERS: Mapping[tuple[str, str], Callable[[Ledgers, Line], None]] = {
    ("run", "phase"): _keep_phase,
    ("run", "step"): _keep_step,
    ("run", "label"): _keep_label,
    ("run", "trouble"): _keep_trouble,
    ("run", "end"): _keep_end,
    ("told", "call"): _keep_call,
    ("told", "returned"): _keep_returned,
    ("told", "event"): lambda ledgers, line: ledgers.events.append(read_event(line)),
    ("told", "in_flight"): lambda ledgers, line: ledgers.said.append(read_said(line)),
    ("told", "reading"): lambda ledgers, line: ledgers.readings.append(read_reading(line)),
    ("wire", "open"): lambda ledgers, line: ledgers.opened.append(line),
    ("wire", "sent"): _keep_sent,
    ("wire", "delivered"): lambda ledgers, line: ledgers.delivered.append(line),
    ("wire", "closed"): _keep_closed,
    ("wire", "ended"): _keep_ended,
    ("wire", "armed"): lambda ledgers, line: ledgers.armed.append(line),
    ("wire", "fired"): lambda ledgers, line: ledgers.fired.append(line),
    ("wire", "healed"): _keep_healed,
    ("truth", "report"): _keep_report,
    ("truth", "book"): lambda ledgers, line: ledgers.books.append(read_book(line)),
    ("truth", "balance"): lambda ledgers, line: ledgers.balances.append(read_balance(line)),
    ("truth", "cancel_refused"): lambda ledgers, line: ledgers.refused_cancels.append(
        read_cancel_refused(line)
    ),
    ("truth", "amend_refused"): lambda ledgers, line: ledgers.refused_amends.append(
        read_amend_refused(line)
    ),
}
