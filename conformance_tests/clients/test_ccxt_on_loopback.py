"""The unmodified ccxt clients against the venue on a loopback socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from conformance_tests.unit.dialects.bench import KEY, SECRET
from conformance_tests.unit.server.bench import ServerBench, on_loopback

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.vocabulary.commands import FillOrder

pytestmark = pytest.mark.slow

Test = Callable[[Any, ServerBench], Coroutine[Any, Any, None]]


@pytest.fixture(scope="module")
def ccxt_pro() -> Any:
    """Return the library, imported only when a test needs it: that takes seconds."""
    return pytest.importorskip("ccxt.pro")


def _client(ccxt_pro: Any, bench: ServerBench) -> Any:
    """Return a client that talks to the bench, in its time, without waiting."""
    origin = bench.origin
    streams = origin.replace("http", "ws")
    client = ccxt_pro.binance(
        {
            "apiKey": KEY,
            "secret": SECRET,
            "enableRateLimit": False,
            "urls": {
                "api": {
                    "public": f"{origin}/api/v3",
                    "private": f"{origin}/api/v3",
                    "v1": f"{origin}/api/v1",
                    "sapi": f"{origin}/sapi/v1",
                    "fapiPublic": f"{origin}/fapi/v1",
                    "dapiPublic": f"{origin}/dapi/v1",
                    "ws": {
                        "spot": f"{streams}/stream",
                        "ws-api": {"spot": f"{streams}/ws-api/v3"},
                    },
                }
            },
        }
    )
    client.milliseconds = lambda: bench.time.now_ns // 1_000_000
    return client


def _with_client(ccxt_pro: Any, test: Test) -> None:
    async def run(bench: ServerBench) -> None:
        client = _client(ccxt_pro, bench)
        try:
            await client.load_markets()
            await test(client, bench)
        finally:
            await client.close()

    on_loopback(run, Quirks(stream_after_reply_ns=0))


def test_an_order_lives_and_dies_over_rest(ccxt_pro: Any) -> None:
    """Ccxt loads the market, places, fetches and cancels an order, and sees fills and balances."""

    async def test(client: Any, bench: ServerBench) -> None:
        order = await client.create_order(
            "BTC/USDT", "limit", "buy", 1, 29000, {"clientOrderId": "a"}
        )
        assert (order["status"], order["clientOrderId"]) == ("open", "a")
        bench.server.apply(FillOrder(int(order["id"]), 2500))
        fetched = await client.fetch_order(order["id"], "BTC/USDT")
        assert (fetched["status"], fetched["filled"]) == ("open", 0.25)
        [trade] = await client.fetch_my_trades("BTC/USDT")
        assert (trade["amount"], trade["fee"]) == (0.25, {"cost": 0.00025, "currency": "BTC"})
        assert [one["id"] for one in await client.fetch_open_orders("BTC/USDT")] == [order["id"]]
        balance = await client.fetch_balance()
        assert balance["USDT"] == {"free": 71000.0, "used": 21750.0, "total": 92750.0}
        canceled = await client.cancel_order(order["id"], "BTC/USDT")
        assert canceled["status"] == "canceled"
        book = await client.fetch_order_book("BTC/USDT")
        assert (book["bids"], book["asks"]) == ([], [])

    _with_client(ccxt_pro, test)


def test_refusals_become_its_exceptions(ccxt_pro: Any) -> None:
    """Ccxt knows the venue's refusals by code and text."""

    async def test(client: Any, bench: ServerBench) -> None:
        del bench
        with pytest.raises(ccxt_pro.InsufficientFunds):
            await client.create_order("BTC/USDT", "limit", "buy", 10, 29000)
        with pytest.raises(ccxt_pro.OrderNotFound):
            await client.cancel_order("77", "BTC/USDT")
        with pytest.raises(ccxt_pro.OrderNotFound):
            await client.fetch_order("77", "BTC/USDT")
        maker = {"postOnly": True}
        await client.create_order("BTC/USDT", "limit", "buy", 1, 29000, maker)
        client.secret = "wrong"
        with pytest.raises(ccxt_pro.AuthenticationError):
            await client.fetch_balance()

    _with_client(ccxt_pro, test)


def test_orders_and_books_are_watched(ccxt_pro: Any) -> None:
    """Ccxt pro hears orders, own trades and balances on the WebSocket API, and follows a book."""

    async def test(client: Any, bench: ServerBench) -> None:
        order = await client.create_order_ws("BTC/USDT", "limit", "buy", 1, 29000)
        book = await client.watch_order_book("BTC/USDT")
        assert book["bids"] == [[29000.0, 1.0]]
        await client.ensure_user_data_stream_ws_subscribe_signature("spot")
        watching = asyncio.gather(
            client.watch_balance(),
            client.watch_orders("BTC/USDT"),
            client.watch_my_trades("BTC/USDT"),
            client.watch_order_book("BTC/USDT"),
        )
        await asyncio.sleep(0)  # each has begun to wait
        bench.server.apply(FillOrder(int(order["id"]), 10_000))
        balance, [watched], [trade], book = await watching
        assert (balance["BTC"]["free"], balance["USDT"]["total"]) == (0.999, 71000.0)
        assert (watched["status"], watched["filled"]) == ("closed", 1.0)
        assert trade["fee"] == {"cost": 0.001, "currency": "BTC"}
        assert book["bids"] == []

    _with_client(ccxt_pro, test)
