"""Hyperliquid: the same scenarios on its spot markets, and on its perpetual contracts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from fillproof.harness.worker.dialects.hyperliquid_names import (
    PERPETUAL_DECIMALS,
    SPOT_DECIMALS,
    lacking,
    named,
)
from fillproof.harness.worker.dialects.speech import Document, Speech, own_quirks
from fillproof.harness.worker.keys import CLIENT
from fillproof.harness.worker.keys import HYPERLIQUID as KEYS
from fillproof.simulator.dialects.hyperliquid import HyperliquidDialect, Quirks
from fillproof.simulator.dialects.hyperliquid.numbers import SIGNIFICANT_FIGURES
from fillproof.simulator.dialects.protocol import Dialect
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.instruments import Instrument, Margin


def make(exchange: Exchange, instruments: Sequence[Instrument], venue: Document) -> Dialect:
    """Build the dialect with one account, which signs with its own key."""
    return HyperliquidDialect(
        exchange,
        instruments,
        accounts={KEYS.api_key: CLIENT},
        quirks=Quirks.from_mapping(own_quirks(venue, Quirks)),
    )


MARGIN = Margin()

SPOT = Speech(
    KEYS,
    partial(named, decimals=SPOT_DECIMALS),
    lacking,
    make,
    market_orders=False,
    price_figures=SIGNIFICANT_FIGURES,
    waits_for_blocks=True,
)
PERPETUAL = Speech(
    KEYS,
    partial(named, decimals=PERPETUAL_DECIMALS),
    partial(lacking, leverage=MARGIN.leverage),
    make,
    margin=MARGIN,
    market_orders=False,
    price_figures=SIGNIFICANT_FIGURES,
    waits_for_blocks=True,
)
