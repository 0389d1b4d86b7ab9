"""What the venue remembers beside its engine, and what every request is answered from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fillproof.simulator.dialects.binance.limits import Limits
from fillproof.simulator.dialects.binance.listen_keys import ListenKeys
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.quirks import Quirks
from fillproof.simulator.dialects.binance.signing import Secret, secret_of
from fillproof.simulator.dialects.binance.tape import Tape
from fillproof.simulator.dialects.binance.words import STATUS
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import Exchange, OrderView
from fillproof.simulator.vocabulary.orders import ExecutionType
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key of an account and what its signatures are held to."""

    key: str
    account: str
    secret: Secret


@dataclass(frozen=True, slots=True)
class Call:
    """One request that passed the checks of its endpoint; `account` is empty on public ones."""

    account: str
    parameters: Parameters
    now_ns: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call led to: the answer as JSON, and what the engine reported."""

    result: Json
    reports: tuple[Report, ...] = ()


class Desk:
    """The venue behind all endpoints: engine, markets, keys, the public tape, order memory."""

    def __init__(
        self,
        exchange: Exchange,
        markets: Markets,
        accounts: Mapping[str, tuple[str, str]],
        quirks: Quirks,
    ) -> None:
        self.exchange = exchange
        self.markets = markets
        self.keys = {
            key: ApiKey(key, account, secret_of(secret))
            for key, (account, secret) in accounts.items()
        }
        self.quirks = quirks
        self.tape = Tape(market.engine_symbol for market in markets)
        self.limits = Limits(quirks)
        self.listen_keys = ListenKeys()
        self._made_ids = 0
        self._cancel_ids: dict[int, str] = {}
        self._announced: set[int] = set()

    def make_client_order_id(self) -> str:
        """Return an id for an order or cancel that came without one: 22 characters, a counter."""
        self._made_ids += 1
        return f"fp{self._made_ids:020d}"

    def keep_cancel_id(self, venue_order_id: int, cancel_id: str) -> None:
        """Remember under which id an order's cancel was asked."""
        self._cancel_ids[venue_order_id] = cancel_id

    def cancel_id(self, venue_order_id: int) -> str:
        """Return the id of an order's cancel; one that nobody asked for gets a made one."""
        if venue_order_id not in self._cancel_ids:
            self._cancel_ids[venue_order_id] = self.make_client_order_id()
        return self._cancel_ids[venue_order_id]

    def note(self, reports: Iterable[Report]) -> None:
        """Remember which orders were told canceled before the engine canceled them."""
        if not self.quirks.announce_cancel_on_request:
            return
        for report in reports:
            if isinstance(report, ExecutionReport) and _asks_cancel(report):
                self._announced.add(report.venue_order_id)

    def was_announced(self, venue_order_id: int) -> bool:
        """Return whether the order was told canceled when its cancel was asked."""
        return venue_order_id in self._announced

    def status(self, order: OrderView | ExecutionReport) -> str:
        """Return the venue's word for an order's state."""
        if self.was_announced(order.venue_order_id):
            return "CANCELED"
        return STATUS[order.order_status]


def _asks_cancel(report: ExecutionReport) -> bool:
    return report.execution_type is ExecutionType.PENDING_CANCEL
