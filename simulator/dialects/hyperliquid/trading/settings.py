"""What an account has set: leverage by market, its referrer, and what builders may charge it."""

from __future__ import annotations

from msgspec import Struct


class Leverage(Struct, frozen=True, gc=False):
    """How much more than its margin a position may be; the margin is shared (cross) or its own."""

    value: int
    is_cross: bool

    @property
    def kind(self) -> str:
        """The venue's word for whose margin it is."""
        return "cross" if self.is_cross else "isolated"


class Settings:
    """Leverage is by (account, engine symbol), builder fees in tenths of a basis point."""

    __slots__ = ("_builders", "_leverages", "referrers")

    def __init__(self) -> None:
        self._leverages: dict[tuple[str, str], Leverage] = {}
        self._builders: dict[tuple[str, str], int] = {}
        self.referrers: dict[str, str] = {}

    def leverage(self, account: str, symbol: str, otherwise: int) -> Leverage:
        """Return the leverage of an account in a market."""
        return self._leverages.get((account, symbol), Leverage(otherwise, is_cross=True))

    def set_leverage(self, account: str, symbol: str, leverage: Leverage) -> None:
        """Set the leverage of an account in a market."""
        self._leverages[account, symbol] = leverage

    def builder_fee(self, account: str, builder: str) -> int:
        """Return the most that a builder may charge."""
        return self._builders.get((account, builder), 0)

    def approve_builder(self, account: str, builder: str, tenths_of_bips: int) -> None:
        """Let a builder charge that much."""
        self._builders[account, builder] = tenths_of_bips
