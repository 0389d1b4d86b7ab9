"""The requests the connector makes of Binance Spot, and their answers as facts."""

from __future__ import annotations

import json
from decimal import Decimal

from fillproof.harness.connectors.reference.balances import AccountState
from fillproof.harness.connectors.reference.decode import (
    Statement,
    account_reply,
    amend_reply,
    order_reply,
    replace_reply,
    trades_reply,
)
from fillproof.harness.connectors.reference.decode_book import depth_reply
from fillproof.harness.connectors.reference.decode_rules import exchange_info
from fillproof.harness.connectors.reference.facts import Fill
from fillproof.harness.connectors.reference.local_book import Snapshot
from fillproof.harness.connectors.reference.refusals import RECEIVE_WINDOW_MS
from fillproof.harness.connectors.reference.rest import Rest
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.trading_rules import TradingRule

_ORDER = "/api/v3/order"
_PAGE = 1000


class Api:
    """Each method is one question to the venue; all raise VenueTrouble."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    async def create(self, ticket: Ticket) -> Statement:
        """Send the order, once."""
        return order_reply(await self._rest.create(_ORDER, create_parameters(ticket)))

    async def cancel(self, ticket: Ticket) -> Statement:
        """Cancel by client order id: the venue may know the order before we know its answer."""
        parameters = {"symbol": ticket.symbol, "origClientOrderId": ticket.client_order_id}
        return order_reply(await self._rest.signed("DELETE", _ORDER, parameters))

    async def amend(self, ticket: Ticket, amount: Decimal) -> Statement:
        """Lower an order's amount; it keeps its place, and its name because we send it again.

        May be repeated: an order only ever gets smaller.
        """
        parameters = {
            "symbol": ticket.symbol,
            "origClientOrderId": ticket.client_order_id,
            "newClientOrderId": ticket.client_order_id,
            "newQty": f"{amount:f}",
        }
        path = f"{_ORDER}/amend/keepPriority"
        return amend_reply(await self._rest.signed("PUT", path, parameters))

    async def replace(self, old: Ticket, new: Ticket) -> tuple[Statement, Statement]:
        """Cancel one order and place another, once; the second is not tried if the first fails."""
        parameters = {
            **create_parameters(new),
            "cancelReplaceMode": "STOP_ON_FAILURE",
            "cancelOrigClientOrderId": old.client_order_id,
        }
        return replace_reply(await self._rest.create(f"{_ORDER}/cancelReplace", parameters))

    async def status(self, ticket: Ticket) -> Statement:
        """Ask how the order stands."""
        parameters = {"symbol": ticket.symbol, "origClientOrderId": ticket.client_order_id}
        return order_reply(await self._rest.signed("GET", _ORDER, parameters))

    async def trades(self, ticket: Ticket, venue_order_id: str) -> tuple[Fill, ...]:
        """Ask for all trades of one order."""
        parameters = {
            "symbol": ticket.symbol,
            "orderId": venue_order_id,
            "limit": str(_PAGE),
        }
        fills: list[Fill] = []
        while True:
            reply = await self._rest.signed("GET", "/api/v3/myTrades", parameters)
            page = trades_reply(reply)
            fills.extend(page)
            if len(page) < _PAGE:
                return tuple(fills)
            parameters["fromId"] = str(int(page[-1].trade_id) + 1)

    async def account(self) -> AccountState:
        """Ask for the balances."""
        return account_reply(await self._rest.signed("GET", "/api/v3/account", {}))

    async def book(self, symbol: str) -> Snapshot:
        """Ask for the book of a market."""
        parameters = {"symbol": symbol, "limit": str(_PAGE)}
        return depth_reply(await self._rest.public("/api/v3/depth", parameters))

    async def trading_rules(self, markets: tuple[str, ...]) -> dict[str, TradingRule]:
        """Ask for the trading rules of markets, "BASE-QUOTE"."""
        symbols = json.dumps([market.replace("-", "") for market in markets], separators=(",", ":"))
        return exchange_info(await self._rest.public("/api/v3/exchangeInfo", {"symbols": symbols}))


def create_parameters(ticket: Ticket) -> dict[str, str]:
    """Return what is sent to create an order; FULL asks for status and fills in the reply."""
    parameters = {
        "symbol": ticket.symbol,
        "side": ticket.side,
        "type": _order_type(ticket),
        "newClientOrderId": ticket.client_order_id,
        "newOrderRespType": "FULL",
        "recvWindow": str(RECEIVE_WINDOW_MS),
    }
    if ticket.quote_amount is None:
        parameters["quantity"] = f"{ticket.amount:f}"
    else:
        parameters["quoteOrderQty"] = f"{ticket.quote_amount:f}"
    if ticket.trigger is not None:
        parameters["stopPrice"] = f"{ticket.trigger[1]:f}"
    if ticket.self_trade_prevention is not None:
        parameters["selfTradePreventionMode"] = ticket.self_trade_prevention
    if ticket.price is not None:
        parameters["price"] = f"{ticket.price:f}"
        if not ticket.post_only:
            parameters["timeInForce"] = ticket.time_in_force
    return parameters


def _order_type(ticket: Ticket) -> str:
    if ticket.trigger is not None:
        kind, _ = ticket.trigger
        return kind if ticket.price is None else f"{kind}_LIMIT"
    return "LIMIT_MAKER" if ticket.post_only else ticket.order_type
