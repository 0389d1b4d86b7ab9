"""What a message of the venue states about orders and balances, read from the message itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fillproof.simulator.dialects.hyperliquid.door_facts import turned_away
from fillproof.simulator.dialects.hyperliquid.markets import COLLATERAL, Market, Markets
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.units import exact, plain

Fact = dict[str, Json]

_OK = 200
_SERVER_ERRORS = 500
_PLACING = frozenset({"create", "amend"})
_UNKNOWN_ORDER = "Order was never placed, already canceled, or filled"
_CANNOT_MODIFY = "Cannot modify canceled or filled order"
_UNMATCHED = "Order could not immediately match against any resting orders"
_REJECTED = "ejected"
_AFTER_ACCEPTANCE = ("rejected", "iocCancelRejected")
_LIVE = frozenset({"open", "triggered"})


class FactReader:
    """Reads facts; needs the markets to call them by our names."""

    def __init__(self, markets: Markets) -> None:
        self._markets = markets

    def of_reply(
        self, role: str | None, asked: Mapping[str, Json], status: int, body: Json
    ) -> list[Fact]:
        """Return the facts of a reply to a query, or to an action and its signature."""
        away = turned_away(status, body)
        if "action" in asked:
            return [*self._of_action(role, asked["action"], status, body), *away]
        if status != _OK:
            return away
        if role == "query":
            return list(self._of_orders(asked, body))
        if role == "trades" and isinstance(body, list):
            return [fact for fill in body for fact in self._fill(fill)]
        if role == "account" and isinstance(body, dict):
            return list(_balances(body))
        return []

    def of_event(self, channel: str, data: Json) -> list[Fact]:
        """Return the facts of a message of the user stream."""
        if channel == "orderUpdates" and isinstance(data, list):
            return [fact for update in data for fact in self._with_status(update)]
        if not isinstance(data, dict):
            return []
        if channel in ("userFills", "user"):
            return [fact for fill in data.get("fills", ()) for fact in self._fill(fill)]
        if channel in ("spotState", "clearinghouseState"):
            return list(_balances(data.get(channel) or {}))
        return []

    def of_book(self, book: Json) -> list[Fact]:
        """Return the book that a message or a reply shows, if it is one."""
        if not isinstance(book, dict) or not isinstance(book.get("levels"), list):
            return []
        market = self._markets.of_coin(book.get("coin"))
        if market is None:
            return []
        bids, asks = (
            [[plain(exact(level["px"])), plain(exact(level["sz"]))] for level in side]
            for side in book["levels"]
        )
        return [
            {
                "fact": "book",
                "market": market.name,
                "last_update_id": None,
                "bids": bids,
                "asks": asks,
            }
        ]

    def _of_action(
        self, role: str | None, action: Mapping[str, Json], status: int, body: Json
    ) -> Iterator[Fact]:
        if status >= _SERVER_ERRORS:
            return
        parts = _parts(action)
        stated = body if isinstance(body, dict) else {}
        answer = stated.get("response")
        if status != _OK or stated.get("status") != "ok" or not isinstance(answer, dict):
            if role == "create":
                text = answer if isinstance(answer, str) else str(body)
                for part in parts:
                    yield {"fact": "refused", **self._named(part), "code": None, "text": text}
            return
        statuses = (answer.get("data") or {}).get("statuses") or []
        for part, told in zip(parts, statuses, strict=False):
            yield from self._of_part(role, part, told)

    def _of_part(self, role: str | None, part: Mapping[str, Json], told: Json) -> Iterator[Fact]:
        """Yield the facts of what became of one order, cancel or modification."""
        error = told.get("error") if isinstance(told, dict) else None
        if error is not None:
            yield from self._of_error(role, part, str(error))
        elif role == "cancel":
            yield {"fact": "status", **self._named(part), "order_status": "Canceled"}
        elif role in _PLACING:
            if role == "amend":
                yield {"fact": "status", **self._old(part), "order_status": "Canceled"}
            yield from self._placed(part.get("order", part), told)

    def _of_error(self, role: str | None, part: Mapping[str, Json], error: str) -> Iterator[Fact]:
        answer = {"code": None, "text": error}
        if role == "create":
            if error.startswith(_UNMATCHED):
                named = self._named(part)
                yield {
                    "fact": "status",
                    **named,
                    "order_status": "Expired",
                    "cumulative_quantity": "0",
                }
            else:
                yield {"fact": "refused", **self._named(part), **answer}
        elif error.startswith(_UNKNOWN_ORDER):
            yield {"fact": "unknown_order", **self._named(part), **answer}
        elif error.startswith(_CANNOT_MODIFY):
            yield {"fact": "unknown_order", **self._old(part), **answer}

    def _placed(self, order: Mapping[str, Json], told: Json) -> Iterator[Fact]:
        named = self._named(order)
        state = told if isinstance(told, dict) else {}
        for word in ("resting", "filled"):
            if word in state:
                named["venue_order_id"] = str(state[word]["oid"])
        yield {"fact": "accepted", **named}
        if "filled" in state:
            traded, wanted = exact(state["filled"]["totalSz"]), exact(str(order.get("s")))
            # What of an order was to trade at once and did not is gone.
            word = "Filled" if traded == wanted else "Expired"
            amount = plain(traded)
            yield {"fact": "status", **named, "order_status": word, "cumulative_quantity": amount}
        elif "resting" in state:
            yield {"fact": "status", **named, "order_status": "New"}

    def _of_orders(self, asked: Mapping[str, Json], body: Json) -> Iterator[Fact]:
        """Yield the facts of one order, or of a list of them."""
        if isinstance(body, dict) and body.get("status") == "unknownOid":
            named = _ids(asked.get("oid"))
            yield {"fact": "unknown_order", **named, "code": None, "text": "unknownOid"}
        elif isinstance(body, dict) and isinstance(body.get("order"), dict):
            yield from self._with_status(body["order"])
        elif isinstance(body, list):
            for entry in body:
                if "status" in entry:
                    yield from self._with_status(entry)
                else:
                    yield from self._with_status({"order": entry, "status": "open"})

    def _with_status(self, entry: Mapping[str, Json]) -> Iterator[Fact]:
        """Yield the facts of an order with its state."""
        order, status = entry["order"], str(entry["status"])
        names = self._shown(order)
        traded = exact(order["origSz"]) - exact(order["sz"])
        if not status.endswith(_REJECTED):
            yield {"fact": "accepted", **names}
        elif status not in _AFTER_ACCEPTANCE:
            yield {"fact": "refused", **names, "code": None, "text": status}
        yield {
            "fact": "status",
            **names,
            "order_status": _word(status, is_traded=traded > 0),
            "cumulative_quantity": plain(traded),
        }

    def _fill(self, fill: Mapping[str, Json]) -> Iterator[Fact]:
        yield {
            "fact": "fill",
            **self._shown(fill),
            "trade_id": str(fill["tid"]),
            "amount": plain(exact(fill["sz"])),
            "price": plain(exact(fill["px"])),
            "fee": plain(exact(fill["fee"])),
            "fee_asset": fill["feeToken"],
        }

    def _shown(self, order: Mapping[str, Json]) -> Fact:
        """Return the names of an order as the venue shows it."""
        names: Fact = {}
        if order.get("cloid"):
            names["client_order_id"] = str(order["cloid"])
        names["venue_order_id"] = str(order["oid"])
        return names | _market(self._markets.of_coin(order.get("coin")))

    def _named(self, part: Mapping[str, Json]) -> Fact:
        """Return the names of an order as an action names it: one to place, or one to cancel."""
        names: Fact = {}
        cloid = part.get("c", part.get("cloid"))
        if isinstance(cloid, str):
            names["client_order_id"] = cloid
        if "o" in part:
            names["venue_order_id"] = str(part["o"])
        return names | _market(self._markets.of_asset(part.get("a", part.get("asset"))))

    def _old(self, part: Mapping[str, Json]) -> Fact:
        """Return the names of the order that a modification replaces."""
        order = part.get("order")
        asset = order.get("a") if isinstance(order, dict) else None
        return _ids(part.get("oid")) | _market(self._markets.of_asset(asset))


def placed_ids(action: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the client order ids that an action gives to the orders it is to place."""
    orders = [part.get("order", part) for part in _parts(action)]
    named = [order.get("c") for order in orders if isinstance(order, dict)]
    return tuple(cloid for cloid in named if isinstance(cloid, str))


