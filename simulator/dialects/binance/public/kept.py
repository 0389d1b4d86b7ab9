"""A list that forgets its oldest entries."""

from __future__ import annotations

from typing import Generic, TypeVar

_Entry = TypeVar("_Entry")

_SLACK = 8


class Kept(Generic[_Entry]):
    """At least the last `limit` entries, and at most an eighth more: forgetting goes in strides."""

    __slots__ = ("_limit", "_most", "entries")

    def __init__(self, limit: int) -> None:
        self.entries: list[_Entry] = []
        self._limit = limit
        self._most = limit + limit // _SLACK

    def append(self, entry: _Entry) -> None:
        """Add the newest entry."""
        self.entries.append(entry)
        if len(self.entries) > self._most:
            del self.entries[: -self._limit]
