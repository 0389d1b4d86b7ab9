"""What a chain has carried out, to be carried out again: blocks, and money from outside."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from fillproof.simulator.chain.transactions import Transaction
from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report


class Block(Struct, frozen=True, gc=False):
    """Transactions in their order, behind the orders that have outlived their blocks by then.

    `outlived` are (venue order id, its last height).
    """

    height: int
    made_ns: int
    transactions: tuple[Transaction, ...] = ()
    outlived: tuple[tuple[int, int], ...] = ()


class Done(Struct, frozen=True, gc=False):
    """A block, or money that no reorganisation takes back, as it was carried out.

    `first_ids` are the execution, trade and prevented match that came first, so that what is
    carried out again has the same ids.
    """

    what: Block | Deposit
    at_ns: int
    first_ids: tuple[int, int, int]


class Ids:
    """Numbers that are given once, whatever is taken back; an iterator of execution ids."""

    def __init__(self) -> None:
        self._execution, self._trade, self._match = 1, 1, 1

    def __iter__(self) -> Ids:
        return self

    def __next__(self) -> int:
        self._execution += 1
        return self._execution - 1

    @property
    def next(self) -> tuple[int, int, int]:
        """The execution, trade and prevented match that come next."""
        return self._execution, self._trade, self._match

    def note(self, reports: Iterable[Report]) -> None:
        """Give no number again that these reports have."""
        for report in reports:
            if isinstance(report, ExecutionReport):
                self._execution = max(self._execution, report.execution_id + 1)
                self._trade = max(self._trade, (report.trade_id or 0) + 1)
                self._match = max(self._match, (report.prevented_match_id or 0) + 1)
