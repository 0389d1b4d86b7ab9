"""binance-connector's REST class."""

from __future__ import annotations

from typing import Any

from binance.error import ClientError
from binance.spot import Spot
from conformance_tests.clients import keys
from conformance_tests.clients.drivers.plain_rest import PlainRest
from conformance_tests.clients.driving import Stage, described, repeatable

_SAME = {
    "create_order": "new_order",
    "create_test_order": "new_order_test",
    "cancel_all_open_orders": "cancel_open_orders",
    "cancel_replace_order": "cancel_and_replace",
    "create_oco_order": "new_oco_order",
    "get_account": "account",
    "get_my_trades": "my_trades",
    "get_all_orders": "get_orders",
    "get_order_book": "depth",
    "get_recent_trades": "trades",
    "get_historical_trades": "historical_trades",
    "get_aggregate_trades": "agg_trades",
    "get_ticker": "ticker_24hr",
    "get_symbol_ticker": "ticker_price",
    "get_orderbook_ticker": "book_ticker",
    "get_symbol_ticker_window": "rolling_window_ticker",
    "get_avg_price": "avg_price",
    "get_klines": "klines",
    "get_current_order_count": "get_order_rate_limit",
    "get_prevented_matches": "query_prevented_matches",
    "get_open_oco_orders": "get_oco_open_orders",
    "v3_get_account_commission": "query_commission_rates",
    "v3_get_order_list": "get_oco_order",
    "v3_get_all_order_list": "get_oco_orders",
    "v3_delete_order_list": "cancel_oco_order",
    "v3_post_order_list_oto": "new_oto_order",
    "v3_post_order_list_otoco": "new_otoco_order",
}


def said_of(error: Exception) -> str:
    """Return a refusal without the answer's headers, which have its date; of a page its head."""
    if isinstance(error, ClientError):
        text = error.error_message.partition("\r\n<body>")[0]
        facts = (error.status_code, error.error_code, text)
        return repeatable(f"ClientError: {facts} {error.error_data or ''}".rstrip())
    return described(error)


class Spelled:
    """`Spot` under the names that the steps use."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot

    def __getattr__(self, name: str) -> Any:
        return getattr(self.spot, _SAME.get(name, name))

    @property
    def API_SECRET(self) -> str:  # noqa: N802 - the name that the steps use
        """The secret it signs with."""
        return str(self.spot.api_secret)

    @API_SECRET.setter
    def API_SECRET(self, secret: str) -> None:  # noqa: N802
        self.spot.api_secret = secret

    def get_symbol_info(self, symbol: str) -> Any:
        """Return what exchangeInfo says of a symbol."""
        return self.spot.exchange_info(symbol=symbol)["symbols"][0]

    def order_market_buy(self, **order: Any) -> Any:
        """Buy at the market."""
        return self.spot.new_order(side="BUY", type="MARKET", **order)


class Driver(PlainRest):
    """`binance.spot.Spot`."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.client = Spelled(
            Spot(api_key=keys.HMAC_KEY, api_secret=keys.HMAC_SECRET, base_url=stage.origin)
        )

    def start(self) -> None:
        """Nothing: it asks for nothing by itself."""

    def stop(self) -> None:
        """Close its session."""
        self.client.spot.session.close()

    def _with_key(self, key: str, private_key: str) -> Any:
        origin = self.stage.origin
        return Spelled(Spot(api_key=key, private_key=private_key, base_url=origin))

    def _amend(self, change: dict[str, Any]) -> Any:
        path = "/api/v3/order/amend/keepPriority"
        return self.client.spot.sign_request("PUT", path, change)

    def _described(self, error: Exception) -> str:
        return said_of(error)

    def listen_key(self) -> Any:
        """The user stream of old: it is gone, unless the venue still has it."""
        return sorted(self.client.spot.new_listen_key())
