"""On a chain an action is answered by the block that has it, and by nothing before."""

from __future__ import annotations

import json
from typing import Any

from conformance_tests.unit.dialects.hyperliquid.bench import (
    ALICE,
    BOB,
    CLOID,
    FEES,
    HOST,
    INSTRUMENTS,
    IOC,
    PERPETUAL,
    SPOT,
    USER,
    Bench,
    order,
    orders,
    sign,
)

from fillproof.simulator.chain import ChainExchange
from fillproof.simulator.chain.rules import Acknowledges, BlockOrder, ChainRules
from fillproof.simulator.dialects.protocol import HttpReply, HttpRequest, Later

BLOCK_NS = 200_000_000
RULES = ChainRules(
    block_time_ns=BLOCK_NS, acknowledges=Acknowledges.BLOCK, order_within=BlockOrder.CLASSES
)
CANCEL = {"type": "cancelByCloid", "cancels": [{"asset": PERPETUAL, "cloid": CLOID}]}
GONE = {"error": "Order was never placed, already canceled, or filled. asset=0"}


def chained() -> Bench:
    """Return a venue whose blocks come five times a second."""
    return Bench(exchange=ChainExchange(INSTRUMENTS, FEES, RULES))


def send(bench: Bench, action: dict[str, Any], wallet: Any = ALICE) -> HttpReply | Later:
    """Send an action; return the reply, or the number that it will come under."""
    bench.now_ns += 1_000_000
    body = json.dumps(sign(wallet, action, bench.now_ms)).encode()
    answer = bench.dialect.request(HttpRequest("POST", HOST, "/exchange", {}, body), bench.now_ns)
    bench.settle(answer.reports)
    return answer.reply


def answers(bench: Bench, *replies: HttpReply | Later) -> list[Any]:
    """Return the statuses of replies, which the blocks since have decided."""
    bench.pass_time(BLOCK_NS)
    known: dict[int, HttpReply] = dict(bench.dialect.take_replies())
    found = [known[one.number] if isinstance(one, Later) else one for one in replies]
    return [json.loads(one.body)["response"]["data"]["statuses"] for one in found]


def test_an_order_is_answered_when_a_block_has_it() -> None:
    """Until then it is in no book and no query; the answer is a fact."""
    bench = chained()
    reply = send(bench, orders(order(PERPETUAL, "buy", "1", "29000", c=CLOID)))
    assert isinstance(reply, Later)
    assert bench.dialect.take_replies() == ()
    assert bench.info("openOrders", user=USER) == []
    ((status,),) = answers(bench, reply)
    assert status["resting"]["cloid"] == CLOID
    (shown,) = bench.info("openOrders", user=USER)
    assert shown["oid"] == status["resting"]["oid"]
    assert bench.dialect.take_replies() == ()


def test_an_action_of_many_is_answered_as_one() -> None:
    """When the last of its parts is decided; what needs no block stands in its place."""
    bench = chained()
    reply = send(
        bench,
        orders(
            order(PERPETUAL, "buy", "1", "29000"),
            order(PERPETUAL, "buy", "0", "29000"),
            order(SPOT, "sell", "20", "29000"),
        ),
    )
    ((rests, zero, refused),) = answers(bench, reply)
    assert "resting" in rests
    assert zero == {"error": "Order has zero size."}
    assert refused == {"error": "Insufficient spot balance asset=10000"}


def test_what_no_block_has_to_decide_is_answered_at_once() -> None:
    """An action of nothing but mistakes, or a refusal."""
    bench = chained()
    reply = send(bench, orders(order(PERPETUAL, "buy", "0", "29000")))
    assert isinstance(reply, HttpReply)
    assert isinstance(send(bench, {"type": "noop"}), HttpReply)


