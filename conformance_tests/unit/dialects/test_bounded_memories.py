"""What the venue remembers beside its engine does not grow with its age."""

from __future__ import annotations

import pytest

from fillproof.simulator.dialects.binance.public.tape import Tape
from fillproof.simulator.dialects.binance.trading import order_memory
from fillproof.simulator.dialects.binance.trading.order_memory import OrderMemory
from fillproof.simulator.vocabulary.reports import TradePrinted

KEPT = 10
MANY = 1_000


def a_trade(number: int) -> TradePrinted:
    """Return a trade, one each second."""
    return TradePrinted("BTCUSDT", number, 100, 1, False, number * 1_000_000_000)


def test_names_of_cancels_are_forgotten_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones are known, those long ago are not: an old order's cancel gets another name."""
    monkeypatch.setattr(order_memory, "KEPT", KEPT)
    memory = OrderMemory()
    for number in range(MANY):
        memory.keep_cancel_id(number, f"cancel-{number}")

    known = range(MANY - KEPT, MANY)
    assert [memory.cancel_id(number) for number in known] == [f"cancel-{n}" for n in known]
    assert memory.cancel_id(0) != "cancel-0"


@pytest.mark.parametrize("kind", ["cancel_ids", "labels", "announced", "told_anyway"])
def test_each_kind_of_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """No kind holds more than twice what is surely kept."""
    monkeypatch.setattr(order_memory, "KEPT", KEPT)
    recent = getattr(OrderMemory(), f"_{kind}")
    for number in range(MANY):
        recent.keep(number, number)

    assert len(recent._young) + len(recent._old) <= 2 * KEPT


def test_the_tape_keeps_the_last_trades() -> None:
    """At least so many trades and aggregates are known, and at most an eighth more."""
    tape = Tape(["BTCUSDT"], kept=KEPT)
    for number in range(MANY):
        tape.note([a_trade(number)])
    market = tape.of("BTCUSDT")

    for entries in (market.trades, market.aggregates):
        assert KEPT <= len(entries) <= KEPT + KEPT // 8
    assert [trade.trade_id for trade in market.trades][-1] == MANY - 1
