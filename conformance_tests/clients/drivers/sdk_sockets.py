"""binance-sdk-spot's WebSocket API and streams, with an HMAC key and with an Ed25519 key."""

from __future__ import annotations

from typing import Any

from binance_common.configuration import ConfigurationWebSocketAPI, ConfigurationWebSocketStreams
from binance_sdk_spot.spot import Spot
from conformance_tests.clients import keys
from conformance_tests.clients.drivers.sdk_rest import plain
from conformance_tests.clients.driving import Stage
from conformance_tests.clients.listening import Heard

SYMBOL = "BTCUSDT"
LIMIT = {"symbol": SYMBOL, "side": "BUY", "type": "LIMIT", "time_in_force": "GTC"}


def shown(order: dict[str, Any]) -> list[Any]:
    """Return of an order what a trader looks at."""
    return [order[key] for key in ("clientOrderId", "status", "origQty", "executedQty")]


class Driver:
    """`binance_sdk_spot.spot.Spot.websocket_api` and `.websocket_streams`."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        api = None if stage.origin is None else f"{stage.streams}/ws-api/v3"
        streams = None if stage.origin is None else f"{stage.streams}/stream"
        hmac = {"api_key": keys.HMAC_KEY, "api_secret": keys.HMAC_SECRET}
        ed25519 = {"api_key": keys.ED25519_KEY, "private_key": keys.ED25519_PRIVATE}
        spot = Spot(
            config_ws_api=ConfigurationWebSocketAPI(**hmac, stream_url=api),
            config_ws_streams=ConfigurationWebSocketStreams(stream_url=streams),
        )
        other = Spot(config_ws_api=ConfigurationWebSocketAPI(**ed25519, stream_url=api))
        self.api, self.streams = spot.websocket_api, spot.websocket_streams
        self.ed25519 = other.websocket_api
        self.heard: dict[str, Heard] = {}
        self.orders: dict[str, int] = {}

    async def start(self) -> None:
        """Open the three connections."""
        for connection in (self.api, self.streams, self.ed25519):
            await connection.create_connection()

    async def stop(self) -> None:
        """Close them."""
        for connection in (self.api, self.streams, self.ed25519):
            await connection.close_connection(close_session=True)

    async def _asked(self, call: Any) -> Any:
        """Return the result of a request; raises ValueError with the venue's refusal."""
        answer = plain((await call).data())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer["result"]

    def _listen(self, name: str, handle: Any) -> None:
        """Keep what a stream says, as plain JSON."""
        heard = self.heard[name] = Heard()
        handle.on("message", lambda message: heard.add(plain(message)))

    async def _events(self, until: str) -> list[Any]:
        """Return the user events up to one with this letter; the library leaves out their type."""
        return await self.heard["user"].until(lambda event: until in event)

    # The WebSocket API ---------------------------------------------------------------------------

    async def markets(self) -> Any:
        """The library reads this answer by REST's model, and drops its result."""
        return sorted(plain((await self.api.exchange_info(symbol=SYMBOL)).data()))

    async def user_data(self) -> Any:
        answer = await self.api.user_data_stream_subscribe_signature()
        self._listen("user", answer.stream)
        return sorted(plain(answer.response.data())["result"])

    async def place_limit(self) -> Any:
        asked = self.api.order_place(**LIMIT, quantity=1.0, price=29000.0, new_client_order_id="a")
        made = await self._asked(asked)
        self.orders["a"] = made["orderId"]
        events = await self._events("B")
        told = [[one.get(key) for key in ("c", "x", "X", "q", "z")] for one in events]
        return [shown(made), told]

    async def open_orders(self) -> Any:
        return [shown(one) for one in await self._asked(self.api.open_orders_status(symbol=SYMBOL))]

    async def partial_fill(self) -> Any:
        self.stage.ask("fill", order=self.orders["a"], amount="0.25")
        events = await self._events("B")
        fields = ("c", "x", "X", "l", "z", "n", "N")
        return [[one[key] for key in fields] for one in events if "x" in one]

    async def order(self) -> Any:
        which = {"symbol": SYMBOL, "orig_client_order_id": "a"}
        return shown(await self._asked(self.api.order_status(**which)))

    async def amend_keeping_priority(self) -> Any:
        which = {"symbol": SYMBOL, "order_id": self.orders["a"], "new_qty": 0.5}
        answer = await self._asked(self.api.order_amend_keep_priority(**which))
        events = await self._events("x")
        amended = answer["amendedOrder"]
        told = [[one[key] for key in ("x", "X", "q", "C")] for one in events if "x" in one]
        return [amended["origClientOrderId"], amended["qty"], told]

    async def cancel_replace(self) -> Any:
        answer = await self._asked(
            self.api.order_cancel_replace(
                **LIMIT,
                cancel_replace_mode="STOP_ON_FAILURE",
                cancel_order_id=self.orders["a"],
                quantity=2.0,
                price=28000.0,
                new_client_order_id="b",
            )
        )
        return [answer["cancelResult"], shown(answer["newOrderResponse"])]

    async def cancel(self) -> Any:
        which = {"symbol": SYMBOL, "orig_client_order_id": "b"}
        return (await self._asked(self.api.order_cancel(**which)))["status"]

    async def market_order(self) -> Any:
        self.stage.ask("rest", side="sell", amount="0.3", price="30000")
        self.stage.ask("rest", side="sell", amount="1", price="30100")
        order = {"symbol": SYMBOL, "side": "BUY", "type": "MARKET", "quantity": 0.5}
        made = await self._asked(self.api.order_place(**order, new_client_order_id="m"))
        return [*shown(made), [[one["price"], one["qty"]] for one in made["fills"]]]

    async def oco(self) -> Any:
        answer = await self._asked(
            self.api.order_list_place_oco(
                symbol=SYMBOL,
                side="SELL",
                quantity=0.1,
                above_type="LIMIT_MAKER",
                above_price=32000.0,
                below_type="STOP_LOSS",
                below_stop_price=25000.0,
                list_client_order_id="oco",
            )
        )
        reports = sorted([one["type"], one["status"]] for one in answer["orderReports"])
        self.orders["oco"] = answer["orderListId"]
        return [answer["contingencyType"], *reports]

    async def oco_is_open(self) -> Any:
        which = {"order_list_id": self.orders["oco"]}
        status = await self._asked(self.api.order_list_status(**which))
        return [status["listClientOrderId"], status["listOrderStatus"]]

    async def oco_is_canceled(self) -> Any:
        which = {"symbol": SYMBOL, "order_list_id": self.orders["oco"]}
        return (await self._asked(self.api.order_list_cancel(**which)))["listOrderStatus"]

    async def balances(self) -> Any:
        account = await self._asked(self.api.account_status())
        return [[one["asset"], one["free"]] for one in account["balances"]]

    async def own_trades(self) -> Any:
        trades = await self._asked(self.api.my_trades(symbol=SYMBOL))
        return [[one["price"], one["qty"], one["commission"]] for one in trades]

    async def candles(self) -> Any:
        return (await self._asked(self.api.klines(symbol=SYMBOL, interval="1M")))[-1][1:6]

    async def insufficient_balance(self) -> Any:
        return await self._asked(self.api.order_place(**LIMIT, quantity=1000.0, price=29000.0))

    async def cancel_of_an_unknown_order(self) -> Any:
        return await self._asked(self.api.order_cancel(symbol=SYMBOL, order_id=777777))

    # The streams ---------------------------------------------------------------------------------

    async def subscribe(self) -> Any:
        self._listen("trade", await self.streams.trade(symbol=SYMBOL))
        self._listen("depth", await self.streams.diff_book_depth(symbol=SYMBOL))
        self._listen("best", await self.streams.book_ticker(symbol=SYMBOL))
        self._listen("candles", await self.streams.kline(symbol=SYMBOL, interval="1m"))
        return (await self.streams.list_subscribe())["result"]

    async def trades(self) -> Any:
        self.stage.ask("rest", side="buy", amount="1", price="29500")
        self.stage.ask("sweep", side="sell", amount="0.4")
        [trade] = await self.heard["trade"].until(lambda _: True)
        return [trade[key] for key in ("s", "p", "q", "m")]

    async def depth_changes(self) -> Any:
        left = ["29500.00000000", "0.60000000"]
        heard = await self.heard["depth"].until(lambda one: one["b"][-1:] == [left])
        return [heard[-1]["s"], heard[-1]["b"]]

    async def best_prices(self) -> Any:
        heard = await self.heard["best"].until(lambda one: one["B"] == "0.60000000")
        return [heard[-1][key] for key in ("b", "B", "a", "A")]

    async def candle_stream(self) -> Any:
        heard = await self.heard["candles"].until(lambda one: one["k"]["c"] == "29500.00000000")
        return heard[-1]["k"]["i"]

    # An Ed25519 key ------------------------------------------------------------------------------

    async def logon(self) -> Any:
        """A session with an Ed25519 key: afterwards requests need no signature."""
        answer = await self._asked(self.ed25519.session_logon())
        return [answer["apiKey"] == keys.ED25519_KEY, answer["authorizedSince"] > 0]

    async def order_in_a_session(self) -> Any:
        stream = await self.ed25519.user_data_stream_subscribe()
        self._listen("user", stream.stream)
        asked = self.ed25519.order_place(
            **LIMIT, quantity=0.1, price=20000.0, new_client_order_id="e"
        )
        made = await self._asked(asked)
        [report, *_] = await self._events("B")
        return [shown(made), [report[key] for key in ("c", "x", "X")]]

    async def logout(self) -> Any:
        answer = await self._asked(self.ed25519.session_logout())
        return answer.get("apiKey")

    async def clock_behind(self) -> Any:
        """The client's clock is an hour behind the venue's."""
        self.stage.ask("clock", seconds=3600)
        return await self._asked(self.api.account_status())

    async def request_after_the_venue_closed(self) -> Any:
        """It does not connect again by itself."""
        closed = Heard()
        self.api.on_connection("close", lambda: closed.add("closed"))
        self.stage.ask("close", channel="user_stream", code=1001)
        await closed.until(lambda _: True)
        return await self._asked(self.api.account_status())
