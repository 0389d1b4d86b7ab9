"""Which adapter a connector name means."""

from __future__ import annotations

import re
from importlib.metadata import entry_points

from fillproof.harness.spelling import did_you_mean

_HERE = "fillproof.harness.connectors"
BUILT_IN = {
    "reference": f"{_HERE}.reference.adapter:ReferenceAdapter",
    "hummingbot:binance": f"{_HERE}.hummingbot.binance:HummingbotBinance",
    "ccxt:binance": f"{_HERE}.ccxt.binance:CcxtBinance",
    "reference:hyperliquid": f"{_HERE}.reference_dex.adapter:ReferenceDexAdapter",
    "hummingbot:hyperliquid": f"{_HERE}.hummingbot.hyperliquid:HummingbotHyperliquid",
    "hummingbot:hyperliquid_perpetual": (
        f"{_HERE}.hummingbot.hyperliquid_perpetual:HummingbotHyperliquidPerpetual"
    ),
    "ccxt:hyperliquid": f"{_HERE}.ccxt.hyperliquid:CcxtHyperliquid",
}
"""Name to `module:attribute` of the adapters that ship with Fillproof."""

ENTRY_POINT_GROUP = "fillproof.connectors"
_FACTORY = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


class UnknownConnectorName(ValueError):
    """The name means no adapter; the message lists what is known."""


WHEN_NAMED = frozenset(
    {
        "reference:hyperliquid",
        "hummingbot:hyperliquid",
        "hummingbot:hyperliquid_perpetual",
        "ccxt:hyperliquid",
    }
)
"""Judged in full only when they are named: each takes about as long as one that always is."""

THEIR_AREA = "dex"
"""The scenarios that they are judged on when no connector is named."""


def known_names() -> tuple[str, ...]:
    """Return the built-in names and those that installed packages declare."""
    declared = sorted(point.name for point in entry_points(group=ENTRY_POINT_GROUP))
    return (*BUILT_IN, *(name for name in declared if name not in BUILT_IN))


def default_names() -> tuple[str, ...]:
    """Return the connectors that are judged when none is named."""
    return tuple(name for name in known_names() if name not in WHEN_NAMED)


def adapter_path(name: str) -> str:
    """Return `module:attribute` for a connector name; raises UnknownConnectorName.

    A name is built in, declared in the entry-point group `fillproof.connectors`, or itself
    `package.module:factory`.
    """
    if name in BUILT_IN:
        return BUILT_IN[name]
    for point in entry_points(group=ENTRY_POINT_GROUP, name=name):
        return point.value
    family = name.partition(":")[0]
    if _FACTORY.fullmatch(name) and family not in {n.partition(":")[0] for n in BUILT_IN}:
        return name
    near = did_you_mean(name, known_names())
    raise UnknownConnectorName(f"unknown connector {name!r};{near} {allowed_names()}")


def allowed_names() -> str:
    """Return what says how a connector may be called."""
    return f"one of {', '.join(known_names())}, or package.module:factory"
