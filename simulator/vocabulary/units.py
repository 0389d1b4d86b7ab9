"""Exact numbers: decimal text at the edge, whole units inside.

Prices are whole ticks, quantities whole lots, and money of any asset is counted in units of 1e-8.
No float is ever made or accepted.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation, localcontext

ASSET_DECIMALS = 8
"""Decimal places of every asset; Binance prints balances with eight."""

UNITS_PER_ASSET = 10**ASSET_DECIMALS
NANOSECONDS_PER_SECOND = 1_000_000_000
_EXACT_PRECISION = 60


class UnitsError(ValueError):
    """A number cannot be expressed in whole units; the message names number and step."""


def exact(text: str | Decimal | int) -> Decimal:
    """Return the finite decimal number that `text` states; raises UnitsError for anything else."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise UnitsError(f"{text!r} is not a decimal number") from None
    if not value.is_finite():
        raise UnitsError(f"{text!r} is not a finite number")
    return value


def to_units(value: Decimal, step: Decimal) -> int:
    """Return how many whole `step`s make `value`; raises UnitsError when it is not a multiple."""
    with localcontext() as context:
        context.prec = _EXACT_PRECISION
        count, rest = divmod(value, step)
    if rest:
        raise UnitsError(f"{plain(value)} is not a multiple of {plain(step)}")
    return int(count)


def from_units(count: int, step: Decimal) -> Decimal:
    """Return `count` steps as a decimal number."""
    with localcontext() as context:
        context.prec = _EXACT_PRECISION
        return count * step


def asset_units(value: Decimal) -> int:
    """Return money in units of 1e-8; raises UnitsError when it is finer than that."""
    return to_units(value, Decimal(1).scaleb(-ASSET_DECIMALS))


def asset_amount(units: int) -> Decimal:
    """Return units of 1e-8 as money."""
    return from_units(units, Decimal(1).scaleb(-ASSET_DECIMALS))


def plain(value: Decimal) -> str:
    """Return the shortest plain text of a number: no exponent, no trailing zeros ("0.5", "100")."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
