"""The words that drive a served venue from any language."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from fillproof.harness.serve.control import Control, NotNow, Wrong
from fillproof.harness.serve.log import Log
from fillproof.harness.serve.options import Options, plan_of
from fillproof.harness.serve.venue import ServedVenue
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import MarketPhase, OrderType, Side, TimeInForce
from fillproof.simulator.vocabulary.units import asset_units

ACCOUNTS = ("alice:ka:sa", "bob:kb:sb")


@pytest.fixture
def venue() -> ServedVenue:
    """Return a venue of BTC-USDT with an empty book, where alice and bob have money."""
    plan = plan_of(Options(markets=("BTC-USDT:0.01:0.0001",), accounts=ACCOUNTS))
    venue = ServedVenue(plan, Log("off", lambda _: None))
    venue.open()
    return venue


@pytest.fixture
def control(venue: ServedVenue) -> Control:
    """Return the words of that venue."""
    return Control(venue.plan, venue.exchange, venue.apply)


def place(venue: ServedVenue, name: str, account: str = "alice") -> int:
    """Place a buy of 1 BTC at 29,000; return the venue's number of it."""
    venue.apply(
        PlaceOrder(
            account, name, "BTCUSDT", Side.BUY, OrderType.LIMIT, TimeInForce.GTC, 10_000, 2_900_000
        )
    )
    order = venue.exchange.find(account, name)
    assert order is not None
    return order.venue_order_id


def say(control: Control, word: str, **keys: Any) -> Any:
    """Say a word."""
    return control.say(word, json.dumps(keys).encode())


def test_trade_fills_exactly_that_order(venue: ServedVenue, control: Control) -> None:
    """By the client's id or the venue's; the answer tells both sides."""
    number = place(venue, "a")
    done = say(control, "trade", order="a", amount="0.25")
    assert done["done"] == "trade"
    [fill] = [one for one in done["reports"] if one["account"] == "alice"]
    assert (fill["execution_type"], fill["last_quantity"], fill["last_price"]) == (
        "Trade",
        "0.25",
        "29000",
    )
    assert (fill["cumulative_quantity"], fill["leaves_quantity"]) == ("0.25", "0.75")
    say(control, "trade", venue_order_id=number, amount="0.75")
    with pytest.raises(NotNow, match="order a is over: Filled"):
        say(control, "trade", order="a", amount="0.1")


def test_a_market_is_told_by_the_name_it_has_on_the_command_line() -> None:
    """A perpetual is named BTC-USD, though it is settled in USDC as BTC-USDC is."""
    pytest.importorskip("eth_keys")
    plan = plan_of(Options(dialect="hyperliquid", empty=True))
    perpetual = ServedVenue(plan, Log("off", lambda _: None))
    perpetual.open()
    words = Control(plan, perpetual.exchange, perpetual.apply)
    for market in ("BTC-USD", "BTC-USDC"):
        done = say(words, "rest", market=market, side="BUY", amount="1", price="90000")
        assert [one["market"] for one in done["reports"]] == [market]


def test_two_accounts_may_have_an_order_of_one_name(venue: ServedVenue, control: Control) -> None:
    """Then the account must be said."""
    place(venue, "a")
    place(venue, "a", "bob")
    with pytest.raises(Wrong, match="a is an order of each of alice, bob; add account"):
        say(control, "expire", order="a")
    say(control, "expire", order="a", account="alice")
    assert not venue.exchange.orders("alice", open_only=True)
    assert venue.exchange.orders("bob", open_only=True)


def test_strangers_rest_and_sweep(venue: ServedVenue, control: Control) -> None:
    """A stranger's order comes to the book; another takes from it."""
    say(control, "rest", market="BTC-USDT", side="sell", amount="2", price="30000")
    assert venue.exchange.depth("BTCUSDT") == ([], [(3_000_000, 20_000)])
    place(venue, "a")
    done = say(control, "sweep", market="BTC-USDT", side="sell", amount="0.4")
    [fill] = [one for one in done["reports"] if one["account"] == "alice"]
    assert fill["leaves_quantity"] == "0.6"


@pytest.mark.parametrize(("word", "status"), [("expire", "Expired"), ("reject", "Rejected")])
def test_the_venue_ends_an_order(
    venue: ServedVenue, control: Control, word: str, status: str
) -> None:
    """As its own decision."""
    place(venue, "a")
    [report] = say(control, word, order="a")["reports"]
    assert report["order_status"] == status


def test_a_market_is_halted_and_opened(venue: ServedVenue, control: Control) -> None:
    """Halted unless another phase is said."""
    say(control, "halt", market="BTC-USDT")
    assert venue.exchange.phase("BTCUSDT") is MarketPhase.HALTED
    say(control, "halt", market="BTC-USDT", phase="cancel_only")
    assert venue.exchange.phase("BTCUSDT") is MarketPhase.CANCEL_ONLY
    say(control, "open", market="BTC-USDT")
    assert venue.exchange.phase("BTCUSDT") is MarketPhase.TRADING


