"""Actions whose answer waits until a block has decided them, each part by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from msgspec import Struct

from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import Command
from fillproof.simulator.vocabulary.orders import TransactionState
from fillproof.simulator.vocabulary.reports import Report, TransactionChanged

Judge = Callable[[tuple[Report, ...]], Json]
"""What the answer says of one part of an action, from what the engine reported of it."""


class Step(Struct, frozen=True, gc=False):
    """One part of an action: what is asked of the engine, and how the answer says what it did."""

    command: Command
    judge: Judge


@dataclass(slots=True)
class Deed:
    """An action on its way. `statuses` are its parts in order, None where a block is to decide."""

    kind: str
    statuses: list[Json]
    awaited: dict[int, tuple[int, Judge]] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether every part is decided."""
        return not self.awaited

    def decide(self, change: TransactionChanged) -> None:
        """Take in what became of one transaction, if this action waits for it."""
        found = self.awaited.pop(change.transaction, None)
        if found is not None:
            index, judge = found
            self.statuses[index] = judge(change.reports)


class Waiting:
    """The actions that wait, under numbers that are never used twice."""

    __slots__ = ("_deeds", "_numbers")

    def __init__(self) -> None:
        self._deeds: dict[int, Deed] = {}
        self._numbers = count(1)

    def add(self, deed: Deed) -> int:
        """Keep an action until it is done; return its number."""
        number = next(self._numbers)
        self._deeds[number] = deed
        return number

    def decide(self, reports: Sequence[Report]) -> list[tuple[int, Deed]]:
        """Take in reports; return the actions that are done now, oldest first."""
        changes = [
            report
            for report in reports
            if isinstance(report, TransactionChanged)
            and report.state is not TransactionState.PENDING
        ]
        if not changes:
            return []
        for deed in self._deeds.values():
            for change in changes:
                deed.decide(change)
        done = [(number, deed) for number, deed in self._deeds.items() if deed.is_done]
        for number, _ in done:
            del self._deeds[number]
        return done


def pending_transaction(reports: Sequence[Report]) -> int | None:
    """Return the transaction that a command has become, None when it was carried out at once."""
    for report in reports:
        if isinstance(report, TransactionChanged) and report.state is TransactionState.PENDING:
            return report.transaction
    return None
