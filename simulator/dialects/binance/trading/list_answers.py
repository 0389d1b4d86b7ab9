"""A list of orders in answers and events."""

from __future__ import annotations

from typing import Protocol

from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.words import LIST_STATUS_TYPE, contingency, moment
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.orders import ContingencyType, ListStatus


class OrderList(Protocol):
    """A list as it stands, or as it stood when it was reported."""

    @property
    def symbol(self) -> str: ...
    @property
    def order_list_id(self) -> int: ...
    @property
    def list_client_order_id(self) -> str: ...
    @property
    def contingency(self) -> ContingencyType: ...
    @property
    def list_status(self) -> ListStatus: ...
    @property
    def orders(self) -> tuple[tuple[int, str], ...]: ...
    @property
    def transact_time_ns(self) -> int: ...


def shown(market: Market, of: OrderList) -> dict[str, Json]:
    """Return a list as queries show it."""
    return {
        "orderListId": of.order_list_id,
        "contingencyType": contingency(of.contingency),
        "listStatusType": LIST_STATUS_TYPE[of.list_status],
        "listOrderStatus": str(of.list_status),
        "listClientOrderId": of.list_client_order_id,
        "transactionTime": moment(of.transact_time_ns),
        "symbol": market.symbol,
        "orders": members(market, of),
    }


def with_reports(market: Market, of: OrderList) -> dict[str, Json]:
    """Return a list as placing and canceling show it, with room for what is said of its orders."""
    return {**shown(market, of), "orderReports": []}


def members(market: Market, of: OrderList) -> list[dict[str, Json]]:
    """Return the orders of a list by their names."""
    return [
        {"symbol": market.symbol, "orderId": number, "clientOrderId": name}
        for number, name in of.orders
    ]
