"""Whatever is traded: what the streams told adds up to what the queries show."""

from __future__ import annotations

from typing import Any

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
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.dialects.hyperliquid import Quirks

_LIVE = ("open", "triggered")
CLOIDS = st.sampled_from([f"0x{number:032x}" for number in range(1, 5)])
STOP = {"trigger": {"isMarket": True, "triggerPx": "100", "tpsl": "sl"}}
ORDERS = st.builds(
    lambda asset, side, size, price, cloid, kind, reduces: order(
        asset, side, size, price, c=cloid, t=kind, r=reduces
    ),
    st.sampled_from([PERPETUAL, SPOT]),
    st.sampled_from(["buy", "sell"]),
    st.sampled_from(["0.5", "1", "2.5", "0", "0.00001"]),
    st.sampled_from(["99", "100", "101", "100.01"]),
    CLOIDS,
    st.sampled_from([GTC, GTC, ALO, IOC, STOP]),
    st.sampled_from([False, False, True]),
)
ACTIONS = st.one_of(
    st.lists(ORDERS, min_size=1, max_size=2).map(lambda wanted: orders(*wanted)),
    st.builds(
        lambda asset, cloid: {
            "type": "cancelByCloid",
            "cancels": [{"asset": asset, "cloid": cloid}],
        },
        st.sampled_from([PERPETUAL, SPOT]),
        CLOIDS,
    ),
    st.builds(
        lambda cloid, wanted: {
            "type": "batchModify",
            "modifies": [{"oid": cloid, "order": wanted}],
        },
        CLOIDS,
        ORDERS,
    ),
    st.builds(
        lambda leverage: {
            "type": "updateLeverage",
            "asset": PERPETUAL,
            "isCross": True,
            "leverage": leverage,
        },
        st.integers(1, 40),
    ),
)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([ALICE, BOB]), ACTIONS), max_size=25))
def test_the_streams_add_up_to_the_queries(sent: list[tuple[Any, dict[str, Any]]]) -> None:
    """Last update and order, fills and list, states and queries; the engine checks its money."""
    bench = Bench(Quirks(rate_limits=False))
    bench.open()
    for kind in ("orderUpdates", "userFills", "spotState", "clearinghouseState"):
        bench.subscribe(kind, user=USER)
    bench.take()
    for wallet, action in sent:
        bench.act(action, wallet)
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
