"""What each action is answered: statuses in order, new numbers, exact texts."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.dialects.hyperliquid.bench import (
    ALICE,
    ALO,
    BOB,
    CLOID,
    IOC,
    OTHER_CLOID,
    PERPETUAL,
    SPOT,
    USER,
    Bench,
    order,
    orders,
)

GONE = "Order was never placed, already canceled, or filled. asset=%d"
STOP: dict[str, Any] = {"trigger": {"isMarket": True, "triggerPx": "31000", "tpsl": "sl"}}


@pytest.mark.parametrize("asset", [PERPETUAL, SPOT])
def test_an_order_rests_under_both_ids(asset: int) -> None:
    """The answer has the venue's number, and the client's id where it gave one."""
    bench = Bench()
    made = bench.place(
        order(asset, "buy", "1", "29000", c=CLOID), order(asset, "buy", "1", "28000")
    )
    assert made == [{"resting": {"oid": 1, "cloid": CLOID}}, {"resting": {"oid": 2}}]


def test_an_order_that_trades_at_once_says_how() -> None:
    """Whole size and average price; what of it is not met at once and may rest, rests."""
    bench = Bench()
    bench.place(order(PERPETUAL, "sell", "1", "29000"), wallet=BOB)
    bench.place(order(PERPETUAL, "sell", "1", "29500"), wallet=BOB)
    assert bench.place(order(PERPETUAL, "buy", "1.5", "30000", t=IOC)) == [
        {"filled": {"totalSz": "1.5", "avgPx": "29166.66666667", "oid": 3}}
    ]
    assert bench.place(order(PERPETUAL, "buy", "1", "29500")) == [{"resting": {"oid": 4}}]


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (order(PERPETUAL, "buy", "1", "29000.5"), "Order has invalid price."),
        (order(PERPETUAL, "buy", "1", "0"), "Order has invalid price."),
        (order(PERPETUAL, "buy", "1", "nonsense"), "Order has invalid price."),
        (order(PERPETUAL, "buy", "1", "1234.567"), "Order has invalid price."),
        (order(PERPETUAL, "buy", "0", "29000"), "Order has zero size."),
        (order(PERPETUAL, "buy", "0.00001", "29000"), "Order has invalid size."),
        (order(PERPETUAL, "buy", "10000", "29000"), "Order has invalid size."),
        (
            order(PERPETUAL, "buy", "0.0003", "29000"),
            "Order must have minimum value of $10. asset=0",
        ),
        (
            order(SPOT, "buy", "0.0003", "29000"),
            "Order must have minimum value of 10 USDC. asset=10000",
        ),
        (order(PERPETUAL, "buy", "100", "29000"), "Insufficient margin to place order. asset=0"),
        (order(SPOT, "buy", "10", "29000"), "Insufficient spot balance asset=10000"),
        (order(SPOT, "sell", "11", "29000"), "Insufficient spot balance asset=10000"),
        (
            order(PERPETUAL, "buy", "1", "28000", t=IOC),
            "Order could not immediately match against any resting orders. asset=0",
        ),
        (
            order(PERPETUAL, "buy", "1", "30000", t=ALO),
            "Post only order would have immediately matched, bbo was 28000.0@30000.0. asset=0",
        ),
        (
            order(PERPETUAL, "buy", "1", "29000", r=True),
            "Reduce only order would increase position. asset=0",
        ),
        (
            order(
                PERPETUAL, "buy", "1", "29000", t={"trigger": {**STOP["trigger"], "triggerPx": "0"}}
            ),
            "Invalid TP/SL price. asset=0",
        ),
        (
            order(PERPETUAL, "buy", "1", "29000", c=OTHER_CLOID),
            "Order has a cloid that is in use. asset=0",
        ),
        (order(7, "buy", "1", "29000"), "Order asset is not known. asset=7"),
    ],
)
def test_an_order_that_breaks_a_rule_is_told_which(wanted: dict[str, Any], text: str) -> None:
    """HTTP 200 and an error in its place; nothing of it is there afterwards."""
    bench = Bench()
    bench.place(order(PERPETUAL, "sell", "1", "30000"), wallet=BOB)
    bench.place(order(PERPETUAL, "buy", "1", "28000"), wallet=BOB)
    bench.place(order(PERPETUAL, "buy", "0.1", "20000", c=OTHER_CLOID))
    before = bench.balances()
    assert bench.place(wanted) == [{"error": text}]
    assert bench.balances() == before
    assert len(bench.info("openOrders", user=USER)) == 1


def test_an_error_stands_in_its_place() -> None:
    """The others of the action are carried out."""
    bench = Bench()
    statuses = bench.place(
        order(PERPETUAL, "buy", "1", "29000"),
        order(PERPETUAL, "buy", "0", "29000"),
        order(SPOT, "sell", "1", "29000"),
    )
    assert [list(one) for one in statuses] == [["resting"], ["error"], ["resting"]]


def test_a_cancel_by_either_id() -> None:
    """Once; after that, and for what is another's, the order was never placed."""
    bench = Bench()
    bench.place(order(SPOT, "buy", "1", "29000", c=CLOID), order(PERPETUAL, "buy", "1", "29000"))
    bench.place(order(PERPETUAL, "buy", "1", "20000"), wallet=BOB)
    by_cloid = {"type": "cancelByCloid", "cancels": [{"asset": SPOT, "cloid": CLOID}]}
    by_oid = {"type": "cancel", "cancels": [{"a": PERPETUAL, "o": oid} for oid in (2, 3)]}
    assert bench.statuses(by_cloid) == ["success"]
    assert bench.statuses(by_oid) == ["success", {"error": GONE % PERPETUAL}]
    assert bench.statuses(by_cloid) == [{"error": GONE % SPOT}]
    assert bench.statuses({"type": "cancel", "cancels": [{"a": 7, "o": 1}]}) == [
        {"error": GONE % 7}
    ]


