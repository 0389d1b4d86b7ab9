"""`python -m conformance_tests.mutants [FILE...]`: how many mutants our own scenarios find wrong.

Prints the kill rate and each survivor with its reason. Exit code 0 when every survivor is reviewed
and at least 95 % of those that matter are killed, else 1.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from time import monotonic

from conformance_tests.mutants.judging import Judged, Witness, judged, panel, witnesses
from conformance_tests.mutants.mutant import FILES, Mutant, drawn, mutants
from conformance_tests.mutants.survivors import NO_MUTANTS, Reviewed, entry_for, reviewed
from conformance_tests.soak.saying import say

LEAST = 0.95
A_LINE = 100


def main() -> None:
    """Judge the mutants that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m conformance_tests.mutants")
    parser.add_argument("files", nargs="*", choices=[[], *FILES], metavar="FILE")
    parser.add_argument("--draw", type=int, metavar="N", help="only so many, drawn by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--all", action="store_true", help="every scenario judges, not the panel")
    parser.add_argument("--most", type=int, default=40, help="scenarios that judge one at most")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    asked = parser.parse_args()
    every = mutants() if asked.draw is None else drawn(asked.draw, asked.seed)
    chosen = [one for one in every if not asked.files or one.key.file in asked.files]
    by = witnesses(asked.jobs, () if asked.all else panel())
    raise SystemExit(0 if kills(chosen, by, asked.jobs, asked.most) else 1)


def kills(chosen: Sequence[Mutant], by: Sequence[Witness], jobs: int, most: int) -> bool:
    """Judge mutants, say what became of them; True when that is well."""
    entries = reviewed()
    spoken = {one.key: entry_for(one.key, entries) for one in chosen}
    apart = [one for one in chosen if (entry := spoken[one.key]) and entry.why in NO_MUTANTS]
    left = [one for one in chosen if one not in apart]
    say(f"mutants: {len(chosen):,}, of which {len(apart):,} are none; {len(by)} scenarios judge")
    found = []
    for one in _said(judged(left, by, jobs, most), len(left)):
        found.append(one)
        if not one.is_killed:
            say(_described(one, spoken[one.mutant.key]))
    survivors = [one for one in found if not one.is_killed]
    unreviewed = [one for one in survivors if spoken[one.mutant.key] is None]
    _say_who_killed(found)
    killed = len(found) - len(survivors)
    rate = killed / len(found) if found else 1.0
    say(
        f"mutants: {killed:,} of {len(found):,} killed ({100 * rate:.1f} %), {len(survivors)} "
        f"survive, {len(unreviewed)} of them without a reason"
    )
    return rate >= LEAST and not unreviewed


def _said(results: Iterator[Judged], total: int) -> Iterator[Judged]:
    began = monotonic()
    for count, one in enumerate(results, 1):
        yield one
        if count % A_LINE == 0 or count == total:
            say(f"mutants: {count:,} of {total:,} judged, {(monotonic() - began) / 60:.1f} min")


def _described(one: Judged, entry: Reviewed | None) -> str:
    key = one.mutant.key
    reason = "no reason yet" if entry is None else f"{entry.why}: {entry.reason}"
    where = f"{key.file}.py:{one.mutant.at} {key.function}"
    return (
        f"survives {where} ({key.operator}, {one.asked} scenarios)\n    {key.line}\n"
        f"    {key.was} -> {key.becomes}\n    {reason}"
    )


def _say_who_killed(found: Sequence[Judged]) -> None:
    rules = Counter(one.rule for one in found if one.rule)
    say("killed by " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))


if __name__ == "__main__":
    main()
