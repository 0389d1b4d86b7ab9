"""Operations of the matching engine, with balances, fees and execution reports."""

from __future__ import annotations

from conformance_tests.benchmarks.engine_workload import OPERATIONS, Workload, an_exchange
from conformance_tests.benchmarks.measure import asked, cpu_seconds, report


def main() -> None:
    """Measure until there are no more turns; the book stays from turn to turn."""
    exchange, workload = an_exchange(), Workload()
    now_ns = 0
    while asked():
        commands = workload.commands(OPERATIONS)
        before = cpu_seconds()
        for command in commands:
            now_ns += 1
            exchange.apply(command, now_ns)
        report(OPERATIONS, cpu_seconds() - before)


main()
