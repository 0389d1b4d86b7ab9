"""I1 to I3: what an in-flight order says of its end, against what was told and what is true."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.history import Event, History, OrderStory
from fillproof.harness.history.in_flight import Said
from fillproof.harness.rules.evidence import states
from fillproof.harness.rules.inflight.wrong import Wrong, raised_by
from fillproof.harness.verdict import Outcome

_ENDED_EARLY = "ended_early"
_SAYS_OVER = states("Canceled", "Filled")
_TRUE_WORD = {
    "Completed": "Filled",
    "Cancelled": "Canceled",
    "Expired": "Expired",
    "Failure": "Rejected",
}


def told_end(order: OrderStory, n: int) -> Event | None:
    """Return the terminal event that was told before a line."""
    return next((event for event in order.terminals if event.n < n), None)


def is_over(order: OrderStory, n: int) -> bool:
    """Return whether the order had ended at the venue at a line, as far as that could be known."""
    truth = order.truth
    return truth is not None and (truth.is_over_at(n) or truth.was_over_at(n))


def agreed_end(order: OrderStory, n: int) -> str | None:
    """Return the terminal event that was told before a line and is true; None when not both."""
    event, truth = told_end(order, n), order.truth
    if event is None:
        return None
    if truth is None or truth.accepted is None:
        return "Failure" if event.name == "Failure" else None
    if not is_over(order, n):
        return None
    ending = "Filled" if truth.is_full else truth.ending
    return event.name if _TRUE_WORD[event.name] == ending else None


def is_done_rightly(_history: History, order: OrderStory, said: Said) -> Iterator[Wrong]:
    """I1: done when its end was told and is true, not done while it lives and no end was told."""
    yield from raised_by(said, "is_done")
    if said.says.is_done is None:
        return
    ended = told_end(order, said.n) is not None
    over = is_over(order, said.n) or agreed_end(order, said.n) is not None
    if ended and over and not said.says.is_done:
        yield Wrong("is_done is true", f"is_done is false after {_last(order, said)}")
    if _lives(order, said) and said.says.is_done:
        yield Wrong("is_done is false while the order lives", "is_done is true")


def is_cancelled_rightly(_history: History, order: OrderStory, said: Said) -> Iterator[Wrong]:
    """I2: cancelled when Cancelled was told and is true, not when it lives or ended otherwise."""
    yield from raised_by(said, "is_cancelled")
    flag, end = said.says.is_cancelled, agreed_end(order, said.n)
    if flag is None:
        return
    if end == "Cancelled" and not flag:
        yield Wrong("is_cancelled is true", "is_cancelled is false after Cancelled")
    if end in {"Completed", "Failure"} and flag:
        yield Wrong("is_cancelled is false", f"is_cancelled is true after {end}")
    if end == "Expired" and flag:
        why = "is_cancelled is true after Expired"
        yield Wrong("is_cancelled is false", why, Outcome.NON_STRICT)
    if _lives(order, said) and flag:
        yield Wrong("is_cancelled is false while the order lives", "is_cancelled is true")


def is_failure_rightly(history: History, order: OrderStory, said: Said) -> Iterator[Wrong]:
    """I3: failed in the library's own meaning of the word."""
    yield from raised_by(said, "is_failure")
    flag, end = said.says.is_failure, agreed_end(order, said.n)
    if flag is None:
        return
    early = history.header.is_failure_means == _ENDED_EARLY
    failed = {"Cancelled", "Expired", "Failure"} if early else {"Failure"}
    sound = {"Completed"} if early else {"Completed", "Cancelled"}
    if end in failed and not flag:
        yield Wrong("is_failure is true", f"is_failure is false after {end}")
    if end in sound and flag:
        yield Wrong("is_failure is false", f"is_failure is true after {end}")
    if _lives(order, said) and flag:
        yield Wrong("is_failure is false while the order lives", "is_failure is true")


def _lives(order: OrderStory, said: Said) -> bool:
    """Return whether no end was told yet, and none has come or was heard of.

    A venue that announces a cancel says that the order is canceled before it is, and one whose
    chain took a fill back may be heard to say so only after it was heard to say Filled.
    """
    if told_end(order, said.n) is not None or is_over(order, said.n):
        return False
    # Whether it had to hear what was delivered is not asked: here it is no duty, but a reason.
    return not any(fact.n < said.n for fact in order.facts if _SAYS_OVER(fact))


def _last(order: OrderStory, said: Said) -> str:
    event = told_end(order, said.n)
    return "its end" if event is None else event.name
