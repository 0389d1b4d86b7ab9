"""Connectors for searches that run nothing: what they can do, and workers that pretend."""

from __future__ import annotations

from typing import Any

from conformance_tests.unit.rules.build import recording

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.fuzz.abilities import Abilities
from fillproof.harness.fuzz.moves import Act, Move, Plan
from fillproof.harness.worker.launch import Job

EVERYTHING = Abilities(
    "1", frozenset(str(one) for one in Capability), frozenset({"centralised", "decentralised"})
)
NOTHING = Abilities("1", frozenset(), frozenset({"centralised"}))

GOOD = "place; new; <new; Created"
TWICE_CREATED = f"{GOOD}; Created"
OURS = f"{GOOD}; trouble venue"


def plan(*acts: Act, pause: int = 0, **more: Any) -> Plan:
    """Return a plan of acts on usual links."""
    values: dict[str, Any] = {"latency": 5_000_000, "jitter": 0, "decentralised": False, **more}
    return Plan(moves=tuple(Move(pause, None, act) for act in acts), **values)


def words(document: Any) -> list[str]:
    """Return the steps of a scenario as their words."""
    return [step["op"] for step in document["steps"]]


class Pretended:
    """A worker in whose worlds the connector tells Created twice when `is_wrong` says so."""

    def __init__(self, connector: str, *, hash_seed: int | None = None) -> None:
        self.worlds = 0

    def run(self, job: Job) -> list[str]:
        """Return the recording of a world."""
        self.worlds += 1
        return recording(TWICE_CREATED if self.is_wrong(words(job.document)) else GOOD)

    def is_wrong(self, steps: list[str]) -> bool:
        """Return whether the steps make it say Created twice."""
        return "cancel" in steps and "trade" in steps

    def close(self) -> None:
        """Nothing is open."""


class Right(Pretended):
    """Tells everything once."""

    def is_wrong(self, steps: list[str]) -> bool:
        """Return that it is not."""
        return False


class Moody(Pretended):
    """Is wrong in the first world of each process, whatever happens there."""

    def is_wrong(self, steps: list[str]) -> bool:
        """Return what its mood is."""
        return self.worlds == 1


class Broken(Pretended):
    """Worlds in which the venue fails."""

    def run(self, job: Job) -> list[str]:
        """Return the recording of a world that went wrong."""
        return recording(OURS)


class Silent(Pretended):
    """Never starts."""

    def run(self, job: Job) -> list[str]:
        """Return a recording whose connector says nothing of itself."""
        nobody = '"library": ""'
        return [line.replace('"library": "made"', nobody) for line in recording("trouble x")]
