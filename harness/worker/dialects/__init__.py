"""The dialects that a venue of a world can speak: what a scenario is there, and how it is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fillproof.harness.worker.keys import API_KEY, API_SECRET, CLIENT, Keys
from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.dialects.protocol import Dialect
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.instruments import Instrument

DEFAULT_DIALECT = "binance"
"""What the venue of a factory speaks that states nothing."""

Document = Mapping[str, Any]
"""A normalised scenario, or its venue."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A dialect as worlds use it.

    `named` returns a scenario as this venue has it: its markets and assets by their names there,
    its trading rules as they are there. It changes nothing in what it returned before. `lacking`
    says what a scenario needs that no venue of the dialect has; such a case is UNSUPPORTED.
    `make` builds the dialect from the engine, its instruments and the venue of the named scenario.
    """

    keys: Keys
    named: Callable[[Document], Document]
    lacking: Callable[[Document], tuple[str, ...]]
    make: Callable[[Exchange, Sequence[Instrument], Document], Dialect]


class UnknownDialect(LookupError):
    """No venue speaks so; the message lists what is spoken."""


def speech_of(name: str) -> Speech:
    """Return a dialect by the name that an adapter's `about` has; raises UnknownDialect."""
    if name not in SPEECHES:
        raise UnknownDialect(f"no venue speaks {name!r}; one of {', '.join(SPEECHES)}")
    return SPEECHES[name]


def _as_it_is(document: Document) -> Document:
    return document


def _nothing(_document: Document) -> tuple[str, ...]:
    return ()


def _binance(exchange: Exchange, instruments: Sequence[Instrument], venue: Document) -> Dialect:
    # The gateway of a decentralised venue tells of a cancel when it is sent.
    decentralised = venue["profile"] == "decentralised"
    quirks = {"announce_cancel_on_request": decentralised, **venue["quirks"]}
    return BinanceDialect(
        exchange,
        instruments,
        accounts={API_KEY: (CLIENT, API_SECRET)},
        quirks=Quirks.from_mapping(quirks),
    )


SPEECHES: Mapping[str, Speech] = {
    DEFAULT_DIALECT: Speech(Keys(API_KEY, API_SECRET), _as_it_is, _nothing, _binance),
}
"""By the name that `About.dialect` has."""
