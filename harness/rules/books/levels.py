"""Two books side by side: what is wrong with the form of one, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from fillproof.harness.history.books import Sides
from fillproof.harness.numbers import plain, same

_COMPARED = 500
"""So many levels of each side: what was beyond the snapshot nobody could know."""

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Apart:
    """A level whose amount differs; an amount of zero is a level that is not there."""

    side: str
    price: Decimal
    believed: Decimal
    true: Decimal

    def __str__(self) -> str:
        believed, true = _amount(self.believed), _amount(self.true)
        return f"{self.side} at {plain(self.price)}: {believed}, not {true}"


def mistake_in(sides: Sides) -> str | None:
    """Return what is wrong with the form of a book, None if nothing."""
    for name, side, sign in (("bids", sides.bids, -1), ("asks", sides.asks, 1)):
        for price, amount in side:
            if amount <= 0:
                return f"{name}: {plain(price)} has the amount {plain(amount)}"
        for (one, _), (other, _) in pairwise(side):
            if (other - one) * sign <= 0:
                return f"{name}: {plain(other)} stands behind {plain(one)}"
    return None


def differences(believed: Sides, true: Sides) -> Iterator[Apart]:
    """Yield the levels that differ; bids first, best first."""
    for name, one, other in (
        ("bids", believed.bids, true.bids),
        ("asks", believed.asks, true.asks),
    ):
        had, has = dict(one[:_COMPARED]), dict(other[:_COMPARED])
        for price in sorted({*had, *has}, reverse=name == "bids"):
            amount, right = had.get(price, Decimal(0)), has.get(price, Decimal(0))
            if not same(amount, right):
                yield Apart(name, price, amount, right)


def counted(apart: Sequence[Apart]) -> str:
    """Return the first few differences in words, and how many there are beside."""
    shown = "; ".join(map(str, apart[:_SHOWN]))
    more = len(apart) - _SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown


def _amount(amount: Decimal) -> str:
    return plain(amount) if amount else "none"
