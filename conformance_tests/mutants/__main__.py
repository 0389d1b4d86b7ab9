"""`python -m conformance_tests.mutants [FILE...]`: how many mutants our own scenarios find wrong.

Prints the kill rate and each survivor with its reason. Exit code 0 when every survivor is reviewed
and at least 95 % of those that matter are killed, else 1. `--choose-panel` plays every packaged
scenario and writes down the few that go as far through the reference and the rules as all of them.
"""

from __future__ import annotations

import argparse
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

from conformance_tests.mutants.judging import Judged, judged, remember
from conformance_tests.mutants.mutant import FILES, Key, Mutant, drawn, mutants
from conformance_tests.mutants.survivors import NO_MUTANTS, Reviewed, entry_for, reviewed
from conformance_tests.mutants.witnesses import (
    Witness,
    everything,
    few,
    panel,
    witnesses,
    write_panel,
)
from conformance_tests.soak.saying import say

LEAST = 0.95
A_LINE = 100


def main() -> None:
    """Judge the mutants that are asked for, or choose who judges."""
    asked = _parser().parse_args()
    if asked.choose_panel:
        _choose(asked.jobs, asked.kept)
        return
    names = [one for one in (everything() if asked.all else panel()) if asked.by in one[0]]
    by = witnesses(asked.jobs, names, asked.kept, _files(asked))
    raise SystemExit(0 if kills(_chosen(asked), by, asked) else 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m conformance_tests.mutants")
    parser.add_argument("files", nargs="*", choices=[[], *FILES], metavar="FILE")
    parser.add_argument("--function", metavar="TEXT", help="only of functions with it in the name")
    parser.add_argument("--at", type=int, metavar="LINE", help="only of this line")
    parser.add_argument("--again", type=Path, metavar="LOG", help="only survivors of that run")
    parser.add_argument("--unreviewed", action="store_true", help="only those without a reason")
    parser.add_argument("--draw", type=int, metavar="N", help="only so many, drawn by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--all", action="store_true", help="every scenario judges, not the panel")
    parser.add_argument("--by", default="", metavar="TEXT", help="judged by scenarios with it")
    parser.add_argument("--most", type=int, default=60, metavar="N", help="so many judge one")
    parser.add_argument("--remember", action="store_true", help="write down who is asked first")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="keep there what runs in each")
    parser.add_argument("--choose-panel", action="store_true", help="write panel.txt anew")
    return parser


def _choose(jobs: int, kept: Path | None) -> None:
    """Choose the panel from every packaged scenario, for each connector."""
    by = witnesses(jobs, everything(), kept)
    chosen = few(by)
    write_panel(chosen)
    known = Counter(it for one in chosen for it in one.tested)
    once = sum(1 for count in known.values() if count == 1)
    say(
        f"panel: {len(chosen)} of {len(by)} scenarios run all {len(known):,} lines and tests "
        f"that any runs, {once:,} of them once"
    )


def _files(asked: argparse.Namespace) -> tuple[str, ...]:
    return tuple(file for file in FILES if not asked.files or file in asked.files)


def _chosen(asked: argparse.Namespace) -> list[Mutant]:
    """Return the mutants that every filter lets through."""
    survived = None if asked.again is None else _survivors_in(asked.again)
    entries = reviewed()
    return [
        one
        for one in (mutants(_files(asked)) if asked.draw is None else drawn(asked.draw, asked.seed))
        if one.key.file in _files(asked)
        and (asked.function is None or asked.function in one.key.function)
        and asked.at in (None, one.at)
        and (survived is None or _words(one.key) in survived)
        and not (asked.unreviewed and entry_for(one.key, entries))
    ]


_SURVIVES = re.compile(
    r"^survives (\w+)\.py:\d+ (\S*) \((.*), .*\)\n    (.*)\n    (.*)$", re.MULTILINE
)


def _survivors_in(log: Path) -> frozenset[tuple[str, ...]]:
    return frozenset(_SURVIVES.findall(log.read_text(encoding="utf-8")))


def _words(key: Key) -> tuple[str, ...]:
    return (key.file, key.function, key.operator, key.line, f"{key.was} -> {key.becomes}")


def kills(chosen: Sequence[Mutant], by: Sequence[Witness], asked: argparse.Namespace) -> bool:
    """Judge mutants, say what became of them; True when that is well."""
    entries = reviewed()
    spoken = {one.key: entry_for(one.key, entries) for one in chosen}
    apart = [one for one in chosen if (entry := spoken[one.key]) and entry.why in NO_MUTANTS]
    left = [one for one in chosen if one not in apart]
    say(f"mutants: {len(chosen):,}, of which {len(apart):,} are none; {len(by)} scenarios judge")
    found = []
    for one in _said(judged(left, by, asked.jobs, asked.most), len(left)):
        found.append(one)
        if not one.is_killed:
            say(_described(one, spoken[one.mutant.key]))
    survivors = [one for one in found if not one.is_killed]
    unreviewed = [one for one in survivors if spoken[one.mutant.key] is None]
    _say_who_killed(found)
    if asked.remember:
        remember(found)
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
    by = f"{one.asked} of {one.running} scenarios" if one.running else "no scenario runs it"
    return (
        f"survives {where} ({key.operator}, {by})\n    {key.line}\n"
        f"    {key.was} -> {key.becomes}\n    {reason}"
    )


def _say_who_killed(found: Sequence[Judged]) -> None:
    rules = Counter(one.rule for one in found if one.rule)
    say("killed by " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))


if __name__ == "__main__":
    main()
