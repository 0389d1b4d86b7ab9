"""H5: a request that fails is not repeated at once, again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from fillproof.harness.history import History
from fillproof.harness.history.exchanges import Exchange
from fillproof.harness.rules.found import ITS_OWN, case_breach
from fillproof.harness.verdict import Finding

_SECOND = 1_000_000_000

MOST = 10
WITHIN_NS = 10 * _SECOND


def has_failed(history: History) -> bool:
    """True when a request was not served."""
    return any(exchange.failed for exchange in history.exchanges)


def failures_are_not_repeated(history: History) -> Iterator[Finding]:
    """H5: of no request more than ten failures fall into ten seconds; the worst is shown."""
    failed: dict[str, list[Exchange]] = defaultdict(list)
    for exchange in history.exchanges:
        if exchange.failed:
            failed[exchange.intent].append(exchange)
    storms = [storm for tries in failed.values() if (storm := _densest(tries))]
    if not storms:
        return
    worst = max(storms, key=len)
    others = f"; {len(storms) - 1} other requests likewise" if len(storms) > 1 else ""
    yield case_breach(
        "H5",
        expected=f"at most {MOST} tries in {WITHIN_NS // _SECOND} s",
        actual=f"{worst[0].what} failed {len(worst)} times in as long{others}",
        why=ITS_OWN,
        at=worst[MOST].n,
        marks=(worst[0].n, worst[MOST].n),
    )


def _densest(tries: Sequence[Exchange]) -> Sequence[Exchange]:
    """Return the most failures that fall into the time, or nothing when they are not too many."""
    best: Sequence[Exchange] = ()
    first = 0
    for last, one in enumerate(tries):
        while one.t - tries[first].t > WITHIN_NS:
            first += 1
        if last + 1 - first > max(MOST, len(best)):
            best = tries[first : last + 1]
    return best
