"""The scenarios that judge mutants: what of the reference runs in each, and which are chosen."""

from __future__ import annotations

import json
import os
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from heapq import heapify, heappop, heappush
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conformance_tests.mutants.adapter import FOLDER, LINE, VARIABLE
from conformance_tests.mutants.mutant import FILES, Mutant
from conformance_tests.zoo.keeper import search_path

from fillproof.harness.connectors.names import THEIR_AREA
from fillproof.harness.history import RecordingError, read_recording
from fillproof.harness.rules import Verdict, judge
from fillproof.harness.rules.coverage import Cell, covered
from fillproof.harness.scenario import discover, load, scenario_id
from fillproof.harness.verdict import Outcome
from fillproof.harness.worker.launch import Job, Worker

PANEL = Path(__file__).with_name("panel.txt")
FIRST = Path(__file__).with_name("first.txt")
"""A line for each scenario that is asked first: file, function, scenario, connector."""

SEED = 7
WALL_LIMIT_SECONDS = 20.0
REFERENCE, OF_A_DEX = "reference", "reference:hyperliquid"
CONNECTORS = (REFERENCE, OF_A_DEX)
"""The connectors that stand on the modules which are changed."""

ENOUGH = 2
"""How many scenarios of the panel run a line, or put a rule to one test, where so many do."""

_MUTATED = {
    REFERENCE: "conformance_tests.mutants.adapter:mutated",
    OF_A_DEX: "conformance_tests.mutants.adapter:mutated_dex",
}
_TRACED = {
    REFERENCE: "conformance_tests.mutants.adapter:traced",
    OF_A_DEX: "conformance_tests.mutants.adapter:traced_dex",
}

_RIGHT = frozenset({Outcome.PASS, Outcome.NON_STRICT})

Lines = Mapping[str, frozenset[int]]
Name = tuple[str, str]
"""A scenario and the connector that it is played to."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A scenario in which a connector of ours breaks no rule, and what it puts to the test.

    `lines` of the reference run in it, `cells` are what the rules had to judge, `recorded` is how
    long its recording is; `is_strict` unless already our own connector is not as recommended.
    """

    name: str
    document: Mapping[str, Any]
    lines: Lines
    cells: frozenset[Cell]
    recorded: int
    connector: str = REFERENCE
    is_strict: bool = True

    def runs(self, mutant: Mutant) -> bool:
        """Return whether the changed line runs."""
        return mutant.at in self.lines.get(mutant.key.file, frozenset())

    @property
    def named(self) -> Name:
        """The scenario and the connector."""
        return self.name, self.connector

    @property
    def tested(self) -> frozenset[object]:
        """The lines and the cells."""
        lines = {(file, line) for file, lines in self.lines.items() for line in lines}
        return frozenset(lines | self.cells)


