"""The adapter protocol: how Fillproof drives a connector and hears what it tells.

An adapter maps; it never decides. It starts the library, passes orders and cancels on, and turns
each event the library raises into one `Told`, at the moment it is raised.
"""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from fillproof.harness.connectors.in_flight import FailureMeaning, InFlight


class Capability(StrEnum):
    """What a library promises. What needs an undeclared one is UNSUPPORTED, never FAIL."""

    RETURNS_AT_ONCE = "returns_at_once"
    """Placing returns the client order id before the venue answers (L1)."""
    TRACKING = "tracking"
    """The in-flight orders can be read without side effect (L2)."""
    LOCAL_CHECKS = "local_checks"
    """Trading rules are checked before anything is sent (L3)."""
    FAILURE = "failure"
    """A refused order is told as an event."""
    RECOVERY = "recovery"
    """What the streams lost is found again by polling, without being asked."""
    IN_FLIGHT = "in_flight"
    """Each in-flight order is an object that can be asked what the contract's helper says."""
    RESTART = "restart"
    """What it persists lets another take over its orders: what both tell is one story."""
    REVERSALS = "reversals"
    """A fill that a chain takes back is told as Reversed."""
    FEES = "fees"
    BALANCES = "balances"
    ORDER_BOOK = "order_book"
    """It keeps the book of each market, when the setup asks for books, and lets it be read."""
    USER_STREAM = "user_stream"
    """What happens to its orders comes over a stream that it subscribes to and keeps."""
    EXPIRY = "expiry"
    """Expired is an event of its own (else Cancelled or Failure is told: see L8)."""
    MARKET_ORDERS = "market_orders"
    POST_ONLY = "post_only"
    IOC = "ioc"
    FOK = "fok"
    GTD = "gtd"
    TRIGGERS = "triggers"
    """An order can wait for a price: stop-loss and take-profit, at the market or with a limit."""
    QUOTE_AMOUNTS = "quote_amounts"
    """A market order can be for an amount of the quote asset."""
    SELF_TRADE_PREVENTION = "self_trade_prevention"
    """An order can say who loses when the account would trade with itself."""
    AMEND = "amend"
    """An order can be made smaller in place: it keeps its id and its priority."""
    REPLACE = "replace"
    """An order can be cancelled for another one in a single request."""


class EventName(StrEnum):
    """The order events of the contract."""

    CREATED = "Created"
    FILLED = "Filled"
    COMPLETED = "Completed"
    CANCELLED = "Cancelled"
    EXPIRED = "Expired"
    FAILURE = "Failure"
    REVERSED = "Reversed"
    """A fill that was told is taken back: the chain has it no more (decentralised only)."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What one fill cost, in `asset`."""

    asset: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """One order event as the connector raised it; what it does not carry is None.

    Created: `side`, `amount`, `price`. Reversed: `amount`, `price`, `trade_id` as its Filled said.
    Filled: `amount`, `price`, `trade_id`, `fees` (None when the
    connector states none). Completed: `side`, `base_amount`, `quote_amount`. Amounts are in base,
    prices in quote per base.
    """

    event: EventName
    client_order_id: str
    side: str | None = None  # "BUY" | "SELL"
    amount: Decimal | None = None
    price: Decimal | None = None
    trade_id: str | None = None
    fees: tuple[Fee, ...] | None = None
    base_amount: Decimal | None = None
    quote_amount: Decimal | None = None
    venue_order_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """One asset as the connector sees it."""

    total: Decimal
    available: Decimal


@dataclass(frozen=True, slots=True)
class Book:
    """The book of one market as the connector has it: (price, amount) of each side, best first.

    `in_sync` is false while the connector says, in whatever way, that the book is not to be used.
    `last_update_id` is what the venue calls the last change that is in it, None where not known.
    """

    bids: tuple[tuple[Decimal, Decimal], ...]
    asks: tuple[tuple[Decimal, Decimal], ...]
    last_update_id: str | None = None
    in_sync: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What the connector believes now. None where it cannot be read."""

    tracked: tuple[str, ...] | None = None
    """Client order ids of the in-flight orders."""
    balances: Mapping[str, Balance] | None = None
    books: Mapping[str, Book] | None = None
    """By market, "BASE-QUOTE"; only where the setup asks for books."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an order waits for before it comes to the book: that the market trades at `price`.

    `kind` is "STOP_LOSS" (a worse price: for a buy a higher one) or "TAKE_PROFIT" (a better one).
    """

    kind: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """An order as the strategy asks for it: `market` "BASE-QUOTE", `price` None for MARKET.

    With a `quote_amount` (a MARKET order for so much of the quote asset) `amount` is 0.
    """

    market: str
    side: str  # "BUY" | "SELL"
    amount: Decimal
    price: Decimal | None
    order_type: str = "LIMIT"  # "LIMIT" | "MARKET"
    time_in_force: str = "GTC"  # "GTC" | "IOC" | "FOK" | "GTD"
    post_only: bool = False
    good_for_seconds: Decimal | None = None  # GTD only
    quote_amount: Decimal | None = None
    trigger: Trigger | None = None
    self_trade_prevention: str | None = None
    """"NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH" or "DECREMENT"; None: the venue's."""


