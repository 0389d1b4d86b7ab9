"""`python -m conformance_tests.benchmarks [NAME...]` prints what docs/benchmarks.md explains."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median

from conformance_tests.benchmarks.engine_bare import PARTS
from conformance_tests.benchmarks.measure import Measured, Subject, measure
from conformance_tests.benchmarks.peer_environment import PEER, NoPeer, peer_python

from fillproof.harness.scenario import discover
from fillproof.harness.worker.interpreters import NoInterpreter, interpreter_for

CONNECTORS = ("hummingbot:binance", "reference")
MARKETS = ("quiet", "busy")
RESTING = (10, 1_000, 100_000)
MARKET_COUNTS = (1, 10, 100)
HANDLERS = {"venue": "the venue server", "bare": "a bare handler"}


def idle_hour(processes: int) -> Iterator[str]:
    """Virtual seconds of an idle hour in a second of CPU, recording on."""
    yield "idle hour: virtual seconds in a second of CPU, recording on"
    for connector in CONNECTORS:
        try:
            python = interpreter_for(connector)
        except NoInterpreter as missing:
            yield f"  skipped: {missing}"
            continue
        subjects = [Subject("idle_hour", (connector, market), python) for market in MARKETS]
        quiet, busy = measure(subjects, processes)
        yield f"  {connector:<20} quiet market                {quiet}"
        yield f"  {connector:<20} a depth update every 100 ms {busy}"


def round_trips(processes: int) -> Iterator[str]:
    """HTTP round trips in the universe against those on loopback."""
    yield "HTTP round trips in a second of CPU: in the universe, recording on, and on loopback"
    for handler, name in HANDLERS.items():
        subjects = [Subject("round_trips", (where, handler)) for where in ("universe", "loopback")]
        universe, loopback = measure(subjects, processes, turns=20)
        yield f"  {name:<16} universe {universe}, loopback {loopback}: {_ratio(universe, loopback)}"


def engine(processes: int) -> Iterator[str]:
    """Operations of the matching engine against those of its peer, and how their cost grows."""
    python = Path(sys.executable)
    yield "matching engine: operations in a second of CPU, 55 % adds, 30 % cancels, 15 % crossing"
    try:
        python = peer_python()
    except NoPeer as missing:
        (ours,) = measure([Subject("engine")], processes, turns=5)
        yield f"  with balances, fees and reports {ours}"
        yield f"  no peer to compare with: {missing}"
    else:
        subjects = [Subject("engine", python=python), Subject("engine_peer", python=python)]
        ours, peer = measure(subjects, processes, turns=5)
        yield f"  with balances, fees and reports {ours}"
        yield f"  {PEER:<31} {peer}"
        yield f"  ratio {_ratio(ours, peer)}, both on {python.resolve().name}"
    yield from _growth(processes, python)


def engine_parts(processes: int) -> Iterator[str]:
    """What the parts of an engine cost: of one that does the least, and of ours by its files."""
    yield "matching engine: microseconds and bytecodes of an operation, its rate against the peer's"
    try:
        python = peer_python()
    except NoPeer as missing:
        yield f"  skipped: {missing}"
        return
    subjects = {
        PEER: ("engine_peer", "peer"),
        **{does: ("engine_parts", part.name) for part, does in PARTS.items()},
        "the engine": ("engine", "engine"),
    }
    rates = measure(
        [Subject(module, (who,), python) for module, who in subjects.values()], processes, turns=5
    )
    says = [Subject("engine_bytecodes", (who,), python).says() for _, who in subjects.values()]
    for name, rate, files in zip(subjects, rates, says, strict=True):
        took, count = 1e6 / rate.median, sum(files.values())
        yield f"  {name:<60} {took:5.1f} {count:5,.0f} {rate.median / rates[0].median:5.2f}"
    shares = [f"{name} {count:.0f}" for name, count in says[-1].items() if count >= 1]
    yield f"  the engine's bytecodes by file: {', '.join(shares)}"


def _growth(processes: int, python: Path) -> Iterator[str]:
    """What an operation costs in larger books and with more markets."""
    yield "matching engine: microseconds of CPU for an operation"
    for levels in ("shared", "own"):
        books = {f"{resting:,}": (str(resting), levels, "1") for resting in RESTING}
        yield f"  resting orders on {levels} levels: {_costs(books, processes, python)}"
    exchanges = {str(markets): ("1000", "shared", str(markets)) for markets in MARKET_COUNTS}
    yield f"  markets, 1,000 orders resting in each: {_costs(exchanges, processes, python)}"


def _costs(books: Mapping[str, tuple[str, str, str]], processes: int, python: Path) -> str:
    subjects = [Subject("engine_growth", words, python) for words in books.values()]
    measured = measure(subjects, processes, turns=2)
    return ", ".join(
        f"{name}: {1e6 / one.median:.1f}" for name, one in zip(books, measured, strict=True)
    )


def rest(processes: int) -> Iterator[str]:
    """Signed orders over loopback against a bare handler of JSON."""
    yield "REST over loopback, 32 keep-alive connections: requests in a second of the server's CPU"
    subjects = [Subject("rest", (who,)) for who in ("venue", "bare")]
    venue, bare = measure(subjects, processes, turns=3)
    yield f"  a signed order, checked, matched and answered {venue}"
    yield f"  a bare aiohttp handler of JSON                {bare}"
    yield f"  ratio {_ratio(venue, bare)}"


def stream(processes: int) -> Iterator[str]:
    """Messages of a market stream to one subscriber."""
    yield "market stream over loopback: messages to one subscriber in a second of the server's CPU"
    (messages,) = measure([Subject("stream")], processes, turns=3)
    yield f"  {messages}"


def suite(processes: int) -> Iterator[str]:
    """All packaged scenarios against the reference, judged: scenarios in a second of the clock."""
    yield "all packaged scenarios against the reference connector, two worker processes"
    command = (sys.executable, "-m", "fillproof.harness.cli", "run", "--connector", "reference")
    took, said = [], ""
    for _ in range(processes):
        began = time.perf_counter()
        done = subprocess.run(
            [*command, "--jobs", "2", "--quiet"], capture_output=True, text=True, check=True
        )
        took.append(time.perf_counter() - began)
        said = done.stdout.strip()
    scenarios = len(discover())
    yield (
        f"  {scenarios / median(took):.1f} scenarios a second, {median(took):.0f} s by the clock "
        f"({min(took):.0f} to {max(took):.0f}); {said}"
    )


def _ratio(one: Measured, other: Measured) -> str:
    return f"{one.median / other.median:.2f}"


BENCHMARKS: dict[str, Callable[[int], Iterator[str]]] = {
    "idle_hour": idle_hour,
    "round_trips": round_trips,
    "engine": engine,
    "engine_parts": engine_parts,
    "rest": rest,
    "stream": stream,
    "suite": suite,
}


def main() -> None:
    """Print the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m conformance_tests.benchmarks")
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME")
    parser.add_argument("--processes", type=int, default=5, help="of each subject (default 5)")
    chosen = parser.parse_args()
    version = ".".join(map(str, sys.version_info[:3]))
    (stores,) = measure([Subject("yardstick")], chosen.processes)
    sys.stdout.write(
        f"Python {version}, {stores.median / 1e6:.1f} million dict stores a second of CPU; "
        f"median of {chosen.processes} fresh processes (least to most)\n"
    )
    for name in chosen.names or BENCHMARKS:
        for line in BENCHMARKS[name](chosen.processes):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


main()
