"""What an in-flight order says, as keys of a line; refused in words when it has no such form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.in_flight import InFlight, LimitOrder
from fillproof.harness.numbers import plain
from fillproof.harness.worker.host import jsonable

_TEXTS = ("venue_order_id", "base_asset", "quote_asset")
_FLAGS = ("is_done", "is_cancelled", "is_failure")
_NO_JSON = "to_json gives what JSON cannot hold"


def in_flight_keys(said: object) -> dict[str, Any]:
    """Return the keys of an in_flight line; raises TypeError for what is no InFlight."""
    if not isinstance(said, InFlight):
        raise TypeError(f"in_flight() returned {type(said).__name__}, not an InFlight or None")
    copy = None if said.copy is None else _says(said.copy)
    return {"says": _says(said), "copy": copy, "raised": {**said.raised, **_raised_by_copy(said)}}


def _raised_by_copy(said: InFlight) -> Mapping[str, str]:
    if said.copy is None:
        return {}
    return {f"copy.{member}": error for member, error in said.copy.raised.items()}


def _says(said: InFlight) -> dict[str, Any]:
    for member in _TEXTS:
        _check(member, getattr(said, member), str, "str")
    for member in _FLAGS:
        _check(member, getattr(said, member), bool, "bool")
    _check("filled", said.filled, Decimal, "Decimal")
    members = (*_TEXTS, *_FLAGS)
    return {
        **{member: getattr(said, member) for member in members},
        "filled": None if said.filled is None else plain(said.filled),
        "limit_order": None if said.limit_order is None else _limit_order(said.limit_order),
        "json": _json(said.json),
    }


def _limit_order(order: LimitOrder) -> dict[str, Any]:
    return {
        "market": order.market,
        "side": order.side,
        "price": _number(order.price),
        "amount": _number(order.amount),
        "filled": _number(order.filled),
    }


def _number(value: Decimal | None) -> str | None:
    """Return a number; None for one that is none (NaN), which no limit order has."""
    return plain(value) if isinstance(value, Decimal) and value.is_finite() else None


def _json(value: Any) -> Any:
    """Return what `to_json` gave, floats as texts; a text that says so when it is no JSON."""
    try:
        return jsonable(json.loads(json.dumps(value)))
    except (TypeError, ValueError) as error:
        return f"{_NO_JSON}: {error}"


def _check(member: str, value: object, kind: type, name: str) -> None:
    if value is not None and not isinstance(value, kind):
        raise TypeError(f"in_flight() has {type(value).__name__} for {member} ({name})")
