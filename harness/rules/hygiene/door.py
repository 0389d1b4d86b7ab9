"""H1 to H4: what the venue turned away, and whether that was heeded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fillproof.harness.history import History
from fillproof.harness.history.absences import REACTION_NS
from fillproof.harness.history.exchanges import Exchange
from fillproof.harness.history.wire import Fault
from fillproof.harness.rules.found import ITS_OWN, case_breach
from fillproof.harness.rules.wording import moment, seconds, times
from fillproof.harness.verdict import Finding

_SECOND = 1_000_000_000

_ON_ITS_WAY_NS = _SECOND
"""What is asked within a second of being told to wait may have been on its way."""

_WAIT = frozenset({418, 429})
"""The statuses that bid to wait. With another one Retry-After is no word about limits."""

_UNSETTLED_NS = 60 * _SECOND
"""For so long after a fault a request may be late by it: it was signed before it could be sent."""


def has_signed(history: History) -> bool:
    """True when something with a signature was sent."""
    return any(exchange.is_signed for exchange in history.exchanges)


def has_asked(history: History) -> bool:
    """True when anything was asked."""
    return any(exchange.is_request for exchange in history.exchanges)


def was_told_to_wait(history: History) -> bool:
    """True when the venue wanted to be left alone for a time."""
    return any(_bids_to_wait(exchange) for exchange in history.exchanges)


def _bids_to_wait(exchange: Exchange) -> bool:
    return bool(exchange.wait_s) and exchange.status in _WAIT


def signatures_are_valid(history: History) -> Iterator[Finding]:
    """H1: the venue finds every signature valid."""
    wrong = [one for one in history.exchanges if one.why == "signature" and not one.altered]
    if wrong:
        yield case_breach(
            "H1",
            expected="a signature over exactly what is sent",
            actual=f"{wrong[0].what} was refused for its signature{times(len(wrong))}",
            why=ITS_OWN,
            at=wrong[0].n,
            marks=_both(wrong[0]),
        )


def timestamps_are_fresh(history: History) -> Iterator[Finding]:
    """H2: no timestamp is outside of the window, but for as long as a clock step takes to learn.

    What a fault held on its way, and what was signed before a fault let it be sent, is not blamed.
    """
    every = history.exchanges
    refused = [
        one for one in every if one.why == "timestamp" and not (one.altered or one.disturbed)
    ]
    blamed = [one for one in refused if _is_blamed(history, one, refused)]
    if blamed:
        first = blamed[0]
        yield case_breach(
            "H2",
            expected="a timestamp within the venue's window",
            actual=f"{first.what} was refused for its timestamp{times(len(blamed))}",
            at=first.n,
            marks=_both(first),
            why="The venue tells its time to whoever asks.",
        )


def _is_blamed(history: History, one: Exchange, refused: Sequence[Exchange]) -> bool:
    since = _last_clock_step(history, one.t)
    if since is None:
        return not _was_unsettled(history, one.t, ("skew",))
    first = next(other for other in refused if other.t >= since)
    learnt = first.reply_t if first.reply_t is not None else first.t
    had_time = history.awake(learnt, one.t) > REACTION_NS
    return had_time and not _was_unsettled(history, one.t, ("skew",))


def _last_clock_step(history: History, before: int) -> int | None:
    """Return when the connector's clock was last set before a moment, by a fault or its end."""
    steps = [
        moment_of
        for fault in history.faults
        if fault.what == "skew"
        for moment_of in _ends(history, fault)
    ]
    return max((step for step in steps if step <= before), default=None)


def _ends(history: History, fault: Fault) -> tuple[int, ...]:
    healed = history.phase("healed")
    end = fault.healed_t if fault.healed_t is not None else (healed.t if healed else None)
    return (fault.t,) if end is None else (fault.t, end)


def _was_unsettled(history: History, t: int, but: tuple[str, ...]) -> bool:
    """Return whether another fault fired in the minute before."""
    return any(
        t - _UNSETTLED_NS <= history.line(n).t <= t
        for fault in history.faults
        if fault.what not in but
        for n, _ in fault.fired
    )


def limits_are_kept(history: History) -> Iterator[Finding]:
    """H3: the venue itself never says that too much is asked.

    How many orders there are is the strategy's doing, and so is that limit.
    """
    over = [one for one in history.exchanges if one.why in {"limit", "ban"} and not one.altered]
    if over:
        first = over[0]
        yield case_breach(
            "H3",
            expected="less than the limits that the venue publishes",
            actual=f"{first.what} was answered with HTTP {first.status}{times(len(over))}",
            at=first.n,
            marks=_both(first),
            why="The venue publishes its limits, and says with each reply how much is used.",
        )


def waits_are_kept(history: History) -> Iterator[Finding]:
    """H4: nothing is asked between being told to wait and the end of that time."""
    every = history.exchanges
    for told in every:
        if told.reply_t is None or told.reply_n is None or not _bids_to_wait(told):
            continue
        end = told.reply_t + (told.wait_s or 0) * _SECOND
        early = [
            one
            for one in every
            if _is_meant(told, one) and told.reply_t + _ON_ITS_WAY_NS < one.t < end
        ]
        if early:
            yield _impatient(history, told, early)
            return


def _is_meant(told: Exchange, one: Exchange) -> bool:
    """Return whether who was told to wait must wait with this, too.

    Connections are counted apart from requests; a ban is one from all requests.
    """
    if told.is_request or told.why == "ban":
        return one.is_request
    return one.is_handshake


def _impatient(history: History, told: Exchange, early: Sequence[Exchange]) -> Finding:
    assert told.reply_t is not None, "it was told"
    assert told.reply_n is not None, "it was told"
    after = seconds(early[0].t - told.reply_t)
    return case_breach(
        "H4",
        expected=f"nothing for {told.wait_s} s",
        actual=f"{early[0].what} was sent after {after}{times(len(early))}",
        at=early[0].n,
        marks=(told.reply_n, early[0].n),
        why=f"HTTP {told.status} said so at {moment(history, told.reply_t)}.",
    )


def _both(exchange: Exchange) -> tuple[int, ...]:
    return (exchange.n,) if exchange.reply_n is None else (exchange.n, exchange.reply_n)
