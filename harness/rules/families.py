"""The families of rules beside the order's: a package each, its table joined here.

A family is `harness/rules/<family>/`: `table.py` has its `RULES`, and its checks are joined in
`case_rules.py`. The two are apart since a finding looks its rule up.
"""

from __future__ import annotations

from fillproof.harness.rules.books.table import RULES as BOOKS
from fillproof.harness.rules.chain.table import RULES as CHAIN
from fillproof.harness.rules.hygiene.table import RULES as HYGIENE
from fillproof.harness.rules.inflight.table import RULES as INFLIGHT
from fillproof.harness.rules.ledgers.table import RULES as LEDGERS
from fillproof.harness.rules.rule import Rule
from fillproof.harness.rules.streams.table import RULES as STREAMS
from fillproof.harness.rules.tracking.table import RULES as TRACKING

FAMILY_RULES: tuple[Rule, ...] = (
    *LEDGERS,
    *INFLIGHT,
    *TRACKING,
    *BOOKS,
    *STREAMS,
    *CHAIN,
    *HYGIENE,
)
"""Every rule of every family, in the order in which lists show them."""
