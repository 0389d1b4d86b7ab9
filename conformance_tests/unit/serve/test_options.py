"""What the words of `fillproof serve` mean, and which are refused with which sentence."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fillproof.harness.serve.defaults import DEFAULT_MARKETS, default_plan
from fillproof.harness.serve.options import Options, WrongOption, plan_of

MARKET = "SEED-GOLD:0.5:0.1:0.2:50:1"


def test_without_words_it_is_the_default_venue() -> None:
    """Five markets with books, one account with money of every asset."""
    plan = plan_of(Options())
    assert plan == default_plan()
    assert [book.market for book in plan.books] == list(DEFAULT_MARKETS)
    assets = {asset for market in DEFAULT_MARKETS.values() for asset in (market.base, market.quote)}
    assert set(plan.accounts[0].balances) == assets


def test_a_market_is_its_name_and_its_rules_in_order() -> None:
    """Tick, lot, least and most amount, least notional; what is left out is as in a scenario."""
    markets = plan_of(Options(markets=(MARKET, "A-B", "C-B::0.01"))).markets
    rules = {
        name: (one.tick_size, one.lot_size, one.min_quantity, one.max_quantity, one.min_notional)
        for name, one in markets.items()
    }
    exact = [tuple(map(Decimal, row)) for row in (
        ("0.5", "0.1", "0.2", "50", "1"),
        ("0.01", "0.0001", "0.0001", "9000", "5"),
        ("0.01", "0.01", "0.01", "9000", "5"),
    )]  # fmt: skip
    assert rules == dict(zip(("SEED-GOLD", "A-B", "C-B"), exact, strict=True))
    assert markets["SEED-GOLD"].symbol == "SEEDGOLD"


def test_own_markets_have_no_book_but_the_one_asked_for() -> None:
    """Nobody knows their price; --book says one."""
    assert plan_of(Options(markets=(MARKET,))).books == ()
    [book] = plan_of(Options(markets=(MARKET,), books=("SEED-GOLD:7.5:3",))).books
    assert (book.market, book.price, book.levels) == ("SEED-GOLD", Decimal("7.5"), 3)
    assert plan_of(Options(empty=True)).books == ()


def test_balances_are_for_all_or_for_one_account() -> None:
    """An account's own word adds to what all have."""
    plan = plan_of(
        Options(accounts=("a:ka:sa", "b:kb:s:b"), balances=("USDT:7", "b:BTC:0.5", "NEW:1"))
    )
    a, b = plan.accounts
    assert (a.name, a.key, a.secret, b.secret) == ("a", "ka", "sa", "s:b")
    assert [a.balances[asset] for asset in ("USDT", "BTC", "NEW")] == [7, 10, 1]
    assert [b.balances[asset] for asset in ("USDT", "BTC", "NEW")] == [7, Decimal("0.5"), 1]


def test_a_public_key_may_stand_for_the_secret(tmp_path: Path) -> None:
    """Of RSA and Ed25519 keys the venue knows the public half, from a file."""
    file = tmp_path / "key.pem"
    public_key = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    pem = public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    file.write_text(pem)
    [account] = plan_of(Options(accounts=(f"a:k:@{file}",))).accounts
    assert account.secret == pem
    file.write_text("-----BEGIN PUBLIC KEY-----\n")
    with pytest.raises(WrongOption, match="the key of account a: "):
        plan_of(Options(accounts=(f"a:k:@{file}",)))


def test_a_file_holds_what_stands_under_venue_in_a_scenario(tmp_path: Path) -> None:
    """Markets, balances, fees and quirks are taken from it."""
    file = tmp_path / "venue.yaml"
    file.write_text(
        "profile: decentralised\ngrace_window: 5s\n"
        'markets: {X-Y: {tick_size: "0.1"}}\nbalances: {Y: "3"}\nfees: {maker: "0"}\n'
        "quirks: {ping_interval_ns: 0}\n"
    )
    plan = plan_of(Options(venue=file))
    assert list(plan.markets) == ["X-Y"]
    assert plan.accounts[0].balances == {"Y": Decimal(3)}
    assert (plan.fees.maker, plan.fees.taker) == (Decimal(0), Decimal("0.001"))
    assert plan.quirks == {
        "ping_interval_ns": 0,
        "depth_interval": True,
    }


