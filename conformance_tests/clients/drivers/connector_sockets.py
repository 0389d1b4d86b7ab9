"""binance-connector's WebSocket API and stream clients, which read in threads of their own."""

from __future__ import annotations

import json
from typing import Any

from binance.spot import Spot
from binance.websocket.spot.websocket_api import SpotWebsocketAPIClient
from binance.websocket.spot.websocket_stream import SpotWebsocketStreamClient
from conformance_tests.clients import keys
from conformance_tests.clients.drivers.connector_rest import said_of
from conformance_tests.clients.drivers.plain_orders import SYMBOL, legs, shown
from conformance_tests.clients.driving import Stage
from conformance_tests.clients.listening import HeardByThread, is_event, report_of

LIMIT = {"symbol": SYMBOL, "side": "BUY", "type": "LIMIT", "timeInForce": "GTC"}
STREAMS = [
    "btcusdt@trade",
    "btcusdt@depth@100ms",
    "btcusdt@bookTicker",
    "btcusdt@miniTicker",
    "btcusdt@kline_1m",
]
ASK_LEFT = ["30100.00000000", "0.80000000"]


class Driver:
    """`SpotWebsocketAPIClient` and `SpotWebsocketStreamClient`."""

    api: Any
    streams: Any
    user: Any

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.answers = HeardByThread()
        self.events = HeardByThread()
        self.account = HeardByThread()
        self.orders: dict[str, int] = {}
        self.user = None

    def start(self) -> None:
        """Open a connection of each kind."""
        self.api = SpotWebsocketAPIClient(
            f"{self.stage.streams}/ws-api/v3",
            keys.HMAC_KEY,
            keys.HMAC_SECRET,
            on_message=lambda _, text: self.answers.add(json.loads(text)),
        )
        self.streams = SpotWebsocketStreamClient(
            self.stage.streams, on_message=lambda _, text: self.events.add(json.loads(text))
        )

    def stop(self) -> None:
        """Close them; each thread ends with its connection."""
        for client in (self.api, self.streams, self.user):
            if client is not None:
                client.stop()

    def _described(self, error: Exception) -> str:
        return said_of(error)

    def _asked(self, call: Any, **asked: Any) -> Any:
        """Return the result of a request; raises ValueError with the venue's refusal."""
        call(**asked)
        [answer] = self.answers.until(lambda _: True)
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer["result"]

    # The WebSocket API ---------------------------------------------------------------------------

    def ping(self) -> Any:
        return self._asked(self.api.ping_connectivity)

    def markets(self) -> Any:
        info = self._asked(self.api.exchange_info, symbol=SYMBOL)
        return [one["symbol"] for one in info["symbols"]]

    def place_limit(self) -> Any:
        order = {**LIMIT, "quantity": "1", "price": "29000", "newClientOrderId": "a"}
        made = self._asked(self.api.new_order, **order, newOrderRespType="RESULT")
        self.orders["a"] = made["orderId"]
        return shown(made)

    def open_orders(self) -> Any:
        return [shown(one) for one in self._asked(self.api.get_open_orders, symbol=SYMBOL)]

    def partial_fill(self) -> Any:
        self.stage.ask("fill", order=self.orders["a"], amount="0.25")
        return shown(self._asked(self.api.get_order, symbol=SYMBOL, origClientOrderId="a"))

    def cancel_replace(self) -> Any:
        answer = self._asked(
            self.api.cancel_replace_order,
            **LIMIT,
            cancelReplaceMode="STOP_ON_FAILURE",
            cancelOrderId=self.orders["a"],
            quantity="2",
            price="28000",
            newClientOrderId="b",
        )
        return [answer["cancelResult"], shown(answer["newOrderResponse"])]

    def cancel(self) -> Any:
        return self._asked(self.api.cancel_order, symbol=SYMBOL, origClientOrderId="b")["status"]

    def oco(self) -> Any:
        answer = self._asked(
            self.api.new_oco_order,
            symbol=SYMBOL,
            side="SELL",
            quantity="0.1",
            aboveType="LIMIT_MAKER",
            abovePrice="32000",
            belowType="STOP_LOSS",
            belowStopPrice="25000",
            listClientOrderId="oco",
        )
        return legs(answer)

    def oco_is_open(self) -> Any:
        lists = self._asked(self.api.get_open_oco_orders)
        return [one["listClientOrderId"] for one in lists]

    def oco_is_canceled(self) -> Any:
        which = {"symbol": SYMBOL, "listClientOrderId": "oco"}
        return self._asked(self.api.cancel_oco_order, **which)["listOrderStatus"]

    def cancel_all(self) -> Any:
        self._asked(self.api.new_order, **LIMIT, quantity="0.1", price="20000")
        return len(self._asked(self.api.cancel_open_orders, symbol=SYMBOL))

    def balances(self) -> Any:
        account = self._asked(self.api.account)
        return [[one["asset"], one["free"]] for one in account["balances"]]

    def own_trades(self) -> Any:
        trades = self._asked(self.api.my_trades, symbol=SYMBOL)
        return [[one["price"], one["qty"], one["commission"]] for one in trades]

    def candles(self) -> Any:
        return self._asked(self.api.klines, symbol=SYMBOL, interval="1M")[-1][1:6]

    def insufficient_balance(self) -> Any:
        return self._asked(self.api.new_order, **LIMIT, quantity="1000", price="29000")

    def cancel_of_an_unknown_order(self) -> Any:
        return self._asked(self.api.cancel_order, symbol=SYMBOL, orderId=777777)

    def user_stream_of_old(self) -> Any:
        """The method is gone, unless the venue still has it."""
        return sorted(self._asked(self.api.user_data_start))

    # The streams ---------------------------------------------------------------------------------

    def subscribe(self) -> Any:
        """In one message: the venue cuts off whoever sends more than five a second."""
        self.streams.subscribe(STREAMS, id=1)
        self.streams.list_subscribe(id=2)
        return self.events.until(lambda answer: answer.get("id") == 2)[-1]["result"]

    def trades(self) -> Any:
        self.stage.ask("rest", side="sell", amount="1", price="30100")
        self.stage.ask("sweep", side="buy", amount="0.2")
        trade = self.events.until(is_event("trade"))[-1]
        return [trade[key] for key in ("p", "q", "m")]

    def best_prices(self) -> Any:
        heard = self.events.until(lambda one: [one.get("a"), one.get("A")] == ASK_LEFT)
        return [heard[-1][key] for key in ("b", "B", "a", "A")]

    def small_ticker(self) -> Any:
        heard = self.events.until(is_event("24hrMiniTicker"))
        return [heard[-1][key] for key in ("o", "h", "l", "c")]

    def candle_stream(self) -> Any:
        self.stage.ask("sweep", side="buy", amount="0.2")
        return self.events.until(is_event("kline"))[-1]["k"]["c"]

    def end_of_a_stream(self) -> Any:
        self.streams.unsubscribe("btcusdt@trade", id=3)
        self.streams.list_subscribe(id=4)
        return self.events.until(lambda answer: answer.get("id") == 4)[-1]["result"]

    # The user stream of old ----------------------------------------------------------------------

    def user_stream_by_listen_key(self) -> Any:
        """On a venue that still has listen keys: an order and its fill are told."""
        rest = Spot(keys.HMAC_KEY, keys.HMAC_SECRET, base_url=self.stage.origin)
        try:
            listen_key = rest.new_listen_key()["listenKey"]
        finally:
            rest.session.close()
        self.user = SpotWebsocketStreamClient(
            self.stage.streams, on_message=lambda _, text: self.account.add(json.loads(text))
        )
        self.user.user_data(listen_key, id=1)
        self.account.until(lambda answer: answer.get("id") == 1)
        order = {**LIMIT, "quantity": "0.1", "price": "20000", "newClientOrderId": "l"}
        made = self._asked(self.api.new_order, **order)
        self.stage.ask("fill", order=made["orderId"], amount="0.1")
        events = self.account.until(lambda one: one.get("X") == "FILLED")
        return [report_of(event) for event in events]

    def clock_behind(self) -> Any:
        """The client's clock is an hour behind the venue's."""
        self.stage.ask("clock", seconds=3600)
        return self._asked(self.api.account)