@pytest.mark.parametrize("kind", ["modify", "batchModify"])
@pytest.mark.parametrize("old", [1, CLOID])
def test_a_modified_order_has_a_new_number(kind: str, old: int | str) -> None:
    """The old one is canceled, and its id may go on."""
    bench = Bench()
    bench.place(order(PERPETUAL, "buy", "1", "29000", c=CLOID))
    change = {"oid": old, "order": order(PERPETUAL, "buy", "2", "28500", c=CLOID)}
    whole = {"type": kind, **change} if kind == "modify" else {"type": kind, "modifies": [change]}
    assert bench.statuses(whole) == [{"resting": {"oid": 2, "cloid": CLOID}}]
    before = bench.info("orderStatus", user=USER, oid=1)
    assert before["order"]["status"] == "canceled"
    assert [one["sz"] for one in bench.info("openOrders", user=USER)] == ["2.0"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"oid": 7}, "Cannot modify canceled or filled order"),
        ({"oid": OTHER_CLOID}, "Cannot modify canceled or filled order"),
        (
            {"order": order(PERPETUAL, "buy", "0.0001", "29000")},
            "Order must have minimum value of $10. asset=0",
        ),
        ({"order": order(PERPETUAL, "buy", "100", "29000.5")}, "Order has invalid price."),
        ({"order": order(SPOT, "buy", "1", "29000")}, "Cannot modify canceled or filled order"),
    ],
)
def test_a_modification_that_is_refused_leaves_the_order(
    change: dict[str, Any], error: str
) -> None:
    """What is not there is not modified, and a new order that breaks a rule changes nothing."""
    bench = Bench()
    bench.place(order(PERPETUAL, "buy", "1", "29000", c=CLOID))
    usual = {"oid": 1, "order": order(PERPETUAL, "buy", "2", "28500")}
    answer = bench.statuses({"type": "batchModify", "modifies": [{**usual, **change}]})
    assert answer == [{"error": error}]
    assert [one["oid"] for one in bench.info("openOrders", user=USER)] == [1]


def test_a_filled_order_is_not_modified() -> None:
    """The fill came first."""
    bench = Bench()
    bench.place(order(PERPETUAL, "buy", "1", "29000"))
    bench.fill(1, 10_000)
    change = {"oid": 1, "order": order(PERPETUAL, "buy", "2", "28500")}
    answer = bench.statuses({"type": "batchModify", "modifies": [change]})
    assert answer == [{"error": "Cannot modify canceled or filled order"}]


def test_a_stop_waits_for_its_price_and_then_takes_what_its_limit_reaches() -> None:
    """As a market order it leaves nothing behind."""
    bench = Bench()
    made = bench.place(order(PERPETUAL, "buy", "1", "32000", t=STOP, c=CLOID))
    assert made == [{"resting": {"oid": 1, "cloid": CLOID}}]
    (waiting,) = bench.info("frontendOpenOrders", user=USER)
    assert (waiting["orderType"], waiting["triggerCondition"]) == (
        "Stop Market",
        "Price above 31000",
    )
    bench.place(order(PERPETUAL, "sell", "0.6", "31000"), wallet=BOB)
    bench.place(order(PERPETUAL, "buy", "0.1", "31000"))
    status = bench.info("orderStatus", user=USER, oid=1)["order"]
    assert (status["status"], status["order"]["sz"]) == ("canceled", "0.5")


