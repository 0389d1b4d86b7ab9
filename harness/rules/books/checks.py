"""The checks of the rules about books, by the rule, and what gives each something to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from fillproof.harness.history import History
from fillproof.harness.rules.books.check import wrong_books
from fillproof.harness.rules.books.knowledge import (
    follows_a_gap,
    heard_of,
    is_stale,
    old_news,
    standings,
)
from fillproof.harness.rules.books.looks import looks
from fillproof.harness.rules.case_rule import CaseRule
from fillproof.harness.verdict import Finding


def _of(rule: str) -> Callable[[History], Iterator[Finding]]:
    def check(history: History) -> Iterator[Finding]:
        return (finding for finding in wrong_books(history) if finding.rule == rule)

    return check


def _was_looked_at(history: History) -> bool:
    return any(look.believed is not None for look in looks(history))


def _markets(history: History) -> set[str]:
    return {look.market for look in looks(history)}


def _states_an_update(history: History) -> bool:
    return any(look.believed and look.believed.last_update_id for look in looks(history))


def _was_out_of_sync(history: History) -> bool:
    return any(look.believed is not None and not look.is_claimed for look in looks(history))


def _had_a_gap(history: History) -> bool:
    return any(follows_a_gap(heard_of(history, market)) for market in _markets(history))


def _had_old_news(history: History) -> bool:
    return any(any(old_news(heard_of(history, market))) for market in _markets(history))


def _had_a_stale_snapshot(history: History) -> bool:
    return any(is_stale(history, market) for market in _markets(history))


def _lost_a_subscription(history: History) -> bool:
    last = max((look.n for look in looks(history)), default=0)
    return any(
        one.end_n is not None and one.end_n < last
        for market in _markets(history)
        for one in standings(history, market)
    )


CHECKS: Mapping[str, CaseRule] = {
    "B1": CaseRule(_of("B1"), _was_looked_at),
    "B2": CaseRule(_of("B2"), _had_a_stale_snapshot),
    "B3": CaseRule(_of("B3"), _had_a_gap),
    "B4": CaseRule(_of("B4"), _lost_a_subscription),
    "B5": CaseRule(_of("B5"), _had_old_news),
    "B6": CaseRule(_of("B6"), _was_looked_at),
    "B7": CaseRule(_of("B7"), _was_looked_at),
    "B8": CaseRule(_of("B8"), _states_an_update),
    "B9": CaseRule(_of("B9"), _was_out_of_sync),
}