def test_switches_of_the_dialect_are_set_by_name() -> None:
    """The streams of a book wait as on the real venue unless that is switched off."""
    words = ("rate_limits=false", "orders_per_day=7", "depth_interval=false")
    quirks = plan_of(Options(quirks=words)).quirks
    assert quirks == {"rate_limits": False, "orders_per_day": 7, "depth_interval": False}
    assert plan_of(Options()).quirks == {"depth_interval": True}


def test_traders_live_where_there_is_a_price() -> None:
    """In each market with a book, instead of it, and they trade with anybody."""
    plan = plan_of(Options(books=("BTC-USDT:90000", "ETH-USDT:3000"), life="traders:8:2s"))
    assert [(life["market"], life["price"]) for life in plan.lives] == [
        ("BTC-USDT", "90000"),
        ("ETH-USDT", "3000"),
    ]
    [first, _] = plan.lives
    assert (first["traders"], first["every"], first["apart"]) == (8, 2_000_000_000, False)
    assert plan.books == ()
    usual = plan_of(Options(life="traders")).lives[0]
    assert (usual["traders"], usual["every"]) == (20, 500_000_000)


def test_recorded_trades_live_in_one_market(tmp_path: Path) -> None:
    """The first one unless another is said; other markets keep their books."""
    file = tmp_path / "trades.csv"
    file.write_text("time,price,quantity,side\n1700000000000,4000,0.5,buy\n")
    plan = plan_of(Options(life=f"replay:{file}:ETH-USDT"))
    [life] = plan.lives
    assert (life["market"], life["replay"]["trades"]) == ("ETH-USDT", "0,4000,0.5,BUY")
    assert "ETH-USDT" not in [book.market for book in plan.books]
    assert len(plan.books) == len(DEFAULT_MARKETS) - 1
    venue = tmp_path / "venue.yaml"
    venue.write_text("life: {replay: trades.csv}")
    trades = "time,price,quantity,side\n1700000000000,29000,0.5,buy\n"
    file.write_text(trades)
    plan = plan_of(Options(venue=venue, books=("BTC-USDT:29000",)))
    assert [(one["market"], one["apart"]) for one in plan.lives] == [("BTC-USDT", True)]
    assert plan.books == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            {"quirks": ("rate_limit=true",)},
            '--quirk rate_limit=true: no quirk is called "rate_limit"; did you mean "rate_limits"?',
        ),
        ({"quirks": ("fills_first=true",)}, "no quirk of binance: fills_first; known: "),
        ({"quirks": ("rate_limits",)}, "--quirk rate_limits: NAME=VALUE is allowed"),
        ({"quirks": ("rate_limits=3",)}, "quirk rate_limits: 3; true or false is allowed"),
        ({"life": "tea"}, "--life tea: traders[:COUNT[:EVERY]] | replay:FILE[:MARKET] is allowed"),
        ({"life": "replay"}, "replay:FILE[:MARKET] is allowed"),
        ({"life": "traders:x"}, '"x" traders; a whole number is allowed'),
        ({"life": "traders:201"}, "traders: 201 is out of range; at most 200 is allowed"),
        ({"life": "traders:2:fast"}, '"fast" is not a duration'),
        ({"life": "traders:2:1ms"}, "every 1ms is too often; at least 10ms is allowed"),
        ({"life": "traders", "markets": ("A-B",)}, "no market has a book; traders need a price"),
        ({"life": "replay:nowhere.csv"}, "nowhere.csv: cannot be read: No such file"),
        ({"life": "replay:x.csv:A-B"}, 'there is no market "A-B"; allowed: BTC-USDT'),
        ({"dialect": "kraken"}, 'there is no "kraken"; allowed: binance'),
        ({"markets": ("btc-usdt",)}, 'is not a market ("BASE-QUOTE" in capital letters)'),
        ({"markets": ("A-B:x",)}, '--market A-B:x: tick_size: "x" is not an amount'),
        ({"markets": ("A-B:1:1:1:1:1:1",)}, "6 rules; BASE-QUOTE[:TICK[:LOT"),
        ({"markets": ("A-B", "A-B")}, "A-B stands twice"),
        ({"markets": ("A-B::0.1:0.05",)}, "min_quantity 0.05 is not a multiple of lot_size 0.1"),
        ({"markets": ("A-B",), "venue": Path("v")}, "leave one of them out"),
        ({"venue": Path("nowhere.yaml")}, "nowhere.yaml: cannot be read: No such file"),
        ({"balances": ("USDT",)}, "[ACCOUNT:]ASSET:AMOUNT is allowed"),
        ({"balances": ("USDT:-1",)}, '"-1" is not an amount'),
        ({"balances": ("USDT:0.000000001",)}, "is not a multiple of 0.00000001"),
        ({"balances": ("bob:USDT:1",)}, 'there is no account "bob"; allowed: client'),
        ({"accounts": ("a:b",)}, "--account a: NAME:KEY:SECRET is allowed"),
        ({"accounts": ("stranger:k:s",)}, '"stranger" is no account; letters'),
        ({"accounts": ("a:k k:s",)}, "a key of 1 to 128 characters"),
        (
            {"accounts": ("a:k:@nowhere.pem",)},
            "nowhere.pem cannot be read: No such file or directory; ",
        ),
        ({"accounts": ("a:k:s", "b:k:s")}, "the API key k stands twice"),
        ({"accounts": ("a:k:s", "a:l:s")}, "the account a stands twice"),
        ({"books": ("BTC-USDT",)}, "BASE-QUOTE:PRICE[:LEVELS] is allowed"),
        ({"books": ("BTC-EUR:1",)}, 'there is no market "BTC-EUR"'),
        ({"books": ("BTC-USDT:1.001",)}, "1.001 is not a multiple of 0.01"),
        ({"books": ("BTC-USDT:1:0",)}, "0 levels; 1 to 1000 are allowed"),
    ],
)
def test_what_cannot_be_is_named_with_what_can(words: dict[str, Any], said: str) -> None:
    """Each message has what was written and what is allowed."""
    with pytest.raises(WrongOption) as refused:
        plan_of(Options(**words))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("marktes: {}", '1:1: there is no key "marktes"; did you mean "markets"?'),
        ("fees: {maker: 0.1}", '1:15: maker: the amount 0.1 is not quoted; write "0.1"'),
        ("links: {latency: 1ms}", "1:1: links: a real socket has its own; leave them out"),
        ("quirks: {tea: true}", '1:10: no quirk is called "tea"; allowed: '),
        ("- a", "1:1: "),
        ("life: {traders: 2}", "venue.yaml: life: traders need a price to begin at; add price"),
        ("life: {replay: no.csv}", "1:16: replay: "),
    ],
)
def test_a_wrong_file_is_named_by_line_and_column(tmp_path: Path, text: str, said: str) -> None:
    """A venue file is checked as a scenario is."""
    file = tmp_path / "venue.yaml"
    file.write_text(text)
    with pytest.raises(WrongOption) as refused:
        plan_of(Options(venue=file))
    assert said in str(refused.value)


