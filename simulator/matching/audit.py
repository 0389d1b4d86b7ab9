"""What must hold after every command, checked from the state alone."""

from __future__ import annotations

from collections import Counter

from fillproof.simulator.matching.book import BookSide
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.market import Market
from fillproof.simulator.matching.orders import Order
from fillproof.simulator.matching.triggers import triggers_above
from fillproof.simulator.vocabulary.orders import MarketPhase, OrderStatus


def audit(engine: Engine) -> None:
    """Raise AssertionError, with a sentence, at the first thing that does not hold."""
    live = list(engine.archive.live())
    for order in engine.archive.by_id.values():
        _check_order(order, is_pending=engine.lists.is_pending(order))
    _check_money(engine, live)
    _check_names(live)
    _check_deadlines(engine, live)
    resting: list[Order] = []
    for market in engine.markets.values():
        _check_not_crossed(market)
        _check_waiting(engine, market, live)
        resting += _check_levels(market.bids) + _check_levels(market.asks)
    working = [order for order in live if not order.waits]
    assert sorted(_ids(resting)) == sorted(_ids(working)), "the books hold who is live and works"
    _check_lists(engine)
    assert not engine.agenda, "nothing is left to be done"


def _ids(orders: list[Order]) -> list[int]:
    return [order.venue_order_id for order in orders]


def _check_order(order: Order, *, is_pending: bool) -> None:
    name = f"order {order.venue_order_id} ({order.status})"
    quantity, filled, leaves = order.terms.quantity_lots, order.cumulative_lots, order.leaves_lots
    prevented = order.prevented_lots
    assert order.live is not order.status.is_terminal, f"{name}: live {order.live}"
    assert 0 <= filled <= quantity, f"{name}: filled {filled} of {quantity}"
    if order.live:
        assert leaves > 0 or is_pending, f"{name}: live with nothing left"
        assert quantity == filled + leaves + prevented, (
            f"{name}: {quantity} is not {filled} + {leaves} + {prevented} prevented"
        )
    else:
        assert leaves == 0, f"{name}: leaves {leaves}"
        assert order.locked_units == 0, f"{name}: still locks {order.locked_units}"
        full = order.status is OrderStatus.FILLED
        # Only a pending order that sells proceeds never got a quantity.
        enough = filled + prevented == quantity if full else filled < max(1, quantity)
        assert enough, f"{name}: filled {filled} of {quantity}, {prevented} prevented"


def _check_money(engine: Engine, live: list[Order]) -> None:
    owed: Counter[tuple[str, str]] = Counter()
    for order in live:
        terms = order.terms
        market = engine.markets[terms.symbol]
        units = _locks(engine, order)
        assert order.locked_units == units, (
            f"order {order.venue_order_id}: locks {order.locked_units}, needs {units}"
        )
        owed[terms.account, market.paid_with(terms.side)] += units
    costs, settled_in = _check_positions(engine, owed)
    held: Counter[str] = Counter()
    for balance in engine.clearing.accounts:
        name = f"{balance.asset} of {balance.account}"
        may_owe = balance.asset in settled_in
        assert may_owe or balance.free_units >= 0, f"{name}: free {balance.free_units}"
        expected = owed.pop((balance.account, balance.asset), 0)
        assert balance.locked_units == expected, (
            f"{name}: {balance.locked_units} locked, but the live orders need {expected}"
        )
        held[balance.asset] += balance.free_units + balance.locked_units
    assert not owed, f"live orders of accounts without a balance: {dict(owed)}"
    # What positions cost is not paid until they are closed.
    held.subtract(costs)
    deposited = Counter(engine.clearing.accounts.deposited_units)
    assert held == deposited, f"held {dict(held)}, deposited {dict(deposited)}"


def _check_positions(
    engine: Engine, owed: Counter[tuple[str, str]]
) -> tuple[Counter[str], set[str]]:
    """Add what positions lock; return what they cost, by asset, and what they are settled in."""
    costs: Counter[str] = Counter()
    contracts = [market for market in engine.markets.values() if market.margin is not None]
    for market in contracts:
        symbol, positions = market.symbol, market.positions
        assert not sum(p.lots for p in positions.values()), f"{symbol}: contracts from nowhere"
        for account, position in positions.items():
            needed = position.needed_units()
            assert position.margin_units == needed, f"{symbol}: {account} has no such margin"
            owed[account, market.quote] += needed
            costs[market.quote] += position.cost_units
    return costs, {market.quote for market in contracts}


