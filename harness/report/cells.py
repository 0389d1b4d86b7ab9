"""What one line of a recording says of an order, in the few words a column has room for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fillproof.harness.history import History, Line, OrderStory

_ASKING = frozenset({"create_request", "cancel_request", "amend_request"})
_ANSWERING = frozenset({"create_reply", "cancel_reply", "amend_reply"})
_CLIENT_ERROR = 400


def told_cell(order: OrderStory | None, line: Line, *, marked: bool) -> str:
    """Return what a line of the told ledger says, empty when it is about something else."""
    data = line.data
    if line.kind == "call" and _is_of(order, data):
        return _call(data)
    if line.kind == "event" and _is_of(order, data):
        return _event(data)
    if marked and line.kind == "returned":
        return _returned(data)
    if marked and line.kind == "in_flight":
        return f"in flight, asked at {data.get('at')}"
    if marked and line.kind == "reading":
        return _reading(data)
    return ""


def _is_of(order: OrderStory | None, data: Mapping[str, Any]) -> bool:
    if order is None:
        return True
    mine = data.get("client_order_id") == order.client_order_id
    return data.get("order") == order.label or (mine and order.client_order_id is not None)


def _call(data: Mapping[str, Any]) -> str:
    match data.get("call"):
        case "place":
            return _place(data)
        case "replace":
            return f"instead of {data.get('replaces')}: {_place(data)}"
        case "amend":
            return f"amend to {data.get('amount')}"
        case other:
            return str(other)


def _returned(data: Mapping[str, Any]) -> str:
    if data.get("call") != "identify":
        return f"returned {data.get('client_order_id')}"
    answer = data.get("venue_order_id") or "nothing"
    return f"identify raised {data['raised']}" if "raised" in data else f"identified as {answer}"


def _place(data: Mapping[str, Any]) -> str:
    words = [str(data.get("side", "")).lower(), str(data.get("amount") or "")]
    if data.get("quote_amount"):
        words[1] = f"for {data['quote_amount']}"
    words.append(f"at {data['price']}" if data.get("price") else "at market")
    if data.get("time_in_force") not in {None, "GTC"}:
        words.append(str(data["time_in_force"]))
    if data.get("post_only"):
        words.append("post-only")
    triggers = ("stop_loss", "take_profit")
    words.extend(f"{key} {data[key]}" for key in triggers if data.get(key))
    return " ".join(words)


def _event(data: Mapping[str, Any]) -> str:
    name, words = str(data.get("event")), []
    if data.get("side") and name in {"Created", "Completed"}:
        words.append(str(data["side"]))
    if data.get("amount"):
        words.append(str(data["amount"]))
    if data.get("price"):
        words.append(f"at {data['price']}")
    if data.get("trade_id"):
        words.append(f"#{data['trade_id']}")
    if data.get("base_amount"):
        words.append(f"{data['base_amount']} for {data.get('quote_amount')}")
    fees = data.get("fees") or ()
    words.extend(f"fee {fee.get('amount')} {fee.get('asset')}" for fee in fees)
    return " ".join([name, *words])


def _reading(data: Mapping[str, Any]) -> str:
    tracked = data.get("tracked")
    tracking = "" if tracked is None else f"tracks {', '.join(tracked) or 'nothing'}"
    balances = data.get("balances") or {}
    if data.get("at") != "quiet" or not balances:
        return f"reading: {tracking}" if tracking else "reading"
    return "believes " + ", ".join(f"{b.get('total')} {asset}" for asset, b in balances.items())


def wire_cell(history: History, order: OrderStory | None, line: Line, *, marked: bool) -> str:
    """Return what a line of the wire ledger says, empty when it is about something else."""
    data, text = line.data, ""
    channel, what, fault = data.get("channel"), data.get("what"), data.get("fault")
    match line.kind:
        case "sent":
            asks = channel in _ASKING and data.get("direction") == "c2v"
            text = f"> {channel}" if asks and _names(history, order, data.get("unit")) else ""
        case "delivered":
            text = _delivered(history, order, data)
        case "lost" if _names(history, order, data.get("unit")):
            text = f"x {channel} lost{_by(data)}"
        case "fired":
            text = f"! {what} ({fault})"
        case "armed" if marked:
            text = f"! {what} ({fault}) armed on {channel}"
        case "closed" if data.get("by") != "connector":
            text = f"x connection closed by {data.get('by')}"
    return text


def _names(history: History, order: OrderStory | None, unit: object) -> bool:
    if order is None:
        return True
    sent = history.units.get(str(unit))
    if sent is None or order.client_order_id is None:
        return False
    return sent.unit in {u.unit for u in order.requests} or sent.names(order.client_order_id)


def _delivered(history: History, order: OrderStory | None, data: Mapping[str, Any]) -> str:
    facts = [fact for fact in data.get("facts") or () if _is_about(order, fact)]
    if data.get("direction") != "v2c":
        return ""
    if not facts:
        return _error_that_says_nothing(history, data)
    said = ", ".join(dict.fromkeys(filter(None, (_fact(fact, facts) for fact in facts))))
    return f"< {data.get('channel')}: {said}{_by(data)}"


def _error_that_says_nothing(history: History, data: Mapping[str, Any]) -> str:
    """Return an answer to a create or cancel request that leaves its outcome open."""
    sent = history.units.get(str(data.get("unit")))
    status = sent.status if sent is not None and data.get("channel") in _ANSWERING else None
    if status is None or status < _CLIENT_ERROR:
        return ""
    return f"< {data.get('channel')}: HTTP {status}{_by(data)}"


def _is_about(order: OrderStory | None, fact: Mapping[str, Any]) -> bool:
    if fact.get("fact") == "balance":
        return False
    if order is None:
        return True
    if fact.get("client_order_id") is not None:
        return bool(fact["client_order_id"] == order.client_order_id)
    ids = {truth.venue_order_id for truth in order.truths}
    return fact.get("venue_order_id") in ids


def _fact(fact: Mapping[str, Any], others: list[Mapping[str, Any]]) -> str:
    match fact.get("fact"):
        case "status":
            filled = fact.get("cumulative_quantity")
            return f"{fact.get('order_status')} {filled}" if filled else str(fact["order_status"])
        case "fill":
            return f"fill {fact.get('amount')} #{fact.get('trade_id', '?')}"
        case "accepted":
            has_status = any(other.get("fact") == "status" for other in others)
            return "" if has_status else "accepted"
        case "refused":
            return f"refused {fact.get('code') or ''} {fact.get('text') or ''}".rstrip()
        case other:
            code = fact.get("code")
            return f"{str(other).replace('_', ' ')} {code or ''}".rstrip()


def _by(data: Mapping[str, Any]) -> str:
    faults = data.get("faults") or ()
    return f" [{', '.join(faults)}]" if faults else ""


def truth_cell(order: OrderStory | None, line: Line) -> str:
    """Return what a line of the truth ledger says, empty when it is about something else."""
    data = line.data
    ids = {truth.venue_order_id for truth in order.truths} if order else set()
    mine = order is None or data.get("client_order_id") == order.client_order_id
    if not mine and data.get("venue_order_id") not in ids:
        return ""
    if line.kind == "report":
        return _report(data)
    if line.kind == "cancel_refused":
        return f"cancel refused: {data.get('reason')}"
    if line.kind == "amend_refused":
        return f"amend refused: {data.get('reason')}"
    return ""


def _report(data: Mapping[str, Any]) -> str:
    kind = str(data.get("execution_type"))
    if kind == "Trade":
        fill = f"Trade {data.get('last_quantity')} #{data.get('trade_id')}"
        return f"{fill}, leaves {data.get('leaves_quantity')}"
    if kind == "Rejected":
        return f"Rejected: {data.get('reason')}"
    if kind in {"New", "Replaced", "Restated"}:
        return f"{kind} {data.get('quantity')}"
    return f"{kind}, filled {data.get('cumulative_quantity')}"
