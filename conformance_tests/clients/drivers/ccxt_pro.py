"""ccxt's streaming class (ccxt.pro): streams, and orders over the WebSocket API."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import ccxt.pro
from conformance_tests.clients.drivers.ccxt_rest import PAIR, options_of, shown
from conformance_tests.clients.driving import Stage
from conformance_tests.clients.listening import Heard, repeat_until


class Driver:
    """`ccxt.pro.binance`."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.client = ccxt.pro.binance(options_of(stage))
        self.orders: dict[str, str] = {}
        self.shown: dict[str, Heard] = {}
        self.watchers: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Load the markets, subscribe to the account's events and watch for ever, as one does."""
        await self.client.load_markets()
        await self.client.ensure_user_data_stream_ws_subscribe_signature("spot")
        self._watch("orders", lambda: self.client.watch_orders(PAIR))
        self._watch("trades", lambda: self.client.watch_my_trades(PAIR))
        self._watch("balance", self.client.watch_balance)
        await asyncio.sleep(0)  # each has begun to wait

    async def stop(self) -> None:
        """Stop watching and close every socket."""
        for watcher in self.watchers:
            watcher.cancel()
        await self.client.close()

    def _watch(self, name: str, call: Callable[[], Awaitable[Any]]) -> None:
        heard = self.shown[name] = Heard()

        async def watch() -> None:
            while True:
                found = await call()
                for one in found if isinstance(found, list) else [found]:
                    heard.add(one)

        self.watchers.append(asyncio.create_task(watch()))

    async def _next(self, name: str, count: int = 1) -> list[Any]:
        """Return the next objects that a watch shows."""
        return [(await self.shown[name].until(lambda _: True))[0] for _ in range(count)]

    async def _watched_in_public(self, watch: Coroutine[Any, Any, Any]) -> Any:
        """Return what a public stream shows first; strangers trade until it does."""
        return await repeat_until(watch, self._trade)

    def _trade(self) -> None:
        self.stage.ask("rest", side="buy", amount="0.1", price="29500")
        self.stage.ask("sweep", side="sell", amount="0.1")

    # Orders over the WebSocket API, and what the account hears -----------------------------------

    async def place(self) -> Any:
        params = {"newClientOrderId": "a"}
        made = await self.client.create_order_ws(PAIR, "limit", "buy", 1, 29000, params)
        self.orders["a"] = made["id"]
        [order], [balance] = await self._next("orders"), await self._next("balance")
        return [shown(order), balance["USDT"]]

    async def open_orders(self) -> Any:
        return [shown(one) for one in await self.client.fetch_open_orders_ws(PAIR)]

    async def partial_fill(self) -> Any:
        self.stage.ask("fill", order=self.orders["a"], amount="0.25")
        [order], [trade] = await self._next("orders"), await self._next("trades")
        [balance] = await self._next("balance")
        facts = [trade["side"], trade["amount"], trade["price"], trade["fee"]]
        return [shown(order), facts, balance["BTC"]]

    async def order(self) -> Any:
        return shown(await self.client.fetch_order_ws(self.orders["a"], PAIR))

    async def edit(self) -> Any:
        """The old order's end is told, and the new one's beginning."""
        params = {"newClientOrderId": "b"}
        edited = await self.client.edit_order_ws(
            self.orders["a"], PAIR, "limit", "buy", 2, 28000, params
        )
        self.orders["b"] = edited["id"]
        await self._next("balance")
        return [shown(one) for one in await self._next("orders", 2)]

    async def cancel(self) -> Any:
        await self.client.cancel_order_ws(self.orders["b"], PAIR)
        [order], [balance] = await self._next("orders"), await self._next("balance")
        return [shown(order), balance["USDT"]]

    async def market_order(self) -> Any:
        self.stage.ask("rest", side="sell", amount="0.3", price="30000")
        self.stage.ask("rest", side="sell", amount="1", price="30100")
        params = {"newClientOrderId": "m"}
        await self.client.create_order_ws(PAIR, "market", "buy", 0.5, None, params)
        return [[one["amount"], one["price"]] for one in await self._next("trades", 2)]

    async def cancel_all(self) -> Any:
        for name in ("c", "d"):
            params = {"newClientOrderId": name}
            await self.client.create_order_ws(PAIR, "limit", "buy", 0.1, 20000, params)
        return len(await self.client.cancel_all_orders_ws(PAIR))

    async def own_trades(self) -> Any:
        return [one["amount"] for one in await self.client.fetch_my_trades_ws(PAIR)]

    async def candles_by_request(self) -> Any:
        return (await self.client.fetch_ohlcv_ws(PAIR, "1M"))[-1][1:]

    # What the public hears -----------------------------------------------------------------------

    async def order_book(self) -> Any:
        book = await self.client.watch_order_book(PAIR)
        before = [list(book["bids"]), list(book["asks"])]
        watching = asyncio.create_task(self.client.watch_order_book(PAIR))
        await asyncio.sleep(0)  # it has begun to wait
        self.stage.ask("rest", side="buy", amount="1", price="28000")
        book = await watching
        return [before, [list(book["bids"]), list(book["asks"])]]

    async def trades(self) -> Any:
        first, *_ = await self._watched_in_public(self.client.watch_trades(PAIR))
        return [first["side"], first["price"], first["amount"]]

    async def ticker(self) -> Any:
        """Two of them, a second apart: five messages a second are all that a client may send."""
        await self._watched_in_public(self.client.watch_ticker(PAIR))
        ticker = await self._watched_in_public(self.client.watch_ticker(PAIR))
        return [ticker["open"], ticker["last"], ticker["high"]]

    async def best_prices(self) -> Any:
        best = await self._watched_in_public(self.client.watch_bids_asks([PAIR]))
        return [best[PAIR]["ask"], best[PAIR]["askVolume"]]

    async def candles(self) -> Any:
        *_, candle = await self._watched_in_public(self.client.watch_ohlcv(PAIR, "1M"))
        return candle[1:5]

    async def end_of_a_stream(self) -> Any:
        """Unsubscribing is answered."""
        await self.client.un_watch_trades(PAIR)
        return sorted(self.client.trades)

    # Errors --------------------------------------------------------------------------------------

    async def insufficient_balance(self) -> Any:
        return await self.client.create_order_ws(PAIR, "limit", "buy", 1000, 29000)

    async def cancel_of_an_unknown_order(self) -> Any:
        return await self.client.cancel_order_ws("777777", PAIR)

    async def client_id_by_its_unified_name(self) -> Any:
        """It is sent twice, by the venue's name and by ccxt's own, which is not the venue's."""
        params = {"clientOrderId": "u"}
        return await self.client.create_order_ws(PAIR, "limit", "buy", 0.1, 20000, params)

    async def bad_signature(self) -> Any:
        secret, self.client.secret = self.client.secret, "wrong"
        try:
            return await self.client.fetch_open_orders_ws(PAIR)
        finally:
            self.client.secret = secret

    async def clock_behind(self) -> Any:
        """The client's clock is an hour behind the venue's."""
        self.stage.ask("clock", seconds=3600)
        return await self.client.fetch_open_orders_ws(PAIR)
