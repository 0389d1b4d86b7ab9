"""The checks of the family, by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from fillproof.harness.history import History
from fillproof.harness.rules.case_rule import CaseRule
from fillproof.harness.rules.inflight.check import SAID, check_of, said_something
from fillproof.harness.rules.inflight.identify import asks_for_the_id, id_is_waited_for
from fillproof.harness.rules.inflight.there import has_in_flight_orders, orders_that_are_not_there
from fillproof.harness.verdict import Finding

_ids_that_are_wrong = check_of("I5")


def _ids_are_known(history: History) -> Iterator[Finding]:
    """I5: every order has its id, and first of all somebody who can be asked for it."""
    return chain(orders_that_are_not_there(history), _ids_that_are_wrong(history))


CHECKS: Mapping[str, CaseRule] = {
    **{rule: CaseRule(check_of(rule), said_something) for rule in SAID},
    "I5": CaseRule(_ids_are_known, has_in_flight_orders),
    "I6": CaseRule(id_is_waited_for, asks_for_the_id),
}
