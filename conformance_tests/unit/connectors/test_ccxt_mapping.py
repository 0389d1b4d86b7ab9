"""What each object of ccxt is told as."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

ccxt = pytest.importorskip("ccxt")

from fillproof.harness.connectors.ccxt import mapping  # noqa: E402 - needs ccxt
from fillproof.harness.connectors.ccxt.showings import Showings, Source  # noqa: E402
from fillproof.harness.connectors.protocol import (  # noqa: E402
    Balance,
    EventName,
    Fee,
    OrderRequest,
    Told,
    Trigger,
)

RETURNED, STREAMED = Source.RETURNED, Source.STREAMED
TRADE: dict[str, Any] = {
    "info": {"c": "a", "t": 5},
    "id": "5",
    "order": "7",
    "side": "buy",
    "amount": 0.3,
    "price": 29000.0,
    "fee": {"cost": 0.0003, "currency": "BTC"},
}
STOP, TAKE = Trigger("STOP_LOSS", Decimal("8.5")), Trigger("TAKE_PROFIT", Decimal("9.5"))
LIMIT = OrderRequest("BTC-USDT", "BUY", Decimal("0.3"), Decimal("29000.01"))


def _placed_as(trade: mapping.Shown) -> str:
    return str(trade["info"]["c"])


def order(status: str, **more: Any) -> dict[str, Any]:
    return {
        "info": {"r": "NONE"},
        "id": "7",
        "clientOrderId": "a",
        "type": "limit",
        "side": "buy",
        "price": 29000.0,
        "amount": 1.0,
        "filled": 0.3,
        "cost": 8700.0,
        "status": status,
        "trades": [],
        **more,
    }


def told(showings: Showings, *shown: tuple[Source, str]) -> list[str]:
    return [
        event.event.value
        for source, status in shown
        for event in showings.of_order(source, order(status), "a")
    ]


def test_orders_go_out_as_ccxt_documents_them() -> None:
    """An order is sent with ccxt's symbol, floats, and the id of our own as a parameter."""
    assert mapping.arguments(LIMIT, "a") == (
        "BTC/USDT",
        "limit",
        "buy",
        0.3,
        29000.01,
        {"clientOrderId": "a"},
    )


def test_an_order_by_an_amount_of_money_has_a_cost_and_no_amount() -> None:
    """The word of ccxt for it is `cost`, in the params of a market order."""
    money = OrderRequest(
        "BTC-USDT", "BUY", Decimal(0), None, "MARKET", quote_amount=Decimal("14530.5")
    )
    params = {"clientOrderId": "a", "cost": 14530.5}
    assert mapping.arguments(money, "a") == ("BTC/USDT", "market", "buy", None, None, params)


@pytest.mark.parametrize(
    ("request_", "kind", "price", "params"),
    [
        (OrderRequest("BTC-USDT", "SELL", Decimal(1), None, "MARKET"), "market", None, {}),
        (
            OrderRequest("BTC-USDT", "SELL", Decimal(1), Decimal(9), time_in_force="IOC"),
            "limit",
            9.0,
            {"timeInForce": "IOC"},
        ),
        (
            OrderRequest("BTC-USDT", "SELL", Decimal(1), Decimal(9), post_only=True),
            "limit",
            9.0,
            {"postOnly": True},
        ),
        (
            OrderRequest("BTC-USDT", "SELL", Decimal(1), Decimal(9), trigger=STOP),
            "limit",
            9.0,
            {"stopLossPrice": 8.5},
        ),
        (
            OrderRequest("BTC-USDT", "SELL", Decimal(1), None, "MARKET", trigger=TAKE),
            "market",
            None,
            {"takeProfitPrice": 9.5},
        ),
    ],
)
def test_every_kind_of_order_has_its_parameters(
    request_: OrderRequest, kind: str, price: float | None, params: dict[str, object]
) -> None:
    """Market, immediate and post-only orders are asked for in ccxt's unified words."""
    expected = ("BTC/USDT", kind, "sell", 1.0, price, {"clientOrderId": "a", **params})
    assert mapping.arguments(request_, "a") == expected


def test_created_says_what_was_ordered() -> None:
    """Created carries side, amount and price; a market order has no price of its own."""
    limit = mapping.created(order("open"), "a")
    assert (limit.side, limit.amount, limit.price) == ("BUY", Decimal("1.0"), Decimal("29000.0"))
    assert mapping.created(order("open", type="market"), "a").price is None


def test_a_trade_is_filled() -> None:
    """Filled carries the trade id, amount, price and fee of the trade."""
    assert mapping.filled(TRADE, "a") == Told(
        EventName.FILLED,
        "a",
        side="BUY",
        amount=Decimal("0.3"),
        price=Decimal("29000.0"),
        trade_id="5",
        fees=(Fee("BTC", Decimal("0.0003")),),
        venue_order_id="7",
    )


@pytest.mark.parametrize("fee", [None, {}, {"cost": 0.0, "currency": None}])
def test_a_fee_without_a_currency_is_not_stated(fee: dict[str, Any] | None) -> None:
    """What ccxt does not know about a fee is not told as zero."""
    assert mapping.filled(TRADE | {"fee": fee}, "a").fees is None


@pytest.mark.parametrize(
    ("status", "event"),
    [
        ("open", None),
        ("closed", EventName.COMPLETED),
        ("canceled", EventName.CANCELLED),
        ("expired", EventName.EXPIRED),
        ("rejected", EventName.FAILURE),
    ],
)
def test_the_status_is_the_end(status: str, event: EventName | None) -> None:
    """Each status of ccxt that ends an order is one event."""
    end = mapping.ended(order(status), "a")
    assert (end and end.event) == event


