"""Signatures: HMAC, RSA and Ed25519, over what was sent byte for byte less the signature."""

from __future__ import annotations

import binascii
import hmac
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from fillproof.simulator.dialects.protocol import Json

_NAME = "signature"
_MARK = b"signature="
_LAST = b"&signature="
_PEM = "-----BEGIN "
_BLOCK = 64
_PKCS1V15 = PKCS1v15()
_SHA256 = SHA256()


class KeyKind(StrEnum):
    """The kinds of API keys; the last two are public keys."""

    HMAC = "HMAC"
    RSA = "RSA"
    ED25519 = "Ed25519"


@dataclass(frozen=True, slots=True)
class Secret:
    """What signatures of one API key are held to: the kind, and whether a signature is right.

    HMAC signatures are hex in any case; those of the other kinds base64.
    """

    kind: KeyKind
    is_signed: Callable[[bytes, str], bool]


def secret_of(text: str) -> Secret:
    """Return the secret of a key: a public key in PEM is RSA or Ed25519, any other text is HMAC's.

    Raises ValueError for a PEM that holds something else.
    """
    if not text.lstrip().startswith(_PEM):
        return Secret(KeyKind.HMAC, _hmac_check(text.encode()))
    public_key = load_pem_public_key(text.encode())
    if isinstance(public_key, Ed25519PublicKey):
        return Secret(KeyKind.ED25519, _base64_check(public_key.verify))
    if isinstance(public_key, RSAPublicKey):
        return Secret(KeyKind.RSA, _base64_check(_rsa_verify(public_key)))
    raise ValueError(f"{type(public_key).__name__} signs nothing here; RSA or Ed25519 does")


def rest_payload(query: str, body: bytes) -> bytes:
    """Return what a REST request signs: raw query and raw body, joined without a separator."""
    return _without_signature(query.encode("utf-8", "surrogateescape")) + _without_signature(body)


def socket_payload(parameters: Mapping[str, Json]) -> bytes:
    """Return what a WebSocket API request signs: its parameters by name, numbers as written.

    Numbers must be given as the text they have in the frame.
    """
    named = sorted((name, value) for name, value in parameters.items() if name != _NAME)
    payload = "&".join([f"{name}={_text(value)}" for name, value in named])
    # Half a surrogate pair is no character, yet JSON can say it; nobody can have signed it.
    return payload.encode("utf-8", "surrogatepass")


def sign(secret: str, payload: bytes) -> str:
    """Return the HMAC signature in lower-case hex."""
    return hmac.digest(secret.encode(), payload, "sha256").hex()


def _hmac_check(secret: bytes) -> Callable[[bytes, str], bool]:
    # RFC 2104 with the key taken in beforehand: a third of the time that `hmac.digest` takes.
    key = (secret if len(secret) <= _BLOCK else sha256(secret).digest()).ljust(_BLOCK, b"\0")
    inner, outer = (sha256(bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5C))

    def is_signed(payload: bytes, signature: str) -> bool:
        inside, outside = inner.copy(), outer.copy()
        inside.update(payload)
        outside.update(inside.digest())
        return signature.isascii() and hmac.compare_digest(outside.hexdigest(), signature.lower())

    return is_signed


def _rsa_verify(key: RSAPublicKey) -> Callable[[bytes, bytes], None]:
    return lambda signature, payload: key.verify(signature, payload, _PKCS1V15, _SHA256)


def _base64_check(verify: Callable[[bytes, bytes], None]) -> Callable[[bytes, str], bool]:
    def is_signed(payload: bytes, signature: str) -> bool:
        try:
            verify(b64decode(signature, validate=True), payload)
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True

    return is_signed


def _without_signature(form: bytes) -> bytes:
    before, mark, after = form.rpartition(_LAST)
    if mark and b"&" not in after and _MARK not in before:
        return before
    return b"&".join([pair for pair in form.split(b"&") if not pair.startswith(_MARK)])


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
