"""The checks of the rules that judge a case as a whole, by the rule they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from fillproof.harness.rules.books.checks import CHECKS as BOOKS
from fillproof.harness.rules.case_rule import CaseRule
from fillproof.harness.rules.chain.checks import CHECKS as CHAIN
from fillproof.harness.rules.hygiene.checks import CHECKS as HYGIENE
from fillproof.harness.rules.inflight.checks import CHECKS as INFLIGHT
from fillproof.harness.rules.ledgers.check import books_agree, has_a_book
from fillproof.harness.rules.streams.checks import CHECKS as STREAMS
from fillproof.harness.rules.tracking.checks import CHECKS as TRACKING

CASE_RULES: Mapping[str, CaseRule] = {
    "C2": CaseRule(books_agree, has_a_book),
    **INFLIGHT,
    **TRACKING,
    **BOOKS,
    **HYGIENE,
    **CHAIN,
    **STREAMS,
}
"""The checks of all families; each family's `CHECKS` is joined here."""

__all__ = ["CASE_RULES", "CaseRule"]
