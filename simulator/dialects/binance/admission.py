"""Who may ask: keys, signatures and the age of a request."""

from __future__ import annotations

from decimal import Decimal

from fillproof.simulator.dialects.binance import errors, signing
from fillproof.simulator.dialects.binance.desk import ApiKey, Desk
from fillproof.simulator.dialects.binance.parameters import Parameters

_DEFAULT_WINDOW_MS = Decimal(5_000)
_LONGEST_WINDOW_MS = Decimal(60_000)
_MILLISECOND_NS = 1_000_000
_MICROSECOND_NS = 1_000
_MICROSECOND_DIGITS = 16
_AHEAD_NS = 1_000 * _MILLISECOND_NS


def require_key(desk: Desk, key: str | None) -> ApiKey:
    """Return the key of that name; raises Refusal: -2014 for no key, -2015 for one unknown."""
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise errors.BAD_API_KEY_FORMAT.refusal()
    known = desk.keys.get(key)
    if known is None:
        raise errors.REJECTED_API_KEY.refusal()
    return known


def require_signature(key: ApiKey, parameters: Parameters, payload: bytes) -> None:
    """Hold a request to its signature over exactly these bytes."""
    signature = parameters.required("signature")
    if not signing.is_signed(key.secret, payload, signature):
        raise errors.INVALID_SIGNATURE.refusal()


def require_fresh(parameters: Parameters, now_ns: int) -> None:
    """Hold `timestamp` (ms, or us with 16 digits) to the venue's clock and `recvWindow`."""
    sent = parameters.required("timestamp")
    timestamp = parameters.integer("timestamp")
    assert timestamp is not None
    window_ms = parameters.decimal("recvWindow")
    if window_ms is not None and window_ms > _LONGEST_WINDOW_MS:
        raise errors.RECV_WINDOW_TOO_LARGE.refusal()
    unit_ns = _MICROSECOND_NS if len(sent) >= _MICROSECOND_DIGITS else _MILLISECOND_NS
    age_ns = now_ns - timestamp * unit_ns
    if age_ns <= -_AHEAD_NS:
        raise errors.TIMESTAMP_TOO_NEW.refusal()
    if age_ns > (_DEFAULT_WINDOW_MS if window_ms is None else window_ms) * _MILLISECOND_NS:
        raise errors.TIMESTAMP_TOO_OLD.refusal()
