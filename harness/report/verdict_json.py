"""A verdict as JSON values, for reports."""

from __future__ import annotations

from typing import Any

from fillproof.harness.history import History
from fillproof.harness.report.proof import proof, witnesses
from fillproof.harness.rules import RULES, Finding, Verdict


def verdict_to_json(verdict: Verdict, history: History | None) -> dict[str, Any]:
    """Return a verdict as values that `json.dumps` takes, in a fixed order of keys.

    The history, where it was kept, proves the findings.
    """
    return {
        "outcome": str(verdict.outcome),
        "scenario": verdict.scenario,
        "connector": verdict.connector,
        "version": verdict.version,
        "seed": verdict.seed,
        "convergence_bound": verdict.convergence_bound,
        "rules": {rule: str(outcome) for rule, outcome in verdict.rules.items()},
        "undeclared": {rule: list(needs) for rule, needs in verdict.undeclared.items()},
        "needs": list(verdict.needs),
        "touches": list(verdict.touches),
        "faults": [
            {"fault": one.fault, "what": one.what, "channel": one.channel, "fired": one.fired}
            for one in verdict.faults
        ],
        "converged_after": verdict.converged_after,
        "shutdown": None if verdict.shutdown is None else str(verdict.shutdown),
        "findings": [finding_to_json(finding, history) for finding in verdict.findings],
    }


def finding_to_json(finding: Finding, history: History | None) -> dict[str, Any]:
    """Return a finding, with those it explains, as values that `json.dumps` takes."""
    rule = RULES[finding.rule]
    return {
        "rule": finding.rule,
        "outcome": str(finding.outcome),
        "sentence": rule.sentence,
        "anomaly": None if finding.anomaly is None else str(finding.anomaly),
        "severity": str(rule.severity),
        "source": rule.source,
        "order": finding.order,
        "client_order_id": finding.client_order_id,
        "expected": list(finding.expected),
        "actual": finding.actual,
        "why": finding.why,
        "marks": list(finding.marks),
        "implied": [finding_to_json(under, history) for under in finding.implied],
        "witness": [] if history is None else _witness(finding, history),
        "proof": None if history is None else proof(finding, history),
    }


def _witness(finding: Finding, history: History) -> list[dict[str, Any]]:
    return [
        {"n": one.n, "t": one.t, "ledger": one.ledger, "text": one.text}
        for one in witnesses(finding, history)
    ]
