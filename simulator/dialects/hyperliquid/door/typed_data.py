"""The digests that are signed: EIP-712 over a hashed action, or over the fields of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eth_hash.auto import keccak

from fillproof.simulator.dialects.protocol import Json

Field = tuple[str, str]
"""Type and name of one field of a signed structure."""

_DOMAIN_TYPE = b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
_AGENT_TYPE = b"Agent(string source,bytes32 connectionId)"
_VERSION = b"1"
_NOBODY = bytes(32)
_L1_CHAIN = 1337
_START = b"\x19\x01"
_WORD = 32

CHAIN: Field = ("string", "hyperliquidChain")
NONCE: Field = ("uint64", "nonce")
USER_SIGNED: Mapping[str, tuple[str, tuple[Field, ...]]] = {
    "approveAgent": (
        "ApproveAgent",
        (CHAIN, ("address", "agentAddress"), ("string", "agentName"), NONCE),
    ),
    "approveBuilderFee": (
        "ApproveBuilderFee",
        (CHAIN, ("string", "maxFeeRate"), ("address", "builder"), NONCE),
    ),
}
"""Structure and fields of the actions that a wallet signs field by field, by their type."""


class NotTyped(ValueError):
    """A field has a value that its type cannot have; the message is its name."""


def l1_digest(connection_id: bytes, source: str) -> bytes:
    """Return what is signed of an action by its hash; the source is a (mainnet) or b."""
    agent = keccak(keccak(_AGENT_TYPE) + keccak(source.encode()) + connection_id)
    return keccak(_START + _domain("Exchange", _L1_CHAIN) + agent)


def user_digest(action: Mapping[str, Json]) -> bytes:
    """Return what is signed of an action field by field; raises NotTyped."""
    name, fields = USER_SIGNED[action["type"]]
    structure = f"HyperliquidTransaction:{name}({','.join(map(' '.join, fields))})"
    words = b"".join(_word(kind, name, action.get(name)) for kind, name in fields)
    chain = _whole("signatureChainId", action.get("signatureChainId"))
    message = keccak(keccak(structure.encode()) + words)
    return keccak(_START + _domain("HyperliquidSignTransaction", chain) + message)


def field_names(kind: str) -> Sequence[str]:
    """Return the names of the fields that are signed of an action of this type."""
    return [name for _, name in USER_SIGNED[kind][1]]


def _domain(name: str, chain: int) -> bytes:
    named = keccak(name.encode()) + keccak(_VERSION)
    return keccak(keccak(_DOMAIN_TYPE) + named + chain.to_bytes(_WORD, "big") + _NOBODY)


def _word(kind: str, name: str, value: Json) -> bytes:
    """Return the 32 bytes that stand for a field."""
    if kind == "uint64":
        if type(value) is not int or not 0 <= value < 2**64:
            raise NotTyped(name)
        return value.to_bytes(_WORD, "big")
    if not isinstance(value, str):
        raise NotTyped(name)
    if kind == "string":
        return keccak(value.encode())
    return address_bytes(name, value).rjust(_WORD, b"\x00")


def address_bytes(name: str, value: str) -> bytes:
    """Return the 20 bytes of an address; raises NotTyped with the name of its field."""
    try:
        found = bytes.fromhex(value.removeprefix("0x"))
    except ValueError:
        raise NotTyped(name) from None
    if len(found) != 20 or not value.startswith("0x"):  # noqa: PLR2004 - an address has so many
        raise NotTyped(name)
    return found


def _whole(name: str, value: Json) -> int:
    """Return the number that a text like 0x66eee says."""
    if not isinstance(value, str) or not value.startswith("0x") or len(value) > _WORD:
        raise NotTyped(name)
    try:
        return int(value, 16)
    except ValueError:
        raise NotTyped(name) from None
