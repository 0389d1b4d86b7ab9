"""Makes a drawn plan into a normalised scenario: moves that do not fit are left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from hashlib import sha256
from typing import Any, TypeVar

from fillproof.harness.fuzz import tables
from fillproof.harness.fuzz.abilities import still_document
from fillproof.harness.fuzz.book import Book, Interest, Placed
from fillproof.harness.fuzz.moves import (
    Act,
    Amend,
    Cancel,
    End,
    Heal,
    Move,
    Place,
    Plan,
    Stranger,
    Trade,
)
from fillproof.harness.numbers import plain

Document = dict[str, Any]
_DIGITS = 10

T = TypeVar("T")


def build(plan: Plan, source: str) -> Document:
    """Return the scenario of a plan. Pure: the same plan is the same document."""
    document = still_document()
    venue = document["venue"]
    venue["links"] = {"latency": plan.latency, "jitter": plan.jitter}
    if plan.decentralised:
        venue["profile"] = "decentralised"
        venue["grace_window"] = tables.GRACE_WINDOW
        venue["chain"] = dict(tables.CHAIN)
    builder = _Builder(venue)
    steps = [step for move in plan.moves for step in builder.steps_of(move)]
    return named({**document, "title": "A drawn scenario", "source": source, "steps": steps})


def named(document: Mapping[str, Any]) -> Document:
    """Return the document with its steps numbered and the id that its content gives it."""
    steps = [{**step, "line": line, "column": 1} for line, step in enumerate(document["steps"], 1)]
    return {**document, "id": f"fuzz/{fingerprint({**document, 'steps': steps})}", "steps": steps}


def fingerprint(document: Mapping[str, Any]) -> str:
    """Return a short digest of what a scenario makes happen."""
    content = json.dumps([document["venue"], document["steps"]], sort_keys=True)
    return sha256(content.encode()).hexdigest()[:_DIGITS]


class _Builder:
    """Turns moves into steps, one after the other."""

    def __init__(self, venue: Mapping[str, Any]) -> None:
        self._rules = {
            key: Decimal(value) for key, value in venue["markets"][tables.MARKET].items()
        }
        self._balances = {asset: Decimal(value) for asset, value in venue["balances"].items()}
        self._book = Book()

    def steps_of(self, move: Move) -> Iterator[Document]:
        """Yield the steps of a move: a pause, a fault, an act, each only if there is one."""
        if move.pause:
            yield {"op": "wait", "for": move.pause}
        if move.fault is not None:
            yield dict(move.fault)
        step = self._step_of(move.act)
        if step is not None:
            yield step

    def _step_of(self, act: Act | None) -> Document | None:
        match act:
            case Place():
                step = self._place(act)
            case Trade():
                step = self._trade(act)
            case Cancel():
                step = self._cancel(act)
            case Amend():
                step = self._amend(act)
            case End():
                step = self._end(act)
            case Stranger():
                step = self._stranger(act)
            case Heal():
                step = {"op": "heal"}
            case None:
                step = None
        return step

    def _place(self, act: Place) -> Document | None:
        if len(self._book.orders) == len(tables.LABELS):
            return None
        at_market = act.kind == "MARKET"
        time_in_force = act.kind if act.kind in ("IOC", "FOK", "GTD") else "GTC"
        order = Placed(
            label=tables.LABELS[len(self._book.orders)],
            side=act.side,
            amount=Decimal(act.amount),
            price=None if at_market else Decimal(act.price),
            can_rest=act.kind in ("GTC", "GTD", "POST_ONLY"),
        )
        order.likely_refused = self._breaks_a_limit(order)
        self._book.orders.append(order)
        return {
            "op": act.side.lower(),
            "order": order.label,
            "market": tables.MARKET,
            "amount": act.amount,
            "price": None if at_market else act.price,
            "order_type": "MARKET" if at_market else "LIMIT",
            "time_in_force": time_in_force,
            "post_only": act.kind == "POST_ONLY",
            "good_for": tables.GOOD_FOR if time_in_force == "GTD" else None,
        }

    def _breaks_a_limit(self, order: Placed) -> bool:
        rules, cost = self._rules, order.amount * (order.price or Decimal(tables.PRICES[0]))
        base, quote = tables.MARKET.split("-")
        spent = (quote, cost) if order.side == "BUY" else (base, order.amount)
        return (
            not rules["min_quantity"] <= order.amount <= rules["max_quantity"]
            or cost < rules["min_notional"]
            or spent[1] > self._balances[spent[0]]
        )

    def _trade(self, act: Trade) -> Document | None:
        order = _pick(self._book.tradeable(), act.which)
        if order is None:
            return None
        lot, left = self._rules["lot_size"], self._book.left(order)
        amount = lot if act.part == 0 else _in_lots(left / act.part, lot)
        order.traded += amount
        order.over = order.traded == order.amount
        return {"op": "trade", "order": order.label, "amount": plain(amount)}

    def _cancel(self, act: Cancel) -> Document | None:
        if act.which is None:
            return {"op": "cancel", "client_order_id": tables.NOBODYS_ID}
        order = _pick(self._book.orders, act.which)
        return None if order is None else {"op": "cancel", "order": order.label}

    def _amend(self, act: Amend) -> Document | None:
        order = _pick([order for order in self._book.orders if order.can_rest], act.which)
        if order is None:
            return None
        lot = self._rules["lot_size"]
        amount = order.amount + lot if act.part == 0 else _in_lots(order.amount / act.part, lot)
        order.amended = min(order.surely, amount)
        return {"op": "amend", "order": order.label, "amount": plain(amount)}

    def _end(self, act: End) -> Document | None:
        order = _pick([order for order in self._book.orders if order.can_end], act.which)
        if order is None:
            return None
        order.over = True
        return {"op": act.op, "order": order.label}

    def _stranger(self, act: Stranger) -> Document:
        price = None if act.price is None else Decimal(act.price)
        self._book.strangers.append(Interest(act.side, Decimal(act.amount), price))
        common = {"market": tables.MARKET, "side": act.side, "amount": act.amount}
        if act.price is None:
            return {"op": "sweep", **common}
        return {"op": "rest", **common, "price": act.price}


def _in_lots(amount: Decimal, lot: Decimal) -> Decimal:
    """Return the amount cut to whole lots, one at least."""
    return max((amount / lot).to_integral_value(ROUND_DOWN), Decimal(1)) * lot


def _pick(among: Sequence[T], which: int) -> T | None:
    return among[which % len(among)] if among else None
