"""What Hyperliquid's messages say of an order, and what its refusals prove."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from fillproof.harness.connectors.protocol import Balance, Fee
from fillproof.harness.connectors.reference.facts import (
    Fact,
    Fill,
    InDoubt,
    Refused,
    Seen,
    Status,
)
from fillproof.harness.connectors.reference.trouble import (
    NotSent,
    Unanswered,
    Unreadable,
    VenueTrouble,
)
from fillproof.harness.connectors.reference_dex import decode
from fillproof.harness.connectors.reference_dex.troubles import (
    HYPERLIQUID,
    ActionDenied,
    NoSuchOrder,
    OrderDenied,
)

ONE = Decimal(1)
SENT, ANSWERED = 1_000, 2_000
DEAD = SENT + 62_000_000_000
GONE = "Order was never placed, already canceled, or filled. asset=10000"


def replied(*statuses: Any) -> dict[str, Any]:
    return {"status": "ok", "response": {"type": "order", "data": {"statuses": list(statuses)}}}


def update(status: str, left: str = "0.4") -> dict[str, Any]:
    order = {"cloid": "0xa", "oid": 7, "origSz": "1.0", "sz": left, "coin": "@1"}
    return {"order": order, "status": status, "statusTimestamp": 5}


def seen(status: Status, cumulative: str, time_ms: int | None = 5) -> Seen:
    return Seen("7", status, Decimal(cumulative), time_ms)


def shown(status: Status, cumulative: str) -> Seen:
    return replace(seen(status, cumulative), quantity=ONE)


@pytest.mark.parametrize(
    ("status", "fact"),
    [
        ({"resting": {"oid": 7}}, seen(Status.OPEN, "0", None)),
        ({"filled": {"totalSz": "1.0", "avgPx": "9.0", "oid": 7}}, seen(Status.FILLED, "1", None)),
        ({"filled": {"totalSz": "0.4", "avgPx": "9.0", "oid": 7}}, seen(Status.OPEN, "0.4", None)),
    ],
)
def test_a_reply_to_an_order_shows_it(status: Any, fact: Seen) -> None:
    """It comes after a block has decided; how a partly filled order ended it does not say."""
    statement = decode.create_reply("0xa", replied(status), ONE)
    assert (statement.client_order_id, statement.facts) == ("0xa", (fact,))


@pytest.mark.parametrize(
    ("reply", "trouble", "text"),
    [
        (replied({"error": GONE}), OrderDenied, "never placed"),
        ({"status": "err", "response": "Invalid nonce: 7"}, ActionDenied, "Invalid nonce"),
        ({"status": "ok"}, Unreadable, "not as documented"),
        (replied("strange"), Unreadable, "not as documented"),
    ],
)
def test_refusals_come_with_the_status_of_a_success(
    reply: Any, trouble: type[VenueTrouble], text: str
) -> None:
    """HTTP 200 says nothing; the action or its one order may be refused in the body."""
    with pytest.raises(trouble, match=text):
        decode.create_reply("0xa", reply, ONE)


@pytest.mark.parametrize(
    ("status", "fact"),
    [
        ("open", shown(Status.OPEN, "0.6")),
        ("triggered", shown(Status.OPEN, "0.6")),
        ("filled", shown(Status.FILLED, "1")),
        ("canceled", shown(Status.CANCELED, "0.6")),
        ("marginCanceled", shown(Status.CANCELED, "0.6")),
        ("scheduledCancel", shown(Status.CANCELED, "0.6")),
        ("badAloPxRejected", Refused("badAloPxRejected", is_final=False, time_ms=5)),
        ("rejected", Refused("rejected", is_final=False, time_ms=5)),
    ],
)
def test_each_status_word_is_one_of_ours(status: str, fact: Fact) -> None:
    """Whatever the venue calls it, an order is open, filled, canceled, or never was."""
    (statement,) = decode.order_updates([update(status)])
    assert statement.facts == (fact,)
    answered = decode.order_status({"status": "order", "order": update(status)})
    assert answered == statement


def test_an_order_without_a_name_is_not_ours() -> None:
    """Orders that were placed by hand have no client order id."""
    by_hand = update("open")
    by_hand["order"]["cloid"] = None
    assert list(decode.order_updates([by_hand])) == []


def test_an_unknown_order_is_no_status() -> None:
    """The venue was asked and has no such order."""
    with pytest.raises(NoSuchOrder):
        decode.order_status({"status": "unknownOid"})


def test_a_fill_has_its_fee_in_the_asset_that_paid_it() -> None:
    """A buyer pays in what was bought."""
    item = {
        "cloid": "0xa",
        "oid": 7,
        "tid": 9,
        "sz": "0.5",
        "px": "29000.0",
        "fee": "0.0005",
        "feeToken": "BTC",
        "time": 5,
    }
    fill = Fill(
        "7", "9", Decimal("0.5"), Decimal("29000.0"), Fee("BTC", Decimal("0.0005")), time_ms=5
    )
    assert list(decode.user_fills([item, {**item, "cloid": None}])) == [("0xa", fill)]


def test_what_is_on_hold_is_not_available() -> None:
    """A balance is as of when it was asked for: the venue states no time."""
    state = decode.spot_state({"balances": [{"coin": "USDC", "total": "9.5", "hold": "2.0"}]}, 3)
    assert (state.time_ms, state.is_whole) == (3, True)
    assert state.balances == {"USDC": Balance(Decimal("9.5"), Decimal("7.5"))}


@pytest.mark.parametrize(("side", "price"), [("BUY", "11"), ("SELL", "9")])
def test_a_market_order_looks_at_the_other_side(side: str, price: str) -> None:
    """A buyer takes from the asks."""
    book = {"levels": [[{"px": "9"}, {"px": "8"}], [{"px": "11"}]]}
    assert decode.best_price(book, side) == Decimal(price)


def test_an_empty_side_has_no_price() -> None:
    """There is nothing that a market order could be priced by."""
    with pytest.raises(Unreadable, match="l2Book"):
        decode.best_price({"levels": [[], []]}, "BUY")


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (OrderDenied("too small"), Refused("too small", is_final=False)),
        (
            ActionDenied("User or API Wallet 0x1 does not exist."),
            Refused("User or API Wallet 0x1 does not exist."),
        ),
        (NotSent("a pause"), Refused("a pause")),
        (Unanswered("nothing"), InDoubt("nothing", DEAD, 2)),
        (Unreadable("half"), InDoubt("half", DEAD, 2)),
        (ActionDenied("Too many requests"), InDoubt("Too many requests", ANSWERED, 1)),
        (ActionDenied("duplicate nonce"), InDoubt("duplicate nonce", DEAD, 2)),
    ],
)
def test_only_what_cannot_have_been_taken_is_refused(
    trouble: VenueTrouble, outcome: Refused | InDoubt
) -> None:
    """A used nonce is the answer to a copy of a request that was taken: a block may have it yet."""
    assert HYPERLIQUID.outcome_of_create(trouble, SENT, ANSWERED) == outcome


@pytest.mark.parametrize(
    ("trouble", "unknown", "nothing_left"),
    [
        (NoSuchOrder("no"), True, False),
        (OrderDenied(GONE), False, True),
        (OrderDenied("other"), False, False),
        (ActionDenied(GONE), False, False),
    ],
)
def test_a_denied_cancel_is_not_an_unknown_order(
    trouble: VenueTrouble, unknown: bool, nothing_left: bool
) -> None:
    """Only orderStatus says that an order never was."""
    assert HYPERLIQUID.is_no_such_order(trouble) is unknown
    assert HYPERLIQUID.is_nothing_left(trouble) is nothing_left
