"""Hyperliquid's JSON about orders, as facts. Pure: a message in, what it says out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import Balance, Fee
from fillproof.harness.connectors.reference.balances import AccountState
from fillproof.harness.connectors.reference.decode import Statement, reading
from fillproof.harness.connectors.reference.facts import Fact, Fill, Refused, Seen, Status
from fillproof.harness.connectors.reference_dex.troubles import (
    ActionDenied,
    NoSuchOrder,
    OrderDenied,
)

_OPEN = frozenset({"open", "triggered"})


def first_status(reply: Any) -> Any:
    """Return what the venue answers to the one order, or cancel, of an action.

    Raises ActionDenied and OrderDenied, and Unreadable for what is not as documented.
    """
    with reading("reply to an action"):
        if reply["status"] != "ok":
            raise ActionDenied(str(reply["response"]))
        status = reply["response"]["data"]["statuses"][0]
        if isinstance(status, dict) and "error" in status:
            raise OrderDenied(str(status["error"]))
        return status


def create_reply(client_order_id: str, reply: Any, amount: Decimal) -> Statement:
    """Read the reply to an order: it rests, or it was filled as far as it could be.

    What is filled in part does not rest: how it ended the reply does not say, so here it is open.
    """
    status = first_status(reply)
    with reading("reply to an order"):
        if "resting" in status:
            venue_order_id = str(status["resting"]["oid"])
            return _seen(client_order_id, venue_order_id, Status.OPEN, Decimal(0))
        filled = status["filled"]
        total = Decimal(filled["totalSz"])
        ending = Status.FILLED if total >= amount else Status.OPEN
        return _seen(client_order_id, str(filled["oid"]), ending, total)


def order_status(reply: Any) -> Statement:
    """Read the reply to orderStatus; raises NoSuchOrder."""
    with reading("orderStatus"):
        if reply["status"] == "unknownOid":
            raise NoSuchOrder("the venue does not know the order")
        return _update(reply["order"])


def order_updates(data: Any) -> Iterator[Statement]:
    """Read a message of orderUpdates: yields one statement for each order of ours."""
    with reading("orderUpdates"):
        for update in data:
            if update["order"].get("cloid"):
                yield _update(update)


def user_fills(data: Any) -> Iterator[tuple[str, Fill]]:
    """Read fills of the stream or of a reply: yields client order id and fill."""
    with reading("userFills"):
        for item in data:
            if item.get("cloid"):
                yield str(item["cloid"]), _fill(item)


def spot_state(message: Any, asked_ms: int) -> AccountState:
    """Read spotClearinghouseState; it has no time, so it is as of when it was asked for."""
    with reading("spotClearinghouseState"):
        balances = {item["coin"]: _balance(item) for item in message["balances"]}
        return AccountState(asked_ms, balances, is_whole=True)


def best_price(message: Any, side: str) -> Decimal:
    """Read an l2Book: the best price of the other side of the market."""
    with reading("l2Book"):
        level = message["levels"][1 if side == "BUY" else 0][0]
        return Decimal(level["px"])


def _update(update: Any) -> Statement:
    order, word = update["order"], str(update["status"])
    client_order_id, venue_order_id = str(order["cloid"]), str(order["oid"])
    time_ms = int(update["statusTimestamp"])
    if word.endswith(("Rejected", "rejected")):
        return Statement(client_order_id, (Refused(word, is_final=False, time_ms=time_ms),))
    total = Decimal(order["origSz"])
    cumulative = total if word == "filled" else total - Decimal(order["sz"])
    return _seen(client_order_id, venue_order_id, _status_of(word), cumulative, time_ms, total)


def _status_of(word: str) -> Status:
    """Return the status of a word; all others are ways in which the venue cancels."""
    if word in _OPEN:
        return Status.OPEN
    return Status.FILLED if word == "filled" else Status.CANCELED


def _seen(
    client_order_id: str,
    venue_order_id: str,
    status: Status,
    cumulative: Decimal,
    time_ms: int | None = None,
    quantity: Decimal | None = None,
) -> Statement:
    facts: tuple[Fact, ...] = (Seen(venue_order_id, status, cumulative, time_ms, quantity),)
    return Statement(client_order_id, facts)


def _fill(item: Any) -> Fill:
    return Fill(
        venue_order_id=str(item["oid"]),
        trade_id=str(item["tid"]),
        amount=Decimal(item["sz"]),
        price=Decimal(item["px"]),
        fee=Fee(str(item["feeToken"]), Decimal(item["fee"])),
        time_ms=int(item["time"]),
    )


def _balance(item: Any) -> Balance:
    total = Decimal(item["total"])
    return Balance(total, total - Decimal(item["hold"]))
