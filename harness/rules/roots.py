"""Finds the root findings: what an earlier finding explains is listed under it, not counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from fillproof.harness.rules.catalogue import RULES
from fillproof.harness.rules.families import FAMILY_RULES
from fillproof.harness.rules.found import INVENTED
from fillproof.harness.rules.inflight.table import RULES as INFLIGHT
from fillproof.harness.rules.run.conduct import STEP_DONE, STEP_POSSIBLE, TRUTH_CAME
from fillproof.harness.verdict import Finding, Outcome

_OF_ORDERS = (
    "L1",
    "L2",
    "L3",
    "U1",
    "L9",
    "L5",
    "L11",
    "L6",
    "L12",
    "L4",
    "L8",
    "L7",
    "L10",
    "L10a",
    "C1",
    "E1",
)
"""Who is asked first among findings of one line; a family's rules come after these."""

_PRECEDENCE = (*_OF_ORDERS, *(rule.id for rule in FAMILY_RULES))

_OF_THE_STORY = ("L", "U")
"""First letters of the rules about what is told of an order."""

_OF_THE_HELPER = frozenset(rule.id for rule in INFLIGHT)
"""The rules about what its in-flight order says."""

_OF_THE_RUN = ("T", "R", "V")
"""First letters of the rules about the run."""

_NOT_AS_ASKED = frozenset({"L1", "L12", "U1"})
"""Rules by whose breach the venue holds other orders than the scenario placed."""

_OF_A_STEP = frozenset({TRUTH_CAME.id, STEP_DONE.id})
"""Rules of steps that come to nothing when the connector does not do its part."""


def roots_of(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the roots, worst first, each with all that it and its consequences explain."""
    every = tuple(found)
    failed = {finding.order for finding in every if finding.outcome is Outcome.FAIL}
    earlier: list[tuple[Finding, int]] = []
    trees: list[list[Finding]] = []
    for finding in sorted(every, key=lambda finding: _order(finding, failed)):
        explaining = [(other, tree) for other, tree in earlier if _explains(other, finding)]
        if explaining:
            # A trace follows from the worst that happened; the rest from what came first.
            by_trace = finding.rule == "E1"
            _, tree = min(explaining, key=lambda pair: pair[0].outcome.rank if by_trace else 0)
            trees[tree].append(finding)
        else:
            tree = len(trees)
            trees.append([finding])
        earlier.append((finding, tree))
    roots = (replace(root, implied=tuple(implied)) for root, *implied in trees)
    return tuple(sorted(roots, key=lambda root: (root.outcome.rank, root.at)))


def _order(finding: Finding, failed: Collection[str | None]) -> tuple[int, int, int]:
    if finding.rule == STEP_POSSIBLE.id:
        return 1, finding.at, len(_PRECEDENCE)
    if finding.rule in _OF_A_STEP and finding.order is not None and finding.order in failed:
        return 2, finding.at, 0
    if finding.rule.startswith(_OF_THE_RUN):
        return 0, finding.at, 0
    last = finding.rule == "E1"
    return 2 if last else 1, finding.at, _PRECEDENCE.index(finding.rule)


def _explains(root: Finding, finding: Finding) -> bool:
    """Return whether a finding follows from an earlier one.

    It must be at least as bad, or a lie that was told to the connector; yet from a lie no false
    Filled follows but the one it says. One rule is broken once an
    order, however often. A trace other than expected follows from anything that went wrong before
    with its order or with the run, if it shows in the trace at all. A step is impossible because
    the scenario is wrong, or because the connector's orders are not those it was asked for; it
    comes to nothing also because the connector fails its order.
    """
    if root.rule.startswith(_OF_THE_RUN):
        return _spoils(root, finding)
    if finding.rule == STEP_POSSIBLE.id:
        return root.rule in _NOT_AS_ASKED and root.outcome is Outcome.FAIL
    if finding.rule in _OF_A_STEP:
        return root.order == finding.order and root.outcome is Outcome.FAIL
    same_order = _order_of(root) == _order_of(finding)
    if finding.rule == "E1":
        about_the_trace = root.outcome is not Outcome.NON_STRICT or root.at in finding.marks
        return same_order and about_the_trace
    if not _outweighs(root, finding):
        return False
    of_the_account = finding.order is None and finding.rule in {"C1", "C2"}
    # The object follows what the connector makes of its order.
    by_the_story = finding.rule in _OF_THE_HELPER and root.rule[0] in _OF_THE_STORY
    explained = by_the_story or finding.rule in (root.rule, *RULES[root.rule].implies)
    return (same_order or of_the_account) and explained


def _outweighs(root: Finding, finding: Finding) -> bool:
    """Return whether it is as bad as the other, or a lie from which the other can follow."""
    if root.outcome is not Outcome.INFO:
        return root.outcome.rank <= finding.outcome.rank
    false_fill = finding.rule in {"L6", "L11"} and finding.why == INVENTED
    return not false_fill


def _order_of(finding: Finding) -> tuple[str | None, str | None]:
    return finding.order, finding.client_order_id


def _spoils(root: Finding, finding: Finding) -> bool:
    """Return whether a run that went wrong like this explains the finding."""
    if finding.rule == "E1":
        return root.outcome in {Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN}
    if finding.rule in RULES[root.rule].implies:
        return True
    ended = root.outcome in {Outcome.FAIL, Outcome.ERROR}
    return ended and finding.outcome is Outcome.UNKNOWN
