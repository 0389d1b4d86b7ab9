"""Who signed an action: its hash, and the address that the signature recovers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
from eth_hash.auto import keccak
from eth_keys.datatypes import PrivateKey
from eth_keys.datatypes import Signature as Recoverable
from eth_keys.exceptions import BadSignature
from eth_utils.exceptions import ValidationError

from fillproof.simulator.dialects.hyperliquid.door.typed_data import (
    USER_SIGNED,
    address_bytes,
    l1_digest,
    user_digest,
)
from fillproof.simulator.dialects.protocol import Json

_MAINNET, _TESTNET = "a", "b"
_MAINNET_HOSTS = ("api.hyperliquid.xyz", "api-ui.hyperliquid.xyz")

_NONCE_BYTES = 8
_FIRST_V = 27


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as an action brings it: r and s are below 2**256, v is 27 or 28."""

    r: int
    s: int
    v: int


@dataclass(frozen=True, slots=True)
class Signed:
    """An action with all that its signature is of. `vault` is the address traded for, if any."""

    action: Mapping[str, Json]
    nonce: int
    vault: str | None
    expires_after: int | None
    signature: Signature


def action_hash(signed: Signed) -> bytes:
    """Return the hash of an action; the order of its keys is that in which they came."""
    packed = msgspec.msgpack.encode(signed.action)
    packed += signed.nonce.to_bytes(_NONCE_BYTES, "big")
    if signed.vault is None:
        packed += b"\x00"
    else:
        packed += b"\x01" + address_bytes("vaultAddress", signed.vault)
    if signed.expires_after is not None:
        packed += b"\x00" + signed.expires_after.to_bytes(_NONCE_BYTES, "big")
    return keccak(packed)


def sources(host: str) -> tuple[str, str]:
    """Return the networks that a client may have signed for, first the one that it has asked.

    A client that was pointed elsewhere signs for either.
    """
    is_mainnet = host.partition(":")[0] in _MAINNET_HOSTS
    return (_MAINNET, _TESTNET) if is_mainnet else (_TESTNET, _MAINNET)


def signers(signed: Signed, host: str) -> Iterator[str]:
    """Yield the addresses, in lower case, that may have signed: one for each network.

    A wrong signature recovers an address too: one that nobody knows.
    """
    if signed.action["type"] in USER_SIGNED:
        return _recovered([user_digest(signed.action)], signed.signature)
    connection_id = action_hash(signed)
    return _recovered(
        [l1_digest(connection_id, source) for source in sources(host)], signed.signature
    )


def address_of(private_key: str) -> str:
    """Return the address, in lower case, that signs with a key; raises ValueError for no key."""
    try:
        return PrivateKey(bytes.fromhex(private_key.removeprefix("0x"))).public_key.to_address()
    except (ValueError, ValidationError) as problem:
        raise ValueError(f"a private key is 0x and 64 hexadecimal digits: {problem}") from None


def _recovered(digests: list[bytes], signature: Signature) -> Iterator[str]:
    for digest in digests:
        try:
            vrs = (signature.v - _FIRST_V, signature.r, signature.s)
            key = Recoverable(vrs=vrs).recover_public_key_from_msg_hash(digest)
        except (BadSignature, ValidationError):
            continue
        yield key.to_address()
