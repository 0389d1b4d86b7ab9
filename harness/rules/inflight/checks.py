"""The checks of the family, by rule."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.harness.rules.case_rule import CaseRule
from fillproof.harness.rules.inflight.check import SAID, check_of, said_something
from fillproof.harness.rules.inflight.identify import asks_for_the_id, id_is_waited_for

CHECKS: Mapping[str, CaseRule] = {
    **{rule: CaseRule(check_of(rule), said_something) for rule in SAID},
    "I6": CaseRule(id_is_waited_for, asks_for_the_id),
}
