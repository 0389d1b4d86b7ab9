"""Key pairs that anybody can make again, and how their owners sign."""

from __future__ import annotations

from base64 import b64encode

from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519_KEY, RSA_KEY = "alicesEd25519Key", "alicesRsaKey"

_ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def _rsa_of_two_mersenne_primes() -> rsa.RSAPrivateKey:
    p, q, e = 2**607 - 1, 2**521 - 1, 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), rsa.RSAPublicNumbers(e, p * q)
    )
    return numbers.private_key()


_RSA = _rsa_of_two_mersenne_primes()


def _pem(key: ed25519.Ed25519PublicKey | rsa.RSAPublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


ED25519_PEM, RSA_PEM = _pem(_ED25519.public_key()), _pem(_RSA.public_key())


def sign_ed25519(payload: bytes) -> str:
    """Sign, in base64."""
    return b64encode(_ED25519.sign(payload)).decode()


def sign_rsa(payload: bytes) -> str:
    """Sign, in base64."""
    return b64encode(_RSA.sign(payload, padding.PKCS1v15(), SHA256())).decode()
