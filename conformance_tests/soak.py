"""`python -m conformance_tests.soak`: the long counts, on all cores.

Lifecycles: orders of drawn scenarios that the reference connector goes through without breaking a
rule. Digests: processes that record the same bytes for the same seed, each with a hash seed of its
own. Exit code 0 when every one is right, else 1.
"""

from __future__ import annotations

import argparse
import os
import sys
from time import monotonic

from conformance_tests.digests import digests, drawn_documents

from fillproof.harness.fuzz import FuzzFinished, RunJudged, Search, Shrunk, fuzz, save_finding
from fillproof.harness.report.case_text import finding_text, notes
from fillproof.harness.runner import Status

CONNECTOR = "reference"
RUNS_A_SEARCH = 1_000
SCENARIOS_A_PROCESS = 5
PROCESSES_A_LINE = 50


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def lifecycles(wanted: int, first_seed: int, jobs: int) -> bool:
    """Search seed after seed until so many orders were placed; True when no rule was broken."""
    orders = runs = told = wrong = 0
    began, seed = monotonic(), first_seed
    while orders < wanted:
        for event in fuzz(Search(CONNECTOR, RUNS_A_SEARCH, seed, jobs=jobs)):
            match event:
                case RunJudged():
                    steps = event.finished.case.document["steps"]
                    orders += sum(step["op"] in ("buy", "sell") for step in steps)
                    runs += 1
                    told += event.could_be_told
                    if event.finished.status is Status.ERROR:
                        wrong += 1
                        saved = save_finding(event.finished, "ERROR")
                        say("\n".join((f"ERROR {saved.case.command}", *notes(saved))))
                case Shrunk():
                    saved = save_finding(event.finished, event.finding.rule)
                    say(finding_text(saved, event.finding))
                case FuzzFinished():
                    wrong += len(event.found)
                    minutes = (monotonic() - began) / 60
                    say(
                        f"seed {seed}: {orders:,} of {wanted:,} lifecycles in {runs:,} cases, "
                        f"{told:,} told, {wrong} wrong, {minutes:.1f} min"
                    )
        seed += 1
    return wrong == 0


def same_digests(wanted: int, jobs: int) -> bool:
    """Compare so many processes; return whether all recorded the same."""
    documents = drawn_documents(CONNECTOR, SCENARIOS_A_PROCESS)
    first: tuple[str, ...] | None = None
    same = 0
    for count, seen in enumerate(digests(CONNECTOR, documents, range(1, wanted + 1), jobs), 1):
        first = first or seen
        same += seen == first
        if count % PROCESSES_A_LINE == 0 or count == wanted:
            say(f"digests: {same:,} of {count:,} processes the same (of {wanted:,})")
    return same == wanted


def main() -> None:
    """Count what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m conformance_tests.soak")
    parser.add_argument("--lifecycles", type=int, default=100_000, metavar="N")
    parser.add_argument("--digests", type=int, default=1_000, metavar="N")
    parser.add_argument("--seed", type=int, default=0, help="first seed of the lifecycles")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    asked = parser.parse_args()
    all_same = same_digests(asked.digests, asked.jobs)
    none_wrong = lifecycles(asked.lifecycles, asked.seed, asked.jobs)
    raise SystemExit(0 if all_same and none_wrong else 1)


if __name__ == "__main__":
    main()
