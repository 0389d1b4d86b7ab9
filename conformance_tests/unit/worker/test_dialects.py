"""Which venue a connector is given."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fillproof.harness.connectors.protocol import About
from fillproof.harness.worker.dialects import DIALECTS, UnknownDialect, speech_of
from fillproof.harness.worker.forms import mistake_in_about

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
