"""D4: no nonce is used for two requests."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.history import History
from fillproof.harness.history.wire import Unit
from fillproof.harness.rules.found import case_breach
from fillproof.harness.rules.wording import moment
from fillproof.harness.verdict import Finding

_FROM_THE_CONNECTOR = "c2v"


def has_nonces(history: History) -> bool:
    """Return whether any request has a nonce."""
    return any(True for _ in _signed(history))


def nonces_are_new(history: History) -> Iterator[Finding]:
    """D4: yield each request that has the nonce of one before it."""
    seen: dict[object, Unit] = {}
    for nonce, unit in _signed(history):
        if nonce not in seen:
            seen[nonce] = unit
            continue
        first = seen[nonce]
        yield case_breach(
            "D4",
            expected="a nonce of its own for each request",
            actual=f"the request of {moment(history, unit.t)} has the nonce {nonce} of the one of "
            f"{moment(history, first.t)}",
            why="A venue takes a nonce once: the second request is refused, or replaces the first.",
            at=unit.n,
            marks=(first.n, unit.n),
        )


def _signed(history: History) -> Iterator[tuple[object, Unit]]:
    """Yield what the connector sent with a nonce, in its order."""
    for unit in sorted(history.units.values(), key=lambda one: one.n):
        parameters = unit.message.get("parameters")
        if unit.direction == _FROM_THE_CONNECTOR and isinstance(parameters, dict):
            nonce = parameters.get("nonce")
            if nonce is not None:
                yield nonce, unit
