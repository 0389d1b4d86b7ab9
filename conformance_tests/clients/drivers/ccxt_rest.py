"""What ccxt is asked to do over REST; its synchronous and its asynchronous class share it."""

from __future__ import annotations

import inspect
from typing import Any

from conformance_tests.clients import keys
from conformance_tests.clients.driving import Stage, refusals

PAIR = "BTC/USDT"


def urls_of(stage: Stage) -> dict[str, Any]:
    """Return the option that points ccxt at the venue; nothing for its production URLs."""
    if stage.origin is None:
        return {}
    rest = {
        "public": "/api/v3",
        "private": "/api/v3",
        "v1": "/api/v1",
        "sapi": "/sapi/v1",
        "fapiPublic": "/fapi/v1",
        "dapiPublic": "/dapi/v1",
    }
    api: dict[str, Any] = {name: stage.origin + path for name, path in rest.items()}
    ws_api = {"spot": f"{stage.streams}/ws-api/v3"}
    api["ws"] = {"spot": f"{stage.streams}/stream", "ws-api": ws_api}
    return {"urls": {"api": api}}


def options_of(stage: Stage) -> dict[str, Any]:
    """Return what every ccxt class is made with."""
    own = {"apiKey": keys.HMAC_KEY, "secret": keys.HMAC_SECRET, "enableRateLimit": False}
    return {**own, **urls_of(stage)}


def shown(order: dict[str, Any]) -> list[Any]:
    """Return of a ccxt order what a trader looks at."""
    return [order[key] for key in ("clientOrderId", "type", "status", "filled", "remaining")]


def legs(answer: dict[str, Any]) -> list[Any]:
    """Return of an order list what holds it together and how each of its orders stands."""
    reports = sorted([one["type"], one["status"]] for one in answer.get("orderReports", []))
    return [answer["contingencyType"], answer["listOrderStatus"], *reports]


