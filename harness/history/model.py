"""The history: everything a recording says, sorted by order and by kind, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fillproof.harness.history.books import BookFact, BookTruth
from fillproof.harness.history.exchanges import Exchange
from fillproof.harness.history.in_flight import Identified, Said
from fillproof.harness.history.lines import Line
from fillproof.harness.history.told import Amend, Cancel, Event, Place, Reading, Returned
from fillproof.harness.history.truth import (
    AmendRefused,
    BalanceTruth,
    CancelRefused,
    OrderTruth,
)
from fillproof.harness.history.wire import Fact, Fault, Socket, StreamFact, Unit


@dataclass(frozen=True, slots=True)
class Market:
    """The trading rules of a market: steps and limits as the connector could read them."""

    base: str
    quote: str
    tick_size: Decimal
    lot_size: Decimal
    min_quantity: Decimal
    max_quantity: Decimal
    min_notional: Decimal
    figures: int | None = None
    """How many figures a price may have that is no whole number; None for any."""


@dataclass(frozen=True, slots=True)
class Header:
    """What was run. Times in virtual nanoseconds. `touches` are pairs of what and why."""

    scenario: str
    title: str
    source: str
    document: Mapping[str, Any]
    connector: str
    library: str
    version: str
    capabilities: frozenset[str]
    profiles: tuple[str, ...]
    touches: tuple[tuple[str, str], ...]
    seed: str
    python: str
    dialect: str
    profile: str
    grace_window: int
    convergence_bound: int
    markets: Mapping[str, Market]
    is_failure_means: str = "rejected"
    """What `is_failure` of an in-flight order is true of: `rejected` or `ended_early`."""
    market_orders: bool = True
    """Whether the venue has orders without a limit."""

    @property
    def decentralised(self) -> bool:
        """True when fills may follow the end of an order within the grace window."""
        return self.profile == "decentralised"


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the world began."""

    n: int
    t: int
    phase: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the scenario changed its state."""

    n: int
    t: int
    index: int
    line: int
    op: str
    step: Mapping[str, Any]
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """The run itself went wrong."""

    n: int
    t: int
    trouble: str
    message: str
    detail: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderStory:
    """All that is known of one order the strategy placed, ledger by ledger.

    `client_order_id` is None when the connector never returned one. `truths` are the orders the
    venue made of it, `requests` the requests for it that carry its id, `facts` what messages that
    reached the connector stated about it.
    """

    label: str
    client_order_id: str | None
    place: Place
    returned: Returned | None
    told: tuple[Event, ...]
    cancels: tuple[Cancel, ...]
    truths: tuple[OrderTruth, ...]
    refused_cancels: tuple[CancelRefused, ...]
    amends: tuple[Amend, ...]
    refused_amends: tuple[AmendRefused, ...]
    requests: tuple[Unit, ...]
    facts: tuple[Fact, ...]

    @property
    def truth(self) -> OrderTruth | None:
        """The order at the venue: the first accepted, else its refusal, else None."""
        accepted = (truth for truth in self.truths if truth.accepted)
        return next(accepted, self.truths[0] if self.truths else None)

    @property
    def terminals(self) -> tuple[Event, ...]:
        """The told events that end it."""
        return tuple(event for event in self.told if event.is_terminal)

    def events(self, *names: str) -> tuple[Event, ...]:
        """Return the told events of these names."""
        return tuple(event for event in self.told if event.name in names)


@dataclass(frozen=True, slots=True)
class History:
    """One case: the lines of its recording, and what they say.

    `collisions` are placed orders that got an id which another order had, `orphans` told events of
    ids nobody was given, `strays` accepted orders that nobody placed, `foreign` those that others
    placed on the same account, `truths` all orders at the
    venue. `books` are the venue's books at quiet moments, `book_facts` what was heard of books,
    `sockets` all connections in their order. A phase that never began and faults that never ended
    are None.
    """

    header: Header
    lines: tuple[Line, ...]
    orders: tuple[OrderStory, ...]
    collisions: tuple[OrderStory, ...]
    orphans: tuple[Event, ...]
    strays: tuple[OrderTruth, ...]
    foreign: tuple[OrderTruth, ...]
    truths: tuple[OrderTruth, ...]
    cancels: tuple[Cancel, ...]
    balances: tuple[BalanceTruth, ...]
    balance_facts: tuple[Fact, ...]
    readings: tuple[Reading, ...]
    books: tuple[BookTruth, ...]
    book_facts: tuple[BookFact, ...]
    stream_facts: tuple[StreamFact, ...]
    sockets: tuple[Socket, ...]
    said: tuple[Said, ...]
    identify_calls: tuple[Identified, ...]
    identify_answers: tuple[Identified, ...]
    units: Mapping[str, Unit]
    faults: tuple[Fault, ...]
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    troubles: tuple[Trouble, ...]
    ended: bool
    exchanges: tuple[Exchange, ...] = ()

    def phase(self, *names: str) -> Phase | None:
        """Return the first phase of one of these names, None when it never began."""
        return next((phase for phase in self.phases if phase.phase in names), None)

    @property
    def settled(self) -> Phase | None:
        """The phase in which told and truth were quiet, or the convergence bound was over."""
        return self.phase("quiet", "bound")

    @property
    def clear_since(self) -> int | None:
        """Virtual nanoseconds since when no fault was active and the connector was there.

        None while a fault was active to the end, or the connector never came back.
        """
        healed = self.phase("healed")
        ends = [healed.t if f.healed_t is None and healed else f.healed_t for f in self.faults]
        ends += self._returns()
        known = [end for end in ends if end is not None]
        return max(known, default=0) if len(known) == len(ends) else None

    def _returns(self) -> list[int | None]:
        """Return when the connector was there again after each time that it was stopped."""
        downs = [phase for phase in self.phases if phase.phase == "down"]
        ups = [phase for phase in self.phases if phase.phase == "up"]
        return [next((up.t for up in ups if up.n > down.n), None) for down in downs]

    @property
    def began(self) -> int:
        """When the steps began, in virtual nanoseconds; 0 when they never did."""
        steps = self.phase("steps")
        return steps.t if steps else 0

    def awake(self, since: int, until: int) -> int:
        """Return how long, of the time between two moments, the connector was not stalled."""
        stalled = 0
        for fault in self.faults:
            if fault.what == "stall":
                planned = fault.t + self.line(fault.n).whole("for")
                ended = planned if fault.healed_t is None else min(planned, fault.healed_t)
                stalled += max(0, min(ended, until) - max(fault.t, since))
        return max(0, until - since - stalled)

    def declares(self, capability: str) -> bool:
        """Return whether the connector promises this."""
        return capability in self.header.capabilities

    def line(self, n: int) -> Line:
        """Return a line of the recording."""
        return self.lines[n]
