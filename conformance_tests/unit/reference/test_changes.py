"""Changes of orders: when the venue is asked again, and what an answer makes of both orders."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from conformance_tests.unit.reference.scripted import (
    LOST,
    TICKET,
    Answer,
    Script,
    ScriptedApi,
    fill,
    live,
    seen,
)

from fillproof.harness.connectors.reference.api import create_parameters
from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.changes import Changes
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.trouble import NotSent, Refusal

NEW = replace(TICKET, client_order_id="b", price=Decimal(28900))
NOT_LOWER = Refusal(400, -2038, "Order amend (quantity increase) is not supported.")
CANCELED: dict[str, Any] = {
    "origClientOrderId": "a",
    "orderId": 7,
    "transactTime": 1,
    "status": "CANCELED",
    "origQty": "1",
    "executedQty": "0",
}
FAILED = {"code": -2010, "msg": "Account has insufficient balance for requested action."}


class _Api(ScriptedApi):
    """Answers changes from the script as well."""

    async def amend(self, ticket: Ticket, amount: Decimal) -> Statement:
        return await self._statement(ticket, f"amend {amount}")

    async def replace(self, old: Ticket, new: Ticket) -> tuple[Statement, Statement]:
        placed = await self._script.answer("replace")
        return Statement(old.client_order_id, (seen("Canceled"),)), Statement("b", (placed,))


def open_with(amount: str, cumulative: str = "0") -> Answer:
    """The venue shows the order open, for this amount."""
    return replace(seen("Open", cumulative), quantity=Decimal(amount))


def amended(answers: list[tuple[float, Answer]], status: Answer, amount: str = "0.5") -> Script:
    """Amend an open order after a second, and return what was asked and told."""
    script = Script(
        {
            "create": [(0, open_with("1"))],
            "status": [(0, status)],
            f"amend {amount}": answers,
            "trades": [(0, (fill("1", "0.5"),))],
        }
    )

    async def strategy(caretaker: Caretaker) -> None:
        await asyncio.sleep(1)
        order = caretaker._ledger.find("a")
        assert order is not None
        changes = Changes(_Api(script), caretaker, caretaker._tasks)
        changes.amend(order, Decimal(amount))

    return live(script, strategy, seconds=10)


def test_an_amend_that_is_done_is_asked_for_once() -> None:
    """The answer shows the order for less, and nothing is told of it."""
    script = amended([(0, open_with("0.5"))], open_with("0.5"))
    assert script.asked == ["0 create", "1 amend 0.5"]
    assert script.told == ["0 Created", "tracked"]


def test_an_amended_order_is_complete_at_the_smaller_amount() -> None:
    """The status that the venue shows says what it is for, and its trades what it has."""
    full = replace(seen("Filled", "0.5"), quantity=Decimal("0.5"))
    script = amended([(0, LOST)], full)
    assert script.told == ["0 Created", "1 Filled 0.5", "1 Completed", "over"]


def test_a_refused_amend_is_an_answer() -> None:
    """The order is asked about, and not amended again; nothing is told."""
    script = amended([(0, NOT_LOWER)], open_with("1"), amount="1.5")
    assert script.asked == ["0 create", "1 amend 1.5", "1 status"]
    assert script.told == ["0 Created", "tracked"]


def test_an_amend_without_an_answer_is_repeated_until_it_shows() -> None:
    """An order only ever gets smaller, so an amend that comes twice or late does no harm."""
    script = amended([(0, LOST), (0, LOST), (0, open_with("0.5"))], open_with("1"))
    assert [a for a in script.asked if "amend" in a] == [f"{t} amend 0.5" for t in (1, 2, 4)]
    shown = amended([(0, LOST)], open_with("0.5"))
    assert shown.asked == ["0 create", "1 amend 0.5", "1 status"]


def test_an_amend_waits_until_the_order_is_shown() -> None:
    """Sent sooner it could overtake the create, and be refused for an order nobody knows yet."""
    script = Script(
        {
            "create": [(3, open_with("1"))],
            "status": [(0, open_with("1"))],
            "amend 0.5": [(0, open_with("0.5"))],
        }
    )

    async def strategy(caretaker: Caretaker) -> None:
        order = caretaker._ledger.find("a")
        assert order is not None
        Changes(_Api(script), caretaker, caretaker._tasks).amend(order, Decimal("0.5"))

    assert live(script, strategy, seconds=10).asked == ["0 create", "3 amend 0.5"]


def replaced(answer: Answer, status: Answer = LOST) -> list[str]:
    """Replace an open order after a second, and return what was told of both."""
    script = Script(
        {
            "create": [(0, seen("Open"))],
            "status": [(0, status)],
            "replace": [(0, answer)],
        }
    )
    told: list[str] = []

    async def strategy(caretaker: Caretaker) -> None:
        caretaker._tell = lambda event: told.append(f"{event.client_order_id} {event.event}")
        await asyncio.sleep(1)
        order = caretaker._ledger.find("a")
        assert order is not None
        Changes(_Api(script), caretaker, caretaker._tasks).replace(order, NEW)
        assert caretaker._ledger.tracked() == ("a", "b")
        assert [asked for asked in script.asked if "replace" in asked] == []

    live(script, strategy, seconds=30)
    return told


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [
        (seen("Open"), LOST, ["a Created", "a Cancelled", "b Created"]),
        (
            Refusal(409, -2021, "", {"cancelResponse": CANCELED, "newOrderResponse": FAILED}),
            Refusal(400, -2013, "Order does not exist."),
            ["a Created", "a Cancelled", "b Failure"],
        ),
        (
            Refusal(400, -2022, "", {"cancelResponse": FAILED, "newOrderResponse": None}),
            Refusal(400, -2013, "Order does not exist."),
            ["a Created", "b Failure"],
        ),
        (Refusal(400, -1013, "Filter failure: LOT_SIZE"), LOST, ["a Created", "b Failure"]),
        (NotSent("the venue asked for a pause"), LOST, ["a Created", "b Failure"]),
        (LOST, seen("Open"), ["a Created", "b Created"]),
        (LOST, LOST, ["a Created"]),
    ],
)
def test_what_became_of_a_replace_is_told_of_each_order(
    answer: Answer, status: Answer, told: list[str]
) -> None:
    """The old one ends if it was cancelled; the new one is as sure as the answer is, not more."""
    assert replaced(answer, status) == told


@pytest.mark.parametrize(
    ("ticket", "sent"),
    [
        (
            replace(TICKET, trigger=("STOP_LOSS", Decimal(30000))),
            {"type": "STOP_LOSS_LIMIT", "stopPrice": "30000", "quantity": "1"},
        ),
        (
            replace(TICKET, price=None, trigger=("TAKE_PROFIT", Decimal(28000))),
            {"type": "TAKE_PROFIT", "stopPrice": "28000", "quantity": "1"},
        ),
        (
            replace(TICKET, price=None, order_type="MARKET", quote_amount=Decimal(500)),
            {"type": "MARKET", "quoteOrderQty": "500"},
        ),
        (
            replace(TICKET, self_trade_prevention="DECREMENT"),
            {"type": "LIMIT", "quantity": "1", "selfTradePreventionMode": "DECREMENT"},
        ),
    ],
)
def test_a_rare_order_is_sent_in_the_words_of_the_venue(
    ticket: Ticket, sent: dict[str, str]
) -> None:
    """Type, stopPrice, quoteOrderQty and selfTradePreventionMode, as Binance documents them."""
    names = {"type", "stopPrice", "quantity", "quoteOrderQty", "selfTradePreventionMode"}
    parameters = create_parameters(ticket)
    assert {key: value for key, value in parameters.items() if key in names} == sent
