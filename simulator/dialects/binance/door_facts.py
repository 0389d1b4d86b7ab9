"""What a reply says of the door: that a request was turned away for how it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.protocol import Json

Fact = dict[str, Json]

_BANNED, _TOO_MANY = 418, 429
_BY_CODE = {
    errors.INVALID_SIGNATURE.code: "signature",
    errors.TIMESTAMP_TOO_OLD.code: "timestamp",
    errors.TOO_MANY_ORDERS.code: "order_limit",
    errors.TOO_MANY_CONNECTIONS.code: "limit",
}
_BY_STATUS = {_BANNED: "ban", _TOO_MANY: "limit"}
_RETRY_AFTER = "retry-after"


def of_response(status: int, body: Json, headers: Iterable[tuple[str, str]]) -> list[Fact]:
    """Return the fact of an HTTP reply that turned its request away."""
    error = body if isinstance(body, Mapping) else {}
    why = _why(status, error)
    if why is None:
        return []
    waits = [value for name, value in headers if name == _RETRY_AFTER and value.isdecimal()]
    return [_fact(why, error, int(waits[0]) if waits else None)]


def of_frame(message: Mapping[str, Json]) -> list[Fact]:
    """Return the fact of a reply of the WebSocket API that turned its request away."""
    error = message.get("error")
    status = message.get("status")
    if not isinstance(error, Mapping) or not isinstance(status, int):
        return []
    why = _why(status, error)
    return [] if why is None else [_fact(why, error, _seconds(error.get("data")))]


def _why(status: int, error: Mapping[str, Json]) -> str | None:
    return _BY_CODE.get(error.get("code", 0)) or _BY_STATUS.get(status)


def _seconds(data: Json) -> int | None:
    """Return how long the error's data say one must wait; both moments are milliseconds."""
    if not isinstance(data, Mapping) or not {"serverTime", "retryAfter"} <= data.keys():
        return None
    return max(0, -(-(int(data["retryAfter"]) - int(data["serverTime"])) // 1_000))


def _fact(why: str, error: Mapping[str, Json], retry_after: int | None) -> Fact:
    fact = {"fact": "turned_away", "why": why, "code": error.get("code"), "text": error.get("msg")}
    return fact if retry_after is None else {**fact, "retry_after": retry_after}
