"""Judges a history: asks every rule, finds the roots, and says the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import localcontext

from fillproof.harness.history import History, OrderStory
from fillproof.harness.rules.case_rules import CASE_RULES
from fillproof.harness.rules.catalogue import PROMISED, RULES
from fillproof.harness.rules.orders import (
    closing,
    created,
    ending,
    failure,
    fills,
    orphans,
    outcome,
    placing,
)
from fillproof.harness.rules.roots import roots_of
from fillproof.harness.rules.run import convergence, expectation, trouble, venue
from fillproof.harness.rules.run.farewell import shutdown_of
from fillproof.harness.rules.run.recovery import converged_after
from fillproof.harness.verdict import FaultCount, Finding, Outcome, Verdict, worst

_EXACT_PRECISION = 60

Check = Callable[[History, OrderStory], Iterator[Finding]]
Applies = Callable[[History, OrderStory], bool]


@dataclass(frozen=True, slots=True)
class OrderRule:
    """A rule of the contract: how it is checked, and whether it has something to judge."""

    check: Check
    applies: Applies


def _always(_history: History, _order: OrderStory) -> bool:
    return True


def _accepted(_history: History, order: OrderStory) -> bool:
    return order.truth is not None and order.truth.accepted is not None


def _refused(_history: History, order: OrderStory) -> bool:
    truth = order.truth
    refused = truth is None or truth.rejected is not None
    return refused or bool(order.refused_cancels)


def _told_an_end(_history: History, order: OrderStory) -> bool:
    return bool(order.terminals)


ORDER_RULES: Mapping[str, OrderRule] = {
    "L1": OrderRule(placing.returns_at_once, lambda _, order: order.returned is not None),
    "L2": OrderRule(placing.tracked_first, lambda _, order: bool(order.requests)),
    "L3": OrderRule(placing.checked_locally, lambda h, o: bool(placing.broken_limits(h, o))),
    "L4": OrderRule(created.created_once, _accepted),
    "L5": OrderRule(failure.failure_told, _refused),
    "L6": OrderRule(fills.fills_told, lambda _, o: any(truth.trades for truth in o.truths)),
    "L7": OrderRule(ending.completed_once, lambda _, o: bool(o.truth and o.truth.is_full)),
    "L8": OrderRule(ending.end_told_once, lambda _, o: bool(o.truth and o.truth.announced)),
    "L9": OrderRule(failure.right_word, _told_an_end),
    "L10": OrderRule(closing.one_end, _told_an_end),
    "L10a": OrderRule(closing.nothing_follows, _told_an_end),
    "L11": OrderRule(fills.late_fills_told, fills.has_late_fills),
    "L12": OrderRule(fills.within_the_amount, lambda _, o: bool(o.events("Filled"))),
    "U1": OrderRule(outcome.outcome_known, lambda _, order: bool(order.truths)),
    "C1": OrderRule(convergence.open_orders_kept, lambda h, _: h.settled is not None),
    "E1": OrderRule(expectation.expected_traces, _always),
}


def judge(history: History) -> Verdict:
    """Return the verdict on a case. Pure: the same history gives the same verdict."""
    with localcontext() as context:
        context.prec = _EXACT_PRECISION
        return _judge(history)


def _judge(history: History) -> Verdict:
    unsupported = [t for t in history.troubles if t.trouble == trouble.UNSUPPORTED]
    if unsupported:
        needs = tuple(dict.fromkeys(need for t in unsupported for need in t.needs))
        return _verdict(history, Outcome.UNSUPPORTED, (), needs=needs)
    wrong_truth = tuple(venue.venue_is_wrong(history))
    if wrong_truth:
        return _verdict(history, Outcome.ERROR, wrong_truth)
    found = list(_findings(history))
    found.extend(expectation.awaited(history, found))
    roots = roots_of(found)
    outcome_of_all = worst(finding.outcome for finding in roots)
    return _verdict(history, outcome_of_all, roots, found=found)


def _findings(history: History) -> Iterator[Finding]:
    yield from trouble.troubles(history)
    yield from trouble.steps_and_faults(history)
    for rule_id, rule in ORDER_RULES.items():
        if is_asked(history, rule_id):
            for order in _judged_orders(history, rule_id):
                yield from rule.check(history, order)
    yield from outcome.orders_nobody_placed(history)
    yield from orphans.events_of_no_order(history)
    yield from convergence.balances_converge(history)
    for rule_id, case_rule in CASE_RULES.items():
        if is_asked(history, rule_id):
            yield from case_rule.check(history)


def _judged_orders(history: History, rule_id: str) -> tuple[OrderStory, ...]:
    """Return the orders a rule is asked about: those that share an id are judged by L1 alone."""
    if rule_id == "L1":
        return (*history.orders, *history.collisions)
    shared = {order.client_order_id for order in history.collisions}
    return tuple(o for o in history.orders if o.client_order_id not in {None, *shared})


def is_asked(history: History, rule_id: str) -> bool:
    """Return whether a rule holds on this venue and the connector promises what it needs."""
    rule = RULES[rule_id]
    promised = all(history.declares(need) for need in rule.needs)
    return promised and history.header.profile in rule.profiles


def _verdict(
    history: History,
    outcome_of_all: Outcome,
    roots: tuple[Finding, ...],
    *,
    found: Iterable[Finding] | None = None,
    needs: tuple[str, ...] = (),
) -> Verdict:
    header = history.header
    return Verdict(
        outcome=outcome_of_all,
        scenario=header.scenario,
        connector=header.connector,
        version=header.version,
        seed=header.seed,
        convergence_bound=header.convergence_bound,
        findings=roots,
        rules={} if found is None else _outcomes(history, roots, found),
        undeclared=_undeclared(history),
        needs=needs,
        touches=tuple(f"{what}: {why}" for what, why in header.touches),
        faults=tuple(FaultCount(f.fault, f.what, f.channel, len(f.fired)) for f in history.faults),
        converged_after=converged_after(history),
        shutdown=None if found is None else shutdown_of(history, found),
    )


def _outcomes(
    history: History, roots: Iterable[Finding], found: Iterable[Finding]
) -> dict[str, Outcome]:
    """Return the outcome of every rule that had something to judge and is no consequence."""
    broken = {finding.rule for finding in found}
    outcomes: dict[str, Outcome] = {}
    for rule in PROMISED:
        own = [finding.outcome for finding in roots if finding.rule == rule.id]
        if own:
            outcomes[rule.id] = worst(own)
        elif rule.id not in broken and _had_something(history, rule.id):
            outcomes[rule.id] = Outcome.PASS
    return outcomes


def _had_something(history: History, rule_id: str) -> bool:
    if not is_asked(history, rule_id):
        return False
    if rule_id in CASE_RULES:
        return CASE_RULES[rule_id].applies(history)
    applies = ORDER_RULES[rule_id].applies
    return any(applies(history, order) for order in _judged_orders(history, rule_id))


def _undeclared(history: History) -> dict[str, tuple[str, ...]]:
    lacking = {
        rule.id: tuple(str(need) for need in rule.needs if not history.declares(need))
        for rule in PROMISED
        if history.header.profile in rule.profiles
    }
    return {rule_id: needs for rule_id, needs in lacking.items() if needs}
