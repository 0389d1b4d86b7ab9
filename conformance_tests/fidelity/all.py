"""The dialects that have a page."""

from __future__ import annotations

from collections.abc import Mapping

from conformance_tests.fidelity.binance.sections import BINANCE
from conformance_tests.fidelity.hyperliquid.sections import HYPERLIQUID
from conformance_tests.fidelity.table import Fidelity

ALL: Mapping[str, Fidelity] = {one.name: one for one in (BINANCE, HYPERLIQUID)}
"""By the name of the page's file."""
