"""Whatever is traded: what the streams told adds up to what the queries show."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from conformance_tests.unit.dialects.hyperliquid.bench import (
    ALICE,
    ALO,
    BOB,
    GTC,
    IOC,
    PERPETUAL,
    SPOT,
    USER,
    Bench,
    order,
    orders,
)

from fillproof.simulator.dialects.hyperliquid import Quirks

_LIVE = ("open", "triggered")
CLOIDS = [f"0x{number:032x}" for number in range(1, 13)]
STOP = {"trigger": {"isMarket": True, "triggerPx": "100", "tpsl": "sl"}}
STEPS = 120
SEEDS = (0, 1, 3)


def drawn_order(dice: Random) -> dict[str, Any]:
    """Return an order, which may break a rule."""
    return order(
        dice.choice([PERPETUAL, SPOT]),
        dice.choice(["buy", "sell"]),
        dice.choice(["0.5", "1", "2.5", "2.5", "0", "0.00001"]),
        dice.choice(["99", "100", "101", "100.01"]),
        c=dice.choice(CLOIDS),
        t=dice.choice([GTC, GTC, GTC, ALO, IOC, STOP]),
        r=dice.random() < 0.2,
    )


def drawn_action(dice: Random) -> dict[str, Any]:
    """Return an action: mostly orders, else a cancel, a modification or another leverage."""
    asset, cloid = dice.choice([PERPETUAL, SPOT]), dice.choice(CLOIDS)
    match dice.randrange(6):
        case 0:
            return {"type": "cancelByCloid", "cancels": [{"asset": asset, "cloid": cloid}]}
        case 1:
            change = {"oid": cloid, "order": drawn_order(dice)}
            return {"type": "batchModify", "modifies": [change]}
        case 2:
            leverage = dice.randint(1, 40)
            named = {"asset": PERPETUAL, "isCross": True, "leverage": leverage}
            return {"type": "updateLeverage", **named}
        case _:
            return orders(*(drawn_order(dice) for _ in range(dice.randint(1, 2))))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_streams_add_up_to_the_queries(seed: int) -> None:
    """Last update and order, fills and list, states and queries; the engine checks its money."""
    dice = Random(seed)
    bench = Bench(Quirks(rate_limits=False))
    bench.open()
    for kind in ("orderUpdates", "userFills", "spotState", "clearinghouseState"):
        bench.subscribe(kind, user=USER)
    bench.take()
    for _ in range(STEPS):
        bench.act(drawn_action(dice), dice.choice([ALICE, BOB]))
    told = bench.take()
    updates = {
        one["order"]["oid"]: one
        for message in told
        if message["channel"] == "orderUpdates"
        for one in message["data"]
    }
    for oid, update in updates.items():
        _require_as_queried(bench, oid, update)
    open_orders = {one["oid"] for one in bench.info("openOrders", user=USER)}
    assert open_orders == {oid for oid, one in updates.items() if one["status"] in _LIVE}
    fills = [
        fill
        for message in told
        if message["channel"] == "userFills"
        for fill in message["data"]["fills"]
    ]
    assert fills == bench.info("userFills", user=USER)[::-1]
    assert len({(fill["tid"], fill["oid"]) for fill in fills}) == len(fills)
    assert {"filled", "canceled", "open"} <= {one["status"] for one in updates.values()}
    assert {fill["coin"] for fill in fills} == {"BTC", "BTC/USDC"}
    _require_last_state(bench, told)


def _require_as_queried(bench: Bench, oid: int, update: dict[str, Any]) -> None:
    """Hold the last update of an order to its query, but for fills that have no update."""
    found = bench.info("orderStatus", user=USER, oid=oid)["order"]
    told = "open" if update["status"] in _LIVE else update["status"]
    assert found["status"] == told
    if found["status"] != "open":
        assert found["order"].items() >= update["order"].items()


def _require_last_state(bench: Bench, told: list[Any]) -> None:
    last = {message["channel"]: message["data"] for message in told}
    if "spotState" in last:
        spot = bench.info("spotClearinghouseState", user=USER)
        assert last["spotState"]["spotState"] == spot
    if "clearinghouseState" in last:
        margin = bench.info("clearinghouseState", user=USER)
        assert (
            last["clearinghouseState"]["clearinghouseState"]["withdrawable"]
            == margin["withdrawable"]
        )
