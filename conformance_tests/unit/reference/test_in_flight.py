"""The reference's in-flight order: what it says at each stage, and of its copy."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from conformance_tests.unit.reference.scripted import TICKET, fill, seen

from fillproof.harness.connectors.reference.facts import Fact, Refused
from fillproof.harness.connectors.reference.in_flight import InFlightOrder
from fillproof.harness.connectors.reference.order import Order

OPEN = seen("Open")


def after(*facts: Fact) -> InFlightOrder:
    """Return the helper of an order of which this was heard."""
    order = Order(TICKET)
    for fact in facts:
        order.hear(fact, 0)
    return InFlightOrder(order)


@pytest.mark.parametrize(
    ("facts", "done", "cancelled", "failure"),
    [
        ((), False, False, False),
        ((OPEN,), False, False, False),
        ((OPEN, fill("1", "0.4")), False, False, False),
        ((fill("1", "1"),), True, False, False),
        ((seen("Canceled"),), True, True, True),
        ((seen("Expired"),), True, False, True),
        ((seen("Rejected"),), True, False, True),
        ((Refused("no"),), True, False, True),
        ((OPEN, seen("Canceled", "0.4")), False, False, False),
    ],
)
def test_its_flags_follow_its_end(
    facts: tuple[Fact, ...], done: bool, cancelled: bool, failure: bool
) -> None:
    """Whatever ended before it was full has failed; an end that waits for fills is none yet."""
    order = after(*facts)
    assert (order.is_done, order.is_cancelled, order.is_failure) == (done, cancelled, failure)


def test_it_comes_back_from_json_as_it_was() -> None:
    """At every stage: what the copy writes is what it was made from."""
    for facts in ((), (OPEN,), (OPEN, fill("1", "0.4")), (OPEN, seen("Canceled", "0.4"))):
        order = after(*facts)
        copy = InFlightOrder.from_json(json.loads(json.dumps(order.to_json())))
        assert copy.to_json() == order.to_json()
        assert copy.executed_amount_base == order.executed_amount_base


def test_it_knows_its_assets_its_id_and_its_limit_order() -> None:
    """The id is the venue's, and None before the venue has shown the order."""
    order = after(OPEN, fill("1", "0.4"))
    assert (order.base_asset, order.quote_asset) == ("BTC", "USDT")
    assert (after().exchange_order_id, order.exchange_order_id) == (None, "7")
    made = order.to_limit_order()
    assert (made.market, made.side, made.price) == ("BTC-USDT", "BUY", Decimal(29000))
    assert (made.amount, made.filled) == (Decimal(1), Decimal("0.4"))


def test_an_order_without_a_price_is_no_limit_order() -> None:
    """It says so."""
    market = InFlightOrder(Order(replace(TICKET, price=None, order_type="MARKET")))
    with pytest.raises(TypeError, match="a is a MARKET order"):
        market.to_limit_order()
