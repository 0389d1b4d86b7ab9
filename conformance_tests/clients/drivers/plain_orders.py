"""What clients that hand over the venue's own answers are asked to trade; see plain_rest.py."""

from __future__ import annotations

import inspect
from typing import Any

from conformance_tests.clients import keys
from conformance_tests.clients.driving import Stage

SYMBOL = "BTCUSDT"
LIMIT = {"symbol": SYMBOL, "type": "LIMIT", "timeInForce": "GTC"}


def shown(order: dict[str, Any]) -> list[Any]:
    """Return of an order what a trader looks at."""
    return [order[key] for key in ("clientOrderId", "type", "status", "origQty", "executedQty")]


def legs(answer: dict[str, Any]) -> list[Any]:
    """Return of an order list what holds it together and how each of its orders stands."""
    reports = sorted([one["type"], one["status"]] for one in answer.get("orderReports", []))
    return [answer["contingencyType"], answer["listOrderStatus"], *reports]


class PlainOrders:
    """The steps; `client` is set when the driver starts."""

    client: Any

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.orders: dict[str, int] = {}

    async def _get(self, value: Any) -> Any:
        return await value if inspect.isawaitable(value) else value

    async def _place(self, name: str, side: str, quantity: str, **more: Any) -> Any:
        order = {**LIMIT, "side": side, "quantity": quantity, "newClientOrderId": name, **more}
        given = {key: value for key, value in order.items() if value is not None}
        made = await self._get(self.client.create_order(**given))
        self.orders[name] = made["orderId"]
        return made

    async def _fetched(self, name: str) -> list[Any]:
        return shown(await self._get(self.client.get_order(symbol=SYMBOL, origClientOrderId=name)))

    # Markets and money -------------------------------------------------------------------------

    async def ping(self) -> Any:
        return await self._get(self.client.ping())

    async def markets(self) -> Any:
        market = await self._get(self.client.get_symbol_info(SYMBOL))
        filters = {one["filterType"]: one for one in market["filters"]}
        return [market["status"], filters["PRICE_FILTER"]["tickSize"], market["orderTypes"]]

    async def balances(self) -> Any:
        account = await self._get(self.client.get_account())
        return [[one["asset"], one["free"], one["locked"]] for one in account["balances"]]

    async def commission(self) -> Any:
        rates = await self._get(self.client.v3_get_account_commission(symbol=SYMBOL))
        return rates["standardCommission"]["maker"]

    async def rsa_signature(self) -> Any:
        return await self._first_asset(self._with_key(keys.RSA_KEY, keys.RSA_PRIVATE))

    async def ed25519_signature(self) -> Any:
        return await self._first_asset(self._with_key(keys.ED25519_KEY, keys.ED25519_PRIVATE))

    async def _first_asset(self, client: Any) -> Any:
        account = await self._get(client.get_account())
        return account["balances"][0]["asset"]

    def _with_key(self, key: str, private_key: str) -> Any:
        """Return another client, which signs with a private key."""
        raise NotImplementedError

    # A limit order's life ------------------------------------------------------------------------

    async def try_order(self) -> Any:
        order = {**LIMIT, "side": "BUY", "quantity": "1", "price": "29000"}
        return await self._get(self.client.create_test_order(**order))

    async def place_limit(self) -> Any:
        return shown(await self._place("a", "BUY", "1", price="29000"))

    async def open_orders(self) -> Any:
        orders = await self._get(self.client.get_open_orders(symbol=SYMBOL))
        return [shown(one) for one in orders]

    async def partial_fill(self) -> Any:
        self.stage.ask("fill", order=self.orders["a"], amount="0.25")
        return await self._fetched("a")

    async def own_trades(self) -> Any:
        trades = await self._get(self.client.get_my_trades(symbol=SYMBOL))
        facts = ("price", "qty", "quoteQty", "commission", "commissionAsset", "isMaker")
        return [[trade[fact] for fact in facts] for trade in trades]

    async def balances_locked(self) -> Any:
        return await self.balances()

    async def amend_keeping_priority(self) -> Any:
        change = {"symbol": SYMBOL, "origClientOrderId": "a", "newQty": "0.5"}
        amended = (await self._get(self._amend(change)))["amendedOrder"]
        return [amended["origClientOrderId"], amended["qty"], amended["executedQty"]]

    def _amend(self, change: dict[str, Any]) -> Any:
        """Ask for what python-binance has no name for; it passes any path on."""
        return self.client._put("order/amend/keepPriority", True, data=change)

    async def cancel_replace(self) -> Any:
        answer = await self._get(
            self.client.cancel_replace_order(
                **LIMIT,
                side="BUY",
                quantity="2",
                price="28000",
                cancelReplaceMode="STOP_ON_FAILURE",
                cancelOrderId=self.orders["a"],
                newClientOrderId="b",
            )
        )
        return [answer["cancelResult"], answer["newOrderResult"], shown(answer["newOrderResponse"])]

    async def cancel(self) -> Any:
        canceled = await self._get(self.client.cancel_order(symbol=SYMBOL, origClientOrderId="b"))
        return [canceled["status"], await self._fetched("b")]

    async def cancel_all(self) -> Any:
        for name in ("c", "d"):
            await self._place(name, "SELL", "0.5", price="31000")
        canceled = await self._get(self.client.cancel_all_open_orders(symbol=SYMBOL))
        return [one["status"] for one in canceled]

    # Other orders --------------------------------------------------------------------------------

    async def market_order(self) -> Any:
        self.stage.ask("rest", side="sell", amount="2", price="30000")
        self.stage.ask("rest", side="buy", amount="2", price="29900")
        order = {"symbol": SYMBOL, "quantity": "0.5", "newClientOrderId": "m"}
        made = await self._get(self.client.order_market_buy(**order))
        fills = [[one["price"], one["qty"], one["commission"]] for one in made["fills"]]
        return [*shown(made), made["cummulativeQuoteQty"], fills]

    async def market_order_by_cost(self) -> Any:
        order = {"symbol": SYMBOL, "quoteOrderQty": "1500", "newClientOrderId": "mc"}
        made = await self._get(self.client.order_market_buy(**order))
        return [*shown(made), made["cummulativeQuoteQty"], made["origQuoteOrderQty"]]

    async def immediate_or_cancel(self) -> Any:
        return shown(await self._place("i", "BUY", "0.1", price="29950", timeInForce="IOC"))

    async def fill_or_kill(self) -> Any:
        return shown(await self._place("f", "BUY", "2", price="30000", timeInForce="FOK"))

    async def post_only(self) -> Any:
        made = await self._place(
            "p", "BUY", "0.1", price="29000", type="LIMIT_MAKER", timeInForce=None
        )
        return [sorted(made), *await self._fetched("p")]

    async def stop_loss(self) -> Any:
        await self._place(
            "s", "SELL", "0.1", type="STOP_LOSS_LIMIT", price="29000", stopPrice="29500"
        )
        waiting = await self._get(self.client.get_order(symbol=SYMBOL, origClientOrderId="s"))
        return [*shown(waiting), waiting["stopPrice"], waiting["isWorking"]]

    async def take_profit(self) -> Any:
        market = {"timeInForce": None, "type": "TAKE_PROFIT"}
        await self._place("t", "SELL", "0.1", stopPrice="31000", **market)
        return await self._fetched("t")

    async def trailing_stop(self) -> Any:
        await self._place(
            "tr", "SELL", "0.1", type="STOP_LOSS_LIMIT", price="29000", trailingDelta="100"
        )
        waiting = await self._get(self.client.get_order(symbol=SYMBOL, origClientOrderId="tr"))
        return [*shown(waiting), waiting["trailingDelta"]]

    async def iceberg(self) -> Any:
        await self._place("ice", "BUY", "1", price="28000", icebergQty="0.1")
        book = await self._get(self.client.get_order_book(symbol=SYMBOL))
        return [book["bids"][-1], *await self._fetched("ice")]

    async def stop_loss_is_triggered(self) -> Any:
        """The price falls to the stop: the limit order reaches the book, and trades."""
        self.stage.ask("sweep", side="sell", amount="2")
        self.stage.ask("rest", side="buy", amount="1", price="29400")
        self.stage.ask("sweep", side="sell", amount="0.5")
        return await self._fetched("s")

    async def cancel_the_rest(self) -> Any:
        return len(await self._get(self.client.cancel_all_open_orders(symbol=SYMBOL)))

    # Order lists ---------------------------------------------------------------------------------

    async def oco(self) -> Any:
        answer = await self._get(
            self.client.create_oco_order(
                symbol=SYMBOL,
                side="SELL",
                quantity="0.1",
                aboveType="LIMIT_MAKER",
                abovePrice="32000",
                belowType="STOP_LOSS_LIMIT",
                belowStopPrice="28000",
                belowPrice="27900",
                belowTimeInForce="GTC",
                listClientOrderId="oco",
            )
        )
        self.orders["oco"] = answer["orderListId"]
        return legs(answer)

    async def oco_is_open(self) -> Any:
        [listed] = await self._get(self.client.get_open_oco_orders())
        asked = self.client.v3_get_order_list(orderListId=self.orders["oco"])
        return [listed["listClientOrderId"], *legs(await self._get(asked))]

    async def oco_is_canceled(self) -> Any:
        which = {"symbol": SYMBOL, "listClientOrderId": "oco"}
        return legs(await self._get(self.client.v3_delete_order_list(**which)))

    async def oto(self) -> Any:
        answer = await self._get(
            self.client.v3_post_order_list_oto(
                symbol=SYMBOL,
                workingType="LIMIT",
                workingSide="BUY",
                workingPrice="29500",
                workingQuantity="0.1",
                workingTimeInForce="GTC",
                workingClientOrderId="w",
                pendingType="LIMIT",
                pendingSide="SELL",
                pendingPrice="33000",
                pendingQuantity="0.05",
                pendingTimeInForce="GTC",
                pendingClientOrderId="n",
            )
        )
        orders = {one["clientOrderId"]: one["orderId"] for one in answer["orderReports"]}
        self.orders["w"] = orders["w"]
        return legs(answer)

    async def pending_order_after_the_working_one(self) -> Any:
        before = await self._fetched("n")
        self.stage.ask("fill", order=self.orders["w"], amount="0.1")
        return [before, await self._fetched("w"), await self._fetched("n")]

    async def otoco(self) -> Any:
        answer = await self._get(
            self.client.v3_post_order_list_otoco(
                symbol=SYMBOL,
                workingType="LIMIT",
                workingSide="BUY",
                workingPrice="29000",
                workingQuantity="0.1",
                workingTimeInForce="GTC",
                pendingSide="SELL",
                pendingQuantity="0.05",
                pendingAboveType="LIMIT_MAKER",
                pendingAbovePrice="33000",
                pendingBelowType="STOP_LOSS",
                pendingBelowStopPrice="25000",
            )
        )
        return legs(answer)

    async def cancel_the_lists(self) -> Any:
        return len(await self._get(self.client.cancel_all_open_orders(symbol=SYMBOL)))

    async def all_lists(self) -> Any:
        lists = await self._get(self.client.v3_get_all_order_list())
        return [[one["contingencyType"], one["listOrderStatus"]] for one in lists]
