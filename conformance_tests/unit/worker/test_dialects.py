"""Which venue a connector is given."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

import pytest

from fillproof.harness.connectors.protocol import About
from fillproof.harness.scenario.quirks import NUMBERS, SWITCHES
from fillproof.harness.worker.dialects import DIALECTS, UnknownDialect, speech_of
from fillproof.harness.worker.forms import mistake_in_about
from fillproof.simulator.dialects.binance import Quirks as BinanceQuirks
from fillproof.simulator.dialects.hyperliquid.quirks import Quirks as HyperliquidQuirks

NOTHING = About(library="mine", version="1", capabilities=frozenset())


def test_a_connector_speaks_to_binance_unless_it_says_otherwise() -> None:
    """`About.dialect` names a dialect of the worker, Binance by default."""
    assert NOTHING.dialect in DIALECTS
    assert NOTHING.dialect == "binance"


def test_an_unknown_dialect_is_refused_with_those_that_are_spoken() -> None:
    """A misspelt name is an error that lists what is allowed."""
    with pytest.raises(UnknownDialect, match="no venue speaks 'binanse'; one of binance"):
        speech_of("binanse")


def test_a_dialect_is_a_text() -> None:
    """What an adapter says of itself is checked before a venue is built for it."""
    about = About("mine", "1", frozenset(), dialect=Fraction(1))  # type: ignore[arg-type]
    assert mistake_in_about(about) == "about has Fraction for its dialect (str)"


def test_a_scenario_knows_the_quirks_of_every_dialect() -> None:
    """What no dialect has is a mistake of the scenario, so its list is theirs, by kind."""
    defaults = [
        (field.name, type(field.default))
        for quirks in (BinanceQuirks, HyperliquidQuirks)
        for field in fields(quirks)
    ]
    assert set(SWITCHES) == {name for name, kind in defaults if kind is bool}
    assert set(NUMBERS) == {name for name, kind in defaults if kind is int}
    assert len({*SWITCHES, *NUMBERS}) == len(SWITCHES) + len(NUMBERS)
