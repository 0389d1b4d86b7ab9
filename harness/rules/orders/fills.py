"""L6, L11 and L12: every fill is told, once, as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import Event, History, OrderStory, Trade
from fillproof.harness.history.wire import Fact
from fillproof.harness.numbers import plain, same
from fillproof.harness.rules.evidence import Says, excuse, heard, missing
from fillproof.harness.rules.found import breach, end_of, missing_event, wrong_event
from fillproof.harness.rules.orders.lateness import fills_at_once
from fillproof.harness.rules.orders.pairing import Pairing, Telling, Told, pair
from fillproof.harness.rules.wording import moment, told
from fillproof.harness.verdict import Finding


def fills_told(history: History, order: OrderStory) -> Iterator[Finding]:
    """L6: every fill in truth is told once, at once, as it was; nothing else is told as a fill."""
    yield from _judge(history, order, late=False)
    yield from fills_at_once(history, order)


def late_fills_told(history: History, order: OrderStory) -> Iterator[Finding]:
    """L11: a fill of the grace window is told once, as it was, after the end was told."""
    yield from _judge(history, order, late=True)


def _judge(history: History, order: OrderStory, *, late: bool) -> Iterator[Finding]:
    rule = "L11" if late else "L6"
    pairing = pair(order)
    for telling in pairing.tellings:
        if follows_the_end(history, order, telling.event.n) is late:
            yield from _judge_telling(history, order, rule, telling)
    for trade in pairing.untold:
        if was_taken_back(order, trade):
            continue  # it is owed while it stands, and nobody is worse off without it
        known = heard(order, stating(trade))
        owed = end_of(history) if known is None else known.n
        if follows_the_end(history, order, owed) is late:
            yield _never_told(history, order, rule, trade, known)


def follows_the_end(history: History, order: OrderStory, n: int) -> bool:
    """Return whether a decentralised order had told Cancelled or Expired before a line."""
    return history.header.decentralised and any(
        event.n < n for event in order.events("Cancelled", "Expired")
    )


def has_late_fills(history: History, order: OrderStory) -> bool:
    """Return whether L11 has something to judge."""
    pairing = pair(order)
    events = order.events("Filled")
    return any(follows_the_end(history, order, event.n) for event in events) or (
        bool(pairing.untold) and follows_the_end(history, order, end_of(history))
    )


def stating(trade: Trade) -> Says:
    """Return whether a fact states this fill."""

    def says(fact: Fact) -> bool:
        if fact.fact != "fill":
            return False
        if fact.trade_id is not None:
            return fact.trade_id == trade.trade_id
        return fact.amount is not None and same(fact.amount, trade.amount)

    return says


def _never_told(
    history: History, order: OrderStory, rule: str, trade: Trade, known: Fact | None
) -> Finding:
    blame = missing(history, known, trade.t)
    return missing_event(
        history,
        rule,
        order,
        Anomaly.LOST_FILL,
        expected=(f"{_describe(trade)}, exactly once",),
        actual=f"the fill at {moment(history, trade.t)} was never told",
        blame=blame,
        at=blame.n,
        shown=(trade.n,),
    )


def _describe(trade: Trade) -> str:
    amounts = f"{plain(trade.amount)} at {plain(trade.price)}"
    return f"Filled {amounts} (trade {trade.trade_id})"


def _judge_telling(
    history: History, order: OrderStory, rule: str, telling: Telling
) -> Iterator[Finding]:
    event, trade = telling.event, telling.trade
    wrong = list(_wrong_content(history, order, telling))
    if not wrong:
        return
    expected = ("one Filled for each fill in truth, as it was",)
    if trade is not None and telling.how is not Told.AGAIN:
        expected = (f"{_describe(trade)}, exactly once",)
    yield wrong_event(
        history,
        rule,
        order,
        event,
        _name_of(telling),
        expected=expected,
        actual="; ".join(wrong),
        lie=lie_behind(history, order, telling),
    )


def _name_of(telling: Telling) -> Anomaly:
    event, trade = telling.event, telling.trade
    if trade is None or telling.how is Told.EARLY:
        return Anomaly.PHANTOM_FILL
    if telling.how is Told.AGAIN:
        return Anomaly.DOUBLED_FILL
    only_the_fee = telling.how is Told.ONCE and not list(_wrong_numbers(event, trade))
    return Anomaly.FEE_DRIFT if only_the_fee else Anomaly.GARBLED_FILL


def _wrong_content(history: History, order: OrderStory, telling: Telling) -> Iterator[str]:
    event, trade = telling.event, telling.trade
    if trade is None:
        yield f"{told(event)} was told without such a fill in truth"
        return
    match telling.how:
        case Told.AGAIN:
            yield f"trade {trade.trade_id} was told again at {moment(history, event.t)}"
            return
        case Told.EARLY:
            yield f"{told(event)} was told before the venue filled it"
        case Told.WRONG_ID:
            yield f"it says trade {event.trade_id}; the fill is trade {trade.trade_id}"
    yield from _wrong_numbers(event, _as_told(order, event, trade))
    if event.side is not None and event.side != order.place.side:
        yield f"it says {event.side}; the order is a {order.place.side}"
    if history.declares(Capability.FEES):
        yield from _wrong_fee(event, _as_told(order, event, trade))


def was_taken_back(order: OrderStory, trade: Trade) -> bool:
    """Return whether the venue took a fill back."""
    return any(truth.was_taken_back(trade.trade_id) for truth in order.truths)


def _as_told(order: OrderStory, event: Event, trade: Trade) -> Trade:
    """Return the fill as it was told: as made, or as the venue had corrected it by then."""
    versions = [
        version
        for truth in order.truths
        for version in truth.versions(trade.trade_id)
        if version.n < event.n and not list(_wrong_numbers(event, version))
    ]
    return versions[-1] if versions else trade


def _wrong_numbers(event: Event, trade: Trade) -> Iterator[str]:
    if event.amount is None:
        yield f"it states no amount; the fill has {plain(trade.amount)}"
    for name, said, true in (
        ("amount", event.amount, trade.amount),
        ("price", event.price, trade.price),
    ):
        if said is not None and not same(said, true):
            yield f"it says {name} {plain(said)}; the fill has {plain(true)}"


def _wrong_fee(event: Event, trade: Trade) -> Iterator[str]:
    if event.fees is None:
        return
    said: dict[str, Decimal] = defaultdict(Decimal)
    for asset, amount in event.fees:
        said[asset] += amount
    true = {trade.fee_asset: trade.fee}
    if any(not same(said.get(a, Decimal(0)), true.get(a, Decimal(0))) for a in {*said, *true}):
        fees = ", ".join(f"{plain(amount)} {asset}" for asset, amount in said.items())
        yield f"it says fee {fees or '0'}; the venue took {plain(trade.fee)} {trade.fee_asset}"


def lie_behind(history: History, order: OrderStory, telling: Telling) -> Fact | None:
    """Return the faulty message that said exactly this fill, None when nothing excuses it."""
    event = telling.event
    trade_id = telling.trade.trade_id if telling.trade else None
    if telling.how is Told.AGAIN and event.trade_id == trade_id:
        return None  # one trade id is one fill, however often it is said
    if _is_beyond_grace(history, order, event):
        return None  # the venue cannot fill any more: such a message must raise nothing
    return excuse(order, event.n, lambda fact: _says(fact, event))


def _is_beyond_grace(history: History, order: OrderStory, event: Event) -> bool:
    announced = order.truth.announced if order.truth else None
    if announced is None or not history.header.decentralised:
        return False
    return event.t > announced.t + history.header.grace_window


def _says(fact: Fact, event: Event) -> bool:
    if fact.fact != "fill":
        return False
    same_trade = event.trade_id is None or fact.trade_id in {None, event.trade_id}
    no_amount = fact.amount is None or event.amount is None
    return same_trade and (no_amount or same(fact.amount or Decimal(0), event.amount or Decimal(0)))


def within_the_amount(_history: History, order: OrderStory) -> Iterator[Finding]:
    """L12: what was told as filled stays within the amount, and no larger order is sent."""
    by_quote = order.place.quote_amount
    amount = _amended(order) if by_quote is None else by_quote
    total, revised = Decimal(0), _revised(order)
    for event in order.events("Filled"):
        worth = Decimal(1) if by_quote is None else event.price or Decimal(0)
        said = event.amount or Decimal(0)
        total += min(said, revised.get(event.trade_id, said)) * worth
        if total > amount and not same(total, amount):
            yield breach(
                "L12",
                order,
                Anomaly.OVERFILL,
                expected=(f"Filled sums to {plain(amount)} at most",),
                actual=f"Filled sums to {plain(total)}",
                why=_why_over(pair(order)),
                at=event.n,
            )
            return
    truth = order.truth
    if truth is None or by_quote is not None:
        return
    sent, amount = truth.quantity, order.place.amount
    if sent > amount and not same(sent, amount):
        yield breach(
            "L12",
            order,
            Anomaly.OVERFILL,
            expected=(f"an order for {plain(amount)} at most",),
            actual=f"an order for {plain(sent)} reached the venue",
            why="Quantising may make an amount smaller, never larger.",
            at=truth.reports[0].n,
        )


def _revised(order: OrderStory) -> Mapping[str | None, Decimal]:
    """Return what stands of each trade that the venue revised: the rest could be filled again."""
    return {
        trade_id: sum((t.amount for t in truth.standing if t.trade_id == trade_id), Decimal(0))
        for truth in order.truths
        for trade_id in truth.revised
    }


def _amended(order: OrderStory) -> Decimal:
    """Return the amount as the strategy's amends left it, where the venue carried them out."""
    reports = order.truth.reports if order.truth else ()
    amended = [report.quantity for report in reports if report.execution_type == "Replaced"]
    if amended and any(report.is_reorganised for report in reports):
        amended = [reports[-1].quantity]  # a chain may have taken an amend back
    return min((order.place.amount, *amended))


def _why_over(pairing: Pairing) -> str:
    if all(telling.how is Told.ONCE for telling in pairing.tellings):
        return "Every fill is true: the order that was sent was too large."
    return "Not every Filled tells a fill of its own."
