"""Long counts, run by hand or by night: `make soak`, or `python -m conformance_tests.soak`.

Lifecycles: drawn for the reference connector, none may FAIL. Digests: one scenario in ever new
processes with other hash seeds, all recordings must be the same to the byte.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from fillproof.harness.fuzz import FailureFound, FuzzFinished, RunJudged, Search, fuzz
from fillproof.harness.scenario import discover, load
from fillproof.harness.worker.launch import Job, Worker

LIFECYCLES = 100_000
DIGESTS = 1_000
EVERY = 1_000
JOBS = 2
SCENARIO = "partial_fills/crossing_the_create_reply"


def digest(connector: str, scenario: str, seed: int, hash_seed: int) -> str:
    """Return the SHA-256 of a recording made by a process of its own."""
    (path,) = discover([scenario])
    with Worker(connector, hash_seed=hash_seed) as worker:
        lines = worker.run(Job(load(path).document(), seed))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def digests(connector: str, scenario: str, hash_seeds: Iterable[int]) -> set[str]:
    """Return the different digests of one seed over many processes, two at a time."""
    with ThreadPoolExecutor(JOBS) as pool:
        return set(
            pool.map(lambda hash_seed: digest(connector, scenario, 7, hash_seed), hash_seeds)
        )


def soak_lifecycles(runs: int, seed: int) -> bool:
    """Draw, run and judge lifecycles of the reference; return whether none broke a rule."""
    ended: FuzzFinished | None = None
    for event in fuzz(Search("reference", runs, seed, jobs=JOBS)):
        match event:
            case RunJudged() if event.number % EVERY == 0:
                say(f"{event.number} of {runs} lifecycles")
            case FailureFound():
                say(f"{event.finding.rule} is broken by lifecycle {event.number}")
            case FuzzFinished():
                ended = event
    assert ended is not None, "a search always ends with FuzzFinished"
    say(f"reference: {len(ended.found)} rules broken in {ended.runs} lifecycles, seed {seed}")
    return ended.exit_code == 0


def soak_digests(count: int) -> bool:
    """Record one scenario in many processes; return whether all recordings are the same."""
    different = digests("reference", SCENARIO, range(count))
    say(f"reference: {len(different)} different recordings of {SCENARIO} in {count} processes")
    return len(different) == 1


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run both counts; return 0 when they are as they should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifecycles", type=int, default=LIFECYCLES, metavar="N")
    parser.add_argument("--digests", type=int, default=DIGESTS, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    good = [
        soak_digests(asked.digests) if asked.digests else True,
        soak_lifecycles(asked.lifecycles, asked.seed) if asked.lifecycles else True,
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main())
