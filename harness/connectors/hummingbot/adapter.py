"""What the adapters of all Hummingbot connectors share: clock, events, orders, readings.

The adapter ticks the connector's clock as Hummingbot's own clock would, listens to its events, and
passes orders on. Everything it touches in the library is listed in `TOUCHES`; none is order
tracking.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hummingbot.connector.utils import TradeFillOrderDetails
from hummingbot.core.data_type.common import OrderType
from hummingbot.core.data_type.trade_fee import TradeFeeSchema
from hummingbot.core.event.event_listener import EventListener
from hummingbot.core.event.events import MarketEvent
from hummingbot.logger import HummingbotLogger

from fillproof.harness.connectors.hummingbot.events import CREATED, HEARD, told_of
from fillproof.harness.connectors.protocol import (
    Adapter,
    Balance,
    Capability,
    Host,
    OrderRequest,
    Reading,
    Told,
    Touch,
)

LIBRARY = "hummingbot"
CAPABILITIES = frozenset(
    {
        Capability.RETURNS_AT_ONCE,
        Capability.TRACKING,
        Capability.LOCAL_CHECKS,
        Capability.FAILURE,
        Capability.RECOVERY,
        Capability.FEES,
        Capability.BALANCES,
        Capability.MARKET_ORDERS,
        Capability.POST_ONLY,
    }
)
"""What `ExchangePyBase` promises, whatever the venue."""

TOUCHES = (
    Touch(
        "calls _set_current_timestamp() and tick() once a second",
        "Hummingbot's own clock does; there is no other driver headless",
    ),
    Touch(
        "sets _trade_fee_schema",
        "the default look-up imports every connector's configuration",
    ),
    Touch(
        "HummingbotLogger.is_testing_mode() returns True",
        "else a warning imports the whole terminal application",
    ),
    Touch(
        "hands created ids and fills back, as Hummingbot's MarketsRecorder does",
        "a running bot has its recorder; with it the connector recovers fills of ended orders",
    ),
)

_ORDER_TYPES = {"LIMIT": OrderType.LIMIT, "MARKET": OrderType.MARKET}


class _Ear(EventListener):  # type: ignore[misc]
    """One listener on all order events: it hears them in the order in which they are raised."""

    def __init__(self, event: MarketEvent, hear: Any) -> None:
        super().__init__()
        self._event = event
        self._hear = hear

    def __call__(self, event: Any) -> None:
        self._hear(self._event, event)


class HummingbotAdapter(Adapter):
    """Base of the adapters: a subclass sets `about` and makes the library's connector."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        HummingbotLogger.is_testing_mode = staticmethod(lambda: True)
        self._exchange = self.connector(host)
        self._exchange._trade_fee_schema = TradeFeeSchema()  # noqa: SLF001 - see TOUCHES
        self._ears = [_Ear(event, self._hear) for event in HEARD]
        for ear, event in zip(self._ears, HEARD, strict=True):
            self._exchange.add_listener(event, ear)

    def connector(self, host: Host) -> Any:
        """Make the library's connector from what the host is set up with."""
        raise NotImplementedError

    async def start(self) -> None:
        """Start the connector's network and the clock that drives it."""
        self.host.spawn(self._tick(), "hummingbot clock")
        await self._exchange.start_network()

    def ready(self) -> bool:
        """True when the connector says so."""
        return bool(self._exchange.ready)

    def place(self, order: OrderRequest) -> str:
        """Ask the library's buy or sell."""
        call = self._exchange.buy if order.side == "BUY" else self._exchange.sell
        order_type = OrderType.LIMIT_MAKER if order.post_only else _ORDER_TYPES[order.order_type]
        price = Decimal("NaN") if order.price is None else order.price
        return str(
            call(self.pair(order.market), order.amount, order_type, price, **self.placing_words())
        )

    def pair(self, market: str) -> str:
        """Return Hummingbot's name of a market."""
        return market

    def placing_words(self) -> Mapping[str, Any]:
        """Return what else buy and sell are told."""
        return {}

    def cancel(self, client_order_id: str) -> None:
        """Ask the library's cancel; an untracked order is named with the first market."""
        tracked = self._exchange.in_flight_orders.get(client_order_id)
        market = tracked.trading_pair if tracked else self.pair(self.host.setup.markets[0])
        self._exchange.cancel(market, client_order_id)

    def reading(self) -> Reading:
        """Read the in-flight orders and balances."""
        available: Mapping[str, Decimal] = self._exchange.available_balances
        balances = {
            asset: Balance(total=total, available=available.get(asset, Decimal(0)))
            for asset, total in self._exchange.get_all_balances().items()
        }
        return Reading(tracked=tuple(self._exchange.in_flight_orders), balances=balances)

    async def stop(self) -> None:
        """Stop the connector's network."""
        await self._exchange.stop_network()
        session = self._exchange._web_assistants_factory._connections_factory._shared_client  # noqa: SLF001
        if session is not None:
            await session.close()

    def told(self, event: MarketEvent, raised: Any) -> Told:
        """Return what an event is told as."""
        return told_of(event, raised)

    async def _tick(self) -> None:
        while True:
            now = float(int(time.time()))
            self._exchange._set_current_timestamp(now)  # noqa: SLF001 - see TOUCHES
            self._exchange.tick(now)
            await asyncio.sleep(1.0)

    def _record(self, event: MarketEvent, raised: Any) -> None:
        """Tell the connector what its recorder has written down."""
        if event in CREATED:
            ids = {raised.exchange_order_id: raised.order_id}
            self._exchange.add_exchange_order_ids_from_market_recorder(ids)
        elif event is MarketEvent.OrderFilled:
            fill = TradeFillOrderDetails(
                self._exchange.display_name, raised.exchange_trade_id, raised.trading_pair
            )
            self._exchange.add_trade_fills_from_market_recorder({fill})

    def _hear(self, event: MarketEvent, raised: Any) -> None:
        self._record(event, raised)
        self.host.tell(self.told(event, raised))
