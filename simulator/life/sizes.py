"""How much a stranger trades at once, and how far their prices lie apart."""

from __future__ import annotations

from fillproof.simulator.dice import Dice
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.units import asset_units

_LEAST_NOTIONALS = 4
_MOST_NOTIONALS = 1000
_STEPS_IN_A_PRICE = 20_000
"""A step is half a hundredth of a percent, as the levels of a liquid book lie apart."""


def step_ticks(price_ticks: int) -> int:
    """Return the usual distance of two levels at this price, one tick or more."""
    return max(1, price_ticks // _STEPS_IN_A_PRICE)


def draw_lots(instrument: Instrument, price_ticks: int, dice: Dice) -> int:
    """Draw a quantity that the market's rules allow at this price.

    It is worth 4 to 1,000 times the least notional; without one, that many times the least
    quantity.
    """
    times = dice.between(_LEAST_NOTIONALS, _MOST_NOTIONALS)
    least = least_lots(instrument, price_ticks)
    notional_units = asset_units(instrument.min_notional)
    lot_units = price_ticks * instrument.quote_units_per_tick_lot
    wanted = notional_units * times // lot_units if notional_units else least * times
    return min(max(wanted, least), instrument.quantity_lots(instrument.max_quantity))


def least_lots(instrument: Instrument, price_ticks: int) -> int:
    """Return the least quantity that the market's rules allow at this price."""
    least = max(1, instrument.quantity_lots(instrument.min_quantity))
    lot_units = price_ticks * instrument.quote_units_per_tick_lot
    # Rounded up, so that a coarse lot still makes the least notional.
    enough = -(-asset_units(instrument.min_notional) // lot_units)
    return max(least, enough)
