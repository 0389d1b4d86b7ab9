"""The checks of the rules that judge a case as a whole, by the rule they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fillproof.harness.history import History
from fillproof.harness.rules.ledgers.check import books_agree, has_a_book
from fillproof.harness.verdict import Finding


@dataclass(frozen=True, slots=True)
class CaseRule:
    """A rule of a family: how it is checked, and whether a case gives it something to judge."""

    check: Callable[[History], Iterator[Finding]]
    applies: Callable[[History], bool]


CASE_RULES: Mapping[str, CaseRule] = {
    "C2": CaseRule(books_agree, has_a_book),
}
"""The checks of all families; each family's `CHECKS` is joined here."""
