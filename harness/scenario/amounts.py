"""Checks what can be known of amounts, traces and endings before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Protocol

from fillproof.harness.numbers import plain
from fillproof.harness.scenario.actions import (
    Action,
    Bust,
    Correct,
    DeskCancel,
    DeskPlace,
    Expire,
    OfTheChain,
    Place,
    Reject,
    Replace,
    Rest,
    Restate,
    Sweep,
    Trade,
    Wait,
)
from fillproof.harness.scenario.chain import Chain
from fillproof.harness.scenario.mistakes import Mistake, Path, Places
from fillproof.harness.scenario.model import Expectation, Header
from fillproof.harness.scenario.revisions import (
    reorg_problems,
    revision_problems,
    trades_are_known,
)
from fillproof.harness.scenario.values import duration_text
from fillproof.harness.scenario.venue import Market, Problem, is_multiple

_NOBODY_KNOWS = Decimal("Infinity")
"""What an order by an amount of the quote asset is for: the book decides."""


class Placed(Protocol):
    """A step that stands somewhere."""

    @property
    def path(self) -> Path: ...


@dataclass(slots=True)
class _Order:
    """What the steps so far did to one order."""

    market: str
    amount: Decimal
    traded: Decimal = Decimal(0)
    trades: list[Decimal] | None = None
    """Each of its trades; None where others may trade with it."""
    ended: str | None = None


def amount_mistakes(
    header: Header, steps: Sequence[tuple[Placed, Action]], places: Places
) -> Iterator[Mistake]:
    """Yield what the numbers of a readable scenario say against each other.

    An order may break the trading rules on purpose; strangers and counterparties may not.
    """
    for path, text in header.venue.problems():
        yield places.mistake(("venue", *path), text)
    yield from _life_mistakes(header, steps, places)
    orders: dict[str, _Order] = {}
    lively = header.venue.life is not None or header.venue.chain is not None
    all_known = trades_are_known((action for _, action in steps), lively=lively)
    for step, action in steps:
        _note(action, orders, all_known)
        problems = chain(
            _step_problems(header, action, orders), reorg_problems(action, header.venue.chain)
        )
        for path, text in problems:
            yield places.mistake((*step.path, *path), text)
    for label, expected in header.expect.items():
        order = orders.get(label)
        # On a chain a fill may be taken back, and its amount filled again.
        amount = order.amount if order and header.venue.chain is None else None
        for path, text in _expect_problems(expected, amount):
            yield places.mistake(("expect", label, *path), text)
    yield from _bound_mistakes(header, steps, places)


def _note(action: Action, orders: dict[str, _Order], all_known: bool) -> None:
    """Take note of an order that a step places."""
    trades: list[Decimal] | None = [] if all_known else None
    match action:
        case Place():
            amount = action.amount or _NOBODY_KNOWS
            orders[action.order] = _Order(action.market, amount, trades=trades)
        case DeskPlace():
            orders[action.order] = _Order(action.market, action.amount, trades=trades)
        case Replace() if action.order in orders:
            market = orders[action.order].market
            orders[action.by] = _Order(market, action.amount, trades=trades)


def _life_mistakes(
    header: Header, steps: Sequence[tuple[Placed, Action]], places: Places
) -> Iterator[Mistake]:
    """Traders need a price to begin at."""
    life, market = header.venue.life, header.venue.lively_market
    if life is None or life.traders is None or life.price is not None:
        return
    if market not in header.venue.markets:
        return
    if not any(
        isinstance(action, Place | Rest | DeskPlace)
        and action.market == market
        and action.price is not None
        for _, action in steps
    ):
        text = f"no step names a price in {market}, where traders could begin; add price"
        yield places.mistake(("venue", "life"), text)


def _step_problems(header: Header, action: Action, orders: dict[str, _Order]) -> Iterator[Problem]:
    match action:
        case OfTheChain() if header.venue.chain is None:
            text = f"{action.op} needs a chain; add venue: chain, or leave it out"
            yield (), text
        case Bust() | Correct() if header.venue.chain is not None:
            yield (), f"{action.op} is not of a chain; there only reorg takes a trade back"
        case Bust() | Correct() | Restate() if action.order in orders:
            order = orders[action.order]
            yield from revision_problems(action, order.amount, order.trades)
        case Rest() | Sweep() if action.market in header.venue.markets:
            yield from _stranger_problems(action, header.venue.markets[action.market])
        case Trade() if action.order in orders:
            order = orders[action.order]
            market = header.venue.markets.get(order.market)
            yield from _trade_problems(action, order, market, header.venue.chain)
            order.traded += action.amount if header.venue.chain is None else 0
            if order.trades is not None:
                order.trades.append(action.amount)
        case DeskPlace() if action.market in header.venue.markets:
            yield from _stranger_problems(action, header.venue.markets[action.market])
        case DeskCancel() if action.order in orders:
            yield from _ending_problems(action, orders[action.order])
            orders[action.order].ended = None if header.venue.chain is not None else "cancel"
        case Expire() | Reject() if action.order in orders:
            yield from _ending_problems(action, orders[action.order])
            # With settlement a fill may still follow; only the venue's clock can tell.
            orders[action.order].ended = None if header.venue.chain is not None else action.op


def _stranger_problems(action: Rest | Sweep | DeskPlace, market: Market) -> Iterator[Problem]:
    yield from _off_lot(action.amount, market)
    if not market.min_quantity <= action.amount <= market.max_quantity:
        least, most = plain(market.min_quantity), plain(market.max_quantity)
        yield ("amount",), f"{plain(action.amount)} is refused; {least} to {most} is allowed"
    if isinstance(action, Sweep) or action.price is None:
        return
    if not is_multiple(action.price, market.tick_size):
        text = f"{plain(action.price)} is off the tick; multiples of {plain(market.tick_size)}"
        yield ("price",), f"{text} are allowed"
    if Fraction(action.price) * Fraction(action.amount) < market.min_notional:
        text = "price times amount is less than min_notional"
        yield ("amount",), f"{text}; at least {plain(market.min_notional)} is allowed"


def _off_lot(amount: Decimal, market: Market) -> Iterator[Problem]:
    if not is_multiple(amount, market.lot_size):
        text = f"{plain(amount)} is off the lot; multiples of {plain(market.lot_size)}"
        yield ("amount",), f"{text} are allowed"


def _trade_problems(
    trade: Trade, order: _Order, market: Market | None, chain: Chain | None
) -> Iterator[Problem]:
    if market is not None:
        yield from _off_lot(trade.amount, market)
    if chain is not None:
        if trade.amount > order.amount:
            text = f'{plain(trade.amount)} is more than "{trade.order}" ever is'
            yield ("amount",), f"{text}; at most {plain(order.amount)} is allowed"
        return  # a block decides what becomes of it
    if order.ended is not None:
        text = f'"{trade.order}" has ended by then ({order.ended}); trade before that'
        yield ("order",), text
    left = order.amount - order.traded
    if trade.amount > left:
        text = f'{plain(trade.amount)} is more than "{trade.order}" has left'
        yield ("amount",), f"{text}; at most {plain(left)} is allowed"


def _ending_problems(action: Expire | Reject | DeskCancel, order: _Order) -> Iterator[Problem]:
    if order.ended is not None:
        yield ("order",), f'"{action.order}" has ended by then ({order.ended}); end it once'
    elif order.traded >= order.amount:
        yield ("order",), f'"{action.order}" is full by then; only a live order can {action.op}'


def _expect_problems(expected: Expectation, amount: Decimal | None) -> Iterator[Problem]:
    if not expected.passing and not expected.non_strict:
        yield (), "nothing is expected; list traces under pass or non_strict, or leave it out"
    for key, traces in (("pass", expected.passing), ("non_strict", expected.non_strict)):
        for index, trace in enumerate(traces):
            filled = sum(Decimal(word.split()[1]) for word in trace if word.startswith("Filled"))
            if amount is not None and filled > amount:
                text = f"the trace fills {plain(Decimal(filled))}; at most the order's"
                yield (key, index), f"{text} {plain(amount)} is allowed"


def _bound_mistakes(
    header: Header, steps: Sequence[tuple[Placed, Action]], places: Places
) -> Iterator[Mistake]:
    waited = 0
    for step, action in steps:
        waited += action.for_ if isinstance(action, Wait) else 0
        if isinstance(action, Wait) and waited >= header.bounds.virtual:
            bound = duration_text(header.bounds.virtual)
            text = f"the waits add up to {duration_text(waited)}; less than {bound} is allowed"
            yield places.mistake(step.path, f"{text} (bounds: virtual)")
