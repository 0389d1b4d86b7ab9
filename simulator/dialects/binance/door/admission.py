"""Who may ask: keys, signatures and the age of a request."""

from __future__ import annotations

from collections.abc import Collection

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import ApiKey, Desk
from fillproof.simulator.dialects.binance.endpoint import Endpoint
from fillproof.simulator.dialects.binance.parameters import WINDOW_PLACES, Parameters

_DEFAULT_WINDOW_US = 5_000_000
_LONGEST_WINDOW_US = 60_000_000
_MICROSECOND_NS = 1_000
_MILLISECOND_NS = 1_000_000
_AHEAD_NS = 1_000 * _MILLISECOND_NS


def require_key(desk: Desk, key: str | None) -> ApiKey:
    """Return the key of that name; raises Refusal: -2014 for no key, -2015 for one unknown."""
    known = desk.keys.get(key or "")
    if known is not None:
        return known
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise errors.BAD_API_KEY_FORMAT.refusal()
    raise errors.REJECTED_API_KEY.refusal()


def require_signature(key: ApiKey, parameters: Parameters, payload: bytes) -> None:
    """Hold a request to its signature over exactly these bytes."""
    if not key.secret.is_signed(payload, parameters.required("signature")):
        raise errors.INVALID_SIGNATURE.refusal()


def require_fresh(parameters: Parameters, now_ns: int) -> None:
    """Hold `timestamp` to the venue's clock and `recvWindow` (milliseconds, to the microsecond).

    The venue holds a request to its window again before the engine gets it; no time passes between
    the two here.
    """
    parameters.required("timestamp")
    timestamp_ns = parameters.time_ns("timestamp")
    assert timestamp_ns is not None, "it is required"
    window_us = parameters.units("recvWindow", WINDOW_PLACES)
    if window_us is None:
        window_us = _DEFAULT_WINDOW_US
    elif window_us > _LONGEST_WINDOW_US:
        raise errors.RECV_WINDOW_TOO_LARGE.refusal()
    age_ns = now_ns - timestamp_ns
    if age_ns <= -_AHEAD_NS:
        raise errors.TIMESTAMP_TOO_NEW.refusal()
    if age_ns > window_us * _MICROSECOND_NS:
        raise errors.TIMESTAMP_TOO_OLD.refusal()


def admit(
    desk: Desk,
    endpoint: Endpoint,
    parameters: Parameters,
    account: str,
    common: Collection[str],
    now_ns: int,
) -> None:
    """Let an account's request pass to its endpoint: known parameters, and room for its orders."""
    parameters.require_known(endpoint.parameters, common)
    if endpoint.orders and not endpoint.counts_itself:
        desk.limits.orders.require(account, endpoint.orders, now_ns)