def test_a_cancel_comes_before_a_taker_of_the_same_block() -> None:
    """Whatever arrived first: the taker finds nothing (the documented order of a block)."""
    bench = chained()
    answers(bench, send(bench, orders(order(PERPETUAL, "sell", "1", "29000", c=CLOID))))
    taker = send(bench, orders(order(PERPETUAL, "buy", "1", "29000", t=IOC)), BOB)
    cancel = send(bench, CANCEL)
    ((taken,), (canceled,)) = answers(bench, taker, cancel)
    assert canceled == "success"
    assert taken["error"].startswith("Order could not immediately match")


def test_a_cancel_of_the_next_block_comes_too_late() -> None:
    """The fill was first, and the answer says that the order is gone."""
    bench = chained()
    answers(bench, send(bench, orders(order(PERPETUAL, "sell", "1", "29000", c=CLOID))))
    ((taken,),) = answers(bench, send(bench, orders(order(PERPETUAL, "buy", "1", "29000")), BOB))
    assert taken["filled"]["totalSz"] == "1.0"
    assert answers(bench, send(bench, CANCEL)) == [[GONE]]


def test_an_order_and_its_cancel_in_one_block_leave_the_order() -> None:
    """The cancel is carried out first, and misses it."""
    bench = chained()
    placed = send(bench, orders(order(PERPETUAL, "buy", "1", "29000", c=CLOID)))
    cancel = send(bench, CANCEL)
    ((rests,), (missed,)) = answers(bench, placed, cancel)
    assert "resting" in rests
    assert missed == GONE
    assert len(bench.info("openOrders", user=USER)) == 1


def test_a_modification_is_of_one_block() -> None:
    """The old order goes and the new one comes in the same."""
    bench = chained()
    answers(bench, send(bench, orders(order(PERPETUAL, "buy", "1", "29000", c=CLOID))))
    change = {"oid": CLOID, "order": order(PERPETUAL, "buy", "2", "28000", c=CLOID)}
    reply = send(bench, {"type": "batchModify", "modifies": [change]})
    ((status,),) = answers(bench, reply)
    assert status["resting"]["cloid"] == CLOID
    assert [one["sz"] for one in bench.info("openOrders", user=USER)] == ["2.0"]


def test_a_posted_action_is_answered_on_its_socket() -> None:
    """Before the streams tell of the same block."""
    bench = chained()
    bench.open()
    bench.subscribe("orderUpdates", user=USER)
    payload = sign(ALICE, orders(order(PERPETUAL, "buy", "1", "29000")), bench.now_ms)
    frame = {"method": "post", "id": 3, "request": {"type": "action", "payload": payload}}
    assert bench.say(frame) is None
    assert bench.take() == []
    bench.pass_time(BLOCK_NS)
    answer, update = bench.take()
    assert answer["data"]["id"] == 3
    assert answer["data"]["response"]["payload"]["status"] == "ok"
    assert update["channel"] == "orderUpdates"


def test_a_scheduled_cancel_comes_in_a_block_too() -> None:
    """It ends the orders of the account that are there."""
    bench = chained()
    answers(bench, send(bench, orders(order(PERPETUAL, "buy", "1", "29000", c=CLOID))))
    send(bench, {"type": "scheduleCancel", "time": bench.now_ms + 6_000})
    bench.pass_time(7_000_000_000)
    assert bench.info("openOrders", user=USER) == []
    ended = bench.info("orderStatus", user=USER, oid=CLOID)["order"]
    assert ended["status"] == "scheduledCancel"


def test_leverage_changes_in_a_block() -> None:
    """The position's margin is what the new one asks for."""
    bench = chained()
    answers(bench, send(bench, orders(order(PERPETUAL, "sell", "1", "20000")), BOB))
    answers(bench, send(bench, orders(order(PERPETUAL, "buy", "1", "20000"))))
    send(bench, {"type": "updateLeverage", "asset": PERPETUAL, "isCross": True, "leverage": 20})
    bench.pass_time(BLOCK_NS)
    state = bench.info("clearinghouseState", user=USER)
    assert state["marginSummary"]["totalMarginUsed"] == "1000.0"
