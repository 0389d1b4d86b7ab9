"""Numbers drawn from a seed, whole and the same on every machine and Python."""

from __future__ import annotations

_MASK = (1 << 64) - 1


class Dice:
    """SplitMix64 (Steele, Lea, Flood 2014): a few lines that no library can change."""

    __slots__ = ("_state",)

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def below(self, count: int) -> int:
        """Draw from 0 to `count` - 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return (mixed ^ (mixed >> 31)) % count

    def between(self, least: int, most: int) -> int:
        """Draw from `least` to `most`, both possible."""
        return least + self.below(most - least + 1)

    def happens(self, times: int, out_of: int) -> bool:
        """Draw something that happens so many times out of so many."""
        return self.below(out_of) < times