class Bench:
    """The workers of one process: one for each connector, with the module that is exchanged."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="fillproof-mutants-")
        self._file = Path(self._folder.name) / "mutant.json"
        self._workers: dict[str, Worker] = {}

    def exchange(self, mutant: Mutant) -> None:
        """Have a mutant played from now on."""
        exchange = {"module": mutant.module, "source": mutant.source}
        self._file.write_text(json.dumps(exchange), encoding="utf-8")

    def of_a_mutant(self, witness: Witness) -> Verdict | None:
        """Return what is said of the mutant in the world of a witness."""
        verdict, _ = self._play(_MUTATED[witness.connector], witness.document)
        return verdict

    def traced(self, connector: str, document: Mapping[str, Any]) -> Witness | None:
        """Return what runs in a scenario; None for one in which a rule is broken."""
        verdict, lines = self._play(_TRACED[connector], document)
        if verdict is None or verdict.outcome not in _RIGHT:
            return None
        cells = covered(read_recording(lines)).cells
        ran, recorded = _ran(lines)
        is_strict = verdict.outcome is Outcome.PASS
        return Witness(str(document["id"]), document, ran, cells, recorded, connector, is_strict)

    def _play(self, path: str, document: Mapping[str, Any]) -> tuple[Verdict | None, list[str]]:
        if path not in self._workers:
            os.environ.update({VARIABLE: str(self._file), "PYTHONPATH": search_path()})
            self._workers[path] = Worker(path)
        lines = self._workers[path].run(Job(document, SEED, WALL_LIMIT_SECONDS))
        try:
            return judge(read_recording(lines)), lines
        except RecordingError:
            return None, lines


def _ran(lines: Iterable[str]) -> tuple[Lines, int]:
    """Return which lines of the reference ran, and how many lines of the recording say else."""
    ran: dict[str, set[int]] = defaultdict(set)
    recorded = 0
    for line in map(json.loads, lines):
        if line.get("what") == LINE:
            file, number = line["value"]
            ran[file].add(number)
        else:
            recorded += 1
    return {file: frozenset(numbers) for file, numbers in ran.items()}, recorded


def everything() -> tuple[Name, ...]:
    """Return every packaged scenario for the first connector, and those of a DEX for its own."""
    of_all = [(scenario_id(path), REFERENCE) for path in discover()]
    return (*of_all, *((scenario_id(path), OF_A_DEX) for path in discover([THEIR_AREA])))


def panel() -> tuple[Name, ...]:
    """Return the chosen scenarios: a line names one, and the connector unless it is the first.

    Who is to be asked first about a function is of the panel as well.
    """
    rows = [line.split() for line in PANEL.read_text(encoding="utf-8").splitlines()]
    chosen = [(row[0], row[1] if row[1:] else REFERENCE) for row in rows]
    return tuple(dict.fromkeys([*chosen, *(name for _, _, name in remembered())]))


def remembered() -> Iterator[tuple[str, str, Name]]:
    """Yield file, function and the scenario that is asked first about it, with its connector."""
    for line in FIRST.read_text(encoding="utf-8").splitlines():
        file, function, scenario, connector = line.split(" ")
        yield file, function, (scenario, connector)


def write_panel(chosen: Iterable[Witness]) -> None:
    """Write down the chosen scenarios."""
    rows = sorted((CONNECTORS.index(one.connector), one.name, one.connector) for one in chosen)
    text = "".join(
        f"{name} {'' if place == 0 else who}".strip() + "\n" for place, name, who in rows
    )
    PANEL.write_text(text, encoding="utf-8")


def few(among: Sequence[Witness]) -> list[Witness]:
    """Return the fewest and shortest witnesses that know enough of whatever any of them knows.

    Those of a DEX are for what only they run.
    """
    known: Counter[object] = Counter()
    of = [[one for one in among if one.connector == connector] for connector in CONNECTORS]
    return [one for group in of for one, adds in telling(group, known) if adds]


def telling(among: Iterable[Witness], known: Counter[object]) -> Iterator[tuple[Witness, float]]:
    """Yield witnesses so that each adds most for its length to what is known, and how much."""
    by_name = sorted(among, key=lambda one: (one.recorded, one.name, one.connector))
    # The least is first; what a witness adds only ever gets less.
    left = [(-len(one.tested) / one.recorded, place) for place, one in enumerate(by_name)]
    heapify(left)
    while left:
        _, place = heappop(left)
        one = by_name[place]
        adds = sum(known[it] < ENOUGH for it in one.tested) / one.recorded
        if left and -adds > left[0][0]:
            heappush(left, (-adds, place))
        else:
            known.update(one.tested)
            yield one, adds


def witnesses(
    jobs: int, names: Sequence[Name], kept_in: Path | None = None, files: Sequence[str] = FILES
) -> tuple[Witness, ...]:
    """Play scenarios to our connectors and return those that pass, the most telling first.

    What `kept_in` has of the same scenarios is not played again, while those files are as then.
    """
    kept: dict[str, Witness | None] = {}
    if kept_in is not None and kept_in.exists():
        kept = pickle.loads(kept_in.read_bytes())
    sources = [(FOLDER / f"{file}.py").read_text(encoding="utf-8") for file in files]
    asked = {_digest(*one, sources): one for one in _documents(names)}
    new = [(name, one) for name, one in asked.items() if name not in kept]
    with get_context("fork").Pool(jobs, _begin) as pool:
        seen = pool.starmap(_witness, [one for _, one in new], chunksize=4)
    kept.update(zip((name for name, _ in new), seen, strict=True))
    if kept_in is not None:
        kept_in.write_bytes(pickle.dumps({name: kept[name] for name in asked}))
    found = [one for name in asked if (one := kept[name]) is not None]
    return tuple(one for one, _ in telling(found, Counter()))


def _documents(names: Sequence[Name]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, connector in names:
        for path in discover([name]):
            yield connector, load(path).document()


def _digest(connector: str, document: Mapping[str, Any], sources: Sequence[str]) -> str:
    return sha256(json.dumps([connector, document, sources]).encode()).hexdigest()


_bench: Bench


def _begin() -> None:
    global _bench  # noqa: PLW0603 - one of a process of the pool, made as it begins
    _bench = Bench()


def _witness(connector: str, document: Mapping[str, Any]) -> Witness | None:
    return _bench.traced(connector, document)
