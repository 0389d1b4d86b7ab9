"""What an adapter hands over in a wrong form is refused, and named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from fillproof.harness.connectors.protocol import (
    About,
    Balance,
    Book,
    Capability,
    EventName,
    Fee,
    Reading,
    Told,
)
from fillproof.harness.worker.forms import (
    mistake_in_about,
    mistake_in_reading,
    mistake_in_told,
    not_async,
)

FILLED = Told(
    EventName.FILLED,
    "a-1",
    side="BUY",
    amount=Decimal("0.4"),
    price=Decimal(29000),
    trade_id="7",
    fees=(Fee("BNB", Decimal("0.1")),),
)
ABOUT = About("my-exchange", "1.4.0", frozenset({Capability.FAILURE}))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"event": "Filled"}, "'Filled' was told, which is no EventName"),
        ({"client_order_id": 1}, "Filled was told with int for a client order id (str)"),
        ({"trade_id": 7}, "Filled was told with int for its trade_id (str)"),
        ({"venue_order_id": 9}, "Filled was told with int for its venue_order_id (str)"),
        ({"reason": ValueError()}, "Filled was told with ValueError for its reason (str)"),
        ({"amount": 0.4}, "Filled was told with float for its amount (Decimal)"),
        ({"price": Decimal("NaN")}, "Filled was told with NaN for its price (Decimal)"),
        ({"fees": {"BNB": 1}}, "Filled was told with dict for its fees (tuple of Fee)"),
        (
            {"fees": (Fee("BNB", 0.1),)},  # type: ignore[arg-type]
            "Filled was told with fees that are not each a Fee(asset: str, amount: Decimal)",
        ),
    ],
)
def test_an_event_in_a_wrong_form_is_refused(wrong: dict[str, Any], said: str) -> None:
    """No event gets into a recording that could not be read: it is named where it is told."""
    assert mistake_in_told(replace(FILLED, **wrong)) == said


def test_what_is_no_event_at_all_is_refused() -> None:
    """Only a Told can be told."""
    assert mistake_in_told("Filled") == "str was told, which is no Told"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"version": 1.4}, "about has float for its version (str)"),
        ({"capabilities": "failure"}, "about has str for its capabilities (frozenset)"),
        ({"profiles": ["centralised"]}, "about has list for its profiles (frozenset)"),
        (
            {"longest_poll_seconds": -5},
            "about has -5 for its longest_poll_seconds (int, at least 0)",
        ),
        (
            {"is_failure_means": "rejected early"},
            "about has 'rejected early' for its is_failure_means (FailureMeaning)",
        ),
        ({"touches": ("none",)}, "about has touches that are not each a Touch"),
    ],
)
def test_an_about_in_a_wrong_form_is_refused(wrong: dict[str, Any], said: str) -> None:
    """What a connector is judged by is what its adapter meant to declare."""
    assert mistake_in_about(replace(ABOUT, **wrong)) == said


def test_an_adapter_without_an_about_is_refused() -> None:
    """Nobody knows what it is, nor what to judge it by."""
    assert mistake_in_about(None) == (
        "the adapter has no `about`, which says what it is and what it promises (About)"
    )


def test_a_capability_that_is_none_is_refused() -> None:
    """A capability that is misspelt is not one that is not declared."""
    said = mistake_in_about(replace(ABOUT, capabilities=frozenset({"recovry"})))  # type: ignore[arg-type]
    assert said is not None
    assert said.startswith("about has 'recovry' among its capabilities; allowed: returns_at_once")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (None, "reading() returned NoneType, not a Reading"),
        (
            Reading(tracked="a-1"),  # type: ignore[arg-type]
            "reading() has tracked orders that are not a tuple of client order ids (str)",
        ),
        (
            Reading(balances={"BTC": Balance(1.5, Decimal(1))}),  # type: ignore[arg-type]
            "reading() has balances that do not map each asset to a Balance of two Decimals",
        ),
        (
            Reading(books={"BTC-USDT": Book(((Decimal(1), 0.5),), ())}),  # type: ignore[arg-type]
            "reading() has books that do not map each market to a Book of levels in Decimals",
        ),
        (
            Reading(books={"BTC-USDT": Book((), (), last_update_id=7)}),  # type: ignore[arg-type]
            "reading() has books that do not map each market to a Book of levels in Decimals",
        ),
    ],
)
def test_a_reading_in_a_wrong_form_is_refused(wrong: object, said: str) -> None:
    """What cannot be read is no reading."""
    assert mistake_in_reading(wrong) == said


def test_what_has_its_form_passes() -> None:
    """Nothing is said of what can be recorded."""
    book = Book(((Decimal(1), Decimal(2)),), (), last_update_id="7", in_sync=False)
    balances = {"BTC": Balance(Decimal(1), Decimal(1))}
    reading = Reading(tracked=("a-1",), balances=balances, books={"BTC-USDT": book})
    assert mistake_in_told(FILLED) is None
    assert mistake_in_about(ABOUT) is None
    assert mistake_in_reading(reading) is None
    assert mistake_in_reading(Reading()) is None


def test_an_async_method_is_refused_where_none_is_awaited() -> None:
    """A coroutine that nobody runs would be an order that is never cancelled."""

    async def cancel() -> None:
        """Do nothing, and be asked for it in vain."""

    returned: object = cancel()
    with pytest.raises(TypeError, match=r"cancel\(\) is async; it must be a plain function"):
        not_async("cancel", returned)
    assert not_async("place", "a-1") == "a-1"
