"""H7: after its stop a connector is silent; and what is said of a shutdown as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.history import History, Line
from fillproof.harness.rules.found import ITS_OWN, case_breach
from fillproof.harness.rules.wording import times
from fillproof.harness.verdict import Finding, Outcome

LEFT = "left"
_TAKES_OVER = frozenset({"restarting", "stopping"})


def was_stopped(history: History) -> bool:
    """True when stopping it returned, or was given up."""
    return history.phase(LEFT) is not None


def nothing_is_sent_after(history: History) -> Iterator[Finding]:
    """H7: no request leaves, and no connection is opened, once it was stopped.

    A connection that carries no request is NON_STRICT: nothing can come of it. What another
    connector sends that took over is its own.
    """
    every = [one for one in _while_away(history) if _asks(one)]
    late = [one for one in every if one.kind == "sent"] or every
    if late:
        yield case_breach(
            "H7",
            expected="nothing, once stop() has returned",
            actual=f"{_what(late[0])}{times(len(late))}",
            why=ITS_OWN,
            at=late[0].n,
            outcome=None if late[0].kind == "sent" else Outcome.NON_STRICT,
        )


def _while_away(history: History) -> Iterator[Line]:
    """Yield the lines from each stop until another connector is made."""
    away = False
    for line in history.lines:
        if line.kind == "phase":
            away = line.data.get("phase") == LEFT or (
                away and line.data.get("phase") not in _TAKES_OVER
            )
        if away:
            yield line


def _asks(line: Line) -> bool:
    if line.ledger != "wire":
        return False
    if line.kind == "open":
        return True
    message = line.data.get("message") or {}
    from_it = line.kind == "sent" and line.data.get("direction") == "c2v"
    return from_it and "method" in message


def _what(line: Line) -> str:
    if line.kind == "open":
        return f"a connection to {line.data.get('host')} was opened"
    message = line.data.get("message") or {}
    named = " ".join(str(message[key]) for key in ("method", "path") if key in message)
    return f"{named} was sent"
