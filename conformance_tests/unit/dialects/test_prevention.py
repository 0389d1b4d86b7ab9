"""Self-trade prevention: what is answered, told and shown of a match that was prevented."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench


def _meet(venue: Bench, mode: str, taker: str = "0.4", maker: str = "1", **more: Any) -> Any:
    """Let alice's order "taker" meet her order "maker" at 29000."""
    venue.limit("BUY", maker, "29000", "maker")
    order = {"side": "SELL", "quantity": taker, "price": "28000", "newClientOrderId": "taker"}
    return venue.place(**order, selfTradePreventionMode=mode, **more)


@pytest.mark.parametrize(
    ("mode", "taker", "maker"),
    [
        ("NONE", ("FILLED", None), ("PARTIALLY_FILLED", None)),
        ("EXPIRE_TAKER", ("EXPIRED_IN_MATCH", "0.40000000"), ("NEW", None)),
        ("EXPIRE_MAKER", ("NEW", None), ("EXPIRED_IN_MATCH", "1.00000000")),
        (
            "EXPIRE_BOTH",
            ("EXPIRED_IN_MATCH", "0.40000000"),
            ("EXPIRED_IN_MATCH", "1.00000000"),
        ),
        ("DECREMENT", ("EXPIRED_IN_MATCH", "0.40000000"), ("NEW", "0.40000000")),
        ("TRANSFER", ("EXPIRED_IN_MATCH", "0.40000000"), ("NEW", "0.40000000")),
    ],
)
def test_each_mode_takes_from_whom_it_says(
    venue: Bench,
    mode: str,
    taker: tuple[str, str | None],
    maker: tuple[str, str | None],
) -> None:
    """State and prevented quantity of both orders, in queries."""
    _meet(venue, mode)
    for name, expected in (("taker", taker), ("maker", maker)):
        shown = venue.query(name)[1]
        assert (shown["status"], shown.get("preventedQuantity")) == expected
        assert ("preventedMatchId" in shown) is (expected[1] is not None)


@pytest.mark.parametrize(
    ("mode", "quantities"),
    [
        ("EXPIRE_TAKER", {"takerPreventedQuantity": "0.40000000"}),
        ("EXPIRE_MAKER", {"makerPreventedQuantity": "1.00000000"}),
        (
            "EXPIRE_BOTH",
            {"makerPreventedQuantity": "1.00000000", "takerPreventedQuantity": "0.40000000"},
        ),
        (
            "DECREMENT",
            {"makerPreventedQuantity": "0.40000000", "takerPreventedQuantity": "0.40000000"},
        ),
    ],
)
def test_the_answer_and_the_query_show_the_match(
    venue: Bench, mode: str, quantities: dict[str, str]
) -> None:
    """A full answer lists what was prevented; myPreventedMatches has it for good."""
    [answered] = _meet(venue, mode)["preventedMatches"]
    number = answered["preventedMatchId"]
    match = {"makerSymbol": "BTCUSDT", "makerOrderId": 1, "price": "29000.00000000"}
    assert answered == {"preventedMatchId": number, **match, **quantities}
    query = {"symbol": "BTCUSDT", "preventedMatchId": number}
    assert venue.signed("GET", "/api/v3/myPreventedMatches", **query)[1] == [
        {
            "symbol": "BTCUSDT",
            "preventedMatchId": number,
            "takerOrderId": 2,
            **match,
            "tradeGroupId": -1,
            "selfTradePreventionMode": mode,
            **quantities,
            "transactTime": 1_700_000_000_000,
        }
    ]


