"""What is to be served: markets, accounts with their money, and the book at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fillproof.simulator.matching import Fees
from fillproof.simulator.vocabulary.instruments import Instrument


@dataclass(frozen=True, slots=True)
class Account:
    """Who may trade. `secret` is of HMAC, or a public key in PEM; `balances` is money by asset."""

    name: str
    key: str
    secret: str
    balances: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Book:
    """A resting book that strangers make before anybody comes: so many levels a side."""

    market: str
    price: Decimal
    levels: int = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """A venue. Markets are by name ("BTC-USDT"); `quirks` are switches of the dialect.

    Of each account's ended orders the last `kept_orders` stay known, so memory is bounded. `lives`
    are strangers, each as a scenario's normalised document has them under `life`.
    """

    markets: Mapping[str, Instrument]
    accounts: tuple[Account, ...]
    books: tuple[Book, ...] = ()
    dialect: str = "binance"
    fees: Fees = field(default=Fees(Decimal("0.001"), Decimal("0.001")))
    quirks: dict[str, bool | int] = field(default_factory=dict)
    kept_orders: int = 2_000
    lives: tuple[Mapping[str, Any], ...] = ()
    seed: int = 0