def test_an_order_is_made_smaller_by_the_venue(venue: ServedVenue, control: Control) -> None:
    """Smaller only, and not as small as what it has filled."""
    place(venue, "a")
    [report] = say(control, "restate", order="a", amount="0.4")["reports"]
    assert (report["execution_type"], report["leaves_quantity"]) == ("Restated", "0.4")
    with pytest.raises(NotNow):
        say(control, "restate", order="a", amount="0.5")


def test_a_trade_is_corrected_and_taken_back(venue: ServedVenue, control: Control) -> None:
    """By the number that the answer to `trade` states."""
    place(venue, "a")
    traded = say(control, "trade", order="a", amount="0.5")["reports"]
    number = next(one["trade_id"] for one in traded if one["account"] == "alice")
    words = {"market": "BTC-USDT", "trade_id": number}
    [corrected] = _of_alice(say(control, "correct", **words, amount="0.2"))
    assert (corrected["execution_type"], corrected["cumulative_quantity"]) == (
        "TradeCorrect",
        "0.2",
    )
    [bust] = _of_alice(say(control, "bust", trade_id=number))
    assert (bust["execution_type"], bust["cumulative_quantity"]) == ("TradeCancel", "0")
    with pytest.raises(NotNow, match=f"trade {number} is not known, or was taken back"):
        say(control, "bust", trade_id=number)
    with pytest.raises(Wrong, match="nothing is corrected; write amount, price or both"):
        say(control, "correct", **words)


def _of_alice(done: Any) -> list[Any]:
    return [one for one in done["reports"] if one["account"] == "alice"]


def test_money_is_deposited(venue: ServedVenue, control: Control) -> None:
    """To the first account unless another is said."""
    say(control, "deposit", asset="BTC", amount="2.5")
    say(control, "deposit", asset="NEW", amount="1", account="bob")
    assert venue.exchange.balances("alice")["BTC"] == (asset_units(Decimal("12.5")), 0)
    assert venue.exchange.balances("bob")["NEW"] == (asset_units(Decimal(1)), 0)


@pytest.mark.parametrize(
    ("word", "body", "said"),
    [
        ("trade", b"", "the body is no JSON"),
        ("trade", b"[" * 60_000, "the body is no JSON"),
        ("trade", b"\xff", "the body is no JSON"),
        ("trade", b"[]", "the body is a list; write a JSON object with the keys of trade"),
        ("trade", b"{}", 'the key "amount" is missing; add it'),
        ("trade", b'{"amount": "1"}', "name one order: either order"),
        ("trade", b'{"order": "x", "amount": "1"}', "no order x; place it first"),
        ("trade", b'{"order": "a", "amount": 0.5}', 'the amount 0.5 is not quoted; write "0.5"'),
        ("trade", b'{"order": "a", "amount": "0.00001"}', "amount: 0.00001 is not a multiple of"),
        ("trade", b'{"order": "a", "amount": "NaN"}', '"NaN" is not an amount'),
        ("trade", b'{"order": "a", "amount": "1", "account": "eve"}', "allowed: alice, bob"),
        ("trade", b'{"ordre": "a", "amount": "1"}', 'did you mean "order"?'),
        ("halt", b'{"market": "BTC-EUR"}', 'no market "BTC-EUR";'),
        ("halt", b'{"market": "BTC-USDT", "phase": "tea"}', 'no phase is called "tea"; allowed: H'),
        ("rest", b'{"market": "BTC-USDT", "side": "up"}', 'no side is called "up"'),
        ("deposit", b'{"asset": "btc", "amount": "1"}', '"btc" is not an asset'),
        ("deposit", b'{"asset": "BTC", "amount": "0.000000001"}', "not a multiple of 0.00000001"),
    ],
)
def test_what_makes_no_sense_is_refused(
    venue: ServedVenue, control: Control, word: str, body: bytes, said: str
) -> None:
    """With what was said and what is allowed; nothing changes."""
    place(venue, "a")
    before = venue.exchange.balances("alice")
    with pytest.raises(Wrong) as refused:
        control.say(word, body)
    assert said in str(refused.value)
    assert venue.exchange.balances("alice") == before


def test_what_the_book_does_not_allow_is_told_apart(venue: ServedVenue, control: Control) -> None:
    """The words are right, the moment is not."""
    say(control, "rest", market="BTC-USDT", side="buy", amount="1", price="29000")
    place(venue, "a")
    with pytest.raises(NotNow, match="stands before"):
        say(control, "trade", order="a", amount="0.1")
    with pytest.raises(NotNow, match="the venue refuses it: notional_below_minimum"):
        say(control, "rest", market="BTC-USDT", side="buy", amount="0.0001", price="1")
