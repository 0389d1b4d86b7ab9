"""Quirks are data, and wrong ones are refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from fillproof.simulator.dialects.binance import QuirkError, Quirks


def test_the_defaults_are_binance_as_it_is() -> None:
    """Without switches the streams follow the reply by a millisecond and pings come each 20 s."""
    assert Quirks.from_mapping({}) == Quirks(
        stream_after_reply_ns=1_000_000,
        announce_cancel_on_request=False,
        hmac_logon=True,
        ping_interval_ns=20_000_000_000,
        pong_timeout_ns=60_000_000_000,
        connection_lifetime_ns=86_400_000_000_000,
        legacy_listen_keys=False,
        rate_limits=True,
        request_weight_per_minute=6_000,
        raw_requests_per_5_minutes=300_000,
        connections_per_5_minutes=300,
        orders_per_10_seconds=100,
        orders_per_day=200_000,
    )


@pytest.mark.parametrize(
    ("switches", "message"),
    [
        ({"stream_first": True}, "no quirk of binance: stream_first; known: stream_after_reply_ns"),
        ({"hmac_logon": 1}, "quirk hmac_logon: 1; true or false is allowed"),
        (
            {"stream_after_reply_ns": True},
            "quirk stream_after_reply_ns: True; a whole number is allowed",
        ),
        ({"stream_after_reply_ns": -1}, "quirk stream_after_reply_ns: -1; zero or more"),
    ],
)
def test_wrong_quirks_are_named(switches: dict[str, Any], message: str) -> None:
    """An unknown quirk or a value it cannot have says what is allowed."""
    with pytest.raises(QuirkError, match=message):
        Quirks.from_mapping(switches)
