"""What is drawn: moves that say little, so that any list of them can be made into a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """The strategy places an order. `kind` is a time in force, POST_ONLY, MARKET, or a trigger.

    One that waits for a price has it in `trigger`; with `_AT_MARKET` it has no limit.
    """

    side: str
    kind: str
    amount: str
    price: str
    trigger: str | None = None


@dataclass(frozen=True, slots=True)
class Trade:
    """A counterparty takes a part of what one order has left: one over `part`, 0 for one lot."""

    which: int
    part: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """The strategy cancels one order; None for an id that nobody placed."""

    which: int | None


@dataclass(frozen=True, slots=True)
class Amend:
    """The strategy makes one order smaller: to one over `part` of what it was; 0 for a lot more."""

    which: int
    part: int


@dataclass(frozen=True, slots=True)
class Replace:
    """The strategy has one order cancelled for another: of one over `part`; 0 for a lot more."""

    which: int
    part: int
    price: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody else places an order on the account; without a price it takes from the book."""

    side: str
    amount: str
    price: str | None


@dataclass(frozen=True, slots=True)
class DeskCancel:
    """Somebody else cancels one order of the account."""

    which: int


@dataclass(frozen=True, slots=True)
class DeskAmend:
    """Somebody else makes one order of the account smaller: by one over `part` of what is left."""

    which: int
    part: int


@dataclass(frozen=True, slots=True)
class End:
    """The venue ends one order: `op` is expire or reject."""

    which: int
    op: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody else's order: one that rests, or one that sweeps when it has no price."""

    side: str
    amount: str
    price: str | None


@dataclass(frozen=True, slots=True)
class Heal:
    """All faults end."""


Act = (
    Place | Trade | Cancel | Amend | Replace | Desk | DeskCancel | DeskAmend | End | Stranger | Heal
)
"""`which` counts the orders that the act fits, modulo their number."""


@dataclass(frozen=True, slots=True)
class Move:
    """First a pause (ns, 0 for none), then a fault (a step), then an act."""

    pause: int
    fault: Mapping[str, Any] | None
    act: Act | None


@dataclass(frozen=True, slots=True)
class Plan:
    """One drawn case. Times in ns."""

    latency: int
    jitter: int
    decentralised: bool
    moves: tuple[Move, ...]
