"""The engine and its naive twin answer every command alike, and no invariant ever breaks."""

from __future__ import annotations

from collections.abc import Iterable

from conformance_tests.property.pair import Pair, walk
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.vocabulary.orders import ContingencyType, ExecutionType, Reason
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    CancelRefused,
    ExecutionReport,
    Impossible,
    ListChanged,
    ListRefused,
    Report,
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(data=st.data(), delay=st.sampled_from([0, 6]))
def test_any_commands_are_answered_alike(data: st.DataObject, delay: int) -> None:
    """Whatever is asked, engine and twin report, keep and own the same, and no invariant breaks."""

    def number(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    pair = Pair(delay)
    for _ in range(number(1, 25)):
        pair.step(number)


REACHED = {
    *ExecutionType,
    *set(Reason) - {Reason.PRICE_OFF_TICK, Reason.QUANTITY_OFF_LOT},
    *ContingencyType,
    "refused cancel",
    "refused amend",
    "refused list",
    "impossible",
    "iceberg",
    "by quote",
    "trailing",
}
"""All that walks must meet; steps of price and quantity are checked before a command exists."""


def met(reports: Iterable[Report]) -> Iterable[str]:
    """Yield what kinds of things the reports say."""
    for report in reports:
        match report:
            case ExecutionReport():
                yield from (report.execution_type, report.reason)
                yield "iceberg" if report.display_quantity_lots else ""
                yield "by quote" if report.quote_quantity_units else ""
                yield "trailing" if report.trailing_time_ns else ""
            case CancelRefused():
                yield from ("refused cancel", report.reason)
            case AmendRefused():
                yield from ("refused amend", report.reason)
            case ListRefused():
                yield from ("refused list", report.reason)
            case ListChanged():
                yield report.contingency
            case Impossible():
                yield "impossible"


def test_walks_meet_every_execution_type_and_every_reason() -> None:
    """The random commands reach all that the engine can say: the comparison leaves nothing out."""
    walks = (walk(seed, delay, 100) for seed in range(18) for delay in (0, 6))
    seen = set(met(report for reports in walks for report in reports))
    assert sorted(REACHED - seen) == []
