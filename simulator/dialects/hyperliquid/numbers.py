"""Prices and amounts as the venue writes and reads them: text, always with a decimal point."""

from __future__ import annotations

import re

from fillproof.simulator.vocabulary.units import ASSET_DECIMALS, UNITS_PER_ASSET

SIGNIFICANT_FIGURES = 5
"""A price has at most so many, unless it is a whole number."""

_MILLISECOND_NS = 1_000_000
_AMOUNT = re.compile(r"([0-9]{1,16})(?:\.([0-9]{1,18}))?")


class NotAnAmount(ValueError):
    """A text is no amount in whole units of 1e-8; the message is the text."""


def written(units: int) -> str:
    """Write units of 1e-8: no zero at the end, but one behind the point ("0.5", "29000.0")."""
    sign, digits = ("-", -units) if units < 0 else ("", units)
    whole, rest = divmod(digits, UNITS_PER_ASSET)
    decimals = str(rest).rjust(ASSET_DECIMALS, "0").rstrip("0") or "0"
    return f"{sign}{whole}.{decimals}"


def written_to(units: int, places: int) -> str:
    """Write units of 1e-8, not below zero, to so many places, of which there is one at least."""
    whole, rest = divmod(units, UNITS_PER_ASSET)
    return f"{whole}.{str(rest).rjust(ASSET_DECIMALS, '0')[: max(1, places)]}"


def read_units(text: str) -> int:
    """Return units of 1e-8; raises NotAnAmount for anything else, and for what is finer."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise NotAnAmount(text)
    whole, decimals = found.group(1), (found.group(2) or "").rstrip("0")
    if len(decimals) > ASSET_DECIMALS:
        raise NotAnAmount(text)
    return int(whole + decimals.ljust(ASSET_DECIMALS, "0"))


def is_price(units: int, most_decimals: int) -> bool:
    """Return whether a price keeps the rule of figures and decimals; a whole number always does."""
    if units % UNITS_PER_ASSET == 0:
        return True
    figures = len(str(units).rstrip("0"))
    step: int = 10 ** (ASSET_DECIMALS - most_decimals)
    return figures <= SIGNIFICANT_FIGURES and units % step == 0


def average(quote_units: int, base_units: int) -> str:
    """Write a price that so much quote for so much base comes to, rounded to eight places."""
    return written((2 * quote_units * UNITS_PER_ASSET + base_units) // (2 * base_units))


def milliseconds(time_ns: int) -> int:
    """Return a time as the venue writes it."""
    return time_ns // _MILLISECOND_NS
