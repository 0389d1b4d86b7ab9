"""python-binance's BinanceSocketManager and its depth cache."""

from __future__ import annotations

import asyncio
from typing import Any

from binance.async_client import AsyncClient
from binance.ws.depthcache import DepthCacheManager
from binance.ws.streams import BinanceSocketManager
from conformance_tests.clients import keys
from conformance_tests.clients.drivers.plain_orders import SYMBOL, shown
from conformance_tests.clients.drivers.python_binance import point
from conformance_tests.clients.driving import Stage
from conformance_tests.clients.listening import Heard, is_event, repeat_until, report_of


class Driver:
    """`binance.ws.streams.BinanceSocketManager`."""

    client: Any
    manager: Any

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sockets: dict[str, Heard] = {}
        self.orders: dict[str, int] = {}
        self.listeners: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Make the client and its manager."""
        self.client = await point(AsyncClient, self.stage).create(keys.HMAC_KEY, keys.HMAC_SECRET)
        kind = BinanceSocketManager
        if self.stage.origin is not None:
            urls = {"STREAM_URL": f"{self.stage.streams}/"}
            kind = type(kind.__name__, (kind,), urls)
        self.manager = kind(self.client)

    async def stop(self) -> None:
        """Close the REST session; the manager's sockets end with the loop."""
        for listener in self.listeners:
            listener.cancel()
        await self.client.session.close()

    async def _listen(self, name: str, socket: Any) -> None:
        """Open a socket and keep what it says."""
        await socket.__aenter__()
        heard = self.sockets[name] = Heard()

        async def read() -> None:
            while True:
                heard.add(await socket.recv())

        self.listeners.append(asyncio.create_task(read()))

    async def _user(self, *until: str) -> list[Any]:
        """Return the user events up to each of these, in short."""
        events: list[Any] = []
        for name in until:
            events += await self.sockets["user"].until(is_event(name))
        return [report_of(event) for event in events]

    async def open_sockets(self) -> Any:
        await self._listen("user", self.manager.user_socket())
        await self._listen("trade", self.manager.trade_socket(SYMBOL))
        await self._listen("depth", self.manager.depth_socket(SYMBOL, interval=100))
        await self._listen("depth5", self.manager.depth_socket(SYMBOL, depth="5"))
        await self._listen("ticker", self.manager.symbol_ticker_socket(SYMBOL))
        await self._listen("best", self.manager.symbol_book_ticker_socket(SYMBOL))
        await self._listen("aggregate", self.manager.aggtrade_socket(SYMBOL))
        await self._listen("candles", self.manager.kline_socket(SYMBOL))
        streams = ["btcusdt@trade", "btcusdt@miniTicker"]
        await self._listen("combined", self.manager.multiplex_socket(streams))
        return sorted(self.sockets)

    # What the account hears ----------------------------------------------------------------------

    async def an_order_is_told(self) -> Any:
        order = {"symbol": SYMBOL, "quantity": "1", "price": "29000", "newClientOrderId": "a"}
        made = await self.client.order_limit_buy(**order)
        self.orders["a"] = made["orderId"]
        return await self._user("executionReport", "outboundAccountPosition")

    async def a_partial_fill_is_told(self) -> Any:
        self.stage.ask("fill", order=self.orders["a"], amount="0.25")
        return await self._user("executionReport", "outboundAccountPosition")

    async def a_cancel_is_told(self) -> Any:
        await self.client.cancel_order(symbol=SYMBOL, orderId=self.orders["a"])
        [report, position] = await self._user("executionReport", "outboundAccountPosition")
        return [report[2:], position]

    async def a_market_order_is_told(self) -> Any:
        self.stage.ask("rest", side="sell", amount="0.3", price="30000")
        self.stage.ask("rest", side="sell", amount="1", price="30100")
        made = await self.client.order_market_buy(
            symbol=SYMBOL, quantity="0.5", newClientOrderId="m"
        )
        return [shown(made), await self._user("outboundAccountPosition")]

    async def a_deposit_is_told(self) -> Any:
        self.stage.ask("deposit", asset="BTC", amount="1")
        [update] = await self.sockets["user"].until(is_event("balanceUpdate"))
        return [update["a"], update["d"], *await self._user("outboundAccountPosition")]

    # What the public hears -----------------------------------------------------------------------

    async def trades(self) -> Any:
        heard = [(await self.sockets["trade"].until(is_event("trade")))[-1] for _ in range(3)]
        return [[one["p"], one["q"], one["m"]] for one in heard]

    async def aggregate_trades(self) -> Any:
        heard = [(await self.sockets["aggregate"].until(is_event("aggTrade")))[-1] for _ in "123"]
        return [[one["p"], one["q"], one["m"]] for one in heard]

    async def combined_streams(self) -> Any:
        heard = await self.sockets["combined"].until(is_event("trade"))
        return [heard[-1]["stream"], heard[-1]["data"]["p"]]

    async def depth_changes(self) -> Any:
        """Each change begins where the one before ended; the last one has the ask of 30,100."""
        heard = await self.sockets["depth"].until(lambda one: one["a"][-1:] == [ASK_LEFT])
        ends = [one["u"] + 1 for one in heard]
        return [ends[:-1] == [one["U"] for one in heard[1:]], heard[0]["b"]]

    async def depth_snapshots(self) -> Any:
        heard = await self.sockets["depth5"].until(lambda one: one.get("asks") == [ASK_LEFT])
        return [heard[-1]["bids"], heard[-1]["asks"]]

    async def best_prices(self) -> Any:
        heard = await self.sockets["best"].until(lambda one: [one["a"], one["A"]] == ASK_LEFT)
        return [heard[-1][key] for key in ("b", "B", "a", "A")]

    async def ticker(self) -> Any:
        heard = await self.sockets["ticker"].until(lambda one: one["c"] == "30100.00000000")
        return [heard[-1][key] for key in ("o", "h", "l", "c", "v")]

    async def candles(self) -> Any:
        heard = await self.sockets["candles"].until(lambda one: one["k"]["c"] == "30100.00000000")
        return [heard[-1]["k"]["i"], heard[-1]["k"]["c"]]

    # What the account hears of more than one order ------------------------------------------------

    async def an_amend_is_told(self) -> Any:
        order = {"symbol": SYMBOL, "quantity": "1", "price": "21000", "newClientOrderId": "b"}
        await self.client.order_limit_buy(**order)
        await self._user("outboundAccountPosition")
        change = {"symbol": SYMBOL, "origClientOrderId": "b", "newQty": "0.4"}
        asked = {**change, "newClientOrderId": "b2"}
        await self.client._put("order/amend/keepPriority", True, data=asked)
        [report] = await self.sockets["user"].until(is_event("executionReport"))
        return [report[key] for key in ("c", "C", "x", "X", "q")]

    async def a_cancel_replace_is_told(self) -> Any:
        await self._user("outboundAccountPosition")
        order = {"symbol": SYMBOL, "quantity": "1", "price": "20000", "newClientOrderId": "c"}
        await self.client.cancel_replace_order(
            **order,
            side="BUY",
            type="LIMIT",
            timeInForce="GTC",
            cancelReplaceMode="STOP_ON_FAILURE",
            cancelOrigClientOrderId="b2",
            cancelNewClientOrderId="cancel",
        )
        return await self._user("executionReport", "executionReport", "outboundAccountPosition")

    async def an_order_list_is_told(self) -> Any:
        await self.client.create_oco_order(
            symbol=SYMBOL,
            side="SELL",
            quantity="0.1",
            aboveType="LIMIT_MAKER",
            abovePrice="50000",
            aboveClientOrderId="above",
            belowType="STOP_LOSS",
            belowStopPrice="20500",
            belowClientOrderId="below",
            listClientOrderId="oco",
        )
        events = await self.sockets["user"].until(is_event("listStatus"))
        status = events.pop()
        told = [status[key] for key in ("c", "l", "L", "C")]
        return [sorted(report_of(event) for event in events), told]

    async def the_end_of_an_order_list_is_told(self) -> Any:
        """The price falls to the stop: one leg trades, the other expires."""
        await self._user("outboundAccountPosition")
        self.stage.ask("rest", side="buy", amount="1", price="20400")
        self.stage.ask("sweep", side="sell", amount="0.1")
        events = await self.sockets["user"].until(is_event("listStatus"))
        status = events.pop()
        told = [status[key] for key in ("c", "l", "L", "C")]
        return [[report_of(event) for event in events], told]

    async def depth_cache(self) -> Any:
        """The cache joins a snapshot and the changes after it."""
        manager = type(self.manager)(self.client)
        cache = await DepthCacheManager(self.client, SYMBOL, bm=manager).__aenter__()
        self.stage.ask("rest", side="buy", amount="1", price="28000")
        book = await cache.recv()
        return [book.get_bids(), book.get_asks()]

    # After the venue closed a connection ----------------------------------------------------------

    async def public_stream_after_a_reconnect(self) -> Any:
        """It connects again by itself."""
        self.stage.ask("close", channel="public_stream", code=1001)
        *_, closed = await self.sockets["trade"].until(is_event("error"))
        again = self.sockets["trade"].until(is_event("trade"))
        *_, trade = await repeat_until(again, self._trade)
        return [closed["type"], trade["p"]]

    def _trade(self) -> None:
        self.stage.ask("rest", side="sell", amount="0.1", price="29000")
        self.stage.ask("sweep", side="buy", amount="0.1")

    async def user_stream_after_a_reconnect(self) -> Any:
        """It connects again, but does not subscribe again: nothing is heard any more."""
        self.stage.ask("close", channel="user_stream", code=1001)
        *_, closed = await self.sockets["user"].until(is_event("error"))
        heard = repeat_until(self.sockets["user"].until(is_event("balanceUpdate")), self._deposit)
        try:
            return await asyncio.wait_for(heard, SILENCE_SECONDS)
        except TimeoutError:
            return [closed["type"], "silence"]

    def _deposit(self) -> None:
        self.stage.ask("deposit", asset="BTC", amount="1")


SILENCE_SECONDS = 4.0
"""It waits for a second before it connects again."""

ASK_LEFT = ["30100.00000000", "0.80000000"]
