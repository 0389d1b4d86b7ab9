"""What a connector promises, read from a world in which nothing happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import read_recording
from fillproof.harness.runner.crew import Runs
from fillproof.harness.scenario import from_document
from fillproof.harness.worker.launch import Job


class CannotFuzz(Exception):
    """The connector says nothing of itself, so nothing can be drawn; the message says why."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """The connector's version, and what may be asked of it."""

    version: str
    capabilities: frozenset[str]
    profiles: frozenset[str]

    def only(self, profile: str | None) -> Abilities:
        """Return it with one profile alone, or as it is; raises CannotFuzz without that one."""
        if profile is None:
            return self
        if profile not in self.profiles:
            raise CannotFuzz(f"it declares no {profile} venue; {', '.join(sorted(self.profiles))}")
        return replace(self, profiles=frozenset({profile}))

    @property
    def order_kinds(self) -> tuple[str, ...]:
        """The kinds of orders it can place, the plainest first."""
        return ("GTC", *(kind for kind, need in _NEEDED.items() if need <= self.capabilities))


_NEEDED: Mapping[str, frozenset[str]] = {
    "MARKET": frozenset({Capability.MARKET_ORDERS}),
    "POST_ONLY": frozenset({Capability.POST_ONLY}),
    "IOC": frozenset({Capability.IOC}),
    "FOK": frozenset({Capability.FOK}),
    "GTD": frozenset({Capability.GTD}),
    "STOP_LOSS": frozenset({Capability.TRIGGERS}),
    "TAKE_PROFIT": frozenset({Capability.TRIGGERS}),
    "STOP_LOSS_AT_MARKET": frozenset({Capability.TRIGGERS, Capability.MARKET_ORDERS}),
    "TAKE_PROFIT_AT_MARKET": frozenset({Capability.TRIGGERS, Capability.MARKET_ORDERS}),
}


def still_document() -> dict[str, Any]:
    """Return a scenario in which nothing happens: all defaults and one step without effect."""
    step = {"op": "heal", "line": 1, "column": 1}
    document = {"id": "fuzz/still", "title": "Nothing happens", "steps": [step]}
    return from_document(document).document()


def abilities_of(worker: Runs, seed: int) -> Abilities:
    """Have the connector started once and return what it promises; raises CannotFuzz."""
    history = read_recording(worker.run(Job(still_document(), seed)))
    header = history.header
    if not header.library:
        reasons = [trouble.message for trouble in history.troubles]
        raise CannotFuzz("; ".join(reasons) or f"{header.connector} never started")
    return Abilities(header.version, header.capabilities, frozenset(header.profiles))
