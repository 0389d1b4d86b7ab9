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
    Desk,
    DeskAmend,
    DeskCancel,
    End,
    Heal,
    Move,
    Place,
    Plan,
    Replace,
    Stranger,
    Trade,
)
from fillproof.harness.numbers import plain

Document = dict[str, Any]
_DIGITS = 10

_TRIGGERS = {"STOP_LOSS": "stop_loss", "TAKE_PROFIT": "take_profit"}
"""By kind of order, the key that says for which price it waits."""

T = TypeVar("T")


def build(plan: Plan, source: str, labels: Sequence[str] = tables.LABELS) -> Document:
    """Return the scenario of a plan, with at most as many orders as there are labels.

    Pure: the same plan is the same document.
    """
    document = still_document()
    venue = document["venue"]
    venue["links"] = {"latency": plan.latency, "jitter": plan.jitter}
    if plan.decentralised:
        venue["profile"] = "decentralised"
        venue["grace_window"] = tables.GRACE_WINDOW
        venue["chain"] = dict(tables.CHAIN)
    builder = _Builder(venue, labels)
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

    def __init__(self, venue: Mapping[str, Any], labels: Sequence[str]) -> None:
        self._labels = labels
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
            case Place() | Trade() | Cancel() | Amend() | Replace():
                return self._strategys(act)
            case Desk() | DeskCancel() | DeskAmend():
                return self._desks(act)
            case End():
                return self._end(act, act.op)
            case Stranger():
                return self._stranger(act)
            case Heal():
                return {"op": "heal"}
            case None:
                return None

    def _strategys(self, act: Place | Trade | Cancel | Amend | Replace) -> Document | None:
        match act:
            case Place():
                return self._place(act)
            case Trade():
                return self._trade(act)
            case Cancel():
                return self._cancel(act)
            case Amend():
                return self._amend(act)
            case Replace():
                return self._replace(act)

    def _desks(self, act: Desk | DeskCancel | DeskAmend) -> Document | None:
        match act:
            case Desk():
                return self._desk(act)
            case DeskCancel():
                return self._end(act, "desk_cancel")
            case DeskAmend():
                return self._desk_amend(act)

    def _place(self, act: Place) -> Document | None:
        if len(self._book.strategys) == len(self._labels):
            return None
        at_market = act.kind.endswith("MARKET")
        time_in_force = act.kind if act.kind in ("IOC", "FOK", "GTD") else "GTC"
        trigger = _TRIGGERS.get(act.kind.removesuffix("_AT_MARKET"))
        order = Placed(
            label=self._labels[len(self._book.strategys)],
            side=act.side,
            amount=Decimal(act.amount),
            price=None if at_market else Decimal(act.price),
            can_rest=act.kind in ("GTC", "GTD", "POST_ONLY") or trigger is not None,
            waits=trigger is not None,
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
            **({} if trigger is None else {trigger: act.trigger}),
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
        order = _pick(self._book.strategys, act.which)
        return None if order is None else {"op": "cancel", "order": order.label}

    def _amend(self, act: Amend) -> Document | None:
        order = _pick([order for order in self._book.strategys if order.can_rest], act.which)
        if order is None:
            return None
        amount = self._part_of(order, act.part)
        order.amended = min(order.surely, amount)
        return {"op": "amend", "order": order.label, "amount": plain(amount)}

    def _replace(self, act: Replace) -> Document | None:
        orders = self._book.strategys
        able = [order for order in orders if order.can_rest and not order.waits]
        old = _pick(able, act.which)
        if old is None or len(orders) == len(self._labels):
            return None
        amount, price = self._part_of(old, act.part), Decimal(act.price)
        label = self._labels[len(orders)]
        new = Placed(label, old.side, amount, price, can_rest=True)
        new.likely_refused = self._breaks_a_limit(new)
        old.replaced = True
        self._book.orders.append(new)
        numbers = {"amount": plain(amount), "price": act.price}
        return {"op": "replace", "order": old.label, "by": label, **numbers}

    def _part_of(self, order: Placed, part: int) -> Decimal:
        lot = self._rules["lot_size"]
        return order.amount + lot if part == 0 else _in_lots(order.amount / part, lot)

    def _desk(self, act: Desk) -> Document | None:
        desks = self._book.desks
        if len(desks) == len(tables.DESK_LABELS):
            return None
        label, price = tables.DESK_LABELS[len(desks)], act.price
        limit = None if price is None else Decimal(price)
        order = Placed(label, act.side, Decimal(act.amount), limit, can_rest=price is not None)
        order.at_the_desk = True
        self._book.orders.append(order)
        return {
            "op": f"desk_{act.side.lower()}",
            "order": label,
            "market": tables.MARKET,
            "amount": act.amount,
            **({} if price is None else {"price": price}),
            "self_trade_prevention": "NONE",
        }

    def _desk_amend(self, act: DeskAmend) -> Document | None:
        """Somebody else may only make smaller what is there surely."""
        able = [order for order in self._book.orders if not order.waits]
        order = _pick([order for order in able if self._book.left(order) > 0], act.which)
        if order is None:
            return None
        lot, left = self._rules["lot_size"], self._book.left(order)
        amount = order.surely - _in_lots(left / act.part, lot)
        if amount <= order.traded:
            return None
        order.amended = amount
        return {"op": "desk_amend", "order": order.label, "amount": plain(amount)}

    def _end(self, act: End | DeskCancel, op: str) -> Document | None:
        able = [order for order in self._book.orders if order.can_end]
        if isinstance(act, End):
            able = [order for order in able if not order.at_the_desk]
        order = _pick(able, act.which)
        if order is None:
            return None
        order.over = True
        return {"op": op, "order": order.label}

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
