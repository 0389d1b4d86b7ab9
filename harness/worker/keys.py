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
