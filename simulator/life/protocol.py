"""What market life is to whoever runs it, and what it may see of the venue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from fillproof.simulator.matching import OrderView
from fillproof.simulator.vocabulary.commands import Command


class Sight(Protocol):
    """The venue as strangers see it: what became of their own orders."""

    def find(
        self, account: str, client_order_id: str, symbol: str | None = None
    ) -> OrderView | None:
        """Return the latest order of that name."""
        ...


class Life(Protocol):
    """Strangers that act by themselves. Times are venue nanoseconds."""

    @property
    def next_ns(self) -> int | None:
        """When they act next; None when they are done."""
        ...

    def act(self, now_ns: int) -> Iterator[Command]:
        """Yield what they do by now.

        Each command is to be carried out before the next is asked for: they look at what it did.
        """
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """Where strangers keep away: they bid at `low_ticks` or less, and ask `high_ticks` or more."""

    low_ticks: int
    high_ticks: int
