"""Plans cases, has them run and judged, and yields what happens as events."""

from fillproof.harness.runner.cases import Case, plan_cases
from fillproof.harness.runner.check import NotARecording, check_recordings, read_case
from fillproof.harness.runner.events import (
    CaseFinished,
    CaseStarted,
    ConnectorSkipped,
    Counts,
    RunEvent,
    RunFinished,
    RunStarted,
    Status,
)
from fillproof.harness.runner.known_failures import (
    KnownFailures,
    KnownFailuresError,
    Pin,
    load_known_failures,
    packaged_known_failures,
)
from fillproof.harness.runner.run import run_case, run_cases

__all__ = [
    "Case",
    "CaseFinished",
    "CaseStarted",
    "ConnectorSkipped",
    "Counts",
    "KnownFailures",
    "KnownFailuresError",
    "NotARecording",
    "Pin",
    "RunEvent",
    "RunFinished",
    "RunStarted",
    "Status",
    "check_recordings",
    "load_known_failures",
    "packaged_known_failures",
    "plan_cases",
    "read_case",
    "run_case",
    "run_cases",
]
