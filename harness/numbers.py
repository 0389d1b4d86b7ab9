"""How the harness writes an exact number."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal) -> str:
    """Return the shortest plain text of a number: no exponent, no trailing zeros ("0.5", "100")."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
