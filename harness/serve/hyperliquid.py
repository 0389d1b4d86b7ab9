"""Hyperliquid as it is served: its usual venue, and what its markets and accounts are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec

from fillproof.harness.serve.defaults import Usual
from fillproof.harness.serve.plan import Book, Plan
from fillproof.harness.worker.keys import CLIENT, HYPERLIQUID
from fillproof.simulator.dialects.protocol import Dialect
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.instruments import Instrument, Margin

PERPETUAL_QUOTE = "USD"
"""A market of that name's end is of perpetual contracts, settled in USDC: BTC-USD."""

_SETTLED_IN = "USDC"
_INSTALL = "pip install 'fillproof[hyperliquid]'"


def _market(name: str, tick: str, lot: str) -> Instrument:
    base, quote = name.split("-")
    step = Decimal(lot)
    instrument = Instrument(
        symbol=base + quote,
        base=base,
        quote=quote,
        tick_size=Decimal(tick),
        lot_size=step,
        min_quantity=step,
        max_quantity=Decimal(1_000_000),
        min_notional=Decimal(0),
    )
    return traded(instrument)


def traded(instrument: Instrument) -> Instrument:
    """Return a market as the venue has it: one that is quoted in USD has positions."""
    if instrument.quote != PERPETUAL_QUOTE:
        return instrument
    return replace(instrument, quote=_SETTLED_IN, margin=Margin())


USUAL = Usual(
    markets={
        name: _market(name, tick, lot)
        for name, tick, lot in (
            ("BTC-USDC", "1", "0.00001"),
            ("ETH-USDC", "0.1", "0.0001"),
            ("HYPE-USDC", "0.001", "0.01"),
            ("BTC-USD", "1", "0.00001"),
            ("ETH-USD", "0.1", "0.0001"),
            ("SOL-USD", "0.01", "0.01"),
        )
    },
    books=(
        Book("BTC-USDC", Decimal(100_000)),
        Book("ETH-USDC", Decimal(4000)),
        Book("BTC-USD", Decimal(100_000)),
        Book("ETH-USD", Decimal(4000)),
    ),
    balances={"USDC": Decimal(100_000), "BTC": Decimal(10), "ETH": Decimal(100)},
    keys=((CLIENT, HYPERLIQUID.api_key, HYPERLIQUID.api_secret),),
)


def make(plan: Plan, exchange: Exchange) -> Dialect:
    """Build the dialect: an account's key is its address, its secret the key it signs with."""
    # What verifies signatures is an extra, and a third of a second to import.
    from fillproof.simulator.dialects.hyperliquid import (  # noqa: PLC0415
        HyperliquidDialect,
        Quirks,
    )

    return HyperliquidDialect(
        exchange,
        plan.markets.values(),
        accounts={account.key: account.name for account in plan.accounts},
        quirks=Quirks.from_mapping(plan.quirks),
    )


def check(plan: Plan) -> None:
    """Raise ValueError for switches, markets or keys that the dialect cannot have."""
    if find_spec("eth_keys") is None:
        raise ValueError(
            f"--dialect hyperliquid needs eth-account to verify signatures: {_INSTALL}"
        )
    from fillproof.simulator.dialects.hyperliquid import Quirks  # noqa: PLC0415 - as above
    from fillproof.simulator.dialects.hyperliquid.door.signing import (  # noqa: PLC0415
        address_of,
    )
    from fillproof.simulator.dialects.hyperliquid.markets import Markets  # noqa: PLC0415

    Quirks.from_mapping(plan.quirks)
    Markets(plan.markets.values())
    for account in plan.accounts:
        try:
            address = address_of(account.secret)
        except ValueError as problem:
            raise ValueError(f"the key of account {account.name}: {problem}") from problem
        if address != account.key.lower():
            text = f"{account.key} is not the address of its secret, which is {address}"
            raise ValueError(f"the key of account {account.name}: {text}")
