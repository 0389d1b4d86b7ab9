"""What Hummingbot's MarketsRecorder does for a connector in a running bot, without its database.

Like that one it hands created ids and fills back to the connector, and saves the connector's
tracking states with each Created and Filled, and with the end of an order that was created; a bot
that starts again hands all of it to the new connector (`connector/markets_recorder.py`, and
`restore_market_states` in `core/trading_core.py`).
"""

from __future__ import annotations

import json
from typing import Any

from hummingbot.connector.utils import TradeFillOrderDetails
from hummingbot.core.event.events import MarketEvent

from fillproof.harness.connectors.hummingbot.events import CREATED


class Recorder:
    """The recorder of one connector."""

    def __init__(self, exchange: Any) -> None:
        self._exchange = exchange
        self._created: dict[str, str | None] = {}
        self._fills: list[tuple[str, str]] = []
        self._states: dict[str, Any] = {}

    def record(self, event: MarketEvent, raised: Any) -> None:
        """Write an event down and tell the connector what is written of it."""
        if event in CREATED:
            self._created[raised.order_id] = raised.exchange_order_id
            self._hand_over_ids({raised.exchange_order_id: raised.order_id})
        elif event is MarketEvent.OrderFilled:
            self._fills.append((raised.exchange_trade_id, raised.trading_pair))
            self._hand_over_fills([self._fills[-1]])
        elif raised.order_id not in self._created:
            return  # no row of such an order is found, and nothing is saved
        self._states = self._exchange.tracking_states

    def persisted(self) -> dict[str, Any]:
        """Return what the database holds, as JSON."""
        written = {"created": self._created, "fills": self._fills, "states": self._states}
        copy: dict[str, Any] = json.loads(json.dumps(written))
        return copy

    def restore(self, persisted: dict[str, Any]) -> None:
        """Give a new connector what the recorder of the one before it had written."""
        self._created = dict(persisted["created"])
        self._fills = [(trade_id, pair) for trade_id, pair in persisted["fills"]]
        self._states = persisted["states"]
        self._hand_over_fills(self._fills)
        self._hand_over_ids({venue: own for own, venue in self._created.items() if venue})
        self._exchange.restore_tracking_states(self._states)

    def _hand_over_ids(self, ids: dict[str | None, str]) -> None:
        self._exchange.add_exchange_order_ids_from_market_recorder(ids)

    def _hand_over_fills(self, fills: list[tuple[str, str]]) -> None:
        name = self._exchange.display_name
        details = {TradeFillOrderDetails(name, trade_id, pair) for trade_id, pair in fills}
        self._exchange.add_trade_fills_from_market_recorder(details)
