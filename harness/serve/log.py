"""What the server writes of itself: one line for each thing that happened, without secrets."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

FORMS = ("text", "json", "off")

_NANOSECONDS = 1_000_000_000


class Log:
    """Writes lines with `write`: JSON objects, or text for a person; with "off" only warnings."""

    def __init__(
        self,
        form: str,
        write: Callable[[str], object],
        machine_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._form = form
        self._write = write
        self._machine_ns = machine_ns

    @property
    def is_on(self) -> bool:
        """False when only what must be known is written."""
        return self._form != "off"

    def say(self, event: str, **keys: Any) -> None:
        """Write that something happened; keys without a value are left out."""
        if self.is_on:
            self._line(event, keys)

    def insist(self, event: str, **keys: Any) -> None:
        """Write what must be known, even if nothing else is written."""
        self._line(event, keys)

    def _line(self, event: str, keys: dict[str, Any]) -> None:
        line = {
            "time": _moment(self._machine_ns()),
            "event": event,
            **{key: value for key, value in keys.items() if value is not None},
        }
        self._write(json.dumps(line) if self._form == "json" else _text(line))


def _moment(nanoseconds: int) -> str:
    """Return a time as ISO 8601 has it, in UTC, to the microsecond."""
    seconds, rest = divmod(nanoseconds, _NANOSECONDS)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest // 1000:06d}Z"


def _text(line: dict[str, Any]) -> str:
    moment, event, *rest = line.items()
    return " ".join((moment[1], event[1], *(f"{key}={_word(value)}" for key, value in rest)))


def _word(value: object) -> str:
    text = str(value)
    return json.dumps(text) if " " in text or '"' in text or "\n" in text else text
