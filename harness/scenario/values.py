"""Amounts and durations: exact, and written the way a person reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated

from pydantic import (
    Field,
    PlainSerializer,
    PlainValidator,
    SerializationInfo,
    ValidationInfo,
    WithJsonSchema,
)

from fillproof.harness.numbers import plain
from fillproof.harness.scenario.base import Form, shown, wrong
from fillproof.harness.scenario.yaml_text import Unquoted

NANOSECONDS: Mapping[str, int] = MappingProxyType(
    {"ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000}
)
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,13})(\.[0-9]{1,14})?")
"""At most 28 digits, so sums are exact in any decimal context."""
_DURATION = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)(ms|s|m|h)")


def _read_amount(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Unquoted | int) and not isinstance(value, bool):
        text = shown(value)
        raise wrong(f'the amount {text} is not quoted; write "{text}", so it stays exact')
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise wrong(f'{shown(value)} is not an amount; write a quoted decimal such as "0.25"')
    return Decimal(value)


def _read_positive(value: object) -> Decimal:
    amount = _read_amount(value)
    if amount <= 0:
        raise wrong(f'"{plain(amount)}" is too small; it must be above zero')
    return amount


def _read_rate(value: object) -> Decimal:
    rate = _read_amount(value)
    if rate >= 1:
        raise wrong(f'"{plain(rate)}" is not a rate; write a part of one such as "0.001"')
    return rate


_AMOUNT_SCHEMA = WithJsonSchema({"type": "string", "pattern": f"^{_AMOUNT.pattern}$"})
_AMOUNT_TEXT = PlainSerializer(plain, return_type=str)

Amount = Annotated[Decimal, PlainValidator(_read_positive), _AMOUNT_TEXT, _AMOUNT_SCHEMA]
"""A quoted decimal above zero."""

Money = Annotated[Decimal, PlainValidator(_read_amount), _AMOUNT_TEXT, _AMOUNT_SCHEMA]
"""A quoted decimal of zero or more."""

Rate = Annotated[Decimal, PlainValidator(_read_rate), _AMOUNT_TEXT, _AMOUNT_SCHEMA]
"""A quoted decimal from zero to below one."""


def duration_ns(text: str) -> int | None:
    """Return "1.5s" in nanoseconds, or None when it is no duration."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    exact = Decimal(match[1]) * NANOSECONDS[match[2]]
    return int(exact) if exact == int(exact) else None


def duration_text(nanoseconds: int) -> str:
    """Return nanoseconds as a person writes them: "1m", "1.5s", "20ms"."""
    for unit in ("h", "m"):
        if nanoseconds and nanoseconds % NANOSECONDS[unit] == 0:
            return f"{nanoseconds // NANOSECONDS[unit]}{unit}"
    unit = "ms" if 0 < nanoseconds < NANOSECONDS["s"] else "s"
    return plain(Decimal(nanoseconds) / NANOSECONDS[unit]) + unit


def _read_span(value: object, info: ValidationInfo) -> int:
    if info.context is Form.DOCUMENT and type(value) is int and value >= 0:
        return value
    nanoseconds = duration_ns(value) if isinstance(value, str) else None
    if nanoseconds is None:
        raise wrong(
            f"{shown(value)} is not a duration; write a number and ms, s, m or h, such as 1.5s"
        )
    return nanoseconds


def _read_duration(value: object, info: ValidationInfo) -> int:
    nanoseconds = _read_span(value, info)
    if nanoseconds == 0:
        raise wrong(f"{shown(value)} is no time at all; it must be longer")
    return nanoseconds


def _write_duration(nanoseconds: int, info: SerializationInfo) -> int | str:
    return duration_text(nanoseconds) if info.context is Form.YAML else nanoseconds


_DURATION_TEXT = PlainSerializer(_write_duration)
_DURATION_SCHEMA = WithJsonSchema({"type": "string", "pattern": f"^{_DURATION.pattern}$"})

Duration = Annotated[int, PlainValidator(_read_duration), _DURATION_TEXT, _DURATION_SCHEMA]
"""Nanoseconds above zero, written with a unit."""

Span = Annotated[int, PlainValidator(_read_span), _DURATION_TEXT, _DURATION_SCHEMA]
"""Nanoseconds of zero or more, written with a unit."""

Count = Annotated[int, Field(ge=1, le=1000)]
"""How often: a whole number without quotes."""

Skipped = Annotated[int, Field(ge=0, le=1000)]
"""How many are let pass first: a whole number without quotes."""
