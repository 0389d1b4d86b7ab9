"""One run with everything in it."""

from __future__ import annotations

from conformance_tests.unit.made_cases import a_case, a_finding, a_pin, an_end

from fillproof.harness.report.results import Results, gather
from fillproof.harness.runner import (
    CaseFinished,
    ConnectorSkipped,
    Counts,
    RunFinished,
    RunStarted,
    Status,
)
from fillproof.harness.runner.events import exit_code
from fillproof.harness.verdict import Outcome

L4, L6 = a_finding("L4", actual="Created twice"), a_finding("L6")


def results_of(*cases: CaseFinished, skipped: tuple[ConnectorSkipped, ...] = ()) -> Results:
    """Return the results of a run in which these cases ended."""
    counts = Counts.of(end.status for end in cases)
    end = RunFinished(counts, exit_code(counts, bool(skipped)))
    return gather([RunStarted(tuple(end.case for end in cases)), *skipped, *cases, end])


def everything() -> Results:
    """Return a run with a case of every status."""
    return results_of(
        an_end(Status.PASS, case=a_case("fills/one")),
        an_end(Status.FAIL, L6, case=a_case("fills/two")),
        an_end(Status.FAIL, L6, L4, case=a_case("cancels/one")),
        an_end(Status.KNOWN, case=a_case("cancels/two"), known=[(L6, a_pin())]),
        an_end(Status.FIXED, case=a_case("cancels/three"), fixed=[a_pin("L4")]),
        an_end(
            Status.UNKNOWN,
            a_finding("R8", Outcome.UNKNOWN, actual="the fault never fired", why="Nothing came."),
            case=a_case("cancels/four"),
        ),
        an_end(Status.ERROR, case=a_case("fills/three"), problem="the interpreter did not start"),
        an_end(Status.PASS, case=a_case("fills/one", "reference")),
        skipped=(ConnectorSkipped("absent", "absent: not installed", True),),
    )
