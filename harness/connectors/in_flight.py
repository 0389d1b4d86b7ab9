"""What a connector's own in-flight order objects say, member by member of the contract's helper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


class FailureMeaning(StrEnum):
    """What `is_failure` is true of."""

    ENDED_EARLY = "ended_early"
    """Of every order that ended before it was full: cancelled, expired and rejected ones alike."""
    REJECTED = "rejected"
    """Of one that was refused or rejected; one that was cancelled did not fail."""


@dataclass(frozen=True, slots=True)
class LimitOrder:
    """What `to_limit_order` makes of an order. `amount` and `filled` in base."""

    market: str  # "BASE-QUOTE"
    side: str  # "BUY" | "SELL"
    price: Decimal
    amount: Decimal
    filled: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InFlight:
    """What one in-flight order object says at this moment; what raised when asked is in `raised`.

    `json` is what `to_json` gives, `copy` what the object that `from_json` makes of that says (of
    a copy no copy is made). `limit_order` is None where `to_limit_order` refuses.
    """

    venue_order_id: str | None = None
    base_asset: str | None = None
    quote_asset: str | None = None
    is_done: bool | None = None
    is_cancelled: bool | None = None
    is_failure: bool | None = None
    filled: Decimal | None = None
    limit_order: LimitOrder | None = None
    json: Any = None
    copy: InFlight | None = None
    raised: Mapping[str, str] = field(default_factory=dict)


def asked(questions: Mapping[str, Callable[[], Any]]) -> InFlight:
    """Ask an object for each member of `InFlight`, and note what raises instead of answering."""
    answers: dict[str, Any] = {}
    raised: dict[str, str] = {}
    for member, question in questions.items():
        try:
            answers[member] = question()
        except Exception as error:  # noqa: BLE001 - whatever it raises is what there is to say
            raised[member] = f"{type(error).__name__}: {error}"
    return InFlight(**answers, raised=raised)
