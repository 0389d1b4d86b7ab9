"""C2: the book that the told events make is the venue's."""

from __future__ import annotations

from collections.abc import Iterator

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import Event, History, Market, OrderStory, OrderTruth
from fillproof.harness.history.wire import Fact
from fillproof.harness.numbers import plain
from fillproof.harness.rules.evidence import Blame, heard, missing
from fillproof.harness.rules.found import INVENTED, breach, end_of
from fillproof.harness.rules.ledgers.book import (
    Apart,
    Moves,
    Posting,
    compare,
    told_posting,
    total,
    true_postings,
)
from fillproof.harness.rules.orders.fills import lie_behind, stating
from fillproof.harness.rules.orders.pairing import Telling, pair, trades_of
from fillproof.harness.rules.wording import moment
from fillproof.harness.verdict import Finding, Outcome

RULE = "C2"


def has_a_book(history: History) -> bool:
    """Return whether the case came to rest with something to book."""
    trades = any(truth.trades for truth in history.truths)
    return history.settled is not None and (
        trades or any(order.events("Filled") for order in history.orders)
    )


def books_agree(history: History) -> Iterator[Finding]:
    """C2: every order moved in the strategy's book what it moved in the venue's."""
    if history.settled is None:
        return
    shared = {order.client_order_id for order in history.collisions}
    for order in history.orders:
        market = history.header.markets.get(order.place.market)
        if market is not None and order.client_order_id not in {None, *shared}:
            yield from _of_an_order(history, order, market)
            yield from _without_an_entry(history, order)
    for stray in history.strays:
        yield from _of_a_stray(history, stray)


def _of_an_order(history: History, order: OrderStory, market: Market) -> Iterator[Finding]:
    fees = history.declares(Capability.FEES)
    # No event unsays a trade that was taken back or corrected: of these nothing is compared.
    revised = {trade_id for truth in order.truths for trade_id in truth.revised}
    told = [
        told_posting(event, order.place.side, market, fees=fees)
        for event in order.events("Filled")
        if event.trade_id not in revised
    ]
    true = [
        posting
        for truth in order.truths
        for posting in true_postings(history.header, truth, fees=fees)
        if posting.trade_id not in revised
    ]
    apart = compare(told, true)
    if apart is None:
        return
    blame = _blame(history, order, apart)
    cause = apart.first
    yield breach(
        RULE,
        order,
        Anomaly.BOOK_DRIFT,
        expected=(f"a book that says {_written(total(true))}",),
        actual=f"the told fills make {_written(total(told))}; {_cause(history, cause)}",
        why=blame.why,
        at=end_of(history),
        marks=(cause.n,) if blame.n is None else (cause.n, blame.n),
        outcome=blame.outcome,
    )


_BOOKED = {
    "Created": ("side", "amount", "price"),
    "Completed": ("side", "base_amount", "quote_amount"),
}
"""What a strategy books of an order's begin and of its end."""


def _without_an_entry(history: History, order: OrderStory) -> Iterator[Finding]:
    """C2: an order is told to begin, and to be full, with what there is to book of it."""
    for event in order.events(*_BOOKED):
        lacking = [name for name in _BOOKED[event.name] if getattr(event, name) is None]
        if event.name == "Created" and order.place.price is None:
            lacking = [name for name in lacking if name != "price"]
        if event.name == "Created" and order.place.quote_amount is not None:
            lacking = [name for name in lacking if name != "amount"]  # the book decides it
        if lacking:
            yield breach(
                RULE,
                order,
                Anomaly.BOOK_DRIFT,
                expected=(f"{event.name} with its {', '.join(_BOOKED[event.name])}",),
                actual=f"{event.name} states no {', '.join(lacking)}".replace("_", " "),
                why="Who keeps a book has nothing to enter.",
                at=end_of(history),
                marks=(event.n,),
            )
            return


def _blame(history: History, order: OrderStory, apart: Apart) -> Blame:
    """Return the worst that the differences come to."""
    blames = [*_of_told(history, order, apart), *_of_untold(history, order, apart)]
    return min(blames, key=lambda blame: blame.outcome.rank)


def _of_told(history: History, order: OrderStory, apart: Apart) -> Iterator[Blame]:
    """Yield what comes of each Filled that books what the venue did not."""
    tellings = {telling.event.n: telling for telling in pair(order).tellings}
    for posting in apart.told:
        telling = tellings[posting.n]
        if _states_no_fee(history, telling):
            yield _blame_for_the_fee(history, order, telling)
            continue
        lie = lie_behind(history, order, telling)
        if lie is None:
            yield Blame(Outcome.FAIL, _why_told(telling.event))
        else:
            why = f"A faulty message ({lie.channel}) said so at {moment(history, lie.t)}."
            yield Blame(Outcome.INFO, why, lie.n)


def _why_told(event: Event) -> str:
    if event.price is None or event.amount is None:
        return "Nobody can book a fill that does not say how much it was, and at which price."
    return INVENTED


def _states_no_fee(history: History, telling: Telling) -> bool:
    event, trade = telling.event, telling.trade
    if event.fees is not None or trade is None or not history.declares(Capability.FEES):
        return False
    return (event.amount, event.price) == (trade.amount, trade.price)


def _blame_for_the_fee(history: History, order: OrderStory, telling: Telling) -> Blame:
    """Say what a fee that is promised and not stated comes to: it is a fact like any other."""
    assert telling.trade is not None, "a Filled that tells no fill has no fee to state"
    of_the_trade = stating(telling.trade)

    def says(fact: Fact) -> bool:
        return fact.fee is not None and of_the_trade(fact)

    known = heard(order, says)
    blame = missing(history, known, telling.trade.t)
    return Blame(blame.outcome, f"The fee is not stated. {blame.why}", blame.n)


def _of_untold(history: History, order: OrderStory, apart: Apart) -> Iterator[Blame]:
    """Yield what comes of each fill that no Filled without an equal was to tell."""
    wrong = {posting.n for posting in apart.told}
    tellings = (telling for telling in pair(order).tellings if telling.event.n in wrong)
    told = {telling.trade.n for telling in tellings if telling.trade is not None}
    unbooked = {posting.n for posting in apart.true} - told
    for trade in trades_of(order):
        if trade.n in unbooked:
            yield missing(history, heard(order, stating(trade)), trade.t)


def _of_a_stray(history: History, stray: OrderTruth) -> Iterator[Finding]:
    """C2: an order that nobody placed has no place in the book."""
    true = true_postings(history.header, stray, fees=history.declares(Capability.FEES))
    if not true:
        return
    yield Finding(
        rule=RULE,
        outcome=Outcome.FAIL,
        expected=("nothing moved but by orders that the strategy placed",),
        actual=f"{stray.client_order_id}, which nobody placed, moved {_written(total(true))}",
        why="The connector sent it.",
        at=end_of(history),
        marks=(true[0].n,),
        client_order_id=stray.client_order_id,
        anomaly=Anomaly.BOOK_DRIFT,
    )


def _written(moves: Moves) -> str:
    signed = (
        f"{asset} {'+' if amount > 0 else ''}{plain(amount)}" for asset, amount in moves.items()
    )
    return ", ".join(signed) or "nothing"


def _cause(history: History, cause: Posting) -> str:
    line = history.line(cause.n)
    where = f"line {cause.n + 1} ({line.ledger}, at {moment(history, line.t)})"
    trade = "" if cause.trade_id is None else f", trade {cause.trade_id}"
    return f"the books part at {where}{trade}: {_written(cause.moves)}"
