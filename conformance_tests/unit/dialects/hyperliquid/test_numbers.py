"""Prices and amounts as the venue writes and reads them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.dialects.hyperliquid.numbers import (
    NotAnAmount,
    average,
    is_price,
    read_units,
    written,
    written_to,
)

ONE = 10**8


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (0, "0.0"),
        (ONE, "1.0"),
        (29_000 * ONE, "29000.0"),
        (1, "0.00000001"),
        (-150_000_000, "-1.5"),
    ],
)
def test_an_amount_has_a_point_and_no_idle_zero(units: int, text: str) -> None:
    """Clients split a price at its point."""
    assert written(units) == text


@pytest.mark.parametrize(
    ("units", "places", "text"),
    [(29_000 * ONE, 2, "29000.00"), (29_000 * ONE, 0, "29000.0"), (123_456_789, 4, "1.2345")],
)
def test_a_mark_price_has_the_places_of_the_tick(units: int, places: int, text: str) -> None:
    """Clients count them to know the tick; one there always is."""
    assert written_to(units, places) == text


@pytest.mark.parametrize("text", ["", ".", "1.", "-1", "1e3", " 1", "0x1", "1.123456789", "\u0661"])
def test_what_is_no_amount_is_not_read(text: str) -> None:
    """Nor what is finer than 1e-8."""
    with pytest.raises(NotAnAmount):
        read_units(text)


@settings(derandomize=True, deadline=None)
@given(st.integers(0, 10**20))
def test_what_is_written_is_read(units: int) -> None:
    """The same number comes back, from the shortest text and with zeros at its end."""
    assert read_units(written(units)) == units
    assert read_units(written(units) + "00") == units


@pytest.mark.parametrize(
    ("price", "decimals", "allowed"),
    [
        # Five significant figures, unless it is whole; six decimals less those of sizes.
        ("1234.5", 6, True),
        ("1234.56", 6, False),
        ("123456", 6, True),
        ("123456.1", 6, False),
        ("0.001234", 6, True),
        ("0.0012345", 6, False),
        ("0.0012345", 8, True),
        ("0.01234", 5, True),
        ("0.012345", 5, False),
        ("100000", 0, True),
        ("10.5", 0, False),
    ],
)
def test_a_price_has_five_figures_and_few_decimals(
    price: str, decimals: int, allowed: bool
) -> None:
    """As the venue documents ticks and lots."""
    assert is_price(read_units(price), decimals) is allowed


def test_an_average_is_rounded_to_eight_places() -> None:
    """A third more than two thirds is not cut."""
    assert average(2 * ONE, 3 * ONE) == "0.66666667"
    assert average(29_000 * ONE, ONE) == "29000.0"
