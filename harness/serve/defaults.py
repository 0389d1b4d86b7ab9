"""The venue that is served when nobody says which: five markets that can be traded at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fillproof.harness.serve.plan import Account, Book, Plan
from fillproof.harness.worker.keys import API_KEY, API_SECRET, CLIENT
from fillproof.simulator.vocabulary.instruments import (
    Filters,
    Instrument,
    PercentPrice,
    TrailingDelta,
)

_FILTERS = Filters(
    percent_price=PercentPrice(Decimal("0.2"), Decimal(5), Decimal("0.2"), Decimal(5)),
    market_minimum_quantity=Decimal(0),
    maximum_notional=Decimal(9_000_000),
    iceberg_parts=100,
    trailing_delta=TrailingDelta(10, 2000, 10, 2000),
    maximum_orders=200,
    maximum_algo_orders=5,
    maximum_iceberg_orders=10,
    maximum_order_lists=20,
    maximum_amends=10,
)
"""Of every market, as Binance Spot publishes them."""


def _market(
    name: str, price: str, steps: tuple[str, str], most: tuple[str, str, str], notional: str
) -> tuple[Instrument, Book]:
    """Return a market and its book. `most`: the price, and the amount by limit and by market."""
    base, quote = name.split("-")
    tick_size, lot_size = map(Decimal, steps)
    most_price, most_by_limit, most_by_market = map(Decimal, most)
    instrument = Instrument(
        symbol=base + quote,
        base=base,
        quote=quote,
        tick_size=tick_size,
        lot_size=lot_size,
        min_quantity=lot_size,
        max_quantity=most_by_limit,
        min_notional=Decimal(notional),
        filters=replace(
            _FILTERS,
            minimum_price=tick_size,
            maximum_price=most_price,
            market_maximum_quantity=most_by_market,
        ),
    )
    return instrument, Book(name, Decimal(price))


_MARKETS = (
    _market("BTC-USDT", "100000", ("0.01", "0.00001"), ("1000000", "9000", "100"), "5"),
    _market("ETH-USDT", "4000", ("0.01", "0.0001"), ("1000000", "9000", "2000"), "5"),
    _market("BNB-USDT", "900", ("0.01", "0.001"), ("100000", "900000", "9000"), "5"),
    _market("SOL-USDT", "200", ("0.01", "0.001"), ("10000", "90000", "30000"), "5"),
    _market("ETH-BTC", "0.04", ("0.00001", "0.001"), ("922327", "100000", "1000"), "0.0001"),
)
DEFAULT_MARKETS = {f"{market.base}-{market.quote}": market for market, _ in _MARKETS}
DEFAULT_BOOKS = tuple(book for _, book in _MARKETS)
DEFAULT_BALANCES = {
    "USDT": Decimal(100_000),
    "BTC": Decimal(10),
    "ETH": Decimal(100),
    "BNB": Decimal(500),
    "SOL": Decimal(1000),
}


@dataclass(frozen=True, slots=True)
class Usual:
    """What a dialect is served with when nobody says which: markets, books, money, keys, switches.

    `keys` are (account, key, secret): those that connectors have in the universe too.
    """

    markets: Mapping[str, Instrument]
    books: tuple[Book, ...]
    balances: Mapping[str, Decimal]
    keys: tuple[tuple[str, str, str], ...]
    quirks: Mapping[str, bool | int] = field(default_factory=dict)

    def own_money(self, markets: Iterable[Instrument]) -> dict[str, Decimal]:
        """Return money for markets of one's own: 100,000 of what is quoted in, 10 of each other."""
        traded = tuple(markets)
        money = {market.quote: Decimal(100_000) for market in traded}
        return money | {m.base: Decimal(10) for m in traded if m.base not in money}


BINANCE = Usual(
    DEFAULT_MARKETS,
    DEFAULT_BOOKS,
    DEFAULT_BALANCES,
    ((CLIENT, API_KEY, API_SECRET),),
    # In real time the streams of a book wait as long as their names say.
    {"depth_interval": True},
)


def default_plan() -> Plan:
    """Return the venue that `fillproof serve` is without further words."""
    accounts = tuple(Account(*key, BINANCE.balances) for key in BINANCE.keys)
    return Plan(BINANCE.markets, accounts, BINANCE.books, quirks=dict(BINANCE.quirks))
