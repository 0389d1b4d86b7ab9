"""Bodies and frames as they are read: JSON with its keys in order, and what an action must have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from json import JSONDecoder
from typing import NoReturn

from fillproof.simulator.dialects.hyperliquid.door.signing import Signature, Signed
from fillproof.simulator.dialects.hyperliquid.door.typed_data import NotTyped, address_bytes
from fillproof.simulator.dialects.hyperliquid.errors import UNREADABLE, Malformed
from fillproof.simulator.dialects.protocol import Json

_VS = (27, 28)
_UINT64 = range(2**64)
_HEX = re.compile(r"0x[0-9a-fA-F]{1,64}")


class Fraction(str):
    """A number with a fraction, as the body writes it: nothing that an action could say."""

    __slots__ = ()


def read_json(body: bytes | str) -> Json:
    """Return what a body says, numbers with a fraction as Fraction; raises Malformed."""
    try:
        value = _DECODER.decode(body if isinstance(body, str) else body.decode())
        _require_whole_characters(value)
    except (ValueError, RecursionError):
        raise Malformed(UNREADABLE) from None
    return value


def read_object(body: bytes | str) -> dict[str, Json]:
    """Return an object that names its type; raises Malformed."""
    value = read_json(body)
    if not isinstance(value, dict):
        raise Malformed(UNREADABLE)
    return value


def read_signed(body: Mapping[str, Json]) -> Signed:
    """Read an action with nonce and signature; raises Malformed."""
    action = body.get("action")
    if not isinstance(action, dict) or not isinstance(action.get("type"), str):
        raise Malformed(UNREADABLE)
    _require_no_fraction(action)
    nonce = whole(body, "nonce")
    expires_after = None if body.get("expiresAfter") is None else whole(body, "expiresAfter")
    return Signed(action, nonce, _vault(body), expires_after, _signature(body.get("signature")))


def whole(body: Mapping[str, Json], name: str) -> int:
    """Return a whole number of 64 bits; raises Malformed."""
    value = body.get(name)
    if type(value) is not int or value not in _UINT64:
        raise Malformed(UNREADABLE)
    return value


def text(body: Mapping[str, Json], name: str) -> str:
    """Return a text; raises Malformed."""
    value = body.get(name)
    if not isinstance(value, str) or isinstance(value, Fraction):
        raise Malformed(UNREADABLE)
    return value


def flag(body: Mapping[str, Json], name: str) -> bool:
    """Return true or false; raises Malformed."""
    value = body.get(name)
    if type(value) is not bool:
        raise Malformed(UNREADABLE)
    return value


def objects(body: Mapping[str, Json], name: str) -> list[dict[str, Json]]:
    """Return a list of objects with at least one; raises Malformed."""
    value = body.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(e, dict) for e in value):
        raise Malformed(UNREADABLE)
    return value


def address(body: Mapping[str, Json], name: str) -> str:
    """Return an address in lower case; raises Malformed."""
    value = text(body, name)
    try:
        address_bytes(name, value)
    except NotTyped:
        raise Malformed(UNREADABLE) from None
    return value.lower()


def _vault(body: Mapping[str, Json]) -> str | None:
    return None if body.get("vaultAddress") is None else address(body, "vaultAddress")


def _signature(value: Json) -> Signature:
    if not isinstance(value, dict) or value.get("v") not in _VS:
        raise Malformed(UNREADABLE)
    return Signature(_hash(value.get("r")), _hash(value.get("s")), value["v"])


def _hash(value: Json) -> int:
    if not isinstance(value, str) or _HEX.fullmatch(value) is None:
        raise Malformed(UNREADABLE)
    return int(value, 16)


def _require_no_fraction(value: Json) -> None:
    if isinstance(value, Fraction) or (type(value) is int and abs(value) not in _UINT64):
        raise Malformed(UNREADABLE)
    for one in _inside(value):
        _require_no_fraction(one)


def _require_whole_characters(value: Json) -> None:
    """Raise ValueError for half a character, which JSON can say and nobody can send."""
    if isinstance(value, str):
        value.encode()
    if isinstance(value, dict):
        "".join(value).encode()
    for one in _inside(value):
        _require_whole_characters(one)


def _inside(value: Json) -> Iterable[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Refuse an object that names something twice."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a name stands twice")
    return values


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_DECODER = JSONDecoder(parse_float=Fraction, parse_constant=_no_number, object_pairs_hook=_once)
