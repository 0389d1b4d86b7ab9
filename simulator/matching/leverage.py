"""How much of a position is locked: an account's own leverage in a market with margin."""

from __future__ import annotations

from fillproof.simulator.matching.contracts import lock_margin
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.vocabulary.commands import SetLeverage
from fillproof.simulator.vocabulary.reports import Impossible


def set_leverage(engine: Engine, command: SetLeverage, journal: Journal) -> None:
    """Set it, and lock or free what the position then needs; or say why that is impossible."""
    market = engine.markets.get(command.symbol)
    if market is None or market.margin is None:
        journal.say(Impossible(f"market {command.symbol} has no leverage"))
        return
    most = market.margin.maximum_leverage
    if not 1 <= command.leverage <= most:
        journal.say(Impossible(f"leverage {command.leverage}; a whole number from 1 to {most}"))
        return
    position = market.position(command.account)
    was, position.leverage = position.leverage, command.leverage
    purse = engine.clearing.accounts.use(command.account, market.quote)
    if position.needed_units() - position.margin_units > max(0, purse.free_units):
        position.leverage = was
        journal.say(Impossible(f"{command.account} has not the margin for {command.leverage}"))
        return
    lock_margin(purse, position, journal)
    for order in engine.archive.of(command.account, command.symbol, open_only=True):
        engine.clearing.relock(order, market.needed_units(order), journal)
