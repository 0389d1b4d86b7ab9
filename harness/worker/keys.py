"""The account of the connector under test, and the keys that each venue knows it by."""

from __future__ import annotations

from dataclasses import dataclass

CLIENT = "client"
"""The account whose orders are the connector's, whatever the venue."""

API_KEY = "fillproofKey0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP"
API_SECRET = "fillproofSecret0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Keys:
    """What a connector signs with: two texts, whatever a venue calls them."""

    api_key: str
    api_secret: str


BINANCE = Keys(API_KEY, API_SECRET)
HYPERLIQUID = Keys(
    "0xda5D3a28A92B29f8bD74F6ff10147DD64b06Dd69",
    "0xfa11fa11fa11fa11fa11fa11fa11fa11fa11fa11fa11fa11fa11fa11fa11fa11",
)
"""The address of an account, and the private key that it signs with; nothing was ever on it."""
