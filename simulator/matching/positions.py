"""Positions in contracts: what is held of them, what that cost, and what is set aside for it."""

from __future__ import annotations

from msgspec import Struct


class PositionView(Struct, frozen=True, gc=False):
    """A position as it stands: lots above zero were bought, below zero sold.

    `cost_units` is what it cost in units of 1e-8 quote (below zero what it brought), and
    `margin_units` what is locked for it.
    """

    lots: int
    cost_units: int
    margin_units: int
    leverage: int


class Settled(Struct, frozen=True, gc=False):
    """What one order's half of a trade did: fee, position before it, and what closing gained."""

    fee_units: int
    start_lots: int
    gained_units: int


class Position(Struct, eq=False, gc=False):
    """One account's contracts of one market, changed in place by the engine."""

    leverage: int
    lots: int = 0
    cost_units: int = 0
    margin_units: int = 0

    def trade(self, lots: int, value_units: int) -> int:
        """Take in lots (below zero: sold) of that value, of one sign; return what was gained.

        What is closed costs its part of the whole cost, floored; nothing is gained by opening.
        """
        if self.lots * lots >= 0:
            self.lots += lots
            self.cost_units += value_units
            return 0
        if abs(lots) <= abs(self.lots):
            cost_units = self.cost_units * -lots // self.lots
            self.lots += lots
            self.cost_units -= cost_units
            return -value_units - cost_units
        closing_units = value_units * -self.lots // lots
        gained_units = -closing_units - self.cost_units
        self.lots += lots
        self.cost_units = value_units - closing_units
        return gained_units

    def needed_units(self) -> int:
        """Return what is to be locked for it: its cost over the leverage, rounded up."""
        return -(-abs(self.cost_units) // self.leverage)

    def opposes(self, *, buys: bool) -> int:
        """Return how many lots a buy, or a sell, could close."""
        return max(0, -self.lots if buys else self.lots)

    def view(self) -> PositionView:
        """Return the position as it stands."""
        return PositionView(self.lots, self.cost_units, self.margin_units, self.leverage)
