"""A resting book around a price, drawn from a seed."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.simulator.dice import Dice
from fillproof.simulator.life.sizes import draw_lots, step_ticks
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce

_AWAY = {Side.BUY: -1, Side.SELL: 1}


_LEVELS_OF_ONE = 50
"""How many levels a side one account makes: a market may limit the orders of an account."""


def ladder_accounts(levels: int, name: str) -> tuple[str, ...]:
    """Return the accounts that make a ladder of so many levels a side."""
    return tuple(f"{name}-{number}" for number in range(1, 2 + (levels - 1) // _LEVELS_OF_ONE))


def ladder(
    instrument: Instrument, price_ticks: int, levels: int, name: str, dice: Dice
) -> Iterator[PlaceOrder]:
    """Yield resting orders, best first: so many bids below the price, so many asks above it."""
    accounts = ladder_accounts(levels, name)
    step = step_ticks(price_ticks)
    for side, away in _AWAY.items():
        at = price_ticks
        for level in range(1, levels + 1):
            at += away * dice.between(1, 2 * step - 1)
            if at < 1:
                break
            yield PlaceOrder(
                account=accounts[(level - 1) // _LEVELS_OF_ONE],
                client_order_id=f"{name}-{instrument.symbol}-{side}-{level}",
                symbol=instrument.symbol,
                side=side,
                order_type=OrderType.LIMIT,
                time_in_force=TimeInForce.GTC,
                quantity_lots=draw_lots(instrument, at, dice),
                price_ticks=at,
                post_only=True,
            )