def test_hyperliquid_has_a_usual_venue_of_its_own() -> None:
    """Spot markets in USDC and contracts in USD, an account whose key is its address."""
    plan = plan_of(Options(dialect="hyperliquid"))
    contracts = {name for name, market in plan.markets.items() if market.margin is not None}
    assert contracts == {"BTC-USD", "ETH-USD", "SOL-USD"}
    assert {market.quote for market in plan.markets.values()} == {"USDC"}
    assert plan.accounts[0].key.startswith("0x")
    assert plan.quirks == {}


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (
            {"accounts": (f"a:0x{'12' * 20}:0x{'11' * 32}",)},
            (
                f"the key of account a: 0x{'12' * 20} is not the address of its secret, "
                "which is 0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a"
            ),
        ),
        (
            {"accounts": ("a:0x12:secret",)},
            "the key of account a: a private key is 0x and 64 hexadecimal digits",
        ),
        ({"quirks": ("depth_interval=true",)}, "no quirk of hyperliquid: depth_interval"),
        ({"markets": ("BTC-USDC:1:0.5",)}, "BTC-USDC: lot_size 0.5; a power of ten"),
    ],
)
def test_what_hyperliquid_cannot_have_is_refused(options: dict[str, Any], text: str) -> None:
    """Keys that do not belong together, switches of others, lots that it cannot say."""
    with pytest.raises(WrongOption, match=re.escape(text)):
        plan_of(Options(dialect="hyperliquid", **options))
