"""What a case puts to the test: which rule, under which fault, for which side, and its shape."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from fillproof.harness.history import History, Line
from fillproof.harness.rules.case_rules import CASE_RULES
from fillproof.harness.rules.judge import ORDER_RULES, is_asked

NO_FAULT = "none"
SIDES = ("BUY", "SELL")
WHOLE = ""
"""In place of a side, of a rule that judges a case as a whole."""
FAULTS = (
    NO_FAULT,
    "hold",
    "delay",
    "drop",
    "duplicate",
    "resend",
    "cut",
    "close",
    "revoke",
    "half_open",
    "trickle",
    "unreachable",
    "fail",
    "lag",
    "maintenance",
    "skew",
    "stall",
    "slow_reader",
)
"""The faults a scenario can ask for, as columns."""

_REACTION_NS = 5_000_000_000
_AN_INSTANT = 1_000_000


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A rule that had something to judge in a world with this fault, of an order of this side."""

    rule: str
    fault: str
    side: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The cells of a case, and its shape: cases of one shape differ in nothing a rule can see."""

    cells: frozenset[Cell]
    shape: str


def covered(history: History) -> Coverage:
    """Return what a case puts to the test."""
    return Coverage(frozenset(_cells(history)), _shape(history))


def _cells(history: History) -> Iterator[Cell]:
    fired = [fault.what for fault in history.faults if fault.fired] or [NO_FAULT]
    asked = [rule_id for rule_id in ORDER_RULES if is_asked(history, rule_id)]
    for order in history.orders:
        for rule_id in asked:
            if ORDER_RULES[rule_id].applies(history, order):
                for fault in fired:
                    yield Cell(rule_id, fault, order.place.side)
    for rule_id, case_rule in CASE_RULES.items():
        if is_asked(history, rule_id) and case_rule.applies(history):
            yield from (Cell(rule_id, fault, WHOLE) for fault in fired)


def _shape(history: History) -> str:
    """Return a digest of the story without its amounts, ids and exact times."""
    orders = {order.client_order_id: f"order{i}" for i, order in enumerate(history.orders)}
    words, last = [], 0
    for line in history.lines:
        word = _word(history, line, orders)
        if word:
            words.append(f"{_pause(line.t - last)}{word}")
            last = line.t
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _pause(ns: int) -> str:
    """Return how long it was since the line before, as far as a rule can tell."""
    if ns < _AN_INSTANT:
        return ""
    return "soon " if ns < _REACTION_NS else "late "


_PLACED = ("call", "side", "order_type", "time_in_force", "post_only")
_SAYS: dict[tuple[str, str], tuple[str, ...]] = {
    ("told", "event"): ("event",),
    ("told", "call"): _PLACED,
    ("truth", "report"): ("execution_type", "order_status", "reason"),
    ("truth", "cancel_refused"): ("reason",),
    ("truth", "amend_refused"): ("reason",),
    ("wire", "fired"): ("what", "channel"),
}
"""The keys of each kind of line that a rule looks at, beside the order it is about."""


def _word(history: History, line: Line, orders: dict[str | None, str]) -> str:
    if (line.ledger, line.kind) == ("wire", "delivered"):
        return _delivered(history, line)
    keys = _SAYS.get((line.ledger, line.kind))
    if keys is None:
        return ""
    data = line.data
    whose = orders.get(data.get("client_order_id"), str(data.get("order", "")))
    return " ".join([line.ledger, line.kind, whose, *(str(data.get(key)) for key in keys)])


def _delivered(history: History, line: Line) -> str:
    facts = [fact for fact in line.data.get("facts") or () if fact.get("fact") != "balance"]
    # What the venue says by a code decides whether an outcome is open.
    stated = [f"{fact.get('fact')} {fact.get('code') or ''}" for fact in facts]
    status = _status_of_a_fault(history, line)
    if not stated and not status:
        return ""
    return f"wire {line.data.get('channel')} {' '.join((*stated, status))}"


def _status_of_a_fault(history: History, line: Line) -> str:
    """Return the HTTP status of a reply that a fault touched: it says how to go on."""
    unit = history.units.get(str(line.data.get("unit")))
    status = unit.status if unit and line.data.get("faults") else None
    return "" if status is None else str(status)
