"""The engine's own check finds what is broken on purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue

from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.orders import OrderStatus


def _order(engine: Engine) -> Order:
    return engine.archive.by_id[1]


def _lose_money(engine: Engine) -> None:
    engine.clearing.accounts.use("ann", "USDT").free_units -= 1


def _lock_too_much(engine: Engine) -> None:
    balance = engine.clearing.accounts.use("ann", "USDT")
    balance.free_units -= 1
    balance.locked_units += 1


def _overdraw(engine: Engine) -> None:
    balance = engine.clearing.accounts.use("bob", "USDT")
    engine.clearing.accounts.use("ann", "USDT").free_units += balance.free_units + 1
    balance.free_units = -1


def _forget_a_fill(engine: Engine) -> None:
    _order(engine).leaves_lots -= 1


def _end_on_paper(engine: Engine) -> None:
    _order(engine).status = OrderStatus.CANCELED


def _miscount_a_level(engine: Engine) -> None:
    engine.markets[SYMBOL].bids.level_of(_order(engine)).quantity_lots += 1


def _lose_the_place(engine: Engine) -> None:
    bids = engine.markets[SYMBOL].bids
    bids.take(bids.level_of(_order(engine)), _order(engine), _order(engine).leaves_lots)


def _lose_the_deadline(engine: Engine) -> None:
    engine.deadlines.drop(_order(engine))


def _cross_the_book(engine: Engine) -> None:
    engine.markets[SYMBOL].asks.add(_order(engine), 99)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (_lose_money, "held .* deposited"),
        (_lock_too_much, "USDT of ann: .* locked, but the live orders need"),
        (_overdraw, "USDT of bob: free -1"),
        (_forget_a_fill, "order 1 .*: 5 is not 0 \\+ 4"),
        (_end_on_paper, "order 1 .*: live True"),
        (_miscount_a_level, "BTCUSDT BUY at 100: 6 is not 5"),
        (_lose_the_place, "the books hold who is live and works"),
        (_lose_the_deadline, "order 1 .*: deadline None"),
        (_cross_the_book, "BTCUSDT is crossed: bid 100, ask 99"),
    ],
)
def test_check_names_what_is_broken(damage: Callable[[Engine], None], sentence: str) -> None:
    """Each invariant, broken by hand, is found and named."""
    venue = Venue()
    venue.do("ann buy a 5 @ 100 until 50")
    venue.exchange.check()
    damage(venue.exchange._engine)
    with pytest.raises(AssertionError, match=sentence):
        venue.exchange.check()
