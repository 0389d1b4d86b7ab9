"""The requests that a market stream's client may send, and the errors it is refused with."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from fillproof.simulator.dialects.binance.decoding import NotJson, read_json
from fillproof.simulator.dialects.protocol import Json

_INVALID_REQUEST = 2
_INVALID_JSON = 3
_INT64 = 2**63
_BYTE = re.compile(r"\(byte (\d+)\)")
_ID_TEXT = re.compile(r"[A-Za-z0-9_-]{1,36}")
_FIELDS = frozenset({"method", "params", "id"})
_WITHOUT_PARAMETERS = frozenset({"LIST_SUBSCRIPTIONS"})


class ControlError(Exception):
    """A request is refused; `number` is the id it came with."""

    def __init__(self, code: int, text: str, number: Json = None) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text
        self.number = number


@dataclass(frozen=True, slots=True)
class ControlRequest:
    """One request with its id."""

    number: Json
    method: str
    parameters: list[Json]


def read_request(text: str, methods: Collection[str]) -> ControlRequest:
    """Read one of these methods; raises ControlError for anything else.

    The columns in the errors' texts are where the venue's parser has come to.
    """
    frame = _object(text)
    number = frame.get("id")
    if "id" not in frame or not _is_id(number):
        raise ControlError(
            _INVALID_REQUEST, "Invalid request: request ID must be an unsigned integer"
        )
    if not frame.keys() <= _FIELDS:
        raise ControlError(_INVALID_REQUEST, "Invalid request: too many parameters", number)
    method = frame.get("method")
    if method is None:
        raise _invalid(f"missing field `method` at line 1 column {len(text)}", number)
    if method not in methods:
        column = _column_after(text, method)
        variants = ", ".join(f"`{name}`" for name in methods)
        said = f"unknown variant `{method}`, expected one of {variants} at line 1 column {column}"
        raise _invalid(said, number)
    parameters = frame.get("params")
    if parameters is None and method in _WITHOUT_PARAMETERS:
        parameters = []
    if parameters is None:
        raise _invalid(f"missing field `params` at line 1 column {len(text)}", number)
    if not isinstance(parameters, list):
        raise _invalid("invalid type, expected a sequence", number)
    return ControlRequest(number, method, parameters)


def _object(text: str) -> dict[str, Json]:
    try:
        frame = read_json(text)
    except NotJson as error:
        raise ControlError(_INVALID_JSON, _expected_value(text, error)) from None
    if not isinstance(frame, dict):
        raise ControlError(_INVALID_JSON, "Invalid JSON: expected value at line 1 column 1")
    return frame


def _expected_value(text: str, error: NotJson) -> str:
    """Say where a text stops being JSON: at the byte that its error names, else at its end."""
    named = _BYTE.search(str(error))
    before = text.encode("utf-8", "replace")[: int(named[1]) if named else None]
    line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
    return f"Invalid JSON: expected value at line {line} column {column}"


def _is_id(number: Json) -> bool:
    if isinstance(number, str):
        return _ID_TEXT.fullmatch(number) is not None
    if isinstance(number, bool):
        return False
    return number is None or (isinstance(number, int) and -_INT64 <= number < _INT64)


def _invalid(what: str, number: Json) -> ControlError:
    return ControlError(_INVALID_REQUEST, f"Invalid request: {what}", number)


def _column_after(text: str, value: Json) -> int:
    written = json.dumps(value)
    return max(text.find(written), 0) + len(written)
