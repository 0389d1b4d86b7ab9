"""A verdict as JSON values, for reports."""

from __future__ import annotations

from typing import Any

from fillproof.harness.rules import RULES, Finding, Verdict


def verdict_to_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as values that `json.dumps` takes, in a fixed order of keys."""
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
        "findings": [finding_to_json(finding) for finding in verdict.findings],
    }


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """Return a finding, with those it explains, as values that `json.dumps` takes."""
    rule = RULES[finding.rule]
    return {
        "rule": finding.rule,
        "outcome": str(finding.outcome),
        "sentence": rule.sentence,
        "severity": str(rule.severity),
        "source": rule.source,
        "order": finding.order,
        "client_order_id": finding.client_order_id,
        "expected": list(finding.expected),
        "actual": finding.actual,
        "why": finding.why,
        "marks": list(finding.marks),
        "implied": [finding_to_json(under) for under in finding.implied],
    }
