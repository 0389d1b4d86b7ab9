"""Operations of a bare engine that has its parts up to `PART`, by name."""

from __future__ import annotations

import sys

from conformance_tests.benchmarks.engine_bare import Part
from conformance_tests.benchmarks.engine_workload import OPERATIONS, Workload, a_bare_engine
from conformance_tests.benchmarks.measure import asked, cpu_seconds, report


def main(part: str) -> None:
    """Measure until there are no more turns; the book stays from turn to turn."""
    engine, workload = a_bare_engine(Part[part]), Workload()
    now_ns = 0
    while asked():
        commands = workload.commands(OPERATIONS)
        before = cpu_seconds()
        for command in commands:
            now_ns += 1
            engine.apply(command, now_ns)
        report(OPERATIONS, cpu_seconds() - before)


main(*sys.argv[1:])
