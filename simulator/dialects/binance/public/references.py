"""Reference prices and execution rules: no market here has any, and the venue says so."""

from __future__ import annotations

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.public.symbols import (
    one_market,
    some_markets,
    symbols_asked,
)

_NAMES = ("symbol", "symbols", "symbolStatus")
_MOST_WEIGHT = 40
_WEIGHT_EACH = 2


def reference_price(desk: Desk, call: Call) -> Outcome:
    """Refuse (-2043): no reference price was ever set."""
    one_market(desk, call)
    raise errors.NO_REFERENCE_PRICE.refusal()


def execution_rules(desk: Desk, call: Call) -> Outcome:
    """Show that no market has a rule; at most one parameter may choose the markets."""
    if sum(name in call.parameters for name in _NAMES) > 1:
        raise errors.OPTIONAL_COMBINATION.refusal()
    some_markets(desk, call, named=False)
    return Outcome({"symbolRules": []})


def execution_rules_weight(parameters: Parameters) -> int:
    """Return what a look at the rules weighs, by the symbols asked for."""
    asked = symbols_asked(parameters)
    return _MOST_WEIGHT if asked is None else min(asked * _WEIGHT_EACH, _MOST_WEIGHT)
