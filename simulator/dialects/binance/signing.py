"""Signatures: HMAC-SHA256 over what was sent, byte for byte, less the signature itself."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from fillproof.simulator.dialects.protocol import Json

_NAME = "signature"


def rest_payload(query: str, body: bytes) -> bytes:
    """Return what a REST request signs: raw query and raw body, joined without a separator."""
    return _without_signature(query.encode("latin-1")) + _without_signature(body)


def socket_payload(parameters: Mapping[str, Json]) -> bytes:
    """Return what a WebSocket API request signs: its parameters by name, numbers as written.

    Numbers must be given as the text they have in the frame.
    """
    named = sorted((name, value) for name, value in parameters.items() if name != _NAME)
    return "&".join(f"{name}={_text(value)}" for name, value in named).encode()


def sign(secret: str, payload: bytes) -> str:
    """Return the signature in lower-case hex."""
    return hmac.new(secret.encode(), payload, hashlib.sha256).hexdigest()


def is_signed(secret: str, payload: bytes, signature: str) -> bool:
    """Return whether the signature is right; case does not matter."""
    return hmac.compare_digest(sign(secret, payload).encode(), signature.lower().encode())


def _without_signature(form: bytes) -> bytes:
    marker = _NAME.encode() + b"="
    return b"&".join(pair for pair in form.split(b"&") if not pair.startswith(marker))


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