def test_one_s_own_resting_order_gives_way() -> None:
    """Self-trade prevention ends the maker; the taker goes on."""
    bench = Bench()
    bench.place(order(PERPETUAL, "sell", "1", "30000", c=CLOID))
    bench.place(order(PERPETUAL, "sell", "1", "30000"), wallet=BOB)
    (status,) = bench.place(order(PERPETUAL, "buy", "1", "30000"))
    assert status["filled"]["totalSz"] == "1.0"
    ended = bench.info("orderStatus", user=USER, oid=CLOID)
    assert ended["order"]["status"] == "selfTradeCanceled"


def test_leverage_is_what_a_position_locks() -> None:
    """Within the market's limits; spot has none."""
    bench = Bench()
    bench.place(order(PERPETUAL, "buy", "1", "20000"))
    bench.fill(1, 10_000)
    change = {"type": "updateLeverage", "asset": PERPETUAL, "isCross": False, "leverage": 20}
    assert bench.act(change) == {"status": "ok", "response": {"type": "default"}}
    state = bench.info("clearinghouseState", user=USER)
    (position,) = [one["position"] for one in state["assetPositions"]]
    assert position["leverage"] == {"type": "isolated", "value": 20}
    assert position["marginUsed"] == "1000.0"
    refused = {"status": "err", "response": "Invalid leverage value"}
    assert bench.act({**change, "leverage": 41}) == refused
    assert bench.act({**change, "asset": SPOT}) == refused


def test_a_referrer_is_set_once() -> None:
    """A second one is refused."""
    bench = Bench()
    action = {"type": "setReferrer", "code": "GOLD"}
    assert bench.act(action)["status"] == "ok"
    assert bench.act(action) == {"status": "err", "response": "Referrer already set."}
    assert bench.info("referral", user=USER)["referredBy"]["code"] == "GOLD"


def test_an_order_for_a_builder_needs_its_fee_approved() -> None:
    """A fee of nothing needs no approval."""
    bench, wanted = Bench(), order(PERPETUAL, "buy", "1", "29000")
    builder = {"b": "0x" + "b1" * 20, "f": 10}
    refused = {"status": "err", "response": "Builder fee has not been approved."}
    assert bench.act(orders(wanted, builder=builder)) == refused
    assert bench.act(orders(wanted, builder={**builder, "f": 0}))["status"] == "ok"


def closing(kind: str, price: str, **more: Any) -> dict[str, Any]:
    """Return a take-profit or stop-loss of a long position."""
    trigger = {"isMarket": True, "triggerPx": price, "tpsl": kind}
    usual = {"t": {"trigger": trigger}, "r": True}
    return order(PERPETUAL, "sell", "1", "10000", **{**usual, **more})


