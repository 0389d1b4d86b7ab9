"""A chain as one would write it down: every slot a block, and the state counted anew each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fillproof.simulator.chain import BlockOrder, ChainRules, Kind, NonceRule, Shows
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    CancelOrder,
    Command,
    Deposit,
    EndOrder,
    FillOrder,
    PlaceOrder,
)
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderStatus, Reason

ACCOUNTS = ("alice", "bob")
FEES = Fees(maker=Decimal("0.001"), taker=Decimal("0.002"))
MARKET = Instrument(
    "BTCUSDT",
    "BTC",
    "USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.0001"),
    min_quantity=Decimal("0.0001"),
    max_quantity=Decimal(100),
    min_notional=Decimal(0),
)
_KINDS = {"place": Kind.PLACE, "cancel": Kind.CANCEL, "fill": Kind.TRADE, "amend": Kind.AMEND}


@dataclass
class Sent:
    """A transaction; `asks` are the command's words, orders by their client order id."""

    number: int
    account: str
    nonce: int
    verb: str  # place, cancel, amend, fill, nothing
    asks: Any
    known: int = 0
    fails: bool = False
    is_told: bool = False
    last_height: int | None = None

    @property
    def rank(self) -> int:
        """Where its class stands in a block."""
        if isinstance(self.asks, PlaceOrder):
            return 0 if self.asks.post_only else 2
        return {"fill": 2, "cancel": 1}.get(self.verb, 0)


@dataclass
class Made:
    """A block, or a deposit (height 0)."""

    height: int
    at: int
    has: list[Sent] = field(default_factory=list)
    deposit: Deposit | None = None


class NaiveChain:
    """Knows what was sent and which blocks there are; asks a plain engine for all that follows."""

    def __init__(self, rules: ChainRules) -> None:
        self.rules = rules
        self.waiting: list[Sent] = []
        self.made: list[Made] = []
        self.height = 0
        self.slots = 0
        self.now = 0
        self.halts = (0, 0)

    def deposit(self, command: Deposit) -> None:
        """Bring money in."""
        last = max((one.at for one in self._shown() if one.height), default=0)
        self.made.append(Made(0, last, deposit=command))

    def send(self, sent: Sent) -> None:
        """Have a transaction wait, alone with its nonce."""
        its = (sent.account, sent.nonce)
        self.waiting = [one for one in self.waiting if (one.account, one.nonce) != its]
        sent.known = self.now + self._delay(sent)
        if self.rules.transaction_life_blocks:
            sent.last_height = self.height + self.rules.transaction_life_blocks
        self.waiting.append(sent)

    def pass_time(self, to: int) -> None:
        """Make the block of every slot up to a time."""
        step = self.rules.block_time_ns
        while step and self._moment(self.slots + 1) <= to:
            self.slots += 1
            due = self.slots * step
            self.make(self._moment(self.slots), due, None)
        self.now = to

    def _moment(self, slot: int) -> int:
        due = slot * self.rules.block_time_ns
        since, until = self.halts
        return until if since < due < until else due

    def make(self, at: int, due: int, wanted: Sequence[int] | None) -> None:
        """Make one block more."""
        self.height += 1
        self.waiting = [
            one for one in self.waiting if one.last_height is None or one.last_height >= self.height
        ]
        if wanted is None:
            known = [one for one in self.waiting if one.known <= due]
            known.sort(key=lambda one: (one.known, one.number))
            if self.rules.order_within is BlockOrder.CLASSES:
                known.sort(key=lambda one: one.rank)
        else:
            known = [one for number in wanted for one in self.waiting if one.number == number]
        block = Made(self.height, at)
        self.made.append(block)
        while (one := self._first_that_may(known)) is not None:
            known.remove(one)
            block.has.append(one)
        self.waiting = [one for one in self.waiting if one not in block.has]

    def _first_that_may(self, known: list[Sent]) -> Sent | None:
        """Return the first whose turn it is, going round from where the last one was."""
        return next((one for one in known if self.may_come(one)), None)

    def may_come(self, one: Sent) -> bool:
        """Return whether its nonce is the account's next."""
        if self.rules.nonces is NonceRule.FREE or not one.account:
            return True
        used = {
            sent.nonce for made in self.made for sent in made.has if sent.account == one.account
        }
        return one.nonce == min(set(range(len(used) + 1)) - used)

    def take_back(self, depth: int, lost: Iterable[int]) -> None:
        """Have blocks be empty that were not, and their transactions wait."""
        gone = [one for one in self.made if one.height > self.height - depth]
        was = self.exchange()
        for made in gone:
            for sent in made.has:
                sent.known = self.now + self._delay(sent)
                if isinstance(sent.asks, PlaceOrder) and self.rules.shows is Shows.TIP:
                    known = was.find(sent.account, sent.asks.client_order_id) is not None
                    sent.is_told = sent.is_told or known
                if sent.number not in set(lost):
                    self.waiting.append(sent)
            made.has = []
            made.at = min(made.at, self.now)
        self.waiting.sort(key=lambda one: one.number)

    def _delay(self, sent: Sent) -> int:
        return self.rules.delay(_KINDS.get(sent.verb, Kind.OTHER)).least_ns

    def drop(self, number: int) -> None:
        """Lose a transaction."""
        self.waiting = [one for one in self.waiting if one.number != number]

    def _shown(self) -> list[Made]:
        if self.rules.shows is Shows.TIP:
            return self.made
        newest = self.height - self.rules.finality
        return [one for one in self.made if one.height <= max(newest, 0)]

    def promised(self) -> list[Sent]:
        """Return what waits, in the mempool or in a block that is not shown."""
        shown = self._shown()
        return [
            *self.waiting,
            *(one for made in self.made if made not in shown for one in made.has),
        ]

    def exchange(self) -> Exchange:
        """Return an engine that has done what the blocks say."""
        engine = Exchange([MARKET], FEES, debug=True)
        placed: dict[str, int] = {}
        for made in self._shown():
            if made.deposit is not None:
                engine.apply(made.deposit, made.at)
                continue
            engine.advance(made.at)
            self._outlive(engine, made, placed)
            for sent in made.has:
                if sent.fails or sent.verb == "nothing":
                    continue
                if sent.verb == "place":
                    placed[sent.asks.client_order_id] = made.height
                engine.apply(command_of(sent, engine), made.at)
        return engine

    def _outlive(self, engine: Exchange, made: Made, placed: dict[str, int]) -> None:
        life = self.rules.order_life_blocks
        for name in [one for one, height in placed.items() if life and height + life < made.height]:
            del placed[name]
            for account in ACCOUNTS:
                view = engine.find(account, name)
                if view is not None and view.is_open:
                    end = EndOrder(view.venue_order_id, OrderStatus.EXPIRED, Reason.GOOD_TILL_BLOCK)
                    engine.apply(end, made.at)


def command_of(sent: Sent, engine: Exchange) -> Command:
    """Return the command with the number that its order has in an engine."""
    if isinstance(sent.asks, PlaceOrder):
        return sent.asks
    account, name, *more = sent.asks
    view = engine.find(account, name)
    number = 0 if view is None else view.venue_order_id
    if sent.verb == "cancel":
        return CancelOrder(account, MARKET.symbol, client_order_id=name)
    if sent.verb == "amend":
        return AmendOrder(account, MARKET.symbol, more[0], client_order_id=name)
    assert sent.verb == "fill", sent.verb
    return FillOrder(number, more[0])
