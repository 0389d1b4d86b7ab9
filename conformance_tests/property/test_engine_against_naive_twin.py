"""The engine and its naive twin answer every command alike, and no invariant ever breaks."""

from __future__ import annotations

from collections.abc import Iterable

import conformance_tests.property.drawn_commands as drawn
from conformance_tests.property.pair import Pair, walk
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

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


class EngineAndTwin(RuleBasedStateMachine):
    """Any commands in any order; `Pair` compares reports, books, balances and more after each."""

    def __init__(self) -> None:
        super().__init__()
        self.pair = Pair(delay=0)

    @initialize(delay=st.sampled_from([0, 6]))
    def open(self, delay: int) -> None:
        """Begin with a settlement delay or without."""
        self.pair = Pair(delay)

    @rule(by=st.sampled_from([1, 2, 4, 40 * 10**9]))
    def let_time_pass(self, by: int) -> None:
        """Let what is due happen."""
        self.pair.pass_time(by)

    @rule(data=st.data())
    def place(self, data: st.DataObject) -> None:
        """Place an order of any type."""
        self.pair.apply(drawn.order(_numbers(data), self.pair.now))

    @rule(data=st.data())
    def place_list(self, data: st.DataObject) -> None:
        """Place an order list of any kind."""
        self.pair.apply(drawn.order_list(_numbers(data), self.pair.now))

    @rule(data=st.data())
    def do_anything(self, data: st.DataObject) -> None:
        """Cancel, amend, replace, fill, bust, correct, deposit, change a phase, or place."""
        self.pair.apply(self.pair.drawn(_numbers(data)))


def _numbers(data: st.DataObject) -> drawn.Number:
    return lambda low, high: data.draw(st.integers(low, high))


def test_any_commands_are_answered_alike() -> None:
    """Whatever is asked, engine and twin report, keep and own the same, and no invariant breaks."""
    run_state_machine_as_test(
        EngineAndTwin,
        settings=settings(derandomize=True, deadline=None, max_examples=30, stateful_step_count=25),
    )


ELSEWHERE = {
    # Steps are checked before a command exists.
    Reason.PRICE_OFF_TICK,
    Reason.QUANTITY_OFF_LOT,
    # Of markets with margin, and of a dialect's own schedule.
    Reason.INSUFFICIENT_MARGIN,
    Reason.REDUCE_ONLY,
    Reason.SCHEDULED,
    # Of a chain, and of a change that is on its way there.
    ExecutionType.PENDING_REPLACE,
    Reason.NONCE_USED,
    Reason.NONCE_TAKEN,
    Reason.OUT_OF_GAS,
    Reason.NOT_ON_CHAIN,
    Reason.TRANSACTION_DROPPED,
    Reason.TRANSACTION_EXPIRED,
    Reason.GOOD_TILL_BLOCK,
    Reason.REORGANISED,
}
"""What an engine of spot markets alone never says."""

REACHED = {
    *set(ExecutionType) - ELSEWHERE,
    *set(Reason) - ELSEWHERE,
    *ContingencyType,
    "refused cancel",
    "refused amend",
    "refused list",
    "impossible",
    "iceberg",
    "by quote",
    "trailing",
}
"""All that walks must meet."""


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
