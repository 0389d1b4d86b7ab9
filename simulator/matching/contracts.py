"""Trades of a market with margin: positions change, gains and fees are settled in quote."""

from __future__ import annotations

from fillproof.simulator.matching.accounts import VENUE_ACCOUNT, Balance
from fillproof.simulator.matching.clearing import Clearing
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.positions import Position, Settled
from fillproof.simulator.matching.trades import Trade
from fillproof.simulator.vocabulary.orders import Side


def settle_contracts(clearing: Clearing, order: Order, trade: Trade, journal: Journal) -> Settled:
    """Settle one order's half of a trade: its own lock goes, its position's margin comes."""
    market, side = trade.market, order.terms.side
    clearing.release(order, order.locked_units - market.needed_units(order), journal)
    position = market.position(order.terms.account)
    start_lots = position.lots
    gained_units = change(order.pays, position, side, trade, journal)
    rates = market.buy_rates if side is Side.BUY else market.sell_rates
    rate = rates[0] if order is trade.maker else rates[1]
    fee_units = trade.quote_units * rate[0] // rate[1]
    if fee_units:
        clearing.move(order.terms.account, market.quote, -fee_units, journal)
        clearing.move(VENUE_ACCOUNT, market.quote, fee_units, journal)
    return Settled(fee_units, start_lots, gained_units)


def change(purse: Balance, position: Position, side: Side, trade: Trade, journal: Journal) -> int:
    """Let a position take a trade in on a side, pay what that gained, and lock its margin."""
    sign = 1 if side is Side.BUY else -1
    gained_units = position.trade(sign * trade.quantity_lots, sign * trade.quote_units)
    purse.free_units += gained_units
    lock_margin(purse, position, journal)
    return gained_units


def lock_margin(purse: Balance, position: Position, journal: Journal) -> None:
    """Lock exactly what a position needs, be there enough or not: nobody is liquidated."""
    needed = position.needed_units()
    purse.free_units -= needed - position.margin_units
    purse.locked_units += needed - position.margin_units
    position.margin_units = needed
    journal.balances.append(purse)
