"""How long to wait before trying again."""

from __future__ import annotations


class Pauses:
    """Pauses in seconds that double from `first` to `longest`; `reset` begins again."""

    def __init__(self, first: float = 1, longest: float = 30) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def next(self) -> float:
        """Return the pause that is due."""
        pause = self._next
        self._next = min(pause * 2, self._longest)
        return pause

    def reset(self) -> None:
        """Begin again with the first pause: something worked."""
        self._next = self._first
