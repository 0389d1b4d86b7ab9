"""Binance: scenarios are written in its terms, so it takes them as they are."""

from __future__ import annotations

from collections.abc import Sequence

from fillproof.harness.worker.dialects.speech import Document, Speech, foreign_quirks, own_quirks
from fillproof.harness.worker.keys import BINANCE as KEYS
from fillproof.harness.worker.keys import CLIENT
from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.dialects.protocol import Dialect
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.instruments import Instrument


def named(document: Document) -> Document:
    """Return a scenario as it is."""
    return document


def lacking(document: Document) -> tuple[str, ...]:
    """Return the switches of a scenario that are another dialect's."""
    return tuple(foreign_quirks(document["venue"], Quirks))


def make(exchange: Exchange, instruments: Sequence[Instrument], venue: Document) -> Dialect:
    """Build the dialect. On a chain it is a gateway, and tells what its chain has it tell."""
    chain = venue.get("chain")
    quirks = {
        "announce_cancel_on_request": chain is not None and chain["announces_cancel"],
        "announce_trades_taken_back": chain is not None,
        **own_quirks(venue, Quirks),
    }
    return BinanceDialect(
        exchange,
        instruments,
        accounts={KEYS.api_key: (CLIENT, KEYS.api_secret)},
        quirks=Quirks.from_mapping(quirks),
    )


BINANCE = Speech(KEYS, named, lacking, make)
