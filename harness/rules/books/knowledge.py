"""What a connector could know of a book from what reached it: all, or that something is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fillproof.harness.history import History
from fillproof.harness.history.books import BookFact
from fillproof.harness.rules.books.looks import Look

STALE, GAP, LOST = "B2", "B3", "B4"
"""What shows that a book cannot be right, each by the rule it is the matter of."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What shows that a book cannot be right, from when on, and how to say it."""

    rule: str
    n: int
    t: int
    says: str


@dataclass(frozen=True, slots=True)
class Known:
    """`is_whole`: all that makes the venue's book had been heard. `sign`: else, what showed it."""

    is_whole: bool
    sign: Sign | None


@dataclass(frozen=True, slots=True)
class _Standing:
    """A subscription to the changes of a book, from when until when (None: it still stands)."""

    n: int
    t: int
    end_n: int | None
    end_t: int | None


def heard_of(history: History, market: str) -> list[BookFact]:
    """Return what reached the connector of a book, in order."""
    return [fact for fact in history.book_facts if fact.heard and fact.market == market]


def facts_at(history: History, look: Look) -> list[BookFact]:
    """Return what had reached the connector of a book when it was looked at."""
    return [fact for fact in heard_of(history, look.market) if fact.n < look.n]


def known_at(history: History, look: Look) -> Known:
    """Return what could be known when the books were looked at."""
    facts = facts_at(history, look)
    true_last = look.true.last_update_id
    if true_last is None:
        return Known(bool(facts) and facts[-1].sides == look.true.sides, None)
    reached = reach(facts)
    if reached is not None and reached >= int(true_last):
        return Known(is_whole=True, sign=None)
    signs = [*_gaps(facts, reached), *_losses(history, look, facts, reached)]
    return Known(is_whole=False, sign=min(signs, key=lambda sign: sign.n, default=None))


def reach(facts: Sequence[BookFact]) -> int | None:
    """Return the last update up to which facts leave nothing out; None without a snapshot."""
    reached = max((f.last for f in facts if f.is_whole and f.last is not None), default=None)
    if reached is None:
        return None
    changes = [(f.first, f.last) for f in facts if f.first is not None and f.last is not None]
    for first, last in sorted(changes):
        if first <= reached + 1:
            reached = max(reached, last)
    return reached


def _gaps(facts: Sequence[BookFact], reached: int | None) -> Iterator[Sign]:
    """Yield the first change that leaves something out, or the snapshot that is older than it."""
    if reached is None:
        return
    beyond = (fact for fact in facts if fact.first is not None and fact.first > reached + 1)
    gap = next(beyond, None)
    if gap is None:
        return
    old = next((fact for fact in facts if fact.is_whole and fact.n > gap.n), None)
    if old is None:
        says = f"the changes heard end with update {reached}, then comes {gap.first}"
        yield Sign(GAP, gap.n, gap.t, says)
    else:
        says = f"the snapshot is of update {old.last}, a change heard before begins at {gap.first}"
        yield Sign(STALE, old.n, old.t, says)


def _losses(
    history: History, look: Look, facts: Sequence[BookFact], reached: int | None
) -> Iterator[Sign]:
    """Yield what kept changes from coming that no later snapshot has made good."""
    standing = [one for one in standings(history, look.market) if one.n < look.n]
    snapshots = [fact for fact in facts if fact.is_whole]
    good = [fact.n for fact in snapshots if any(_stood(one, fact.n) for one in standing)]
    last_good = max(good, default=-1)
    for one in standing:
        if one.end_n is not None and one.end_t is not None and last_good < one.end_n < look.n:
            yield Sign(LOST, one.end_n, one.end_t, "the subscription to its changes was lost")
    joined = any(reached != fact.last for fact in snapshots)  # a change followed it, so it fits
    if standing and not good and snapshots and not joined:
        first = standing[0]
        yield Sign(STALE, first.n, first.t, "the snapshot came before the subscription stood")


def _stood(one: _Standing, n: int) -> bool:
    return one.n < n and (one.end_n is None or n < one.end_n)


def standings(history: History, market: str) -> list[_Standing]:
    """Return the subscriptions to the changes of a book, in the order they began."""
    sockets = {socket.connection: socket for socket in history.sockets}
    ends = [f for f in history.stream_facts if f.fact == "subscription_ended"]
    found = []
    for fact in history.stream_facts:
        if fact.fact != "subscribed" or fact.market != market:
            continue
        socket = sockets.get(fact.connection)
        moments = [
            (end.n, end.t)
            for end in ends
            if (end.connection, end.market) == (fact.connection, market) and end.n > fact.n
        ]
        if socket is not None and socket.closed_n is not None and socket.closed_t is not None:
            moments.append((socket.closed_n, socket.closed_t))
        end_n, end_t = min(moments, default=(None, None))
        found.append(_Standing(fact.n, fact.t, end_n, end_t))
    return found


def old_news(facts: Sequence[BookFact]) -> Iterator[BookFact]:
    """Yield the changes that came after a newer one, or after a snapshot that has them."""
    newest: int | None = None
    for fact in facts:
        if fact.last is None:
            continue
        if newest is not None and fact.last <= newest and not fact.is_whole:
            yield fact
        newest = max(fact.last, newest or 0)


def follows_a_gap(facts: Sequence[BookFact]) -> bool:
    """Return whether a change ever arrived that left something out."""
    for index, fact in enumerate(facts):
        before = reach(facts[:index])
        if fact.first is not None and before is not None and fact.first > before + 1:
            return True
    return False


def is_stale(history: History, market: str) -> bool:
    """Return whether a snapshot ever came before its subscription, or older than a change heard."""
    facts = heard_of(history, market)
    standing = standings(history, market)
    for index, fact in enumerate(facts):
        if not fact.is_whole or fact.last is None:
            continue
        reached = reach(facts[: index + 1])
        before = facts[:index]
        if any(one.first is not None and one.first > (reached or 0) + 1 for one in before):
            return True
        if not any(_stood(one, fact.n) for one in standing):
            return True
    return False
