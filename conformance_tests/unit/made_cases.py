"""Cases, findings and verdicts as tests need them, without running anything."""

from __future__ import annotations

import json
from collections.abc import Sequence

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.history import read_recording
from fillproof.harness.runner import Case, CaseFinished, Pin, Status
from fillproof.harness.verdict import Finding, Outcome, Verdict

LINES = ('{"n":0}', '{"n":1}')

HEADER = {
    "n": 0,
    "t": 0,
    "ledger": "run",
    "kind": "header",
    "format": 1,
    "scenario": {"id": "fills/one", "title": "", "document": {}},
    "connector": {"name": "ccxt:binance", "library": "ccxt", "version": "1.0"},
    "seed": 7,
    "venue": {
        "dialect": "binance",
        "profile": "centralised",
        "grace_window": 0,
    },
    "markets": {},
    "convergence_bound": 0,
}
A_HISTORY = read_recording([json.dumps(HEADER)])
"""A world that never began; enough to show a finding."""


def a_case(
    scenario: str = "fills/one", connector: str = "ccxt:binance", seed: int = 7, given: str = ""
) -> Case:
    """Return a case; nothing of its scenario but the id and the title is there."""
    document = {"id": scenario, "title": f"title of {scenario}"}
    return Case(document, connector, seed, given or scenario)


def a_finding(rule: str = "L6", outcome: Outcome = Outcome.FAIL, **more: object) -> Finding:
    """Return a finding of a rule."""
    values: dict[str, object] = {
        "expected": ("Filled 0.2",),
        "actual": "nothing was told",
        "why": "It was delivered.",
        "at": 0,
        "marks": (0,),
        "order": "a",
        "anomaly": Anomaly.LOST_FILL,
        **more,
    }
    return Finding(rule, outcome, **values)  # type: ignore[arg-type]


def a_verdict(*findings: Finding, outcome: Outcome | None = None, version: str = "1.0") -> Verdict:
    """Return a verdict; its outcome is that of the first finding, PASS without one."""
    said = outcome or (findings[0].outcome if findings else Outcome.PASS)
    return Verdict(said, "fills/one", "ccxt:binance", version, "7", 0, findings)


def a_pin(rule: str = "L6", scenario: str = "fills/one", version: str = "1.0") -> Pin:
    """Return a known failure."""
    return Pin("ccxt:binance", version, scenario, rule, "the reason", "https://example.org/1")


def an_end(
    status: Status = Status.PASS,
    *findings: Finding,
    case: Case | None = None,
    known: Sequence[tuple[Finding, Pin]] = (),
    fixed: Sequence[Pin] = (),
    problem: str | None = None,
) -> CaseFinished:
    """Return the end of a case; `findings` are new ones when they FAIL."""
    every = (*findings, *(finding for finding, _ in known))
    return CaseFinished(
        case or a_case(),
        status,
        None if problem else a_verdict(*every),
        None if problem else A_HISTORY,
        LINES,
        "d" * 64,
        new=tuple(finding for finding in findings if finding.outcome is Outcome.FAIL),
        known=tuple(known),
        fixed=tuple(fixed),
        problem=problem,
    )
