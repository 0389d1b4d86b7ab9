"""Has mutants judged by scenarios, cheapest and most telling first, until one is found wrong."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from conformance_tests.mutants.adapter import LINES, VARIABLE
from conformance_tests.mutants.mutant import Mutant
from conformance_tests.zoo.keeper import search_path

from fillproof.harness.history import RecordingError, read_recording
from fillproof.harness.rules import Verdict, judge
from fillproof.harness.rules.coverage import Cell, covered
from fillproof.harness.scenario import discover, load
from fillproof.harness.verdict import Outcome
from fillproof.harness.worker.launch import Job, Worker

PANEL = Path(__file__).with_name("panel.txt")
SEED = 7
WALL_LIMIT_SECONDS = 20.0
KILLING = frozenset({Outcome.FAIL, Outcome.NON_STRICT})
"""What is said of a connector that is wrong; UNKNOWN and ERROR say nothing of it."""

_MUTATED = "conformance_tests.mutants.adapter:mutated"
_TRACED = "conformance_tests.mutants.adapter:traced"

Lines = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Witness:
    """A scenario the reference passes, and what it puts to the test.

    `lines` of the reference run in it, `cells` are what the rules had to judge, `recorded` is how
    long its recording is.
    """

    name: str
    document: Mapping[str, Any]
    lines: Lines
    cells: frozenset[Cell]
    recorded: int

    def runs(self, mutant: Mutant) -> bool:
        """Return whether the changed line runs."""
        return mutant.at in self.lines.get(mutant.key.file, frozenset())


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a mutant: the scenario and the rule that found it wrong, None for neither.

    `asked` is how many scenarios were played, `seconds` the processor time of the judging process.
    """

    mutant: Mutant
    scenario: str | None
    rule: str | None
    asked: int
    seconds: float

    @property
    def is_killed(self) -> bool:
        """True when the contract was found broken."""
        return self.scenario is not None


def panel() -> tuple[str, ...]:
    """Return the scenarios that go furthest through the reference and the rules, in few lines."""
    return tuple(PANEL.read_text(encoding="utf-8").split())


def witnesses(jobs: int, names: Sequence[str] = ()) -> tuple[Witness, ...]:
    """Play every packaged scenario, or those named, to the reference; return those it passes."""
    documents = [load(path).document() for path in discover(names)]
    with get_context("fork").Pool(jobs, _begin, (_TRACED,)) as pool:
        seen = pool.map(_witness, documents, chunksize=4)
    return tuple(_telling([one for one in seen if one is not None]))


def _telling(among: Iterable[Witness]) -> Iterator[Witness]:
    """Yield the witnesses so that each adds most that is new for its length; then the shorter."""
    left = sorted(among, key=lambda one: (one.recorded, one.name))
    known: set[object] = set()
    while left:
        best = max(left, key=lambda one: len(_tested(one) - known) / one.recorded)
        if _tested(best) <= known:
            yield from left
            return
        known |= _tested(best)
        left.remove(best)
        yield best


def _tested(witness: Witness) -> set[object]:
    lines = {(file, line) for file, lines in witness.lines.items() for line in lines}
    return lines | set(witness.cells)


def nearest(by: Sequence[Witness], file: str, within: tuple[int, int]) -> list[Witness]:
    """Return the witnesses, those first that run what few others run of a function."""

    def of_the_function(one: Witness) -> frozenset[int]:
        first, last = within
        return frozenset(line for line in one.lines.get(file, ()) if first <= line <= last)

    often = Counter(line for one in by for line in of_the_function(one))
    left, known, near = list(by), set[int](), list[Witness]()
    while left:
        scores = [
            sum(1 / often[line] for line in of_the_function(one) - known) / one.recorded
            for one in left
        ]
        if not max(scores):
            break
        best = left.pop(scores.index(max(scores)))
        known |= of_the_function(best)
        near.append(best)
    return near + left


def judged(
    mutants: Sequence[Mutant], by: Sequence[Witness], jobs: int, most: int
) -> Iterator[Judged]:
    """Yield what becomes of each mutant, as it is known; at most so many scenarios judge one."""
    with get_context("fork").Pool(jobs, _begin, (_MUTATED, tuple(by), most)) as pool:
        yield from pool.imap_unordered(_judge, mutants)


class _Bench:
    """One process of the pool: its worker, and the scenarios that killed here, the last first."""

    def __init__(self, connector: str, by: Sequence[Witness], most: int) -> None:
        self.folder = TemporaryDirectory(prefix="fillproof-mutants-")
        self.file = Path(self.folder.name) / "mutant.json"
        os.environ.update({VARIABLE: str(self.file), "PYTHONPATH": search_path()})
        self.worker = Worker(connector)
        self.by = by
        self.most = most
        self.kills: dict[str, Counter[str]] = {}
        self.near: dict[str, list[Witness]] = {}

    def verdict(self, document: Mapping[str, Any]) -> tuple[Verdict | None, list[str]]:
        """Return what is said of one world, and its recording."""
        lines = self.worker.run(Job(document, SEED, WALL_LIMIT_SECONDS))
        try:
            return judge(read_recording(lines)), lines
        except RecordingError:
            return None, lines

    def scenarios(self, mutant: Mutant) -> list[Witness]:
        """Return the scenarios that run the changed line, those that killed its likes first."""
        key = mutant.key
        function = f"{key.file}.{key.function}"
        if function not in self.near:
            self.near[function] = nearest(self.by, key.file, mutant.within)
        kills = self.kills.setdefault(function, Counter())
        running = [one for one in self.near[function] if one.runs(mutant)]
        return sorted(running, key=lambda one: -kills[one.name])[: self.most]


_bench: _Bench


def _begin(connector: str, by: Sequence[Witness] = (), most: int = 0) -> None:
    global _bench  # noqa: PLW0603 - one of a process of the pool, made as it begins
    _bench = _Bench(connector, by, most)


def _witness(document: Mapping[str, Any]) -> Witness | None:
    verdict, lines = _bench.verdict(document)
    if verdict is None or verdict.outcome is not Outcome.PASS:
        return None
    cells = covered(read_recording(lines)).cells
    return Witness(str(document["id"]), document, _ran(lines), cells, len(lines))


def _ran(lines: Iterable[str]) -> Lines:
    """Return which lines ran; a connector that starts anew says so once for each of its lives."""
    ran: dict[str, set[int]] = defaultdict(set)
    for line in map(json.loads, lines):
        if line.get("what") == LINES:
            for file, numbers in line["value"].items():
                ran[file].update(numbers)
    return {file: frozenset(numbers) for file, numbers in ran.items()}


def _judge(mutant: Mutant) -> Judged:
    began, asked = process_time(), 0
    exchange = {"module": mutant.module, "source": mutant.source}
    _bench.file.write_text(json.dumps(exchange), encoding="utf-8")
    for witness in _bench.scenarios(mutant):
        asked += 1
        verdict, _ = _bench.verdict(witness.document)
        if verdict is not None and verdict.outcome in KILLING:
            _bench.kills[f"{mutant.key.file}.{mutant.key.function}"][witness.name] += 1
            rule = verdict.findings[0].rule
            return Judged(mutant, witness.name, rule, asked, process_time() - began)
    return Judged(mutant, None, None, asked, process_time() - began)
