"""The JSON report: a whole run as plain values, described in docs/reports.md."""

from __future__ import annotations

from typing import Any

from fillproof import __version__
from fillproof.harness.report.case_text import notes
from fillproof.harness.report.results import Results
from fillproof.harness.report.verdict_json import finding_to_json, verdict_to_json
from fillproof.harness.runner import CaseFinished, Pin, Status

FORMAT = 1
"""Grows when a key changes its meaning or goes; a new key does not make it grow."""


def json_report(results: Results) -> dict[str, Any]:
    """Return the report of a run."""
    return {
        "format": FORMAT,
        "fillproof": __version__,
        "exit_code": results.exit_code,
        "counts": {
            "judged": results.counts.judged,
            **{status.value: results.counts[status] for status in Status},
        },
        "skipped": [
            {"connector": event.connector, "message": event.message} for event in results.skipped
        ],
        "cases": [_case(finished) for finished in results.cases],
    }


def _case(finished: CaseFinished) -> dict[str, Any]:
    case, verdict = finished.case, finished.verdict
    said = {} if verdict is None else verdict_to_json(verdict, None)
    pins = {id(finding): pin for finding, pin in finished.known}
    return {
        "scenario": case.scenario,
        "title": case.title,
        "connector": case.connector,
        "version": said.get("version"),
        "seed": case.seed,
        "strict": case.strict,
        "status": finished.status.value,
        "outcome": said.get("outcome"),
        "digest": finished.digest,
        "command": case.command,
        "convergence_bound": said.get("convergence_bound"),
        "findings": [
            {**finding_to_json(finding, finished.history), "known": _pin(pins.get(id(finding)))}
            for finding in (() if verdict is None else verdict.findings)
        ],
        "fixed": [_pin(pin) for pin in finished.fixed],
        "notes": notes(finished),
        "rules": said.get("rules", {}),
        "undeclared": said.get("undeclared", {}),
        "needs": said.get("needs", []),
        "touches": said.get("touches", []),
        "faults": said.get("faults", []),
        "converged_after": said.get("converged_after"),
        "shutdown": said.get("shutdown"),
    }


def _pin(pin: Pin | None) -> dict[str, str] | None:
    return None if pin is None else {"rule": pin.rule, "reason": pin.reason, "link": pin.link}
