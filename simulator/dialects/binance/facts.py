"""What a message of the venue states about orders and balances, read from the message itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fillproof.simulator.dialects.binance.errors import (
    NO_SUCH_ORDER,
    UNKNOWN_ORDER,
    UNKNOWN_OUTCOME_CODES,
)
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.units import exact, plain

Fact = dict[str, Json]

_ROLES = frozenset({"create", "cancel", "query", "trades", "account"})
_SERVER_ERRORS = 500

_STATUS = {
    "NEW": "New",
    "PARTIALLY_FILLED": "PartiallyFilled",
    "FILLED": "Filled",
    "CANCELED": "Canceled",
    "EXPIRED": "Expired",
    "EXPIRED_IN_MATCH": "Expired",
    "REJECTED": "Rejected",
}
_UNKNOWN = {(error.code, error.text) for error in (UNKNOWN_ORDER, NO_SUCH_ORDER)}


class FactReader:
    """Reads facts; needs the markets to call them by our names."""

    def __init__(self, markets: Markets) -> None:
        self._markets = markets

    def of_result(self, role: str, result: Json) -> list[Fact]:
        """Return the facts of a reply without error, REST or WebSocket API."""
        if role not in _ROLES:
            return []
        entries = result if isinstance(result, list) else [result]
        return [fact for entry in entries if isinstance(entry, dict) for fact in self._entry(entry)]

    def of_error(
        self, role: str, parameters: Mapping[str, Json], status: int, error: Json
    ) -> list[Fact]:
        """Return the facts of an error reply; `error` is its {"code", "msg"}, or bare text."""
        stated = error if isinstance(error, dict) else {"msg": str(error or "")}
        code, text = stated.get("code"), stated.get("msg")
        answer = {"code": code, "text": text}
        if role == "create" and status < _SERVER_ERRORS and code not in UNKNOWN_OUTCOME_CODES:
            names = self._names(parameters, client="newClientOrderId")
            return [{"fact": "refused", **names, **answer}]
        if role in ("cancel", "query") and (code, text) in _UNKNOWN:
            names = self._names(parameters, client="origClientOrderId")
            return [{"fact": "unknown_order", **names, **answer}]
        return []

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
        elif "orderId" in entry:
            yield from self._order(entry)

    def _order(self, order: Mapping[str, Json]) -> Iterator[Fact]:
        """Yield the facts of an order as placed, canceled or queried."""
        canceled = "origClientOrderId" in order
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
        named = {"symbol": event["s"], "orderId": event["i"], "c": event["C"] or event["c"]}
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
        yield _status(names, event["X"], event["z"])

    def _names(self, stated: Mapping[str, Json], client: str) -> Fact:
        """Return the ids and the market, as far as stated."""
        names: Fact = {}
        if stated.get(client):
            names["client_order_id"] = str(stated[client])
        if stated.get("orderId"):
            names["venue_order_id"] = str(stated["orderId"])
        market = self._markets.find(stated.get("symbol"))
        if market is not None:
            names["market"] = market.name
        return names


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
