"""The text frames of the WebSocket API: requests as they are read, replies as they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fillproof.simulator.dialects.binance.encoding import compact
from fillproof.simulator.dialects.binance.errors import INVALID_JSON, Refusal
from fillproof.simulator.dialects.binance.moments import TimeUnit
from fillproof.simulator.dialects.binance.rules import RATE_LIMITS
from fillproof.simulator.dialects.protocol import Json

_VERSION = "v3/"


@dataclass(frozen=True, slots=True)
class Frame:
    """A request. Numbers among the parameters are kept as the text they have: it is signed."""

    id: Json
    method: str
    parameters: Mapping[str, Json]


def read_frame(text: str) -> Frame:
    """Read a request; raises Refusal (-1135) for anything else."""
    try:
        frame = json.loads(text)
        exact = json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError:
        raise INVALID_JSON.refusal() from None
    if not isinstance(frame, dict) or not isinstance(frame.get("method"), str):
        raise INVALID_JSON.refusal()
    parameters = exact.get("params") or {}
    if not isinstance(parameters, dict):
        raise INVALID_JSON.refusal()
    return Frame(frame.get("id"), frame["method"].removeprefix(_VERSION), parameters)


def write_result(
    frame: Frame, result: Json, used_weight: int, unit: TimeUnit = TimeUnit.MILLISECOND
) -> str:
    """Write the reply to a request that succeeded."""
    reply = {"id": frame.id, "status": 200, "result": result, **_limits(frame, used_weight)}
    return compact(reply, unit)


def write_error(
    frame: Frame | None,
    refusal: Refusal,
    used_weight: int,
    unit: TimeUnit = TimeUnit.MILLISECOND,
) -> str:
    """Write the reply to a request that failed, or to what could not be read as one."""
    number = None if frame is None else frame.id
    reply = {"id": number, "status": refusal.status, "error": refusal.body}
    return compact(reply | _limits(frame, used_weight), unit)


def _limits(frame: Frame | None, used_weight: int) -> dict[str, Json]:
    """Return the limits, unless the request does not want them."""
    if frame is not None and frame.parameters.get("returnRateLimits") in (False, "false"):
        return {}
    return {"rateLimits": [{**RATE_LIMITS[0], "count": used_weight}]}
