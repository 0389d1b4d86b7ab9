"""Line 0 of a recording: the case, the connector and the venue, as docs/recording.md has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import fillproof
from fillproof.harness.connectors.protocol import About
from fillproof.harness.worker.keys import BINANCE, Keys

LONGEST_BOUND_SECONDS = 900
"""No connector is waited for longer than a quarter of an hour after its faults healed."""

PLAIN_TERMS: Mapping[str, Any] = {"market_orders": True, "price_figures": None}
"""There are orders without a limit, and prices of as many figures as their steps allow."""

_NANOSECONDS = 1_000_000_000
_NOTHING_KNOWN = About(
    library="", version="", capabilities=frozenset(), profiles=frozenset(), longest_poll_seconds=0
)


def convergence_bound_seconds(about: About) -> int:
    """Return twice the longest poll and a minute, at most a quarter of an hour."""
    return min(2 * about.longest_poll_seconds + 60, LONGEST_BOUND_SECONDS)


def header_keys(
    document: Mapping[str, Any],
    connector: str,
    seed: int,
    python: str,
    about: About | None,
    *,
    terms: Mapping[str, Any] = PLAIN_TERMS,
    keys: Keys = BINANCE,
) -> dict[str, Any]:
    """Return the header's keys; `about` is None for a connector that could not even be made.

    `terms`: what the venue's dialect takes for an order; `keys`: what the connector signs with.
    """
    known = about or _NOTHING_KNOWN
    venue = document["venue"]
    return {
        "format": 1,
        "fillproof": fillproof.__version__,
        "python": python,
        "scenario": {
            **{key: document[key] for key in ("id", "title", "source")},
            "document": document,
        },
        "connector": {
            "name": connector,
            **_connector_keys(known),
            "keys": {"api_key": keys.api_key, "api_secret": keys.api_secret},
        },
        "seed": seed,
        "venue": {
            "dialect": known.dialect,
            **terms,
            **{key: venue[key] for key in ("profile", "grace_window")},
        },
        "markets": {
            name: dict(zip(("base", "quote"), name.split("-"), strict=True)) | rules
            for name, rules in venue["markets"].items()
        },
        "fees": venue["fees"],
        "convergence_bound": 0 if about is None else _bound_ns(about),
    }


def _bound_ns(about: About) -> int:
    return convergence_bound_seconds(about) * _NANOSECONDS


def _connector_keys(about: About) -> dict[str, Any]:
    return {
        "library": about.library,
        "version": about.version,
        "capabilities": sorted(about.capabilities),
        "profiles": sorted(about.profiles),
        "longest_poll_seconds": about.longest_poll_seconds,
        "is_failure_means": about.is_failure_means,
        "touches": [{"what": touch.what, "why": touch.why} for touch in about.touches],
    }
