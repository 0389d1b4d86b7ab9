"""What may still come of an order after its end, where a chain stands behind the venue."""

from __future__ import annotations

from fillproof.harness.connectors.reference.facts import Fill, Seen, Status

LAGS_NS = 40 * 1_000_000_000
"""How much longer than the grace window what answers may be a replica that lags behind."""


class Afterlife:
    """The grace window that follows an end, and what makes it last longer.

    `grace_ns` is how long after its end the venue may still fill the order, or take a fill or the
    end back; 0 on a centralised venue, where nothing follows. `ends_ns` (monotonic) is None before
    the end.
    """

    def __init__(self, grace_ns: int) -> None:
        self.grace_ns = grace_ns
        self.ends_ns: int | None = None
        self._is_open_again = False
        self._ended_ms: int | None = None
        self._unexplained: dict[str, int] = {}

    def begin(self, now_ns: int) -> None:
        """The end was told."""
        if self.grace_ns:
            self.ends_ns = now_ns + self.grace_ns

    def hear(self, seen: Seen) -> None:
        """Notice that an end is taken back, and let the window begin with another end.

        It may be heard of long after it was: the window is later by as much as the end is. One that
        is said to be older than what is known was late, and one beyond the window is none.
        """
        if seen.status is Status.OPEN:
            self._is_open_again = self.ends_ns is not None
        elif self._ended_ms is None or seen.time_ms is None:
            self._ended_ms = seen.time_ms
        elif seen.time_ms <= self._ended_ms:
            self._is_open_again = self._is_open_again and seen.time_ms < self._ended_ms
        elif self._is_open_again or seen.time_ms <= self._last_ms:
            later_ns = (seen.time_ms - self._ended_ms) * 1_000_000
            self._ended_ms, self._is_open_again = seen.time_ms, False
            if self.ends_ns is not None:
                self.ends_ns += later_ns

    @property
    def _last_ms(self) -> int:
        """The venue's time of the end of the window."""
        return (self._ended_ms or 0) + self.grace_ns // 1_000_000

    def miss(self, now_ns: int) -> None:
        """Begin the window anew with the end of an order that was open again, and is no more."""
        if self._is_open_again:
            self._is_open_again = False
            self.ends_ns = now_ns + self.grace_ns

    def is_too_late(self, fill: Fill) -> bool:
        """Return whether the venue says that a fill came after it could: none is owed for it."""
        if self._ended_ms is None or self._is_open_again:
            return False
        return fill.time_ms > self._last_ms

    def leave_open(self, fill: Fill, now_ns: int) -> None:
        """Remember a fill for which there is no room: one that was told may be taken back."""
        if self.grace_ns:
            self._unexplained.setdefault(fill.trade_id, now_ns + self.grace_ns + LAGS_NS)

    def explain(self, fill: Fill) -> None:
        """There was room for a fill."""
        self._unexplained.pop(fill.trade_id, None)

    def is_over(self, asked_ns: int, *, is_missing_fills: bool) -> bool:
        """Return whether nothing can follow any more of which a question then did not tell.

        A fill that is known to be missing is waited for until no list can lag behind any more.
        """
        lags_ns = LAGS_NS if is_missing_fills else 0
        if self.ends_ns is None or asked_ns < self.ends_ns + lags_ns or self._is_open_again:
            return False
        return all(asked_ns >= until_ns for until_ns in self._unexplained.values())
