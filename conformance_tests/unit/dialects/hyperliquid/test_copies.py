"""The dialect can be copied as it stands: a venue behind its own time is such a copy."""

from __future__ import annotations

from copy import deepcopy

from conformance_tests.unit.dialects.hyperliquid.bench import CLOID, PERPETUAL, USER, Bench, order


def test_a_copy_goes_its_own_way() -> None:
    """What happens afterwards happens to the one alone that is asked."""
    bench = Bench()
    bench.open()
    bench.subscribe("orderUpdates", user=USER)
    bench.place(order(PERPETUAL, "buy", "1", "29000", c=CLOID))
    bench.act({"type": "scheduleCancel", "time": bench.now_ms + 10_000})
    copied = deepcopy(bench)
    change = {"oid": 1, "order": order(PERPETUAL, "buy", "2", "28000", c=CLOID)}
    bench.statuses({"type": "batchModify", "modifies": [change]})
    assert [one["oid"] for one in bench.info("openOrders", user=USER)] == [2]
    assert [one["oid"] for one in copied.info("openOrders", user=USER)] == [1]
    copied.pass_time(20_000_000_000)
    assert copied.info("openOrders", user=USER) == []
    assert len(bench.heard[1]) == 2
