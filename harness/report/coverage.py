"""What the cases of a run put to the test: rule by fault by side, and what none of them does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fillproof.harness.report.aligned import aligned
from fillproof.harness.report.results import Results
from fillproof.harness.rules.case_rules import CASE_RULES
from fillproof.harness.rules.coverage import FAULTS, NO_FAULT, SIDES, WHOLE, Cell, Coverage
from fillproof.harness.rules.judge import ORDER_RULES

BEYOND_FAULTS: Mapping[str, str] = {
    "L3": "nothing is sent that a fault could meet",
}
"""Rules that no fault can touch, and why: their other columns are no holes."""


def coverage_report(results: Results) -> str:
    """Return the table of each connector, with the holes under it."""
    return "\n\n".join(
        "\n".join(_of(connector, _covered(results, connector))) for connector in results.connectors
    )


def coverage_line(results: Results, connector: str) -> str:
    """Return in one line how much the cases of a connector put to the test."""
    coverages = _covered(results, connector)
    filled = {cell for one in coverages for cell in one.cells}
    shapes = len({one.shape for one in coverages})
    stories = "1 story" if shapes == 1 else f"{shapes} different stories"
    cases = "1 case" if len(coverages) == 1 else f"{len(coverages)} cases"
    return (
        f"{connector}: {len(filled & _wanted())} of {len(_wanted())} cells of rule x fault x side, "
        f"{stories} in {cases}"
    )


def _covered(results: Results, connector: str) -> list[Coverage]:
    return [
        finished.coverage
        for finished in results.cases
        if finished.case.connector == connector and finished.coverage is not None
    ]


def _wanted() -> frozenset[Cell]:
    return frozenset(
        Cell(rule, fault, side)
        for rule in ORDER_RULES
        for fault in ((NO_FAULT,) if rule in BEYOND_FAULTS else FAULTS)
        for side in SIDES
    )


def _of(connector: str, coverages: Sequence[Coverage]) -> Iterator[str]:
    stories = _stories(coverages)
    yield f"{connector}: different stories that a rule judges, by fault, as BUY/SELL"
    rows = [["rule", *FAULTS]]
    rows += [[rule, *(_count(stories, rule, fault) for fault in FAULTS)] for rule in ORDER_RULES]
    yield from aligned(rows, words=1)
    yield "different stories that a rule of whole cases judges, by fault"
    rows = [["rule", *FAULTS]]
    rows += [[rule, *(_of_whole(stories, rule, fault) for fault in FAULTS)] for rule in CASE_RULES]
    yield from aligned(rows, words=1)
    holes = list(_holes(stories))
    yield f"holes: {len(holes) or 'none'}"
    yield from (f"  {hole}" for hole in holes)
    for rule, why in BEYOND_FAULTS.items():
        yield f"no holes: {rule} beside a fault, since {why}"


def _stories(coverages: Sequence[Coverage]) -> dict[Cell, set[str]]:
    """Return the shapes of the cases that fill each cell."""
    stories: dict[Cell, set[str]] = {}
    for coverage in coverages:
        for cell in coverage.cells:
            stories.setdefault(cell, set()).add(coverage.shape)
    return stories


def _count(stories: Mapping[Cell, set[str]], rule: str, fault: str) -> str:
    counts = [len(stories.get(Cell(rule, fault, side), ())) for side in SIDES]
    return "/".join(str(count or "-") for count in counts) if any(counts) else "-"


def _of_whole(stories: Mapping[Cell, set[str]], rule: str, fault: str) -> str:
    return str(len(stories.get(Cell(rule, fault, WHOLE), ())) or "-")


def _holes(stories: Mapping[Cell, set[str]]) -> Iterator[str]:
    """Yield a line for each rule and side with the faults that no case brings it."""
    empty = _wanted() - stories.keys()
    for rule in ORDER_RULES:
        for side in SIDES:
            faults = [fault for fault in FAULTS if Cell(rule, fault, side) in empty]
            if faults:
                yield f"{rule} {side}: {', '.join(faults)}"
