"""The checks of the family, by rule."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.harness.rules.case_rule import CaseRule
from fillproof.harness.rules.tracking.followed import (
    followed_to_the_end,
    has_strangers,
    shows_its_orders,
    strangers_left_alone,
    tracked_once,
)
from fillproof.harness.rules.tracking.restored import (
    ended_orders_left,
    live_orders_restored,
    was_restarted,
)

CHECKS: Mapping[str, CaseRule] = {
    "A1": CaseRule(live_orders_restored, was_restarted),
    "A2": CaseRule(ended_orders_left, was_restarted),
    "A3": CaseRule(tracked_once, shows_its_orders),
    "A4": CaseRule(strangers_left_alone, has_strangers),
    "A5": CaseRule(followed_to_the_end, shows_its_orders),
}