def test_the_stream_tells_whom_it_took_from(venue: Bench) -> None:
    """TRADE_PREVENTION names the match, the other order, and what would have traded."""
    venue.listen()
    _meet(venue, "DECREMENT")
    reports = [one for one in venue.events() if one.get("x") == "TRADE_PREVENTION"]
    told = {one["c"]: one for one in reports}
    assert {name: (one["X"], one["U"], one["w"]) for name, one in told.items()} == {
        "maker": ("NEW", 2, True),
        "taker": ("EXPIRED_IN_MATCH", 1, False),
    }
    for one in reports:
        assert (one["A"], one["B"], one["Cs"], one["u"]) == ("0.40000000",) * 2 + ("BTCUSDT", -1)
        match = (one["pl"], one["pL"], one["pY"])
        assert match == ("0.40000000", "29000.00000000", "11600.00000000")
        assert one["v"] == reports[0]["v"]
        assert (one["l"], one["t"], one["C"], one["m"]) == ("0.00000000", -1, "", False)


def test_what_expires_whole_tells_what_would_have_traded(venue: Bench) -> None:
    """The maker loses all that it had, though less would have traded."""
    venue.listen()
    _meet(venue, "EXPIRE_MAKER")
    [report] = [one for one in venue.events() if one.get("x") == "TRADE_PREVENTION"]
    assert (report["c"], report["A"], report["pl"]) == ("maker", "1.00000000", "0.40000000")


@pytest.mark.parametrize(
    ("query", "count"),
    [({"orderId": 1}, 2), ({"orderId": 1, "fromPreventedMatchId": "last"}, 1), ({"orderId": 9}, 0)],
)
def test_matches_are_found_by_order(venue: Bench, query: dict[str, Any], count: int) -> None:
    """All of an order, or those from a number on."""
    _meet(venue, "DECREMENT")
    [last] = _meet(venue, "DECREMENT", maker="0.1")["preventedMatches"]
    if "fromPreventedMatchId" in query:
        query = {**query, "fromPreventedMatchId": last["preventedMatchId"]}
    found = venue.signed("GET", "/api/v3/myPreventedMatches", symbol="BTCUSDT", **query)[1]
    assert len(found) == count


@pytest.mark.parametrize(
    ("query", "code"),
    [({}, -1102), ({"preventedMatchId": 1, "orderId": 1}, -1128)],
)
def test_a_query_names_a_match_or_an_order(venue: Bench, query: dict[str, Any], code: int) -> None:
    """One of the two, not both and not neither."""
    status, error = venue.signed("GET", "/api/v3/myPreventedMatches", symbol="BTCUSDT", **query)
    assert (status, error["code"]) == (400, code)


def test_others_trade_as_ever(venue: Bench) -> None:
    """Prevention looks at one account alone."""
    venue.limit("BUY", "1", "29000", "b", who="bob")
    order = {"side": "SELL", "quantity": "0.4", "price": "29000"}
    assert venue.place(**order, selfTradePreventionMode="EXPIRE_BOTH")["status"] == "FILLED"


def test_two_accounts_of_a_group_transfer_instead_of_trading() -> None:
    """With TRANSFER on both sides the money moves as in a trade, without one and without a fee."""
    venue = Bench(trade_groups={"alice": "desk", "bob": "desk"})
    venue.listen()
    mode = {"selfTradePreventionMode": "TRANSFER"}
    venue.place(quantity="1", price="29000", newClientOrderId="maker", **mode)
    taker = {"side": "SELL", "quantity": "0.4", "price": "29000", "newClientOrderId": "taker"}
    answer = venue.place("bob", **taker, **mode)
    assert (answer["status"], answer["executedQty"]) == ("EXPIRED_IN_MATCH", "0.00000000")
    [told] = [one for one in venue.events() if one.get("x") == "TRADE_PREVENTION"]
    assert (told["c"], told["X"], told["B"], told["u"]) == ("maker", "NEW", "0.40000000", 0)
    account = venue.signed("GET", "/api/v3/account")[1]
    assert account["tradeGroupId"] == 0
    held = {one["asset"]: (one["free"], one["locked"]) for one in account["balances"]}
    assert held == {
        "BTC": ("10.40000000", "0.00000000"),
        "USDT": ("71000.00000000", "17400.00000000"),
    }


def test_an_account_in_no_group_shows_none(venue: Bench) -> None:
    """The number of a group is left out of the account's answer."""
    assert "tradeGroupId" not in venue.signed("GET", "/api/v3/account")[1]
