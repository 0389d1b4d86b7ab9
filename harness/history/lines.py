"""One line of a recording: parsed, numbered, and able to say what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

FORMAT = 1
"""The format of recordings this reads (docs/recording.md)."""

LEDGERS = frozenset({"run", "told", "wire", "truth"})


class RecordingError(ValueError):
    """A recording cannot be judged; the message names the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: global sequence, virtual nanoseconds, ledger, kind, and its other keys."""

    n: int
    t: int
    ledger: str
    kind: str
    data: Mapping[str, Any]

    def wrong(self, what: str) -> RecordingError:
        """Return the error that says what is wrong with this line."""
        return RecordingError(f"line {self.n + 1} ({self.ledger} {self.kind}): {what}")

    def get(self, key: str) -> Any:
        """Return a key that must be there."""
        if key not in self.data:
            raise self.wrong(f"has no {key!r}")
        return self.data[key]

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self.get(key)
        if not isinstance(value, str):
            raise self.wrong(f"{key!r} is {value!r}; a text is expected")
        return value

    def text_or_none(self, key: str) -> str | None:
        """Return a text, or None when it is absent or null."""
        return None if self.data.get(key) is None else self.text(key)

    def whole(self, key: str) -> int:
        """Return a whole number that must be there."""
        value = self.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(f"{key!r} is {value!r}; a whole number is expected")
        return value

    def amount(self, key: str) -> Decimal:
        """Return a decimal number that must be there, as text."""
        return decimal_of(self, key, self.get(key))

    def amount_or_none(self, key: str) -> Decimal | None:
        """Return a decimal number, or None when it is absent or null."""
        return None if self.data.get(key) is None else self.amount(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it is absent."""
        values = self.data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.wrong(f"{key!r} is {values!r}; a list of texts is expected")
        return tuple(values)

    def part(self, key: str) -> Mapping[str, Any]:
        """Return an object that must be there."""
        value = self.get(key)
        if not isinstance(value, dict):
            raise self.wrong(f"{key!r} is {value!r}; an object is expected")
        return value

    def within(self, part: Mapping[str, Any]) -> Line:
        """Return this line reading its keys from a part of it."""
        return Line(self.n, self.t, self.ledger, self.kind, part)


def decimal_of(line: Line, key: str, value: object) -> Decimal:
    """Return the number a decimal text states; raises RecordingError naming line and key."""
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise line.wrong(f"{key!r} is {value!r}; a decimal number as text is expected")
    return number


def parse_lines(lines: Iterable[str]) -> Iterator[Line]:
    """Yield the lines of a recording; raises RecordingError where it is no recording."""
    last_t = 0
    for n, text in enumerate(lines):
        line = _parse(n, text)
        if line.t < last_t:
            raise line.wrong(f"time runs backwards: t is {line.t} after {last_t}")
        last_t = line.t
        yield line


def _parse(n: int, text: str) -> Line:
    place = f"line {n + 1}"
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        whole = text.rstrip()
        if whole.startswith("{") and (not whole.endswith("}") or error.pos >= len(whole)):
            raise RecordingError(f"{place}: is cut off after {len(whole)} characters") from None
        raise RecordingError(f"{place}: is not JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(data, dict):
        raise RecordingError(f"{place}: is {type(data).__name__}; an object is expected")
    for key, kind in (("n", int), ("t", int), ("ledger", str), ("kind", str)):
        if not isinstance(data.get(key), kind):
            raise RecordingError(f"{place}: {key!r} is {data.get(key)!r}; {kind.__name__} expected")
    if data["n"] != n:
        raise RecordingError(f"{place}: wrong sequence: n is {data['n']}, not {n}")
    if data["ledger"] not in LEDGERS:
        raise RecordingError(f"{place}: unknown ledger {data['ledger']!r}")
    return Line(n, data["t"], data["ledger"], data["kind"], data)
