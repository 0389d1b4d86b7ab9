"""The text frames of the WebSocket API: requests as they are read, replies as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from json import JSONDecoder
from typing import NoReturn

from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.errors import (
    DUPLICATE_PARAMETER,
    ILLEGAL_CHARACTERS,
    INVALID_JSON,
    MANDATORY,
    Refusal,
)
from fillproof.simulator.dialects.binance.moments import Moment, TimeUnit
from fillproof.simulator.dialects.protocol import Json

_VERSION = "v3/"
_ID = re.compile(r"^[a-zA-Z0-9-_]{1,36}$")
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Frame:
    """A request. Numbers among the parameters are kept as the text they have: it is signed."""

    id: Json
    method: str
    parameters: Mapping[str, Json]


class _Number(str):
    """A number as the frame writes it."""

    __slots__ = ()


def read_frame(text: str) -> Frame:
    """Read a request; raises Refusal: -1135 for what is none, -1100 or -1102 for its id."""
    try:
        frame = _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise INVALID_JSON.refusal() from None
    if not isinstance(frame, dict):
        raise INVALID_JSON.refusal()
    method, parameters = frame.get("method"), frame.get("params")
    if parameters is None:
        parameters = {}
    if type(method) is not str or not isinstance(parameters, dict):
        raise INVALID_JSON.refusal()
    return Frame(_id_of(frame), method.removeprefix(_VERSION), parameters)


def write_result(frame: Frame, result: Json, limits: list[Json] | None, unit: TimeUnit) -> str:
    """Write the reply to a request that succeeded; `limits` None is not written."""
    reply: dict[str, Json] = {"id": frame.id, "status": 200, "result": result}
    if limits is not None:
        reply["rateLimits"] = limits
    return compact(reply, unit)


def write_error(
    frame: Frame | None,
    refusal: Refusal,
    limits: list[Json] | None = None,
    unit: TimeUnit = TimeUnit.MILLISECOND,
    now_ns: int = 0,
) -> str:
    """Write the reply to a request that failed, or to what could not be read as one."""
    body = refusal.body
    if refusal.retry_at_ns is not None:
        body["data"] = {"serverTime": Moment(now_ns), "retryAfter": Moment(refusal.retry_at_ns)}
    number = None if frame is None else frame.id
    reply: dict[str, Json] = {"id": number, "status": refusal.status, "error": body}
    if limits is not None:
        reply["rateLimits"] = limits
    return compact(reply, unit)


def _id_of(frame: Mapping[str, Json]) -> int | str | None:
    """Return the id: a whole number of 64 bits, a short text, or null."""
    if "id" not in frame:
        raise MANDATORY.refusal("id")
    number = frame["id"]
    if number is None:
        return None
    if isinstance(number, _Number):
        if _WHOLE.fullmatch(number) and int(number) in _INT64:
            return int(number)
    elif isinstance(number, str) and _ID.fullmatch(number):
        return number
    raise ILLEGAL_CHARACTERS.refusal("id", _ID.pattern)


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Refuse (-1101) an object that names something twice."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise DUPLICATE_PARAMETER.refusal()
    return values


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_DECODER = JSONDecoder(
    parse_int=_Number, parse_float=_Number, parse_constant=_no_number, object_pairs_hook=_once
)
