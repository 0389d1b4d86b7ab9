"""What a message of the venue states about orders and balances, read from the message itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fillproof.simulator.dialects.binance.errors import (
    NO_SUCH_ORDER,
    UNKNOWN_ORDER,
    UNKNOWN_OUTCOME_CODES,
)
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.units import exact, plain

Fact = dict[str, Json]

_ROLES = frozenset({"create", "cancel", "amend", "query", "trades", "account"})
_SERVER_ERRORS = 500

_STATUS = {
    "NEW": "New",
    "PENDING_NEW": "PendingNew",
    "PARTIALLY_FILLED": "PartiallyFilled",
    "FILLED": "Filled",
    "CANCELED": "Canceled",
    "EXPIRED": "Expired",
    "EXPIRED_IN_MATCH": "Expired",
    "REJECTED": "Rejected",
}
_UNKNOWN = {
    *((error.code, error.text) for error in (UNKNOWN_ORDER, NO_SUCH_ORDER)),
    (-2038, UNKNOWN_ORDER.text),
}
_PARTS = ("cancelResponse", "newOrderResponse", "amendedOrder")
_NAMING = frozenset({"cancel", "amend", "query"})
_NO_ORDER = -1
NEW_ORDERS = frozenset(
    {
        "newClientOrderId",
        "limitClientOrderId",
        "stopClientOrderId",
        "aboveClientOrderId",
        "belowClientOrderId",
        "workingClientOrderId",
        "pendingClientOrderId",
        "pendingAboveClientOrderId",
        "pendingBelowClientOrderId",
    }
)
"""Parameters that name an order to be placed."""


class FactReader:
    """Reads facts; needs the markets to call them by our names."""

    def __init__(self, markets: Markets) -> None:
        self._markets = markets

    def of_result(self, role: str, result: Json) -> list[Fact]:
        """Return the facts of a reply without error, REST or WebSocket API."""
        if role not in _ROLES:
            return []
        entries = result if isinstance(result, list) else [result]
        return [fact for entry in _spread(entries) for fact in self._entry(entry)]

    def of_error(
        self, role: str, parameters: Mapping[str, Json], status: int, error: Json
    ) -> list[Fact]:
        """Return the facts of an error reply; `error` is its {"code", "msg"}, or bare text."""
        stated = error if isinstance(error, dict) else {"msg": str(error or "")}
        code = stated.get("code")
        if isinstance(stated.get("data"), dict) and "cancelResponse" in stated["data"]:
            return self._of_halves(parameters, stated, status)
        facts: list[Fact] = []
        places = role == "create" or "cancelReplaceMode" in parameters
        if places and status < _SERVER_ERRORS and code not in UNKNOWN_OUTCOME_CODES:
            facts += self._refused(parameters, stated)
        if role in _NAMING and (code, stated.get("msg")) in _UNKNOWN:
            names = self._names(parameters, client="origClientOrderId")
            facts.append({"fact": "unknown_order", **names, **_answer(stated)})
        return facts

    def _of_halves(
        self, parameters: Mapping[str, Json], error: Mapping[str, Json], status: int
    ) -> list[Fact]:
        """Return the facts of a cancel and a new order of which at least one failed."""
        canceled, placed = error["data"]["cancelResponse"], error["data"]["newOrderResponse"]
        facts: list[Fact] = []
        if "code" in canceled:
            named = {
                "symbol": parameters.get("symbol"),
                "orderId": parameters.get("cancelOrderId"),
                "origClientOrderId": parameters.get("cancelOrigClientOrderId"),
            }
            facts += self.of_error("cancel", named, status, canceled)
        else:
            facts += self.of_result("cancel", canceled)
        if placed is not None and "code" not in placed:
            return facts + self.of_result("create", placed)
        return facts + self._refused(parameters, placed or error)

    def _refused(self, parameters: Mapping[str, Json], error: Mapping[str, Json]) -> list[Fact]:
        """Return that each order of a request was refused; one that was not named, too."""
        named = [name for name in parameters if name in NEW_ORDERS] or ["newClientOrderId"]
        return [
            {"fact": "refused", **self._names(parameters, client=name), **_answer(error)}
            for name in named
        ]

    def of_event(self, event: Json) -> list[Fact]:
        """Return the facts of a user data event."""
        if event.get("e") == "outboundAccountPosition":
            return [_balance(one["a"], one["f"], one["l"]) for one in event["B"]]
        if event.get("e") == "executionReport":
            return list(self._execution_report(event))
        return []

    def _entry(self, entry: Mapping[str, Json]) -> Iterator[Fact]:
        if "balances" in entry:
            for one in entry["balances"]:
                yield _balance(one["asset"], one["free"], one["locked"])
        elif "orderId" in entry and "commission" in entry:
            names = self._names({"symbol": entry["symbol"], "orderId": entry["orderId"]}, client="")
            yield _fill(names, entry["id"], entry)
        elif "orderId" in entry and "newQty" not in entry:
            yield from self._order(entry)

    def _order(self, order: Mapping[str, Json]) -> Iterator[Fact]:
        """Yield the facts of an order as placed, canceled, amended or queried."""
        canceled = "origClientOrderId" in order and "qty" not in order
        names = self._names(order, client="origClientOrderId" if canceled else "clientOrderId")
        status = order.get("status")
        if status != "REJECTED":
            yield {"fact": "accepted", **names}
        for fill in order.get("fills", ()):
            yield _fill(names, fill["tradeId"], fill)
        if status is not None:
            yield _status(names, status, order["executedQty"])

    def _execution_report(self, event: Mapping[str, Json]) -> Iterator[Fact]:
        """Yield the facts of an executionReport; a cancel's `c` is its own id, `C` the order's."""
        client_order_id = event["C"] if event["x"] == "CANCELED" else event["c"]
        named = {"symbol": event["s"], "orderId": event["i"], "c": client_order_id}
        names = self._names(named, client="c")
        if event["X"] != "REJECTED":
            yield {"fact": "accepted", **names}
        if event["x"] == "TRADE":
            fill = {
                "qty": event["l"],
                "price": event["L"],
                "commission": event["n"],
                "commissionAsset": event["N"],
            }
            yield _fill(names, event["t"], fill)
        if event["x"] == "TRADE_CANCEL":
            amounts = {"amount": _plain(event["l"]), "price": _plain(event["L"])}
            yield {"fact": "fill_taken_back", **names, "trade_id": str(event["t"]), **amounts}
        yield _status(names, event["X"], event["z"])

    def _names(self, stated: Mapping[str, Json], client: str) -> Fact:
        """Return the ids and the market, as far as stated."""
        names: Fact = {}
        if stated.get(client):
            names["client_order_id"] = str(stated[client])
        if stated.get("orderId") not in (None, "", _NO_ORDER):
            names["venue_order_id"] = str(stated["orderId"])
        market = self._markets.find(stated.get("symbol"))
        if market is not None:
            names["market"] = market.name
        return names


def _spread(entries: Iterable[Json]) -> Iterator[Mapping[str, Json]]:
    """Yield the objects of an answer, and for those that hold others in parts, their parts."""
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        parts = [entry[part] for part in _PARTS if part in entry]
        if parts:
            yield from _spread(parts)
        elif "orderReports" in entry:
            yield from _spread(entry["orderReports"])
        else:
            yield entry


def _answer(error: Mapping[str, Json]) -> Fact:
    return {"code": error.get("code"), "text": error.get("msg")}


def _fill(names: Fact, trade_id: Json, fill: Mapping[str, Json]) -> Fact:
    return {
        "fact": "fill",
        **names,
        "trade_id": str(trade_id),
        "amount": _plain(fill["qty"]),
        "price": _plain(fill["price"]),
        "fee": _plain(fill["commission"]),
        "fee_asset": fill["commissionAsset"],
    }


def _status(names: Fact, status: str, executed: str) -> Fact:
    """Return the state; an order that waits for its cancel is still working."""
    cumulative_quantity = _plain(executed)
    if status == "PENDING_CANCEL":
        status = "NEW" if cumulative_quantity == "0" else "PARTIALLY_FILLED"
    return {
        "fact": "status",
        **names,
        "order_status": _STATUS[status],
        "cumulative_quantity": cumulative_quantity,
    }


def _balance(asset: str, free: str, locked: str) -> Fact:
    return {"fact": "balance", "asset": asset, "free": _plain(free), "locked": _plain(locked)}


def _plain(amount: str) -> str:
    return plain(exact(amount))
