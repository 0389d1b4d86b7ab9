"""The checks of hygiene, by the rule they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.harness.rules.case_rule import CaseRule
from fillproof.harness.rules.hygiene import door, secrecy, shutdown, storms

CHECKS: Mapping[str, CaseRule] = {
    "H1": CaseRule(door.signatures_are_valid, door.has_signed),
    "H2": CaseRule(door.timestamps_are_fresh, door.has_signed),
    "H3": CaseRule(door.limits_are_kept, door.has_asked),
    "H4": CaseRule(door.waits_are_kept, door.was_told_to_wait),
    "H5": CaseRule(storms.failures_are_not_repeated, storms.has_failed),
    "H6": CaseRule(secrecy.secrets_are_kept, secrecy.has_keys),
    "H7": CaseRule(shutdown.nothing_is_sent_after, shutdown.was_stopped),
}