def group(*wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the action that places orders as a group."""
    return {**orders(*wanted), "grouping": "normalTpsl"}


ENTRY = order(PERPETUAL, "buy", "1", "29000", c=CLOID)


def test_a_group_closes_what_its_first_order_opens() -> None:
    """Its take-profit and its stop-loss wait for the fill; one of them ends the other."""
    bench = Bench()
    action = group(ENTRY, closing("tp", "31000"), closing("sl", "27000"))
    statuses = bench.statuses(action)
    assert statuses == [
        {"resting": {"oid": 1, "cloid": CLOID}},
        "waitingForFill",
        "waitingForFill",
    ]
    bench.fill(1, 10_000)
    assert len(bench.info("openOrders", user=USER)) == 2
    bench.place(order(PERPETUAL, "buy", "1.1", "31000"), wallet=BOB)
    bench.fill(bench.info("openOrders", user=BOB.address)[0]["oid"], 1_000)
    assert bench.info("openOrders", user=USER) == []
    assert bench.info("clearinghouseState", user=USER)["assetPositions"] == []
    ended = {one["status"] for one in bench.info("historicalOrders", user=USER)}
    assert ended == {"filled", "siblingFilledCanceled"}


def test_a_group_whose_first_order_is_full_at_once_waits_for_prices() -> None:
    """Its answer says so."""
    bench = Bench()
    bench.place(order(PERPETUAL, "sell", "1", "29000"), wallet=BOB)
    (entry, stop) = bench.statuses(group(ENTRY, closing("sl", "27000")))
    assert entry["filled"]["totalSz"] == "1.0"
    assert stop == "waitingForTrigger"


@pytest.mark.parametrize(
    "wanted",
    [
        (ENTRY,),
        (ENTRY, closing("sl", "27000", r=False)),
        (ENTRY, closing("sl", "27000", s="2")),
        (ENTRY, closing("sl", "27000", b=True)),
        (ENTRY, order(PERPETUAL, "sell", "1", "30000", r=True)),
        (closing("sl", "27000"), ENTRY),
        (order(SPOT, "buy", "1", "29000"), closing("sl", "27000")),
        (ENTRY, *(closing("sl", price) for price in ("27000", "26000", "25000"))),
    ],
)
def test_what_is_no_group_is_refused_as_a_whole(wanted: tuple[dict[str, Any], ...]) -> None:
    """Nothing of it is placed."""
    bench = Bench()
    answer = bench.act(group(*wanted))
    assert answer["status"] == "err"
    assert answer["response"].startswith("A group is")
    assert bench.info("openOrders", user=USER) == []


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ({"p": "29000.5"}, "Order has invalid price."),
        ({"s": "100"}, "Insufficient margin to place order. asset=0"),
    ],
)
def test_a_group_that_breaks_a_rule_says_so_of_each(entry: dict[str, Any], text: str) -> None:
    """All its orders are refused together."""
    bench, stop = Bench(), closing("sl", "27000", s=entry.get("s", "1"))
    assert bench.statuses(group({**ENTRY, **entry}, stop)) == [{"error": text}] * 2
    assert bench.info("openOrders", user=USER) == []


def test_orders_of_a_position_are_refused() -> None:
    """What follows a position's size is not modelled."""
    bench = Bench()
    action = {**orders(closing("sl", "27000")), "grouping": "positionTpsl"}
    assert bench.act(action)["status"] == "err"


def test_what_needs_no_more_than_a_nonce() -> None:
    """Noop uses it up, an isolated margin is refused: all margin is shared."""
    bench = Bench()
    assert bench.act({"type": "noop"}) == {"status": "ok", "response": {"type": "default"}}
    margin = {"type": "updateIsolatedMargin", "asset": PERPETUAL, "isBuy": True, "ntli": 1}
    assert bench.act(margin)["status"] == "err"


def test_a_scheduled_cancel_comes_when_it_is_due() -> None:
    """All orders of the account, in all markets, and only its own; unset it does not come."""
    bench = Bench()
    for asset in (PERPETUAL, SPOT):
        bench.place(order(asset, "buy", "1", "29000"))
    bench.place(order(PERPETUAL, "buy", "1", "29000"), wallet=BOB)
    bench.act({"type": "scheduleCancel", "time": bench.now_ms + 6_000})
    bench.pass_time(5_000_000_000)
    assert len(bench.info("openOrders", user=USER)) == 2
    bench.pass_time(2_000_000_000)
    assert bench.info("openOrders", user=USER) == []
    assert len(bench.info("openOrders", user=BOB.address)) == 1
    ended = bench.info("orderStatus", user=USER, oid=1)["order"]
    assert ended["status"] == "scheduledCancel"


def test_a_scheduled_cancel_is_not_too_soon_nor_too_often() -> None:
    """Five seconds ahead at least, and ten times a day; the next day counts anew."""
    bench = Bench()
    soon = bench.act({"type": "scheduleCancel", "time": bench.now_ms + 5_000})
    assert soon["response"] == "Scheduled cancel time must be at least 5 seconds in the future"
    for _ in range(10):
        bench.act({"type": "scheduleCancel", "time": bench.now_ms + 6_000})
        bench.pass_time(7_000_000_000)
    again = {"type": "scheduleCancel", "time": bench.now_ms + 6_000}
    assert bench.act(again)["response"] == "Scheduled cancels were triggered 10 times today already"
    bench.pass_time(86_400_000_000_000)
    assert bench.act({"type": "scheduleCancel", "time": bench.now_ms + 6_000})["status"] == "ok"
    assert bench.act({"type": "scheduleCancel"}, ALICE)["status"] == "ok"
    assert bench.dialect.next_wake_ns() is None
