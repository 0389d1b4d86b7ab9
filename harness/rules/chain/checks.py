"""The checks of the rules about chains, by the rule, and what gives each something to judge."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.harness.rules.case_rule import CaseRule
from fillproof.harness.rules.chain.finality import ends_are_true, has_ends
from fillproof.harness.rules.chain.nonces import has_nonces, nonces_are_new
from fillproof.harness.rules.chain.reversals import has_reversals, reversals_told
from fillproof.harness.rules.chain.windows import has_windows, windows_kept

CHECKS: Mapping[str, CaseRule] = {
    "D1": CaseRule(windows_kept, has_windows),
    "D2": CaseRule(reversals_told, has_reversals),
    "D3": CaseRule(ends_are_true, has_ends),
    "D4": CaseRule(nonces_are_new, has_nonces),
}
