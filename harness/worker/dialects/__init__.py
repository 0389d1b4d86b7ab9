"""The dialects that the venue of a world can speak, by name; one is imported when it is asked for.

What a dialect verifies signatures with takes long to import, and is not installed everywhere.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from fillproof.harness.worker.dialects.speech import Speech

DEFAULT_DIALECT = "binance"
"""What the venue of a factory speaks that states nothing."""

_HERE = "fillproof.harness.worker.dialects"
DIALECTS: Mapping[str, str] = {
    DEFAULT_DIALECT: f"{_HERE}.binance:BINANCE",
    "hyperliquid": f"{_HERE}.hyperliquid:SPOT",
    "hyperliquid_perpetual": f"{_HERE}.hyperliquid:PERPETUAL",
}
"""Where the speech is, `module:attribute`, by the name that `About.dialect` has."""


class UnknownDialect(LookupError):
    """No venue speaks so; the message lists what is spoken."""


def speech_of(name: str) -> Speech:
    """Return a dialect by the name that an adapter's `about` has; raises UnknownDialect."""
    if name not in DIALECTS:
        raise UnknownDialect(f"no venue speaks {name!r}; one of {', '.join(DIALECTS)}")
    module, _, attribute = DIALECTS[name].partition(":")
    speech: Speech = getattr(importlib.import_module(module), attribute)
    return speech