@dataclass(frozen=True, slots=True)
class Touch:
    """Something the adapter does to the library at run time; listed in every verdict."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class About:
    """What is judged: the library, its version and what it promises."""

    library: str
    version: str
    capabilities: frozenset[Capability]
    profiles: frozenset[str] = frozenset({"centralised"})
    longest_poll_seconds: int = 60
    """The longest interval at which it looks again by itself; sets the convergence bound."""
    touches: tuple[Touch, ...] = ()
    is_failure_means: FailureMeaning = FailureMeaning.REJECTED
    """What `is_failure` of its in-flight orders is true of; only with the capability."""
    dialect: str = "binance"
    """The venue it speaks to: a name of `fillproof.harness.worker.dialects`."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a connector is configured with: nothing here points away from production."""

    markets: tuple[str, ...]
    api_key: str
    api_secret: str
    profile: str = "centralised"
    grace_window_seconds: Decimal = Decimal(0)
    books: bool = False
    """Whether the books of the markets are to be kept."""
    extra: Mapping[str, str] = field(default_factory=dict)


class Host(Protocol):
    """The adapter's side of Fillproof."""

    @property
    def setup(self) -> Setup: ...

    def tell(self, told: Told) -> None:
        """Record an order event; call it inside the library's own callback, not later."""

    def raw(self, what: str, value: object) -> None:
        """Record the library's own object (JSON-able) beside what was told."""

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Run a coroutine of the adapter; an exception that leaves it is recorded."""


class Adapter:
    """Base of every adapter: subclass it, set `about`, and fill in the methods.

    `buy()` and `sell()` of the contract are one method here: `place`.
    """

    about: ClassVar[About]

    def __init__(self, host: Host) -> None:
        self.host = host

    async def start(self) -> None:
        """Start the library; return when it runs. Readiness is asked for with `ready`."""

    def ready(self) -> bool:
        """True when orders may be placed."""
        return True

    def place(self, order: OrderRequest) -> str:
        """Ask the library for the order and return its client order id."""
        raise NotImplementedError

    def cancel(self, client_order_id: str) -> None:
        """Ask the library to cancel; do not wait for the outcome."""
        raise NotImplementedError

    def amend(self, client_order_id: str, amount: Decimal) -> None:
        """Ask for the order to be, in all, for this smaller amount; do not wait for the outcome.

        Needs the capability `amend`. It keeps its id; what is refused changes nothing and is told
        as nothing.
        """
        raise NotImplementedError

    def replace(self, client_order_id: str, amount: Decimal, price: Decimal) -> str:
        """Ask for the order to be cancelled for another; return the other's client order id.

        Needs the capability `replace`. All else of the new order is as it was of the old; `amount`
        is its own. Of the old one its end is told, of the new one all that is told of any order:
        one that never came to be, since the old could not be cancelled, was refused.
        """
        raise NotImplementedError

    def reading(self) -> Reading:
        """Return what the library believes, synchronously and without side effect."""
        return Reading()

    def in_flight(self, client_order_id: str) -> InFlight | None:
        """Return what the library's own object of an order says, without side effect.

        None when there is none (any more). It is asked within `Host.tell` too, of the same order.
        """
        return None

    async def venue_order_id(self, client_order_id: str) -> str | None:
        """Ask the in-flight order for the venue's id of it, which waits until that is known."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Stop the library and leave nothing running."""

    def persist(self) -> Any:
        """Return, as JSON, what the library has persisted by now, and persist nothing for this.

        Asked when it was stopped, and at the instant in which it is killed.
        """
        return None

    def restore(self, state: Any) -> None:
        """Give the library what the one before it had persisted; called before `start`."""
        raise NotImplementedError
