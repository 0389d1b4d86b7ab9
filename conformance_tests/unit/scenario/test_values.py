"""Amounts and durations are exact in both directions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conformance_tests.unit.scenario.texts import BUY, scenario, text, wrong
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.harness.numbers import plain
from fillproof.harness.scenario.values import duration_ns, duration_text

SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("written", "nanoseconds"),
    [
        ("500ms", SECOND // 2),
        ("2s", 2 * SECOND),
        ("1.5s", 3 * SECOND // 2),
        ("1m", 60 * SECOND),
        ("0.5h", 1800 * SECOND),
        ("0.000001ms", 1),
        ("0s", 0),
        ("0.0000001ms", None),
        ("2", None),
        ("2 s", None),
        ("-2s", None),
        ("1e3s", None),
        ("2d", None),
    ],
)
def test_a_duration_is_a_number_and_a_unit(written: str, nanoseconds: int | None) -> None:
    """Durations are whole nanoseconds, or no durations."""
    assert duration_ns(written) == nanoseconds


@pytest.mark.parametrize(
    ("nanoseconds", "written"),
    [
        (0, "0s"),
        (1, "0.000001ms"),
        (20_000_000, "20ms"),
        (3 * SECOND // 2, "1.5s"),
        (90 * SECOND, "90s"),
        (120 * SECOND, "2m"),
        (21600 * SECOND, "6h"),
    ],
)
def test_a_duration_is_written_in_the_unit_a_person_would_use(
    nanoseconds: int, written: str
) -> None:
    """The largest unit that needs no awkward fraction is used."""
    assert duration_text(nanoseconds) == written


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.integers(0, 10**17))
def test_every_duration_survives_being_written(nanoseconds: int) -> None:
    """Writing a duration and reading it again gives the same nanoseconds."""
    assert duration_ns(duration_text(nanoseconds)) == nanoseconds


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("1", 'the amount 1 is not quoted; write "1", so it stays exact'),
        ("0.10", 'the amount 0.10 is not quoted; write "0.10", so it stays exact'),
        ('"0"', '"0" is too small; it must be above zero'),
        ('"1e3"', '"1e3" is not an amount; write a quoted decimal such as "0.25"'),
        ('"+1"', '"+1" is not an amount; write a quoted decimal such as "0.25"'),
        ('"01"', '"01" is not an amount; write a quoted decimal such as "0.25"'),
        ('"1\\n"', r'"1\n" is not an amount; write a quoted decimal such as "0.25"'),
        ("NaN", '"NaN" is not an amount; write a quoted decimal such as "0.25"'),
        ("true", 'true is not an amount; write a quoted decimal such as "0.25"'),
        ("[1]", 'a list is not an amount; write a quoted decimal such as "0.25"'),
    ],
)
def test_an_amount_is_a_quoted_decimal_above_zero(amount: str, said: str) -> None:
    """Anything else is refused where it stands, and an unquoted number is told to be quoted."""
    step = f'- buy: {{order: a, market: BTC-USDT, price: "1", amount: {amount}}}'
    assert "\n".join(wrong(text(step))) == f"3:57: amount: {said}"


def test_amounts_stay_exact() -> None:
    """No digit of an amount is lost, and trailing zeros go."""
    step = BUY.replace('"1"', '"0.12345678901234"').replace('"29000"', '"29000.50"')
    (document,) = scenario(step).document()["steps"]
    assert (document["amount"], document["price"]) == ("0.12345678901234", "29000.5")


def test_plain_text_has_no_exponent() -> None:
    """Small and large amounts are written out."""
    assert [plain(Decimal(one)) for one in ("1E-8", "1E+3", "0.50", "0")] == [
        "0.00000001",
        "1000",
        "0.5",
        "0",
    ]
