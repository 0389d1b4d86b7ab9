"""What the Hyperliquid dialect has, read from its tables and its source."""

from __future__ import annotations

from pathlib import Path

from conformance_tests.fidelity.hyperliquid import documented
from conformance_tests.fidelity.source import Source

import fillproof.simulator.dialects.hyperliquid as dialect_package
from fillproof.simulator.dialects.hyperliquid.info.table import QUERIES
from fillproof.simulator.dialects.hyperliquid.streams.subscriptions import KINDS
from fillproof.simulator.dialects.hyperliquid.trading.actions import ACTIONS

SOURCE = Source(Path(dialect_package.__path__[0]))
_HOLES = ("{quote}", "{bbo}", "{address}", "{nonce}", "$10", "10 ")

_SIGNED = {
    "agent": "l1_digest",
    "typed-data": "user_digest",
    "vault": "UNKNOWN_VAULT",
    "expiresAfter": "ACTION_EXPIRED",
    "nonce": "DUPLICATE_NONCE",
    "agent-wallet": "AGENT_LIFE_MS",
}
_LIMITED = {
    "weight-per-address": "INFO_WEIGHTS",
    "actions-per-account": "TOO_MANY_ACTIONS",
    "cancels-beyond": "MORE_FOR_CANCELS",
}
"""By the name in the source that carries it."""


def actions() -> set[str]:
    """Return the actions."""
    return set(ACTIONS)


def queries() -> set[str]:
    """Return the types of POST /info."""
    return set(QUERIES)


def subscriptions() -> set[str]:
    """Return what can be subscribed to."""
    return set(KINDS)


def error_texts() -> set[str]:
    """Return those of the documented texts of which the source writes all but the holes."""
    written = " ".join(sorted(SOURCE.words()))
    return {text for text in documented.ERROR_TEXTS if _is_written(text, written)}


def signatures() -> set[str]:
    """Return what is checked of a signature."""
    return {name for name, carrier in _SIGNED.items() if carrier in _names()}


def limits() -> set[str]:
    """Return the limits that are counted."""
    return {name for name, carrier in _LIMITED.items() if carrier in _names()}


def _is_written(text: str, written: str) -> bool:
    """Return whether the parts of a text between its holes are written."""
    parts = [text.rstrip(".")]
    for hole in _HOLES:
        parts = [piece for part in parts for piece in part.split(hole)]
    return all(part.strip() in written for part in parts)


def _names() -> set[str]:
    return {
        name for path in Path(dialect_package.__path__[0]).rglob("*.py") for name in _read(path)
    }


def _read(path: Path) -> set[str]:
    words = path.read_text(encoding="utf-8").replace("(", " ").replace(",", " ").split()
    return set(words)
