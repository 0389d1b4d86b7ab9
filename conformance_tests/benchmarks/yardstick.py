"""How fast this machine and this Python are at plain work: stores into a small dict."""

from __future__ import annotations

from conformance_tests.benchmarks.measure import asked, cpu_seconds, report

STORES = 2_000_000


def main() -> None:
    """Measure until there are no more turns."""
    while asked():
        kept: dict[int, int] = {}
        before = cpu_seconds()
        for number in range(STORES):
            kept[number % 1000] = number
        report(STORES, cpu_seconds() - before)


main()
