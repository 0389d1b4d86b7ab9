"""The contract: one pure function a rule, a file a family."""

from __future__ import annotations

from fillproof.harness.rules.catalogue import RULES, page
from fillproof.harness.rules.judge import judge
from fillproof.harness.rules.rule import Rule
from fillproof.harness.verdict import Finding, Outcome, Severity, Verdict

__all__ = ["RULES", "Finding", "Outcome", "Rule", "Severity", "Verdict", "judge", "page"]
