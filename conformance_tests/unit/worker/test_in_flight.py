"""What an in-flight order says becomes keys of a line; what has another form is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fillproof.harness.connectors.in_flight import InFlight, LimitOrder, asked
from fillproof.harness.worker.in_flight import in_flight_keys


def test_what_raises_is_noted_beside_what_answers() -> None:
    """One member that cannot be asked does not silence the others."""

    def wrong() -> Any:
        raise KeyError("status")

    said = asked({"base_asset": lambda: "BTC", "is_done": wrong})
    assert (said.base_asset, said.is_done) == ("BTC", None)
    assert said.raised == {"is_done": "KeyError: 'status'"}


def test_numbers_are_written_plainly_and_those_that_are_none_not_at_all() -> None:
    """A limit order at NaN has no price."""
    made = LimitOrder("BTC-USDT", "BUY", Decimal("NaN"), Decimal("1E+1"))
    says = in_flight_keys(InFlight(filled=Decimal("0.40"), limit_order=made))["says"]
    assert says["filled"] == "0.4"
    assert (says["limit_order"]["price"], says["limit_order"]["amount"]) == (None, "10")


def test_json_is_written_as_it_comes_back() -> None:
    """Floats are texts, so that no reader changes them; what is no JSON says so."""
    assert in_flight_keys(InFlight(json={"at": 1.5}))["says"]["json"] == {"at": "1.5"}
    assert in_flight_keys(InFlight(json={"ids": {1}}))["says"]["json"] == (
        "to_json gives what JSON cannot hold: Object of type set is not JSON serializable"
    )


def test_what_a_copy_raises_is_marked_as_the_copys() -> None:
    """It is the order's own answer only when the order gave it."""
    copy = asked({"filled": lambda: 1 // 0})
    raised = in_flight_keys(InFlight(copy=copy))["raised"]
    assert raised == {"copy.filled": "ZeroDivisionError: integer division or modulo by zero"}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("done", "in_flight() returned str, not an InFlight or None"),
        (InFlight(is_done=1), "in_flight() has int for is_done (bool)"),  # type: ignore[arg-type]
        (InFlight(filled=0.4), "in_flight() has float for filled (Decimal)"),  # type: ignore[arg-type]
        (InFlight(venue_order_id=7), "in_flight() has int for venue_order_id (str)"),  # type: ignore[arg-type]
    ],
)
def test_another_form_is_refused_in_words(said: object, wrong: str) -> None:
    """The message names the member, what it has and what it must have."""
    with pytest.raises(TypeError) as error:
        in_flight_keys(said)
    assert str(error.value) == wrong
