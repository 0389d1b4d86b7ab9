"""Requests for lists of orders, for the tests of this folder."""

from __future__ import annotations

from typing import Any

from conformance_tests.unit.dialects.bench import Bench

OCO: dict[str, Any] = {
    "symbol": "BTCUSDT",
    "side": "SELL",
    "quantity": "0.1",
    "listClientOrderId": "list",
    "aboveType": "LIMIT_MAKER",
    "abovePrice": "32000",
    "aboveClientOrderId": "above",
    "belowType": "STOP_LOSS_LIMIT",
    "belowPrice": "27000",
    "belowStopPrice": "28500",
    "belowTimeInForce": "GTC",
    "belowClientOrderId": "below",
}
OTO = {
    "symbol": "BTCUSDT",
    "listClientOrderId": "list",
    "workingType": "LIMIT",
    "workingSide": "BUY",
    "workingPrice": "29500",
    "workingQuantity": "0.1",
    "workingTimeInForce": "GTC",
    "workingClientOrderId": "working",
    "pendingType": "LIMIT",
    "pendingSide": "SELL",
    "pendingPrice": "33000",
    "pendingQuantity": "0.05",
    "pendingTimeInForce": "GTC",
    "pendingClientOrderId": "pending",
}
OTOCO = {
    **{name: value for name, value in OTO.items() if not name.startswith("pending")},
    "pendingSide": "SELL",
    "pendingQuantity": "0.1",
    "pendingAboveType": "LIMIT_MAKER",
    "pendingAbovePrice": "33000",
    "pendingAboveClientOrderId": "above",
    "pendingBelowType": "STOP_LOSS",
    "pendingBelowStopPrice": "27000",
    "pendingBelowClientOrderId": "below",
}
OPO = {name: value for name, value in OTO.items() if name != "pendingQuantity"}
OPOCO = {name: value for name, value in OTOCO.items() if name != "pendingQuantity"}
LEGACY = {
    "symbol": "BTCUSDT",
    "side": "SELL",
    "quantity": "0.1",
    "price": "32000",
    "stopPrice": "28500",
    "limitClientOrderId": "above",
    "stopClientOrderId": "below",
    "listClientOrderId": "list",
}
FORMS = {"oco": OCO, "oto": OTO, "otoco": OTOCO, "opo": OPO, "opoco": OPOCO}


def place(venue: Bench, form: str = "oco", **changes: Any) -> tuple[int, Any]:
    """Place a list with these changes; return status and body."""
    return venue.signed("POST", f"/api/v3/orderList/{form}", **(FORMS[form] | changes))
