"""How the harness writes an exact number, and when two are one."""

from __future__ import annotations

from decimal import Decimal

_EXACT_TO = Decimal("0.000000001")


def plain(value: Decimal) -> str:
    """Return the shortest plain text of a number: no exponent, no trailing zeros ("0.5", "100")."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def same(one: Decimal, other: Decimal) -> bool:
    """Return whether two amounts are one: closer than a tenth of the smallest unit of money."""
    return abs(one - other) < _EXACT_TO
