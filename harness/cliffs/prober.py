"""Asks a connector one question with many numbers, and says where its behaviour flips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any

from fillproof.harness.cliffs.bisection import flips
from fillproof.harness.cliffs.probes import Probe
from fillproof.harness.history import Event, History
from fillproof.harness.runner import CaseFinished
from fillproof.harness.verdict import Outcome

PRECISION = 1
"""How near the two sides of a cliff are: a millisecond, or one."""

Run = Callable[[Mapping[str, Any]], CaseFinished]

_SAID = frozenset({Outcome.FAIL, Outcome.NON_STRICT, Outcome.INFO})


class Unclear(Exception):
    """A world of a probe could not be judged; the message says why."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a connector told of its orders, and what the judge found in it.

    `told` are the events in their order, each with the channel of the message at whose arrival it
    was told, repeats folded; `broken` says for each root finding its rule and what it is called,
    the outcome beside it when that is no FAIL.
    """

    told: tuple[str, ...]
    broken: tuple[str, ...]

    def __str__(self) -> str:
        """Show the events."""
        return ", ".join(self.told) or "nothing told"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The connector behaves alike from `first` to `last` (None: as far as was asked)."""

    first: int
    last: int | None
    behaviour: Behaviour


@dataclass(frozen=True, slots=True)
class Cliff:
    """One probe, answered: the stretches between its cliffs, and how many worlds it took."""

    probe: Probe
    stretches: tuple[Stretch, ...]
    worlds: int


def probe_one(probe: Probe, run: Run) -> Cliff:
    """Return where the behaviour flips; raises Unclear when a world could not be judged."""
    worlds = 0

    def behaviour_at(number: int) -> Behaviour:
        nonlocal worlds
        worlds += 1
        return _behaviour(run(probe.document(number)))

    found = flips(behaviour_at, probe.grid, PRECISION)
    if not found:
        return Cliff(probe, (Stretch(probe.grid[0], None, behaviour_at(probe.grid[0])),), worlds)
    firsts = [probe.grid[0], *(flip.above for flip in found)]
    lasts = [*(flip.below for flip in found), None]
    behaviours = [found[0].before, *(flip.after for flip in found)]
    stretches = (Stretch(*one) for one in zip(firsts, lasts, behaviours, strict=True))
    return Cliff(probe, tuple(stretches), worlds)


def _behaviour(finished: CaseFinished) -> Behaviour:
    verdict, history = finished.verdict, finished.history
    if verdict is None or history is None or verdict.outcome is Outcome.ERROR:
        raise Unclear(f"{finished.case.scenario}: {finished.problem or _first(finished)}")
    told = [f"{event.name}{_by(history, event)}" for o in history.orders for event in o.told]
    broken = [
        f"{finding.rule} {finding.anomaly or finding.outcome}"
        + ("" if finding.outcome is Outcome.FAIL else f" ({finding.outcome})")
        for finding in verdict.findings
        if finding.outcome in _SAID
    ]
    return Behaviour(tuple(_folded(told)), tuple(dict.fromkeys(broken)))


def _by(history: History, event: Event) -> str:
    """Return by which message the connector was moved to tell, empty for by none."""
    before = (history.line(n) for n in range(event.n - 1, -1, -1))
    at_once = takewhile(lambda line: line.t == event.t, before)
    arrived = (line for line in at_once if line.kind == "delivered")
    heard = (line for line in arrived if line.data.get("facts"))
    last = next(heard, None)
    return "" if last is None else f" by {last.data.get('channel')}"


def _first(finished: CaseFinished) -> str:
    findings = finished.verdict.findings if finished.verdict else ()
    return "; ".join(f"{finding.rule}: {finding.actual}" for finding in findings[:1])


def _folded(names: list[str]) -> list[str]:
    counted = [(name, len(list(same))) for name, same in groupby(names)]
    return [name if count == 1 else f"{name} x{count}" for name, count in counted]
