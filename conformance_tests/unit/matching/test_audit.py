"""The engine's own check finds what is broken on purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conformance_tests.unit.matching.table import NO_FEES, SYMBOL, Venue, instrument

from fillproof.simulator.matching import Exchange
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.orders import OrderStatus, Reason


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


def _forget_who_waits(engine: Engine) -> None:
    triggers = engine.markets[SYMBOL].triggers
    assert triggers is not None
    triggers.drop(engine.archive.by_id[2])


def _wait_for_what_is_reached(engine: Engine) -> None:
    engine.archive.by_id[2].trigger_price_ticks = 101


def _lock_for_both_legs(engine: Engine) -> None:
    stop = engine.archive.by_id[2]
    engine.clearing.lock(stop.pays, 100_000_000, Journal(0, engine.execution_ids))
    stop.locked_units += 100_000_000


def _leave_something_to_do(engine: Engine) -> None:
    engine.agenda.append(_order(engine))


def _end_a_leg_alone(engine: Engine) -> None:
    leg = engine.archive.by_id[1]
    market = engine.markets[SYMBOL]
    level = market.asks.level_of(leg)
    market.asks.take(level, leg, leg.leaves_lots)
    leg.end(OrderStatus.CANCELED, Reason.BY_VENUE, 0)
    engine.archive.close(leg)
    journal = Journal(0, engine.execution_ids)
    engine.clearing.release(leg, leg.locked_units, journal)
    engine.clearing.relock(engine.archive.by_id[2], 100_000_000, journal)


@pytest.mark.parametrize(
    ("breaks", "message"),
    [
        (_forget_who_waits, "triggers of who waits"),
        (_wait_for_what_is_reached, "order 2 waits for 101 at 100"),
        (_lock_for_both_legs, "order 2: locks 100000000, needs 0"),
        (_leave_something_to_do, "nothing is left to be done"),
        (_end_a_leg_alone, "list 1: an order ended alone"),
    ],
)
def test_check_sees_who_waits_and_who_belongs_together(
    breaks: Callable[[Engine], None], message: str
) -> None:
    """Triggers, shared locks, lists and the agenda are checked from the state alone as well."""
    venue = Venue()
    venue.do("ann oco L sell a 1 @ 110 post & sell b 1 stop 90")
    venue.do("bob sell s 1 @ 100")
    venue.do("bob buy s2 1 @ 100")
    breaks(venue.exchange._engine)
    with pytest.raises(AssertionError, match=message):
        venue.exchange.check()


def test_in_debug_every_command_is_checked() -> None:
    """What is broken is found by the next command, or when time passes."""
    exchange = Exchange([instrument()], NO_FEES, debug=True)
    exchange.apply(Deposit("ann", "USDT", 100), 0)
    _lose_money(exchange._engine)
    with pytest.raises(AssertionError, match="held"):
        exchange.apply(Deposit("ann", "USDT", 100), 0)
