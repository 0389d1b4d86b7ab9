"""What the venue remembers beside its engine, and what every request is answered from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import Struct

from fillproof.simulator.dialects.binance import words
from fillproof.simulator.dialects.binance.door.metering import Limits
from fillproof.simulator.dialects.binance.door.signing import Secret, secret_of
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.binance.parameters import Parameters
from fillproof.simulator.dialects.binance.public.past_books import PastBooks
from fillproof.simulator.dialects.binance.public.tape import Tape
from fillproof.simulator.dialects.binance.quirks import Quirks
from fillproof.simulator.dialects.binance.trading.order_memory import OrderMemory
from fillproof.simulator.dialects.binance.user.listen_keys import ListenKeys
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import Exchange, OrderView
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key of an account and what its signatures are held to."""

    key: str
    account: str
    secret: Secret


class Call(Struct, frozen=True, gc=False):
    """One request that passed the checks of its endpoint; `account` is empty on public ones."""

    account: str
    parameters: Parameters
    now_ns: int


class Outcome(Struct, frozen=True, gc=False):
    """What a call led to: the answer as JSON, and what the engine reported."""

    result: Json
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Revocation:
    """Until when subscriptions to user data end as soon as they begin, and whether that is said."""

    until_ns: int = 0
    announced: bool = True


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
        self.memory = OrderMemory()
        self.past_books = PastBooks(quirks.snapshot_age_ns)
        self.revocation = Revocation()

    def note(self, reports: Iterable[Report]) -> None:
        """Remember which orders were told canceled before the engine canceled them."""
        if self.quirks.announce_cancel_on_request:
            self.memory.note_announced(reports)

    def status(self, order: OrderView | ExecutionReport) -> str:
        """Return the venue's word for an order's state."""
        if self.memory.was_announced(order.venue_order_id):
            return "CANCELED"
        return words.status(order)
