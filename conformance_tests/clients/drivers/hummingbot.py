"""Hummingbot's Binance connector, driven by the adapter with which it is judged."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from decimal import Decimal
from typing import Any

from conformance_tests.clients import keys
from conformance_tests.clients.driving import Stage
from conformance_tests.clients.listening import Heard, Wanted
from hummingbot.connector.exchange.binance import binance_constants

from fillproof.harness.connectors.hummingbot.binance import HummingbotBinance
from fillproof.harness.connectors.protocol import OrderRequest, Setup, Told

MARKET = "BTC-USDT"
_LOOK_AGAIN_SECONDS = 0.05


def point(stage: Stage) -> None:
    """Point the connector at the venue: its URLs are constants of a module."""
    if stage.origin is not None:
        binance_constants.REST_URL = f"{stage.origin}/api/"
        binance_constants.WSS_URL = f"{stage.streams}/ws"
        binance_constants.WSS_API_URL = f"{stage.streams}/ws-api/v3"


def is_told(name: str) -> Wanted:
    """Return what picks an event by its name."""
    return lambda told: bool(told.event.value == name)


class _Host:
    """What the adapter tells goes to the driver."""

    setup = Setup(
        markets=(MARKET,),
        api_key=keys.HMAC_KEY,
        api_secret=keys.HMAC_SECRET,
        profile="centralised",
        grace_window_seconds=Decimal(0),
    )

    def __init__(self) -> None:
        self.told = Heard()
        self.tasks: list[asyncio.Task[None]] = []

    def tell(self, told: Told) -> None:
        """Keep an event."""
        self.told.add(told)

    def raw(self, what: str, value: object) -> None:
        """Keep nothing of the library's own objects."""

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Run a task of the adapter."""
        self.tasks.append(asyncio.create_task(work, name=name))


class Driver:
    """`BinanceExchange`."""

    adapter: HummingbotBinance
    exchange: Any

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.host = _Host()
        self.ids: dict[str, str] = {}

    async def start(self) -> None:
        """Start the connector and wait until it says that it is ready."""
        point(self.stage)
        self.adapter = HummingbotBinance(self.host)
        self.exchange = self.adapter._exchange
        await self.adapter.start()
        while not self.adapter.ready():
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def stop(self) -> None:
        """Stop it."""
        await self.adapter.stop()
        for task in self.host.tasks:
            task.cancel()

    async def _told(self, *names: str) -> list[Any]:
        """Return the events until each of these was told, in short."""
        events: list[Told] = []
        for name in names:
            events += await self.host.told.until(is_told(name))
        return [self._short(told) for told in events]

    def _short(self, told: Told) -> list[Any]:
        name = next(key for key, value in self.ids.items() if value == told.client_order_id)
        amounts = (told.amount, told.price, told.base_amount, told.quote_amount)
        fees = [f"{fee.amount.normalize():f} {fee.asset}" for fee in told.fees or ()]
        shown = [f"{amount.normalize():f}" for amount in amounts if amount is not None]
        return [name, told.event.value, *shown, *fees]

    def _place(self, name: str, side: str, amount: str, price: str | None, **more: Any) -> None:
        kind = "MARKET" if price is None else "LIMIT"
        order = OrderRequest(
            market=MARKET,
            side=side,
            amount=Decimal(amount),
            price=None if price is None else Decimal(price),
            order_type=kind,
            **more,
        )
        self.ids[name] = self.adapter.place(order)

    def _venue_id(self, name: str) -> str:
        return str(self.exchange.in_flight_orders[self.ids[name]].exchange_order_id)

    # The steps -----------------------------------------------------------------------------------

    async def markets(self) -> Any:
        rule = self.exchange.trading_rules[MARKET]
        amounts = (rule.min_price_increment, rule.min_base_amount_increment, rule.min_notional_size)
        return [f"{amount.normalize():f}" for amount in amounts]

    async def balances(self) -> Any:
        balances = self.exchange.get_all_balances()
        return {asset: f"{amount.normalize():f}" for asset, amount in sorted(balances.items())}

    async def place_limit(self) -> Any:
        self._place("a", "BUY", "1", "29000")
        return await self._told("Created")

    async def open_orders(self) -> Any:
        tracked = self.exchange.in_flight_orders.values()
        return [[order.current_state.name, str(order.amount)] for order in tracked]

    async def partial_fill(self) -> Any:
        self.stage.ask("fill", order=self._venue_id("a"), amount="0.25")
        return await self._told("Filled")

    async def cancel(self) -> Any:
        self.adapter.cancel(self.ids["a"])
        return await self._told("Cancelled")

    async def fill(self) -> Any:
        self._place("b", "SELL", "0.5", "31000")
        created = await self._told("Created")
        self.stage.ask("fill", order=self._venue_id("b"), amount="0.5")
        return created + await self._told("Completed")

    async def market_order(self) -> Any:
        """A market buy is valued at the best bid: without one it vanishes (finding H5)."""
        self.stage.ask("rest", side="buy", amount="1", price="29900")
        self.stage.ask("rest", side="sell", amount="0.3", price="30000")
        self.stage.ask("rest", side="sell", amount="1", price="30100")
        while self.exchange.get_price(MARKET, is_buy=True).is_nan():
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        while self.exchange.get_price(MARKET, is_buy=False).is_nan():
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        self._place("m", "BUY", "0.5", None)
        return await self._told("Completed")

    async def order_book(self) -> Any:
        """Its book follows the depth stream."""
        book = self.exchange.get_order_book(MARKET)
        while not list(book.ask_entries()) or next(book.ask_entries()).price != 30100.0:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        return [
            [row.price, round(row.amount, 4)] for row in (*book.bid_entries(), *book.ask_entries())
        ]

    async def post_only_that_would_match(self) -> Any:
        self._place("p", "BUY", "0.1", "30200", post_only=True)
        return await self._told("Failure")

    async def insufficient_balance(self) -> Any:
        self._place("x", "BUY", "100", "29000")
        return await self._told("Failure")

    async def below_the_minimum(self) -> Any:
        """It is refused by the connector itself."""
        self._place("small", "BUY", "0.0001", "1000")
        return await self._told("Failure")

    async def balances_at_the_end(self) -> Any:
        return await self.balances()

    async def order_after_a_reconnect(self) -> Any:
        """The venue closed the user stream; the connector opened another and hears a fill there."""
        self.stage.ask("close", channel="user_stream", code=1001)
        stream = self.exchange._user_stream_tracker.data_source
        old = stream._ws_assistant
        while stream._ws_assistant in {None, old}:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        self._place("r", "SELL", "0.5", "30050")
        created = await self._told("Created")
        self.stage.ask("fill", order=self._venue_id("r"), amount="0.5")
        return created + await self._told("Completed")