def test_completed_sums_as_ccxt_does() -> None:
    """Completed carries what ccxt says was filled and what it cost."""
    end = mapping.ended(order("closed"), "a")
    assert end is not None
    assert (end.base_amount, end.quote_amount) == (Decimal("0.3"), Decimal("8700.0"))


@pytest.mark.parametrize(
    ("error", "refused"),
    [
        ("InvalidOrder", True),
        ("InsufficientFunds", True),
        ("OrderImmediatelyFillable", True),
        ("BadRequest", True),
        ("AuthenticationError", True),
        ("ExchangeError", True),
        ("RateLimitExceeded", True),
        ("DDoSProtection", True),
        ("InvalidNonce", True),
        ("DuplicateOrderId", False),
        ("RequestTimeout", False),
        ("ExchangeNotAvailable", False),
        ("NetworkError", False),
        ("OperationFailed", False),
        ("BadResponse", False),
    ],
)
def test_only_an_answer_is_a_refusal(error: str, refused: bool) -> None:
    """An error that leaves the outcome open, or says that the id exists, is no Failure."""
    assert mapping.is_refusal(getattr(ccxt, error)("no")) is refused


def test_a_failure_gives_its_reason() -> None:
    """Failure carries the class and the message of the error."""
    assert mapping.failure(ccxt.InvalidOrder("too small"), "a") == Told(
        EventName.FAILURE, "a", reason="InvalidOrder: too small"
    )


def test_a_balance_states_the_assets_it_has_both_numbers_of() -> None:
    """An asset without a total or a free amount is not stated."""
    shown = {"total": {"BTC": 1.5, "BNB": None, "X": 1.0}, "free": {"BTC": 1.0, "BNB": 2.0}}
    assert mapping.balances(shown) == {
        "BTC": Balance(total=Decimal("1.5"), available=Decimal("1.0"))
    }


@pytest.mark.parametrize(
    ("shown", "events"),
    [
        ([(RETURNED, "open"), (STREAMED, "open"), (STREAMED, "open")], ["Created"]),
        ([(STREAMED, "open"), (RETURNED, "open")], ["Created"]),
        ([(RETURNED, "canceled")], ["Created", "Cancelled"]),
        ([(STREAMED, "rejected")], ["Failure"]),
        ([(STREAMED, "open"), (STREAMED, "rejected")], ["Created", "Failure"]),
        ([(RETURNED, "closed"), (STREAMED, "closed")], ["Created", "Completed"]),
        (
            [(STREAMED, "open"), (RETURNED, "canceled"), (STREAMED, "canceled")],
            ["Created", "Cancelled"],
        ),
        (
            [(STREAMED, "canceled"), (STREAMED, "canceled"), (RETURNED, "canceled")],
            ["Created", "Cancelled", "Cancelled"],
        ),
        (
            [(RETURNED, "canceled"), (STREAMED, "canceled"), (STREAMED, "canceled")],
            ["Created", "Cancelled", "Cancelled"],
        ),
        (
            [(STREAMED, "open"), (STREAMED, "canceled"), (STREAMED, "open")],
            ["Created", "Cancelled", "Created"],
        ),
        (
            [(STREAMED, "open"), (STREAMED, "canceled"), (RETURNED, "open")],
            ["Created", "Cancelled"],
        ),
        (
            [(STREAMED, "open"), (RETURNED, "canceled"), (STREAMED, "open")],
            ["Created", "Cancelled"],
        ),
    ],
)
def test_a_fact_is_told_as_often_as_one_source_shows_it(
    shown: list[tuple[Source, str]], events: list[str]
) -> None:
    """The other source is an echo; a repetition and a reopening on the stream are ccxt's own."""
    assert told(Showings(_placed_as), *shown) == events


def test_a_reply_with_trades_is_told_whole_and_the_stream_echoes_it() -> None:
    """The fills of a reply come between Created and the end; streamed again, they are not news."""
    showings = Showings(_placed_as)
    events = list(showings.of_order(RETURNED, order("closed", trades=[TRADE]), "a"))
    assert [event.event.value for event in events] == ["Created", "Filled", "Completed"]
    assert list(showings.of_trade(TRADE)) == []
    assert [event.trade_id for event in showings.of_trade(TRADE)] == ["5"]


def test_trades_that_ccxt_collects_in_a_streamed_order_are_not_fills() -> None:
    """An order keeps its trades in ccxt; only watch_my_trades streams them."""
    events = list(Showings(_placed_as).of_order(STREAMED, order("open", trades=[TRADE]), "a"))
    assert [event.event.value for event in events] == ["Created"]


def test_one_trade_of_two_orders_is_two_fills() -> None:
    """An account that trades with itself has one trade id in two orders."""
    showings = Showings(_placed_as)
    other = TRADE | {"info": {"c": "b"}}
    fills = [*showings.of_trade(TRADE), *showings.of_trade(other)]
    assert [fill.client_order_id for fill in fills] == ["a", "b"]


def test_an_error_of_a_refusal_and_its_stream_message_are_one_failure() -> None:
    """Where a venue also streams what it refused, the raised error and the stream are an echo."""
    showings = Showings(_placed_as)
    error = ccxt.InsufficientFunds("no")
    raised = list(showings.of_error(error, "a"))
    assert [event.event.value for event in raised] == ["Failure"]
    assert list(showings.of_order(STREAMED, order("rejected"), "a")) == []


def test_an_error_that_leaves_the_outcome_open_tells_nothing() -> None:
    """A timeout says nothing about the order."""
    assert list(Showings(_placed_as).of_error(ccxt.RequestTimeout("late"), "a")) == []
