"""When blocks are made: at whole block times since the chain began, and not while it is halted."""

from __future__ import annotations


class Calendar:
    """Slots are numbered from 0, the beginning; the block of a slot is made at its moment.

    Heights count the slots, and the blocks that were made beside them. Slots of a halt are made up
    for at its end, all at once.
    """

    def __init__(self, block_time_ns: int) -> None:
        self._block_time_ns = block_time_ns
        self._origin_ns: int | None = None
        self._beside = 0
        self._halt = (0, 0)

    @property
    def runs(self) -> bool:
        """True when blocks are made by themselves."""
        return self._block_time_ns > 0 and self._origin_ns is not None

    def begin(self, now_ns: int) -> None:
        """Count from here, unless it has begun."""
        if self._origin_ns is None:
            self._origin_ns = now_ns

    def halt(self, now_ns: int, until_ns: int) -> None:
        """Make no block after now and before then; a halt in a halt makes it longer."""
        since, until = self._halt
        self._halt = (since, max(until, until_ns)) if now_ns < until else (now_ns, until_ns)

    def is_halted(self, now_ns: int) -> bool:
        """Return whether no block is made now."""
        since, until = self._halt
        return since <= now_ns < until

    def run(self, block_time_ns: int, now_ns: int) -> None:
        """Have slots from now on, where there were none."""
        if self._block_time_ns == 0:
            self._block_time_ns, self._origin_ns = block_time_ns, now_ns

    def make_beside(self) -> None:
        """Count one block more than the slots."""
        self._beside += 1

    def time_of(self, slot: int) -> int:
        """Return when a slot is due."""
        assert self._origin_ns is not None, "a chain that has not begun has no slots"
        return self._origin_ns + slot * self._block_time_ns

    def moment_of(self, slot: int) -> int:
        """Return when the block of a slot is really made."""
        due_ns = self.time_of(slot)
        since, until = self._halt
        return until if since < due_ns < until else due_ns

    def slot_from(self, at_ns: int) -> int:
        """Return the first slot that is due at a time or later."""
        passed_ns = at_ns - self.time_of(0)
        return max(0, -(-passed_ns // self._block_time_ns))

    def slot_of(self, height: int) -> int:
        """Return the slot whose block has a height."""
        return height - self._beside

    def height_of(self, slot: int) -> int:
        """Return the height of a slot's block."""
        return slot + self._beside

    def passed(self, now_ns: int) -> int:
        """Return the last slot whose moment is not after now."""
        since, until = self._halt
        seen_ns = since if since < now_ns < until else now_ns
        return (seen_ns - self.time_of(0)) // self._block_time_ns

    def height_at(self, now_ns: int) -> int:
        """Return the height of the newest block."""
        return self.height_of(self.passed(now_ns)) if self.runs else self._beside
