"""What a venue can say about one order, whatever channel said it.

Every fact but `NotFound`, `TakenBack` and `Listed` only ever adds knowledge, so late, repeated and
overtaken messages do no harm: they say again, or say less than, what is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from fillproof.harness.connectors.protocol import Fee


class Status(StrEnum):
    """How far an accepted order is, in the words of FIX OrdStatus (39)."""

    OPEN = "Open"
    FILLED = "Filled"
    CANCELED = "Canceled"
    EXPIRED = "Expired"
    REJECTED = "Rejected"


@dataclass(frozen=True, slots=True)
class Seen:
    """The venue shows the order: so it was accepted.

    `cumulative_quantity` is in base, `time_ms` the venue's time of what is shown, None where it
    does not say. `quantity` is what the order is for as of then, in base, without what self-trade
    prevention took from it; None where that is not stated.
    """

    venue_order_id: str
    status: Status
    cumulative_quantity: Decimal
    time_ms: int | None
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """One trade of the order. `amount` in base, `price` in quote; `fee` is None when not stated."""

    venue_order_id: str
    trade_id: str
    amount: Decimal
    price: Decimal
    fee: Fee | None
    time_ms: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A trade of the order that is none any more: the chain has taken its block back."""

    venue_order_id: str
    trade_id: str
    amount: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Listed:
    """What two questions say of all fills of the order: their trade ids, and how much it filled.

    `known` are the fills that were told before both questions; amounts in base. `time_ms` is the
    venue's time of how much it filled, None where that is not stated.
    """

    venue_order_id: str
    trade_ids: frozenset[str]
    amount: Decimal
    cumulative_quantity: Decimal
    known: frozenset[str]
    time_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The order is not accepted and never will be, unless a block said so that is not final.

    `is_final` is False then; `time_ms` is the venue's time of that block, None where not stated.
    """

    reason: str
    is_final: bool = True
    time_ms: int | None = None


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Whether the create was accepted is not known.

    A question asked at or after `certain_from_ns` (monotonic) and answered "no such order" counts;
    `answers_needed` of them in a row are proof that it was not.
    """

    reason: str
    certain_from_ns: int
    answers_needed: int


@dataclass(frozen=True, slots=True)
class NotFound:
    """The venue answered "no such order" to a question asked at `asked_ns` (monotonic)."""

    asked_ns: int


Fact = Seen | Fill | TakenBack | Listed | Refused | InDoubt | NotFound
