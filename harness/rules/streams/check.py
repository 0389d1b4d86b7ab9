"""S1 to S7: the user stream stands when it must, and is brought back with patience."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.history import History
from fillproof.harness.rules.found import case_breach
from fillproof.harness.rules.streams.sockets import PONG_NS, attempts, silences, unanswered
from fillproof.harness.rules.streams.spans import (
    calm_since,
    deafnesses,
    last_moment,
    spans,
)
from fillproof.harness.rules.wording import moment, seconds
from fillproof.harness.verdict import Finding, Outcome

MOST_AT_ONCE = 10
AT_ONCE_NS = 10_000_000_000
"""More attempts than these in so long are too many, whatever the venue allows."""

TOO_MANY = frozenset({418, 429})
BESIDE_NS = 60_000_000_000
"""How long two subscriptions may stand beside each other while one takes over from the other."""

LONGEST_SILENCE_NS = 900_000_000_000
"""No connector is waited for longer: the longest convergence bound."""

_READY = frozenset({"ready", "up"})


def subscribed_when_ready(history: History) -> Iterator[Finding]:
    """S1: at each moment at which the connector said it is ready, a subscription stood."""
    every = spans(history)
    for phase in history.phases:
        if phase.phase in _READY and not any(span.covers(phase.n) for span in every):
            yield case_breach(
                "S1",
                expected="a subscription to user data",
                actual="the connector said that it is ready, and none stood",
                why="Orders could be placed, and nobody would have been told what happens to them.",
                at=phase.n,
            )
            return


def pings_answered(history: History) -> Iterator[Finding]:
    """S2: every ping that arrived was answered while that was still of use."""
    for ping, closed in unanswered(history):
        yield case_breach(
            "S2",
            expected=f"a pong within {seconds(PONG_NS)}",
            actual=f"the ping of {moment(history, ping.t)} was not answered",
            why=closed,
            at=ping.n,
        )
        return


def subscribed_again(history: History) -> Iterator[Finding]:
    """S3: nobody stays deaf for longer than the bound while nothing is in the way."""
    bound = history.header.convergence_bound
    over = last_moment(history)
    for deafness in deafnesses(history):
        end = deafness.end or over
        calm = calm_since(history, deafness.begin.t, end.t)
        if end.t - calm >= bound:
            again = "never again" if deafness.end is None else f"after {seconds(end.t - calm)}"
            why = f"At {moment(history, deafness.begin.t)} {deafness.how}; nothing was in the way "
            why += f"for {seconds(end.t - calm)}, and the convergence bound is {seconds(bound)}."
            actual = f"it was subscribed to {again}"
            yield case_breach(
                "S3",
                expected="a new subscription",
                actual=actual,
                why=why,
                at=end.n,
                marks=(deafness.begin.n, end.n),
            )
            return


def opened_with_pauses(history: History) -> Iterator[Finding]:
    """S4: attempts are few enough for the venue, and far enough apart for anybody."""
    tries = attempts(history)
    for attempt in tries:
        if attempt.status in TOO_MANY:
            yield case_breach(
                "S4",
                expected="fewer connections than the venue allows",
                actual=f"it was the attempt number {tries.index(attempt) + 1}, and the venue "
                f"refused it with {attempt.status}",
                why="Who is refused for this gets no user data until the venue forgets.",
                at=attempt.answered or attempt.begin.n,
            )
            return
    for first, last in zip(tries, tries[MOST_AT_ONCE:], strict=False):
        apart = last.begin.t - first.begin.t
        if apart <= AT_ONCE_NS:
            yield case_breach(
                "S4",
                expected=f"at most {MOST_AT_ONCE} attempts in {seconds(AT_ONCE_NS)}",
                actual=f"{MOST_AT_ONCE + 1} attempts in {seconds(apart)}",
                why="A pause that grows with each failure is enough, and helps a venue in trouble.",
                at=last.begin.n,
                marks=(first.begin.n, last.begin.n),
                outcome=Outcome.NON_STRICT,
            )
            return


def silence_noticed(history: History) -> Iterator[Finding]:
    """S6: a connection that brings nothing any more is not listened to for ever."""
    bound = history.header.convergence_bound
    for silence in silences(history, spans(history)):
        if silence.lasted < bound:
            continue
        never = not silence.noticed
        fails = never and silence.lasted >= LONGEST_SILENCE_NS
        said = "was not given up" if never else f"was given up after {seconds(silence.lasted)}"
        why = "The venue spoke, pings and all, and nothing of it arrived for "
        why += f"{seconds(silence.lasted)}; the convergence bound is {seconds(bound)}."
        yield case_breach(
            "S6",
            expected="a new connection",
            actual=f"{silence.connection} {said}",
            why=why,
            at=silence.end.n,
            marks=(silence.begin.n, silence.end.n),
            outcome=Outcome.FAIL if fails else Outcome.NON_STRICT,
        )
        return


def one_at_a_time(history: History) -> Iterator[Finding]:
    """S7: an old subscription does not stand beside a new one for long."""
    over = last_moment(history)
    every = spans(history)
    for index, old in enumerate(every):
        for new in every[index + 1 :]:
            ends = [span.end or over for span in (old, new)]
            end = min(ends, key=lambda one: one.n)
            beside = end.t - new.begin.t
            the_same = old.name == new.name and old.connection != new.connection
            if the_same and new.begin.n < end.n and beside >= BESIDE_NS:
                yield case_breach(
                    "S7",
                    expected="one subscription",
                    actual=f"two stood beside each other for {seconds(beside)}, on "
                    f"{old.connection} and {new.connection}",
                    why="Every event comes twice, and one of the two counts against the limits.",
                    at=new.begin.n,
                    marks=(old.begin.n, new.begin.n),
                )
                return
