"""Has mutants judged by scenarios, the most telling first, until one is found wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from time import process_time

from conformance_tests.mutants.mutant import Mutant
from conformance_tests.mutants.witnesses import FIRST, Bench, Name, Witness, remembered

from fillproof.harness.rules import Verdict
from fillproof.harness.verdict import Outcome

KILLING = frozenset({Outcome.FAIL, Outcome.NON_STRICT})
"""What is said of a connector that is wrong; UNKNOWN and ERROR say nothing of it.

Where our own is not as recommended either, a mutant must be wrong outright.
"""

_MANY = 5
"""A scenario that kills what so many others let live is worth remembering."""

Kills = defaultdict[tuple[str, str], Counter[Name]]
"""By file and function: how often each scenario found a mutant of it wrong."""

UNREADABLE = "what no recording can say"
"""In place of a rule, of a mutant that tells e.g. an order of no side."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a mutant: the witness and the rule that found it wrong, None for neither.

    `asked` is how many scenarios were played, of `running` that run the changed line; `seconds`
    the processor time of the judging process.
    """

    mutant: Mutant
    witness: Name | None
    rule: str | None
    asked: int
    running: int
    seconds: float

    @property
    def is_killed(self) -> bool:
        """True when the contract was found broken."""
        return self.witness is not None


def nearest(by: Sequence[Witness], file: str, lines: frozenset[int]) -> list[Witness]:
    """Return the witnesses, those first that run what few others run of some lines of a file."""

    def near(one: Witness) -> frozenset[int]:
        return one.lines.get(file, frozenset()) & lines

    often = Counter(line for one in by for line in near(one))
    left, known, first = list(by), set[int](), list[Witness]()
    while left:
        scores = [sum(1 / often[line] for line in near(one) - known) / one.recorded for one in left]
        if not max(scores):
            break
        best = left.pop(scores.index(max(scores)))
        known |= near(best)
        first.append(best)
    return first + left


def first_asked() -> Kills:
    """Return which scenarios are asked first about a function: few others find its mutants."""
    kills: Kills = defaultdict(Counter)
    for file, function, name in remembered():
        kills[file, function][name] += 1
    return kills


def remember(found: Sequence[Judged]) -> None:
    """Write down who killed what many before did not; who is there and killed nothing now goes."""
    killed = Counter((*_place(one), one.witness) for one in found if one.witness is not None)
    late = {(*_place(one), one.witness) for one in found if one.witness and one.asked > _MANY}
    judged_now = {_place(one) for one in found}
    kept = {row for row in remembered() if row in killed or row[:2] not in judged_now}
    rows = sorted((file, function, *name) for file, function, name in late | kept)
    FIRST.write_text("".join(" ".join(row) + "\n" for row in rows), encoding="utf-8")


def _place(one: Judged) -> tuple[str, str]:
    return one.mutant.key.file, one.mutant.key.function


def judged(
    mutants: Sequence[Mutant], by: Sequence[Witness], jobs: int, most: int | None = None
) -> Iterator[Judged]:
    """Yield what becomes of each mutant, as it is known; at most so many scenarios judge one."""
    with get_context("fork").Pool(jobs, _begin, (tuple(by), most)) as pool:
        yield from pool.imap_unordered(_judge, mutants)


class _Jury:
    """The scenarios of one process, and those that killed here."""

    def __init__(self, by: Sequence[Witness], most: int | None) -> None:
        self.bench = Bench()
        self._by = by
        self._most = most
        self._kills = first_asked()
        self._near: dict[tuple[str, frozenset[int]], list[Witness]] = {}

    def scenarios(self, mutant: Mutant) -> list[Witness]:
        """Return the scenarios that run the changed line, those that killed its likes first."""
        file = mutant.key.file
        if (file, mutant.near) not in self._near:
            self._near[file, mutant.near] = nearest(self._by, file, mutant.near)
        kills = self._kills[file, mutant.key.function]
        running = [one for one in self._near[file, mutant.near] if one.runs(mutant)]
        return sorted(running, key=lambda one: -kills[one.named])

    def judge(self, mutant: Mutant) -> Judged:
        """Ask scenario after scenario until one finds the mutant wrong."""
        began = process_time()
        self.bench.exchange(mutant)
        running = self.scenarios(mutant)
        for asked, witness in enumerate(running[: self._most], 1):
            rule = _broken(witness, self.bench.of_a_mutant(witness))
            if rule is not None:
                self._kills[mutant.key.file, mutant.key.function][witness.named] += 1
                seconds = process_time() - began
                return Judged(mutant, witness.named, rule, asked, len(running), seconds)
        asked = len(running[: self._most])
        return Judged(mutant, None, None, asked, len(running), process_time() - began)


def _broken(witness: Witness, verdict: Verdict | None) -> str | None:
    """Return the rule that was found broken, None for none.

    A recording that cannot be read has something in it that the connector cannot have told.
    """
    if verdict is None:
        return UNREADABLE
    killing = KILLING if witness.is_strict else {Outcome.FAIL}
    return verdict.findings[0].rule if verdict.outcome in killing else None


_jury: _Jury


def _begin(by: Sequence[Witness], most: int) -> None:
    global _jury  # noqa: PLW0603 - one of a process of the pool, made as it begins
    _jury = _Jury(by, most)


def _judge(mutant: Mutant) -> Judged:
    return _jury.judge(mutant)
