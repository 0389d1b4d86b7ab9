"""Hyperliquid's signatures of actions: EIP-712 over a hash of what is done, when and until when."""

from __future__ import annotations

import time
from typing import Any

from eth_keys.datatypes import PrivateKey
from eth_utils.crypto import keccak

from fillproof.harness.connectors.reference_dex.packing import packed

_WORD = 32
_CHAIN_ID = 1337
_RECOVERY = 27
_MAINNET = "a"
_DOMAIN = keccak(
    keccak(
        text="EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    )
    + keccak(text="Exchange")
    + keccak(text="1")
    + _CHAIN_ID.to_bytes(_WORD, "big")
    + bytes(_WORD)
)
_AGENT = keccak(text="Agent(string source,bytes32 connectionId)")


class Nonces:
    """Milliseconds of the clock, each greater than the one before: no two actions share one."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        """Return the next nonce."""
        self._last = max(time.time_ns() // 1_000_000, self._last + 1)
        return self._last


class Signer:
    """Signs the actions of one account with its own key, 0x and 64 hexadecimal digits."""

    def __init__(self, address: str, private_key: str) -> None:
        self.address = address
        self._key = PrivateKey(bytes.fromhex(private_key.removeprefix("0x")))
        self._nonces = Nonces()

    def signed(self, action: dict[str, Any], lifetime_ms: int) -> dict[str, Any]:
        """Return the body of a request: signed once, under a nonce that is never used again.

        The venue refuses the action when it comes later than `lifetime_ms` from now.
        """
        nonce = self._nonces.next()
        expires_after = nonce + lifetime_ms
        signature = self._key.sign_msg_hash(digest(action, nonce, expires_after))
        return {
            "action": action,
            "nonce": nonce,
            "signature": {
                "r": f"{signature.r:#x}",
                "s": f"{signature.s:#x}",
                "v": signature.v + _RECOVERY,
            },
            "vaultAddress": None,
            "expiresAfter": expires_after,
        }


def digest(action: dict[str, Any], nonce: int, expires_after: int | None) -> bytes:
    """Return what is signed. Times in milliseconds since 1970; None for an action without end."""
    said = packed(action) + nonce.to_bytes(8, "big") + b"\x00"
    if expires_after is not None:
        said += b"\x00" + expires_after.to_bytes(8, "big")
    connection = keccak(said)
    return keccak(b"\x19\x01" + _DOMAIN + keccak(_AGENT + keccak(text=_MAINNET) + connection))
