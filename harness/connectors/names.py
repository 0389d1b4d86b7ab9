"""Which adapter a connector name means."""

from __future__ import annotations

import re
from importlib.metadata import entry_points

BUILT_IN = {
    "reference": "fillproof.harness.connectors.reference.adapter:ReferenceAdapter",
    "hummingbot:binance": "fillproof.harness.connectors.hummingbot.binance:HummingbotBinance",
    "ccxt:binance": "fillproof.harness.connectors.ccxt.binance:CcxtBinance",
}
"""Name to `module:attribute` of the adapters that ship with Fillproof."""

ENTRY_POINT_GROUP = "fillproof.connectors"
_FACTORY = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


class UnknownConnectorName(ValueError):
    """The name means no adapter; the message lists what is known."""


def known_names() -> tuple[str, ...]:
    """Return the built-in names and those that installed packages declare."""
    declared = sorted(point.name for point in entry_points(group=ENTRY_POINT_GROUP))
    return (*BUILT_IN, *(name for name in declared if name not in BUILT_IN))


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
    raise UnknownConnectorName(
        f"unknown connector {name!r}; one of {', '.join(known_names())}, or package.module:factory"
    )
