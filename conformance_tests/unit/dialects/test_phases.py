"""What a market takes in each of its phases, and how it says no."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import Bench

from fillproof.simulator.vocabulary.commands import SetPhase
from fillproof.simulator.vocabulary.orders import MarketPhase

_LIMIT: dict[str, Any] = {"price": "20000"}
_MAKER = {"type": "LIMIT_MAKER", "timeInForce": None, "price": "20000"}
_MARKET = {"type": "MARKET", "timeInForce": None, "price": None}
_TAKEN = None
_CLOSED = (-1013, "Market is closed.")
_WRONG_TYPE = (-2010, "Unsupported order combination")
_NO_MARKET = (-2010, "Market orders are not supported for this symbol.")


@pytest.mark.parametrize(
    ("phase", "order", "refused"),
    [
        (MarketPhase.TRADING, _LIMIT, _TAKEN),
        (MarketPhase.TRADING, _MARKET, _TAKEN),
        (MarketPhase.CANCEL_ONLY, _LIMIT, _CLOSED),
        (MarketPhase.CANCEL_ONLY, _MAKER, _CLOSED),
        (MarketPhase.POST_ONLY, _LIMIT, _WRONG_TYPE),
        (MarketPhase.POST_ONLY, _MAKER, _TAKEN),
        (MarketPhase.HALTED, _LIMIT, _CLOSED),
        (MarketPhase.AUCTION, _LIMIT, _TAKEN),
        (MarketPhase.AUCTION, _MARKET, _NO_MARKET),
    ],
)
def test_each_phase_takes_what_it_takes(
    venue: Bench, phase: MarketPhase, order: dict[str, Any], refused: tuple[int, str] | None
) -> None:
    """A refusal has the words for a closed market, or for a type that it does not take."""
    venue.apply(SetPhase("BTCUSDT", phase))
    answer = venue.place(**order)
    assert (answer.get("code") and (answer["code"], answer["msg"])) == refused


@pytest.mark.parametrize(
    ("phase", "cancels"),
    [
        (MarketPhase.CANCEL_ONLY, True),
        (MarketPhase.POST_ONLY, True),
        (MarketPhase.AUCTION, True),
        (MarketPhase.HALTED, False),
    ],
)
def test_all_but_a_halted_market_cancel(venue: Bench, phase: MarketPhase, cancels: bool) -> None:
    """One order and all of them; a halted market is closed to cancels too."""
    for name in ("a", "b"):
        venue.limit("BUY", "0.1", "20000", name)
    venue.apply(SetPhase("BTCUSDT", phase))
    closed = {"code": -2011, "msg": "Market is closed."}
    one = venue.cancel("a")[1]
    all_ = venue.signed("DELETE", "/api/v3/openOrders", symbol="BTCUSDT")[1]
    if cancels:
        assert (one["status"], [order["status"] for order in all_]) == ("CANCELED", ["CANCELED"])
    else:
        assert (one, all_) == (closed, closed)


def test_an_auction_fills_orders_when_it_ends(venue: Bench) -> None:
    """What crossed during the auction is told as filled at one price, without new orders."""
    venue.apply(SetPhase("BTCUSDT", MarketPhase.AUCTION))
    venue.limit("SELL", "0.1", "28000", "offer", who="bob")
    venue.limit("BUY", "0.1", "30000", "a")
    venue.listen()
    venue.apply(SetPhase("BTCUSDT", MarketPhase.TRADING))
    [report, position] = venue.events()
    assert (report["x"], report["X"], report["l"]) == ("TRADE", "FILLED", "0.10000000")
    assert position["e"] == "outboundAccountPosition"