class CcxtRest:
    """The steps; `_made` gives the client."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.client = self._made(options_of(stage))
        self.orders: dict[str, str] = {}

    def _made(self, options: dict[str, Any]) -> Any:
        """Return a client of the class under test."""
        raise NotImplementedError

    async def start(self) -> None:
        """Nothing: the first step loads the markets."""

    async def stop(self) -> None:
        """Close what is open."""
        await self._get(self.client.close() if hasattr(self.client, "close") else None)

    async def _get(self, value: Any) -> Any:
        return await value if inspect.isawaitable(value) else value

    async def _place(self, name: str, *order: Any, **more: Any) -> Any:
        """Create an order under a client id; return what ccxt returns."""
        params = {"clientOrderId": name, **more}
        made = await self._get(self.client.create_order(PAIR, *order, params))
        self.orders[name] = made["id"]
        return made

    async def _fetched(self, name: str) -> list[Any]:
        return shown(await self._get(self.client.fetch_order(self.orders[name], PAIR)))

    # Markets and money -------------------------------------------------------------------------

    async def markets(self) -> Any:
        market = (await self._get(self.client.load_markets()))[PAIR]
        return [market["id"], market["active"], market["precision"]["price"], market["limits"]]

    async def server_time(self) -> Any:
        return (await self._get(self.client.fetch_time())) > 0

    async def balances(self) -> Any:
        balance = await self._get(self.client.fetch_balance())
        return [balance["BTC"], balance["USDT"]]

    async def fees(self) -> Any:
        fee = await self._get(self.client.fetch_trading_fee(PAIR))
        return [fee["maker"], fee["taker"]]

    async def rsa_signature(self) -> Any:
        return await self._total_with_key(keys.RSA_KEY, keys.RSA_PRIVATE)

    async def ed25519_signature(self) -> Any:
        return await self._total_with_key(keys.ED25519_KEY, keys.ED25519_PRIVATE)

    async def _total_with_key(self, key: str, private_key: str) -> Any:
        """Return the balance that another client sees, which signs with a private key."""
        own = (self.client.apiKey, self.client.secret)
        self.client.apiKey, self.client.secret = key, private_key
        try:
            return (await self._get(self.client.fetch_balance()))["BTC"]["total"]
        finally:
            self.client.apiKey, self.client.secret = own

    # A limit order's life ------------------------------------------------------------------------

    async def place_limit(self) -> Any:
        return shown(await self._place("a", "limit", "buy", 1, 29000))

    async def open_orders(self) -> Any:
        return [shown(one) for one in await self._get(self.client.fetch_open_orders(PAIR))]

    async def partial_fill(self) -> Any:
        self.stage.ask("fill", order=self.orders["a"], amount="0.25")
        return await self._fetched("a")

    async def own_trades(self) -> Any:
        trades = await self._get(self.client.fetch_my_trades(PAIR))
        return [
            [t["side"], t["price"], t["amount"], t["takerOrMaker"], t["fee"]["cost"]]
            for t in trades
        ]

    async def balances_locked(self) -> Any:
        return await self.balances()

    async def edit(self) -> Any:
        edited = await self._get(
            self.client.edit_order(
                self.orders["a"], PAIR, "limit", "buy", 2, 28000, {"clientOrderId": "b"}
            )
        )
        self.orders["b"] = edited["id"]
        return [shown(edited), await self._fetched("a")]

    async def cancel(self) -> Any:
        canceled = await self._get(self.client.cancel_order(self.orders["b"], PAIR))
        return canceled["status"], await self._fetched("b")

    async def cancel_all(self) -> Any:
        for name in ("c", "d"):
            await self._place(name, "limit", "sell", 0.5, 31000)
        canceled = await self._get(self.client.cancel_all_orders(PAIR))
        return sorted(one["status"] for one in canceled)

    # Other orders --------------------------------------------------------------------------------

    async def market_order(self) -> Any:
        self.stage.ask("rest", side="sell", amount="2", price="30000")
        self.stage.ask("rest", side="buy", amount="2", price="29900")
        made = await self._place("m", "market", "buy", 0.5, None)
        return [*shown(made), made["average"], made["cost"], made["fees"]]

    async def market_order_by_cost(self) -> Any:
        made = await self._get(
            self.client.create_market_buy_order_with_cost(PAIR, 1500, {"clientOrderId": "mc"})
        )
        return [*shown(made), made["cost"]]

    async def immediate_or_cancel(self) -> Any:
        return shown(await self._place("i", "limit", "buy", 0.1, 29950, timeInForce="IOC"))

    async def fill_or_kill(self) -> Any:
        return shown(await self._place("f", "limit", "buy", 2, 30000, timeInForce="FOK"))

    async def post_only(self) -> Any:
        return shown(await self._place("p", "limit", "buy", 0.1, 29000, postOnly=True))

    async def stop_loss(self) -> Any:
        made = await self._place("s", "limit", "sell", 0.1, 29000, stopLossPrice=29500)
        return [*shown(made), made["triggerPrice"]]

    async def stop_loss_is_open(self) -> Any:
        orders = await self._get(self.client.fetch_open_orders(PAIR))
        return [[one["clientOrderId"], one["type"], one["triggerPrice"]] for one in orders]

    async def take_profit_market(self) -> Any:
        made = await self._place("t", "market", "sell", 0.1, None, takeProfitPrice=31000)
        return await self._fetched_and_canceled(made)

    async def trailing_stop(self) -> Any:
        made = await self._place(
            "tr", "STOP_LOSS_LIMIT", "sell", 0.1, 29000, trailingDelta=100, timeInForce="GTC"
        )
        return await self._fetched_and_canceled(made)

    async def iceberg(self) -> Any:
        made = await self._place("ice", "limit", "buy", 1, 28000, icebergQty="0.1")
        book = await self._get(self.client.fetch_order_book(PAIR))
        return [book["bids"][-1], *await self._fetched_and_canceled(made)]

    async def _fetched_and_canceled(self, made: dict[str, Any]) -> list[Any]:
        fetched = await self._fetched(made["clientOrderId"])
        canceled = await self._get(self.client.cancel_order(made["id"], PAIR))
        return [*fetched, canceled["status"]]

    async def stop_loss_is_triggered(self) -> Any:
        """The price falls to the stop: the limit order reaches the book, and trades."""
        self.stage.ask("sweep", side="sell", amount="2")
        self.stage.ask("rest", side="buy", amount="1", price="29400")
        self.stage.ask("sweep", side="sell", amount="0.5")
        return await self._fetched("s")

    async def cancel_the_rest(self) -> Any:
        return len(await self._get(self.client.cancel_all_orders(PAIR)))

    # Order lists ---------------------------------------------------------------------------------

    async def oco(self) -> Any:
        answer = await self._get(
            self.client.private_post_orderlist_oco(
                {
                    "symbol": "BTCUSDT",
                    "side": "SELL",
                    "quantity": "0.1",
                    "aboveType": "LIMIT_MAKER",
                    "abovePrice": "32000",
                    "belowType": "STOP_LOSS_LIMIT",
                    "belowStopPrice": "28000",
                    "belowPrice": "27900",
                    "belowTimeInForce": "GTC",
                    "listClientOrderId": "oco",
                }
            )
        )
        self.orders["oco"] = answer["orderListId"]
        return legs(answer)

    async def oco_is_open(self) -> Any:
        which = {"orderListId": self.orders["oco"]}
        answer = await self._get(self.client.private_get_orderlist(which))
        return [*legs(answer), len(answer["orders"])]

    async def oco_is_canceled(self) -> Any:
        which = {"symbol": "BTCUSDT", "orderListId": self.orders["oco"]}
        return legs(await self._get(self.client.private_delete_orderlist(which)))

    async def oto(self) -> Any:
        answer = await self._get(
            self.client.private_post_orderlist_oto(
                {
                    "symbol": "BTCUSDT",
                    "workingType": "LIMIT",
                    "workingSide": "BUY",
                    "workingPrice": "29500",
                    "workingQuantity": "0.1",
                    "workingTimeInForce": "GTC",
                    "pendingType": "LIMIT",
                    "pendingSide": "SELL",
                    "pendingPrice": "33000",
                    "pendingQuantity": "0.05",
                    "pendingTimeInForce": "GTC",
                    "workingClientOrderId": "w",
                    "pendingClientOrderId": "n",
                }
            )
        )
        orders = {one["clientOrderId"]: one["orderId"] for one in answer["orderReports"]}
        self.orders["w"], self.orders["n"] = orders["w"], orders["n"]
        return legs(answer)

    async def pending_order_after_the_working_one(self) -> Any:
        before = await self._fetched("n")
        self.stage.ask("fill", order=self.orders["w"], amount="0.1")
        return [before, await self._fetched("w"), await self._fetched("n")]

    async def otoco(self) -> Any:
        answer = await self._get(
            self.client.private_post_orderlist_otoco(
                {
                    "symbol": "BTCUSDT",
                    "workingType": "LIMIT",
                    "workingSide": "BUY",
                    "workingPrice": "29000",
                    "workingQuantity": "0.1",
                    "workingTimeInForce": "GTC",
                    "pendingSide": "SELL",
                    "pendingQuantity": "0.05",
                    "pendingAboveType": "LIMIT_MAKER",
                    "pendingAbovePrice": "33000",
                    "pendingBelowType": "STOP_LOSS",
                    "pendingBelowStopPrice": "25000",
                }
            )
        )
        return legs(answer)

    async def cancel_the_lists(self) -> Any:
        return len(await self._get(self.client.cancel_all_orders(PAIR)))

    # The market ----------------------------------------------------------------------------------

    async def order_book(self) -> Any:
        book = await self._get(self.client.fetch_order_book(PAIR, 5))
        return [book["bids"], book["asks"]]

    async def trades(self) -> Any:
        trades = await self._get(self.client.fetch_trades(PAIR))
        return [[t["side"], t["price"], t["amount"]] for t in trades]

    async def ticker(self) -> Any:
        ticker = await self._get(self.client.fetch_ticker(PAIR))
        return [ticker[key] for key in ("bid", "ask", "last", "high", "low", "baseVolume")]

    async def best_prices(self) -> Any:
        tickers = await self._get(self.client.fetch_bids_asks([PAIR]))
        return [tickers[PAIR]["bid"], tickers[PAIR]["ask"]]

    async def last_prices(self) -> Any:
        return (await self._get(self.client.fetch_last_prices([PAIR])))[PAIR]["price"]

    async def candles(self) -> Any:
        candles = await self._get(self.client.fetch_ohlcv(PAIR, "1M"))
        _time, opened, high, low, closed, volume = candles[-1]
        return [opened, high, low, closed, volume]

    async def all_orders(self) -> Any:
        orders = await self._get(self.client.fetch_orders(PAIR))
        return {
            one["clientOrderId"]: one["status"] for one in orders if len(one["clientOrderId"]) < 4
        }

    # Errors --------------------------------------------------------------------------------------

    async def insufficient_balance(self) -> Any:
        return await self._place("x", "limit", "buy", 1000, 29000)

    async def unknown_order(self) -> Any:
        return await self._get(self.client.fetch_order("777777", PAIR))

    async def cancel_of_an_unknown_order(self) -> Any:
        return await self._get(self.client.cancel_order("777777", PAIR))

    async def duplicate_id(self) -> Any:
        await self._place("twice", "limit", "buy", 0.1, 20000)
        return await self._place("twice", "limit", "buy", 0.1, 20000)

    async def post_only_that_would_match(self) -> Any:
        self.stage.ask("rest", side="sell", amount="1", price="34000")
        return await self._place("y", "limit", "buy", 0.1, 34000, postOnly=True)

    async def stop_that_would_trigger(self) -> Any:
        return await self._place("z", "limit", "sell", 0.1, 34000, stopLossPrice=35000)

    async def below_the_minimum_notional(self) -> Any:
        return await self._place("small", "limit", "buy", 0.0001, 1000)

    async def unknown_symbol(self) -> Any:
        return await self._get(self.client.public_get_depth({"symbol": "NOSUCH"}))

    async def bad_signature(self) -> Any:
        secret, self.client.secret = self.client.secret, "wrong"
        try:
            return await self._get(self.client.fetch_open_orders(PAIR))
        finally:
            self.client.secret = secret

    async def bad_key(self) -> Any:
        key, self.client.apiKey = self.client.apiKey, "x" * 64
        try:
            return await self._get(self.client.fetch_open_orders(PAIR))
        finally:
            self.client.apiKey = key

    async def too_many_requests(self) -> Any:
        """All tickers weigh 80 of the 6,000 that a minute has; whoever goes on is banned."""
        return await refusals(self.client.fetch_tickers)

    async def clock_behind(self) -> Any:
        """The client's clock is an hour behind the venue's."""
        self.stage.ask("clock", seconds=3600)
        return await self._get(self.client.fetch_balance())
