"""C1: when all is quiet, what the connector believes is what is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from fillproof.harness.anomalies import Anomaly
from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import History, OrderStory
from fillproof.harness.history.told import Reading
from fillproof.harness.history.truth import BalanceTruth
from fillproof.harness.history.wire import Fact
from fillproof.harness.numbers import plain, same
from fillproof.harness.rules.evidence import missing
from fillproof.harness.rules.found import breach
from fillproof.harness.verdict import Finding, Outcome


def open_orders_kept(history: History, order: OrderStory) -> Iterator[Finding]:
    """C1: an order that is open at the venue and was told as created is still tracked."""
    truth, reading = order.truth, last_reading(history)
    if truth is None or not truth.is_open or reading is None or reading.tracked is None:
        return
    ended_or_unknown = order.terminals or not order.events("Created")
    if ended_or_unknown or not history.declares(Capability.TRACKING):
        return
    if order.client_order_id not in reading.tracked:
        yield breach(
            "C1",
            order,
            Anomaly.FORGOTTEN_ORDER,
            expected=("an open order is tracked until its end is told",),
            actual="the order is open at the venue, no end was told, and it is not tracked",
            why="The connector forgot it.",
            at=reading.n,
        )


def last_reading(history: History) -> Reading | None:
    """Return what the connector believed when the world was quiet, None when it never was."""
    readings = [reading for reading in history.readings if reading.at == "quiet"]
    return readings[-1] if readings else None


def balances_converge(history: History) -> Iterator[Finding]:
    """C1: every balance the connector believes in is the venue's."""
    reading = last_reading(history)
    if reading is None or not history.declares(Capability.BALANCES):
        return
    if reading.balances is None:
        yield _unreadable(reading)
        return
    for asset, true in final_balances(history, reading.n).items():
        total, available = reading.balances.get(asset, (Decimal(0), Decimal(0)))
        if same(total, true.free + true.locked) and same(available, true.free):
            continue
        known = _last_word(history, true)
        blame = missing(history, known, true.t)
        yield Finding(
            rule="C1",
            outcome=blame.outcome,
            expected=(f"{asset}: total {plain(true.free + true.locked)}, free {plain(true.free)}",),
            actual=f"{asset}: total {plain(total)}, free {plain(available)}",
            why=blame.why,
            at=reading.n,
            marks=(reading.n,) if known is None else (known.n, reading.n),
            anomaly=_how_it_is_wrong(history, asset, total, available, known),
        )


def _unreadable(reading: Reading) -> Finding:
    return Finding(
        rule="C1",
        outcome=Outcome.FAIL,
        expected=("the balances of the venue",),
        actual="the balances could not be read",
        why="The connector promises them (balances).",
        at=reading.n,
        marks=(reading.n,),
        anomaly=Anomaly.BALANCE_DRIFT,
    )


def _how_it_is_wrong(
    history: History, asset: str, total: Decimal, available: Decimal, known: Fact | None
) -> Anomaly:
    """Name a wrong balance: one that was true once, though a truer one was heard, is stale."""
    began = initial_balances(history).get(asset, Decimal(0))
    once = [(began, began)]
    once += [(b.free + b.locked, b.free) for b in history.balances if b.asset == asset]
    was_true = any(same(total, t) and same(available, free) for t, free in once)
    return Anomaly.STALE_OVERWRITE if known and was_true else Anomaly.BALANCE_DRIFT


def final_balances(history: History, before: int) -> Mapping[str, BalanceTruth]:
    """Return the last balance of each asset before a line; what never changed is as it began."""
    began = initial_balances(history)
    last = {asset: BalanceTruth(0, 0, asset, amount, Decimal(0)) for asset, amount in began.items()}
    for balance in history.balances:
        if balance.n < before:
            last[balance.asset] = balance
    return last


def initial_balances(history: History) -> Mapping[str, Decimal]:
    """Return what the scenario gave the account, by asset."""
    venue = history.header.document.get("venue", {})
    return {asset: Decimal(amount) for asset, amount in venue.get("balances", {}).items()}


def _last_word(history: History, true: BalanceTruth) -> Fact | None:
    """Return the last balance the connector heard of an asset, when it was the true one."""
    words = [f for f in history.balance_facts if f.heard and f.asset == true.asset]
    if not words or words[-1].n < true.n:
        return None
    free, locked = words[-1].free, words[-1].locked
    if free is None or not same(free, true.free):
        return None
    return words[-1] if locked is None or same(locked, true.locked) else None
