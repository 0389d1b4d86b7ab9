"""The switches that venues have: which are on or off, and which are numbers.

Which dialect has which of them is the dialect's to say; a scenario with one of another's is not for
its venues.
"""

from __future__ import annotations

SWITCHES = (
    "announce_cancel_on_request",
    "announce_trades_taken_back",
    "hmac_logon",
    "legacy_listen_keys",
    "depth_interval",
    "rate_limits",
    "fills_first",
    "unified_account",
)
NUMBERS = (
    "stream_after_reply_ns",
    "ping_interval_ns",
    "pong_timeout_ns",
    "connection_lifetime_ns",
    "snapshot_age_ns",
    "request_weight_per_minute",
    "raw_requests_per_5_minutes",
    "connections_per_5_minutes",
    "orders_per_10_seconds",
    "orders_per_day",
    "book_interval_ns",
    "actions_at_first",
)


def wrong_value(name: str, value: bool | int) -> str | None:
    """Return what is wrong with the value of a quirk, None when nothing is."""
    if name in SWITCHES:
        return None if isinstance(value, bool) else f"{value} is not a switch; write true or false"
    if isinstance(value, bool):
        return f"{str(value).lower()} is not a number; write a whole one, zero or more"
    return None if value >= 0 else f"{value} is below zero; zero or more is allowed"
