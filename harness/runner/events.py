"""What a run tells its listeners: frozen events, without clock, path or process in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fillproof.harness.history import History
from fillproof.harness.rules.coverage import Coverage
from fillproof.harness.runner.cases import Case
from fillproof.harness.runner.determinism import Difference
from fillproof.harness.runner.known_failures import Pin
from fillproof.harness.verdict import Finding, Verdict


class Status(StrEnum):
    """How a case counts, once the known failures are taken into account."""

    PASS = "pass"  # noqa: S105 - a word of the verdict, not a secret
    NON_STRICT = "non-strict"
    INFO = "info"
    UNSUPPORTED = "unsupported"
    KNOWN = "known"
    """It fails as it is pinned to."""
    FIXED = "fixed"
    """It is pinned and does not fail so any more: an unexpected pass."""
    FAIL = "FAIL"
    UNKNOWN = "UNKNOWN"
    ERROR = "ERROR"


JUDGED = frozenset(
    (Status.PASS, Status.NON_STRICT, Status.INFO, Status.KNOWN, Status.FIXED, Status.FAIL)
)
"""The statuses of a case that could be told."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases ended in which status, in the order of Status."""

    by_status: tuple[tuple[Status, int], ...]

    @staticmethod
    def of(statuses: Iterable[Status]) -> Counts:
        """Count statuses."""
        counted = dict.fromkeys(Status, 0)
        for status in statuses:
            counted[status] += 1
        return Counts(tuple(counted.items()))

    def __getitem__(self, status: Status) -> int:
        return dict(self.by_status)[status]

    @property
    def judged(self) -> int:
        """Cases of which could be told whether they conform."""
        return sum(count for status, count in self.by_status if status in JUDGED)


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run begins; `cases` are all that is planned, in their order."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class ConnectorSkipped:
    """A connector cannot run here. `wanted`: somebody named it, so it is missed."""

    connector: str
    message: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class CaseStarted:
    """The next event about a case is how this one ended."""

    case: Case


@dataclass(frozen=True, slots=True)
class CaseFinished:
    """One case, judged.

    `verdict` and `history` are None when there is no recording that can be judged; `problem` then
    says why. `lines` is the recording, `digest` its SHA-256 as a file. `new` are the root findings
    nobody pinned, `known` those somebody did, `fixed` the pins that did not come true. `coverage`
    is what the case put to the test.
    """

    case: Case
    status: Status
    verdict: Verdict | None
    history: History | None
    lines: tuple[str, ...]
    digest: str
    new: tuple[Finding, ...] = ()
    known: tuple[tuple[Finding, Pin], ...] = ()
    fixed: tuple[Pin, ...] = ()
    difference: Difference | None = None
    problem: str | None = None
    coverage: Coverage | None = None


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The run is over."""

    counts: Counts
    exit_code: int


RunEvent = RunStarted | ConnectorSkipped | CaseStarted | CaseFinished | RunFinished


def exit_code(counts: Counts, incomplete: bool) -> int:
    """Return the number the process ends with; the highest that holds wins.

    0 nothing new wrong; 1 a new FAIL or an unexpected pass; 2 nothing judged, or `incomplete`:
    something that was asked for could not be run; 3 an ERROR or UNKNOWN.
    """
    if counts[Status.ERROR] or counts[Status.UNKNOWN]:
        return 3
    if incomplete or not counts.judged:
        return 2
    if counts[Status.FAIL] or counts[Status.FIXED]:
        return 1
    return 0
