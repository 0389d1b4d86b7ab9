"""The matrix at the end of a run: connectors and areas, and how their cases ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fillproof.harness.report.aligned import aligned
from fillproof.harness.report.results import Results
from fillproof.harness.runner import CaseFinished, Counts, Status


def matrix(results: Results) -> list[str]:
    """Return the lines of the matrix: a row for each connector and area, and a total.

    A column in which nothing was counted is left out.
    """
    columns = [status for status in Status if results.counts[status]]
    rows: list[list[str]] = [["connector", "area", *columns]]
    for connector in results.connectors:
        own = [finished for finished in results.cases if finished.case.connector == connector]
        areas = dict.fromkeys(finished.case.area for finished in own)
        rows += [
            [connector, area, *_cells((f for f in own if f.case.area == area), columns)]
            for area in areas
        ]
        if len(areas) > 1:
            rows.append([connector, "all", *_cells(own, columns)])
    return aligned(rows, words=2)


def _cells(cases: Iterable[CaseFinished], columns: Sequence[Status]) -> list[str]:
    counts = Counts.of(finished.status for finished in cases)
    return [str(counts[status] or "") for status in columns]
