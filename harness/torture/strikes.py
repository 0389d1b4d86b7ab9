"""Finds the requests of a recording, and makes the scenario in which one of them fails."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

_REQUEST = "_request"
_START = "start"
CHANGING = ("create", "cancel", "amend")
"""What a request can be for that changes something: it can fail after the venue did it."""

_UNAVAILABLE = {
    "op": "fail",
    "status": 503,
    "code": -1000,
    "text": "Unknown error, please check your request or try again later.",
}
_SOME_BYTES = 60

WAYS: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "refused": ("_reply", {**_UNAVAILABLE, "acted": False}),
        "acted": ("_reply", {**_UNAVAILABLE, "acted": True}),
        "lost": ("_reply", {"op": "drop"}),
        "broken": ("_reply", {"op": "cut", "at_byte": _SOME_BYTES}),
        "cut": ("_request", {"op": "cut", "at_byte": 0}),
    }
)
"""Each way to fail: whether the fault meets the request or its reply, and the fault.

`refused` and `acted` are HTTP 503 before and after the venue did it, `lost` and `broken` a reply
that never arrives or ends in its middle, `cut` a line that breaks before the request is there.
"""


@dataclass(frozen=True, slots=True, order=True)
class Strike:
    """One request of a scenario: its role, and how many of that role came before it."""

    role: str
    number: int

    @property
    def ways(self) -> tuple[str, ...]:
        """How it can fail; only what changes something can have been done or not."""
        return tuple(way for way in WAYS if way != "acted" or self.role in CHANGING)

    def __str__(self) -> str:
        return f"{self.role}:{self.number}"


def strikes_of(lines: Iterable[str]) -> tuple[Strike, ...]:
    """Return the requests of a recording from the connector's start until its faults heal."""
    return tuple(_requests(map(json.loads, lines)))


def _requests(lines: Iterable[Mapping[str, Any]]) -> Iterator[Strike]:
    seen: Counter[str] = Counter()
    for line in lines:
        if line["kind"] == "phase" and line["phase"] == "healed":
            return
        channel = str(line.get("channel", ""))
        if line["kind"] == "sent" and channel.endswith(_REQUEST):
            role = channel.removesuffix(_REQUEST)
            yield Strike(role, seen[role])
            seen[role] += 1


def tortured(document: Mapping[str, Any], strike: Strike, way: str) -> dict[str, Any]:
    """Return the scenario in which this request fails like this.

    What it expects of its orders holds no more; the rules do.
    """
    end, fault = WAYS[way]
    step = {**fault, "channel": f"{strike.role}{end}", "count": 1, "skip": strike.number}
    steps = [step, *([] if _starts(document) else [{"op": _START}]), *document["steps"]]
    placed = [{"line": 0, "column": 0, **one} for one in steps]
    named = {"id": f"{document['id']}~{strike.role}-{strike.number}-{way}"}
    return {**document, **named, "steps": placed, "expect": {}}


def _starts(document: Mapping[str, Any]) -> bool:
    return any(step["op"] == _START for step in document["steps"])