def _locks(engine: Engine, order: Order) -> int:
    """Return what a live order locks: of an undecided OCO one leg locks for both."""
    market = engine.markets[order.terms.symbol]
    needed = market.needed_units(order)
    order_list = engine.lists.by_id.get(order.order_list_id or 0)
    if order_list is None or order_list.pair is None or order not in order_list.pair:
        return needed
    above, below = order_list.pair
    bears = above if market.needed_units(above) >= market.needed_units(below) else below
    return needed if order is bears else 0


def _check_names(live: list[Order]) -> None:
    names = Counter((order.terms.account, order.terms.client_order_id) for order in live)
    twice = [name for name, times in names.items() if times > 1]
    assert not twice, f"live orders of one name: {twice}"


def _check_deadlines(engine: Engine, live: list[Order]) -> None:
    waiting = 0
    for order in live:
        deadline = order.deadline
        dated = order.terms.expire_at_ns is not None
        pending = order.status is OrderStatus.PENDING_CANCEL
        name = f"order {order.venue_order_id} ({order.status})"
        assert (deadline is not None) is (dated or pending), f"{name}: deadline {deadline}"
        waiting += deadline is not None
    assert waiting == len(engine.deadlines), "only live orders have a deadline"


def _check_lists(engine: Engine) -> None:
    for order_list in engine.lists.by_id.values():
        name = f"list {order_list.order_list_id}"
        together = order_list.orders if order_list.first is not None else order_list.pair or ()
        if order_list.done:
            assert not together, f"{name}: done, and yet to decide"
        else:
            assert not order_list.is_over(), f"{name}: nothing lives, and it is not done"
        assert all(order.live for order in together), f"{name}: an order ended alone"


def _check_waiting(engine: Engine, market: Market, live: list[Order]) -> None:
    """Check that exactly the waiting orders are among the triggers, none of them reached."""
    symbol = market.instrument.symbol
    found = [] if market.triggers is None else market.triggers.waiting()
    expected = [
        order
        for order in live
        if order.waits and not engine.lists.is_pending(order) and order.terms.symbol == symbol
    ]
    assert sorted(_ids(found)) == sorted(_ids(expected)), f"{symbol}: triggers of who waits"
    last = market.last_ticks()
    for order in found:
        terms, price = order.terms, order.trigger_price_ticks
        trigger = terms.trigger
        assert trigger is not None, "who is among the triggers has one"
        if last is not None and price is not None:
            reached = last >= price if triggers_above(terms) else last <= price
            assert not reached, f"order {order.venue_order_id} waits for {price} at {last}"


def _check_not_crossed(market: Market) -> None:
    bid, ask = market.bids.best, market.asks.best
    if market.phase is MarketPhase.AUCTION:
        return
    if bid is not None and ask is not None:
        assert bid.price_ticks < ask.price_ticks, (
            f"{market.instrument.symbol} is crossed: bid {bid.price_ticks}, ask {ask.price_ticks}"
        )


def _check_levels(side: BookSide) -> list[Order]:
    """Check one side and return its orders."""
    resting: list[Order] = []
    for level in side:
        orders = list(level.in_order())
        name = f"{side.symbol} {side.side} at {level.price_ticks}"
        assert len(orders) + level.gone == len(level.queue), f"{name}: {level.gone} have left"
        assert orders, f"{name}: an empty level"
        total = sum(order.shown_lots for order in orders)
        assert level.quantity_lots == total, f"{name}: {level.quantity_lots} is not {total}"
        hidden = sum(order.hidden_lots for order in orders)
        assert level.hidden_lots == hidden, f"{name}: hides {level.hidden_lots}, not {hidden}"
        assert all(order.shown_lots > 0 for order in orders), f"{name}: an order shows nothing"
        places = [order.place for order in orders]
        assert places == sorted(set(places)), f"{name}: not first come first"
        for order in orders:
            terms = order.terms
            found = (terms.symbol, terms.side, terms.price_ticks)
            assert found == (side.symbol, side.side, level.price_ticks), f"{name}: holds {found}"
        resting += orders
    return resting
