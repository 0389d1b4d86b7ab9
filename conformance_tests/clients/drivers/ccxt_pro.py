"""ccxt's streaming class (ccxt.pro): streams, and orders over the WebSocket API."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import ccxt.pro
from conformance_tests.clients.drivers.ccxt_rest import PAIR, options_of, shown
from conformance_tests.clients.driving import Stage

_AGAIN_SECONDS = 0.5
"""After which a stranger trades again, for a stream that was not subscribed to the first time."""


def _cause(event: Callable[[], Any]) -> Callable[[], Awaitable[Any]]:
    async def caused() -> Any:
        return event()

    return caused


class Driver:
    """`ccxt.pro.binance`."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.client = ccxt.pro.binance(options_of(stage))
        self.orders: dict[str, str] = {}

    async def start(self) -> None:
        """Load the markets and subscribe to the account's events."""
        await self.client.load_markets()
        await self.client.ensure_user_data_stream_ws_subscribe_signature("spot")

    async def stop(self) -> None:
        """Close every socket."""
        await self.client.close()

    async def _watched(
        self, cause: Callable[[], Awaitable[Any]], *watches: Coroutine[Any, Any, Any]
    ) -> list[Any]:
        """Return what the watches show of what is caused while they wait."""
        watching = asyncio.gather(*watches)
        await asyncio.sleep(0)  # each has begun to wait
        await cause()
        return await watching

    async def _watched_in_public(self, watch: Coroutine[Any, Any, Any]) -> Any:
        """Return what a public stream shows first; strangers trade until it does."""
        watching = asyncio.create_task(watch)
        while not watching.done():
            self.stage.ask("rest", side="buy", amount="0.1", price="29500")
            self.stage.ask("sweep", side="sell", amount="0.1")
            await asyncio.wait({watching}, timeout=_AGAIN_SECONDS)
        return await watching

    # Orders over the WebSocket API, and what the account hears -----------------------------------

    async def place(self) -> Any:
        async def place() -> None:
            params = {"newClientOrderId": "a"}
            made = await self.client.create_order_ws(PAIR, "limit", "buy", 1, 29000, params)
            self.orders["a"] = made["id"]

        orders, balance = await self._watched(
            place, self.client.watch_orders(PAIR), self.client.watch_balance()
        )
        return [[shown(one) for one in orders], balance["USDT"]]

    async def open_orders(self) -> Any:
        return [shown(one) for one in await self.client.fetch_open_orders_ws(PAIR)]

    async def partial_fill(self) -> Any:
        orders, trades, balance = await self._watched(
            _cause(lambda: self.stage.ask("fill", order=self.orders["a"], amount="0.25")),
            self.client.watch_orders(PAIR),
            self.client.watch_my_trades(PAIR),
            self.client.watch_balance(),
        )
        facts = [[one["side"], one["amount"], one["price"], one["fee"]] for one in trades]
        return [[shown(one) for one in orders], facts, balance["BTC"]]

    async def order(self) -> Any:
        return shown(await self.client.fetch_order_ws(self.orders["a"], PAIR))

    async def edit(self) -> Any:
        params = {"newClientOrderId": "b"}
        edited = await self.client.edit_order_ws(
            self.orders["a"], PAIR, "limit", "buy", 2, 28000, params
        )
        self.orders["b"] = edited["id"]
        return shown(edited)

    async def cancel(self) -> Any:
        async def cancel() -> None:
            await self.client.cancel_order_ws(self.orders["b"], PAIR)

        orders, balance = await self._watched(
            cancel, self.client.watch_orders(PAIR), self.client.watch_balance()
        )
        return [[shown(one) for one in orders], balance["USDT"]]

    async def market_order(self) -> Any:
        self.stage.ask("rest", side="sell", amount="0.3", price="30000")
        self.stage.ask("rest", side="sell", amount="1", price="30100")

        async def place() -> None:
            params = {"newClientOrderId": "m"}
            await self.client.create_order_ws(PAIR, "market", "buy", 0.5, None, params)

        (trades,) = await self._watched(place, self.client.watch_my_trades(PAIR))
        while len(trades) < 2:  # the fills may come in two messages
            trades += await self.client.watch_my_trades(PAIR)
        return [[one["amount"], one["price"]] for one in trades]

    async def cancel_all(self) -> Any:
        for name in ("c", "d"):
            params = {"newClientOrderId": name}
            await self.client.create_order_ws(PAIR, "limit", "buy", 0.1, 20000, params)
        return len(await self.client.cancel_all_orders_ws(PAIR))

    async def own_trades(self) -> Any:
        return [one["amount"] for one in await self.client.fetch_my_trades_ws(PAIR)]

    async def candles_by_request(self) -> Any:
        return (await self.client.fetch_ohlcv_ws(PAIR, "1d"))[-1][1:]

    # What the public hears -----------------------------------------------------------------------

    async def order_book(self) -> Any:
        book = await self.client.watch_order_book(PAIR)
        before = [list(book["bids"]), list(book["asks"])]
        (book,) = await self._watched(
            _cause(lambda: self.stage.ask("rest", side="buy", amount="1", price="28000")),
            self.client.watch_order_book(PAIR),
        )
        return [before, [list(book["bids"]), list(book["asks"])]]

    async def trades(self) -> Any:
        first, *_ = await self._watched_in_public(self.client.watch_trades(PAIR))
        return [first["side"], first["price"], first["amount"]]

    async def ticker(self) -> Any:
        ticker = await self._watched_in_public(self.client.watch_ticker(PAIR))
        return [ticker["open"], ticker["last"], ticker["high"]]

    async def best_prices(self) -> Any:
        best = await self._watched_in_public(self.client.watch_bids_asks([PAIR]))
        return [best[PAIR]["ask"], best[PAIR]["askVolume"]]

    async def candles(self) -> Any:
        *_, candle = await self._watched_in_public(self.client.watch_ohlcv(PAIR, "1d"))
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

    async def bad_signature(self) -> Any:
        secret, self.client.secret = self.client.secret, "wrong"
        try:
            return await self.client.fetch_open_orders_ws(PAIR)
        finally:
            self.client.secret = secret

    async def clock_behind(self) -> Any:
        """The client's clock is a minute behind the venue's."""
        self.stage.ask("clock", seconds=60)
        return await self.client.fetch_open_orders_ws(PAIR)
