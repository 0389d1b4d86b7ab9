"""What differs between this venue and its neighbours, or between two of its days, as switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fillproof.simulator.dialects.switches import Switches

_SECOND_NS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Quirks(Switches):
    """The switches; the defaults are Binance Spot as it is.

    `stream_after_reply_ns`: how long after the reply the streams tell what a request did; 0 sends
    the streams first (Binance promises no order between the two).
    `announce_cancel_on_request`: the venue is a gateway to a decentralised market: it tells that an
    order is canceled when the cancel was sent, and tells fills that still come afterwards.
    `announce_trades_taken_back`: such a gateway tells of a fill that a reorganisation took back, as
    an execution report TRADE_CANCEL with the trade as it was; Binance itself has no such word.
    `hmac_logon`: `session.logon` takes HMAC keys (documented for Ed25519 only, yet used).
    `ping_interval_ns`, `pong_timeout_ns`: how often the venue pings, and how long it waits for the
    pong before it closes; an interval of 0 means never.
    `connection_lifetime_ns`: how old a WebSocket may get; it is closed at the ping after that.
    `legacy_listen_keys`: the user data of listen keys, retired on 2026-02-20, is served.
    `depth_interval`: the diff streams of a book wait as long as their names say (100 ms, 1000 ms);
    without it they tell each change at once.
    `snapshot_age_ns`: how far the shown books (`GET depth`) lag behind the streams, as those of a
    cache do; none was shown so old when the venue began, so they are empty then.
    `rate_limits`: nobody is refused for asking too much when this is off.
    `request_weight_per_minute`, `raw_requests_per_5_minutes`, `connections_per_5_minutes` (by
    address), `orders_per_10_seconds`, `orders_per_day` (unfilled ones, by account): the limits; 0
    is none.
    """

    venue: ClassVar[str] = "binance"

    stream_after_reply_ns: int = 1_000_000
    announce_cancel_on_request: bool = False
    announce_trades_taken_back: bool = False
    hmac_logon: bool = True
    ping_interval_ns: int = 20 * _SECOND_NS
    pong_timeout_ns: int = 60 * _SECOND_NS
    connection_lifetime_ns: int = 86_400 * _SECOND_NS
    legacy_listen_keys: bool = False
    depth_interval: bool = False
    snapshot_age_ns: int = 0
    rate_limits: bool = True
    request_weight_per_minute: int = 6_000
    raw_requests_per_5_minutes: int = 300_000
    connections_per_5_minutes: int = 300
    orders_per_10_seconds: int = 100
    orders_per_day: int = 200_000
