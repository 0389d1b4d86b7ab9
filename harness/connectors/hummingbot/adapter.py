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

from hummingbot.core.data_type.common import OrderType
from hummingbot.core.data_type.trade_fee import TradeFeeSchema
from hummingbot.core.event.event_listener import EventListener
from hummingbot.core.event.events import MarketEvent
from hummingbot.core.web_assistant.connections.connections_factory import ConnectionsFactory
from hummingbot.logger import HummingbotLogger

from fillproof.harness.connectors.hummingbot.books import read_books
from fillproof.harness.connectors.hummingbot.events import HEARD, told_of
from fillproof.harness.connectors.hummingbot.in_flight import said_by
from fillproof.harness.connectors.hummingbot.recorder import Recorder
from fillproof.harness.connectors.in_flight import InFlight
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
        Capability.RESTART,
        Capability.IN_FLIGHT,
        Capability.FEES,
        Capability.BALANCES,
        Capability.USER_STREAM,
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
        "hands created ids and fills back, and saves and restores tracking states, as Hummingbot's "
        "MarketsRecorder does",
        "a running bot has its recorder; with it the connector recovers fills of ended orders",
    ),
    Touch(
        "begins with a ConnectionsFactory of its own",
        "it is shared within a process, and a bot that starts again is a new one",
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
        ConnectionsFactory._instance = None  # noqa: SLF001 - see TOUCHES
        self._exchange = self.connector(host)
        self._exchange._trade_fee_schema = TradeFeeSchema()  # noqa: SLF001 - see TOUCHES
        self._recorder = Recorder(self._exchange)
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
        """Read the in-flight orders, the balances, and the books where they are asked for."""
        available: Mapping[str, Decimal] = self._exchange.available_balances
        balances = {
            asset: Balance(total=total, available=available.get(asset, Decimal(0)))
            for asset, total in self._exchange.get_all_balances().items()
        }
        return Reading(
            tracked=tuple(self._exchange.in_flight_orders),
            balances=balances,
            books=read_books(self._exchange, self.host.setup) if self.host.setup.books else None,
        )

    def in_flight(self, client_order_id: str) -> InFlight | None:
        """Return what the library's InFlightOrder says, active, cached or lost."""
        tracker = self._exchange._order_tracker  # noqa: SLF001 - it is only read
        order = tracker.fetch_order(client_order_id) or tracker.fetch_lost_order(client_order_id)
        return None if order is None else said_by(order)

    async def venue_order_id(self, client_order_id: str) -> str | None:
        """Ask the in-flight order, as the connector's own cancel does."""
        order = self._exchange.in_flight_orders.get(client_order_id)
        if order is None:
            raise LookupError(f"{client_order_id} is not in flight")
        answer = await order.get_exchange_order_id()
        return None if answer is None else str(answer)

    async def stop(self) -> None:
        """Stop the connector's network; then close its connections, which the library leaves open.

        What breaks by that closing is our doing, so nothing of it is heard.
        """
        await self._exchange.stop_network()
        for ear, event in zip(self._ears, HEARD, strict=True):
            self._exchange.remove_listener(event, ear)
        await ConnectionsFactory().close()

    def persist(self) -> Any:
        """Return what Hummingbot's recorder has in its database."""
        return self._recorder.persisted()

    def restore(self, state: Any) -> None:
        """Give the connector what the recorder had, as a bot does that starts again."""
        self._recorder.restore(state)

    def told(self, event: MarketEvent, raised: Any) -> Told:
        """Return what an event is told as."""
        return told_of(event, raised)

    async def _tick(self) -> None:
        while True:
            now = float(int(time.time()))
            self._exchange._set_current_timestamp(now)  # noqa: SLF001 - see TOUCHES
            self._exchange.tick(now)
            await asyncio.sleep(1.0)

    def _hear(self, event: MarketEvent, raised: Any) -> None:
        self.host.tell(self.told(event, raised))
        self._recorder.record(event, raised)
