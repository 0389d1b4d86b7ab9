"""Has mutants judged by scenarios, the most telling first, until one is found wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import process_time

from conformance_tests.mutants.mutant import Mutant
from conformance_tests.mutants.witnesses import Bench, Witness

from fillproof.harness.rules import Verdict
from fillproof.harness.verdict import Outcome

KILLING = frozenset({Outcome.FAIL, Outcome.NON_STRICT})
"""What is said of a connector that is wrong; UNKNOWN and ERROR say nothing of it."""

FIRST = Path(__file__).with_name("first.txt")
"""A line for each scenario that is asked first: file, function, scenario."""

_MANY = 5
"""A scenario that kills what so many others let live is worth remembering."""

Kills = defaultdict[tuple[str, str], Counter[str]]
"""By file and function: how often each scenario found a mutant of it wrong."""

UNREADABLE = "what no recording can say"
"""In place of a rule, of a mutant that tells e.g. an order of no side."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a mutant: the scenario and the rule that found it wrong, None for neither.

    `asked` is how many scenarios were played, of `running` that run the changed line; `seconds`
    the processor time of the judging process.
    """

    mutant: Mutant
    scenario: str | None
    rule: str | None
    asked: int
    running: int
    seconds: float

    @property
    def is_killed(self) -> bool:
        """True when the contract was found broken."""
        return self.scenario is not None


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
    for line in FIRST.read_text(encoding="utf-8").splitlines():
        file, function, scenario = line.split(" ")
        kills[file, function][scenario] += 1
    return kills


def remember(found: Sequence[Judged]) -> None:
    """Write down who killed what many before did not, beside what is there."""
    kills = first_asked()
    for one in found:
        if one.scenario is not None and one.asked > _MANY:
            kills[one.mutant.key.file, one.mutant.key.function][one.scenario] += 1
    rows = sorted((*where, name) for where, names in kills.items() for name in names)
    FIRST.write_text("".join(" ".join(row) + "\n" for row in rows), encoding="utf-8")


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
        return sorted(running, key=lambda one: -kills[one.name])

    def judge(self, mutant: Mutant) -> Judged:
        """Ask scenario after scenario until one finds the mutant wrong."""
        began = process_time()
        self.bench.exchange(mutant)
        running = self.scenarios(mutant)
        for asked, witness in enumerate(running[: self._most], 1):
            rule = _broken(self.bench.of_a_mutant(witness))
            if rule is not None:
                self._kills[mutant.key.file, mutant.key.function][witness.name] += 1
                seconds = process_time() - began
                return Judged(mutant, witness.name, rule, asked, len(running), seconds)
        asked = len(running[: self._most])
        return Judged(mutant, None, None, asked, len(running), process_time() - began)


def _broken(verdict: Verdict | None) -> str | None:
    """Return the rule that was found broken, None for none.

    A recording that cannot be read has something in it that the connector cannot have told.
    """
    if verdict is None:
        return UNREADABLE
    return verdict.findings[0].rule if verdict.outcome in KILLING else None


_jury: _Jury


def _begin(by: Sequence[Witness], most: int) -> None:
    global _jury  # noqa: PLW0603 - one of a process of the pool, made as it begins
    _jury = _Jury(by, most)


def _judge(mutant: Mutant) -> Judged:
    return _jury.judge(mutant)