def _parts(action: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    """Return the orders, cancels or modifications of an action."""
    for name in ("orders", "cancels", "modifies"):
        if isinstance(action.get(name), list):
            return [part for part in action[name] if isinstance(part, dict)]
    return [action]


def _ids(oid: Json) -> Fact:
    if isinstance(oid, str):
        return {"client_order_id": oid}
    return {} if oid is None else {"venue_order_id": str(oid)}


def _market(market: Market | None) -> Fact:
    return {} if market is None else {"market": market.name}


def _word(status: str, *, is_traded: bool) -> str:
    """Return our word for a state."""
    if status in _LIVE:
        return "PartiallyFilled" if is_traded else "New"
    if status == "filled":
        return "Filled"
    if status == "iocCancelRejected":
        return "Expired"
    return "Rejected" if status.endswith(_REJECTED) else "Canceled"


def _balances(state: Mapping[str, Json]) -> Iterator[Fact]:
    """Yield the balances of tokens, or of a margin account what is free and what is used."""
    if "withdrawable" in state:
        used = plain(exact(state["marginSummary"]["totalMarginUsed"]))
        free = plain(exact(state["withdrawable"]))
        yield {"fact": "balance", "asset": COLLATERAL, "free": free, "locked": used}
    for entry in state.get("balances", ()):
        held, total = exact(entry["hold"]), exact(entry["total"])
        free = plain(total - held)
        yield {"fact": "balance", "asset": entry["coin"], "free": free, "locked": plain(held)}
