"""The bare engine, by which the engine's parts are measured, does the engine's work."""

from __future__ import annotations

from conformance_tests.benchmarks.engine_bare import Part
from conformance_tests.benchmarks.engine_workload import Workload, a_bare_engine, an_exchange

from fillproof.simulator.vocabulary.reports import TradePrinted

COMMANDS = 1_500


def test_with_all_parts_it_says_what_the_engine_says() -> None:
    """Report for report, to the last unit, over the benchmark's own commands."""
    exchange, bare = an_exchange(), a_bare_engine(Part.CHANGES)
    for now_ns, command in enumerate(Workload().commands(COMMANDS), start=1):
        assert bare.apply(command, now_ns) == exchange.apply(command, now_ns)


def test_with_fewer_parts_it_trades_the_same() -> None:
    """What a part adds changes nothing of what those before it do."""
    whole, least = a_bare_engine(Part.CHANGES), a_bare_engine(Part.MATCH)
    for now_ns, command in enumerate(Workload().commands(COMMANDS), start=1):
        told = whole.apply(command, now_ns)
        trades = [report for report in told if isinstance(report, TradePrinted)]
        assert [r for r in least.apply(command, now_ns) if isinstance(r, TradePrinted)] == trades
