"""binance-sdk-spot's REST class."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from binance_common.configuration import ConfigurationRestAPI
from binance_sdk_spot.spot import Spot
from conformance_tests.clients import keys
from conformance_tests.clients.drivers.plain_rest import PlainRest
from conformance_tests.clients.driving import Stage

_SAME = {
    "create_order": "new_order",
    "create_test_order": "order_test",
    "cancel_order": "delete_order",
    "cancel_all_open_orders": "delete_open_orders",
    "cancel_replace_order": "order_cancel_replace",
    "create_oco_order": "order_list_oco",
    "get_my_trades": "my_trades",
    "get_all_orders": "all_orders",
    "get_order_book": "depth",
    "get_recent_trades": "get_trades",
    "get_historical_trades": "historical_trades",
    "get_aggregate_trades": "agg_trades",
    "get_ticker": "ticker24hr",
    "get_symbol_ticker": "ticker_price",
    "get_orderbook_ticker": "ticker_book_ticker",
    "get_symbol_ticker_window": "ticker",
    "get_avg_price": "avg_price",
    "get_klines": "klines",
    "get_open_orders": "get_open_orders",
    "get_current_order_count": "rate_limit_order",
    "get_prevented_matches": "my_prevented_matches",
    "get_open_oco_orders": "open_order_list",
    "v3_get_account_commission": "account_commission",
    "v3_get_order_list": "get_order_list",
    "v3_get_all_order_list": "all_order_list",
    "v3_delete_order_list": "delete_order_list",
    "v3_post_order_list_oto": "order_list_oto",
    "v3_post_order_list_otoco": "order_list_otoco",
}
PATIENCE_MS = 10_000
"""Its own second is short on a machine that does much else."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def snake(name: str) -> str:
    """Return a parameter's name as the library spells it."""
    return re.sub(r"([A-Z])", r"_\1", name).lower()


def number(value: Any) -> Any:
    """Return a number where the steps have its text: the library wants numbers."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return value
    return float(value) if "." in value else int(value)


def plain(model: Any) -> Any:
    """Return a model as the JSON that it was made of; what the venue left out stays out."""
    if hasattr(model, "model_dump"):
        model = model.model_dump(by_alias=True, exclude_none=True)
    if isinstance(model, list):
        return [plain(one) for one in model]
    if not isinstance(model, dict):
        return model
    if "actual_instance" in model:  # one of several kinds
        return plain(model["actual_instance"])
    return {key: plain(value) for key, value in model.items() if key != "additional_properties"}


class Spelled:
    """`SpotRestAPI` under the names that the steps use, its answers as plain JSON."""

    def __init__(self, rest: Any) -> None:
        self.rest = rest

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self.rest, _SAME.get(name, name))

        def answered(**asked: Any) -> Any:
            given = {snake(key): number(value) for key, value in asked.items()}
            return plain(call(**given).data())

        return answered

    @property
    def API_SECRET(self) -> str:  # noqa: N802 - the name that the steps use
        """The secret it signs with."""
        return str(self.rest.configuration.api_secret)

    @API_SECRET.setter
    def API_SECRET(self, secret: str) -> None:  # noqa: N802
        self.rest.configuration.api_secret = secret

    def get_symbol_info(self, symbol: str) -> Any:
        """Return what exchangeInfo says of a symbol."""
        return self.exchange_info(symbol=symbol)["symbols"][0]

    def order_market_buy(self, **order: Any) -> Any:
        """Buy at the market."""
        return self.create_order(side="BUY", type="MARKET", **order)


class Driver(PlainRest):
    """`binance_sdk_spot.spot.Spot.rest_api`."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        configuration = ConfigurationRestAPI(
            keys.HMAC_KEY, keys.HMAC_SECRET, base_path=stage.origin, timeout=PATIENCE_MS
        )
        self.client = Spelled(Spot(config_rest_api=configuration).rest_api)

    def start(self) -> None:
        """Nothing: it asks for nothing by itself."""

    def stop(self) -> None:
        """Nothing: it has no session of its own."""

    def _with_key(self, key: str, private_key: str) -> Any:
        origin = self.stage.origin
        configuration = ConfigurationRestAPI(
            key, private_key=private_key, base_path=origin, timeout=PATIENCE_MS
        )
        return Spelled(Spot(config_rest_api=configuration).rest_api)

    def _amend(self, change: dict[str, Any]) -> Any:
        return self.client.order_amend_keep_priority(**change)
