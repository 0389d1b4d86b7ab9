"""Who is to blame: what was delivered, what was discoverable, and what a faulty message said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import History, OrderStory
from fillproof.harness.history.absences import REACTION_NS
from fillproof.harness.history.wire import Fact
from fillproof.harness.rules.wording import moment, seconds
from fillproof.harness.verdict import Outcome

Says = Callable[[Fact], bool]


@dataclass(frozen=True, slots=True)
class Blame:
    """What a missing event comes to, why, and the line that made it owed (None: the whole run)."""

    outcome: Outcome
    why: str
    n: int | None = None


def heard(order: OrderStory, says: Says) -> Fact | None:
    """Return the first fact of the venue's own that a connector heard which stayed to tell it."""
    known = (fact for fact in order.facts if fact.heard and fact.lasting)
    return next((fact for fact in known if says(fact)), None)


def reached(order: OrderStory, says: Says) -> Fact | None:
    """Return the first fact of the venue's own that reached the connector and says this."""
    return next((fact for fact in order.facts if fact.heard and says(fact)), None)


def excuse(order: OrderStory, before: int, says: Says) -> Fact | None:
    """Return a message that a fault wrote, said exactly this, and came before a line."""
    lies = (fact for fact in order.facts if fact.altered and fact.n < before)
    return next((fact for fact in lies if says(fact)), None)


def missing(history: History, known: Fact | None, since: int) -> Blame:
    """Say what a missing event comes to.

    `known` is the delivered fact that made it known, `since` the virtual time since when an
    endpoint of the venue would have answered it.
    """
    settled = history.settled
    if settled is None:
        return Blame(Outcome.UNKNOWN, "The world ended before told and truth could be quiet.")
    if known is not None and history.awake(known.t, settled.t) >= REACTION_NS:
        return Blame(Outcome.FAIL, _delivered(history, known), known.n)
    return _undelivered(history, known, since, settled.t)


def _delivered(history: History, known: Fact) -> str:
    return f"It was delivered: {known.channel} said so at {moment(history, known.t)}."


def _undelivered(history: History, known: Fact | None, since: int, until: int) -> Blame:
    late = known is not None
    how = "It was delivered only as the run ended" if late else "It was never delivered"
    if not late and not history.declares(Capability.RECOVERY):
        why = f"{how}, and the connector does not promise to look for it (recovery)."
        return Blame(Outcome.UNSUPPORTED, why)
    clear = history.clear_since
    window = 0 if clear is None else until - max(since, clear)
    bound = history.header.convergence_bound
    if window >= bound:
        why = f"{how}, yet any query would have told it for {seconds(window)}"
        return Blame(Outcome.FAIL, f"{why}; the convergence bound is {seconds(bound)}.")
    why = f"{how}, and it was discoverable for {seconds(max(window, 0))} only"
    return Blame(Outcome.UNKNOWN, f"{why}; the convergence bound is {seconds(bound)}.")


def states(*order_statuses: str) -> Says:
    """Return whether a fact shows the order with one of these statuses."""
    return lambda fact: fact.fact == "status" and fact.order_status in order_statuses


def shows_acceptance(fact: Fact) -> bool:
    """Return whether a fact shows that the order was accepted."""
    accepted = states("New", "PartiallyFilled", "Filled", "Canceled", "Expired")
    return fact.fact in {"accepted", "fill"} or accepted(fact)


def shows_refusal(fact: Fact) -> bool:
    """Return whether a fact says plainly that the order was refused or rejected."""
    refused = fact.fact == "refused" and not fact.leaves_the_outcome_open
    return refused or states("Rejected")(fact)
