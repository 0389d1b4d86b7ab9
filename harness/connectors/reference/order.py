"""One order as the venue has shown it so far: facts in, events out, each once and in order."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from enum import StrEnum
from typing import Any

from fillproof.harness.connectors.protocol import EventName, Told
from fillproof.harness.connectors.reference.afterlife import LAGS_NS, Afterlife
from fillproof.harness.connectors.reference.facts import (
    Fact,
    Fill,
    InDoubt,
    Listed,
    NotFound,
    Refused,
    Seen,
    Status,
    TakenBack,
)
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference.written import plain, seen_in, written

_log = logging.getLogger(__name__)


class Stage(StrEnum):
    """Where an order stands in what is told of it."""

    SENDING = "sending"
    """The create is under way: nothing is known, nothing told."""
    IN_DOUBT = "in_doubt"
    """The create came to no certain outcome: nothing is told until the venue was asked."""
    OPEN = "open"
    """Created is told."""
    ENDING = "ending"
    """The venue says that it is over, but fills are missing: the terminal event is held back."""
    ENDED = "ended"
    """The terminal event is told."""


class Sign(StrEnum):
    """What a fact means for the stage."""

    SHOWN = "shown"
    OVER = "over"
    SETTLED = "settled"
    """Every fill the ending speaks of is told."""
    DOUBTED = "doubted"
    REFUSED = "refused"


NEXT: Mapping[tuple[Stage, Sign], Stage] = {
    (Stage.SENDING, Sign.SHOWN): Stage.OPEN,
    (Stage.SENDING, Sign.DOUBTED): Stage.IN_DOUBT,
    (Stage.SENDING, Sign.REFUSED): Stage.ENDED,
    (Stage.IN_DOUBT, Sign.SHOWN): Stage.OPEN,
    (Stage.IN_DOUBT, Sign.REFUSED): Stage.ENDED,
    (Stage.OPEN, Sign.OVER): Stage.ENDING,
    (Stage.OPEN, Sign.SETTLED): Stage.ENDED,
    (Stage.ENDING, Sign.SETTLED): Stage.ENDED,
}
"""What is not listed changes nothing: no order moves back, and none is reopened."""

_TERMINAL_EVENT: Mapping[Status, EventName] = {
    Status.CANCELED: EventName.CANCELLED,
    Status.EXPIRED: EventName.EXPIRED,
    Status.REJECTED: EventName.FAILURE,
}


class Order:
    """The tracker of one order.

    `amount` is what it is for as far as is known: as it was sent, or less, as the venue shows it
    after an amend or a prevented self-trade. An order grows only where a chain takes that back.

    `grace_ns` is how long after its end the venue may still fill it, or take a fill or the end
    back; 0 on a centralised venue. `after` is what may then still come of it.
    """

    def __init__(self, ticket: Ticket, grace_ns: int = 0) -> None:
        self.ticket = ticket
        by_quote = ticket.quote_amount is not None
        self.amount = Decimal("Infinity") if by_quote else ticket.amount
        self.stage = Stage.SENDING
        self.venue_order_id: str | None = None
        self.filled = Decimal(0)
        self.after = Afterlife(grace_ns)
        self.ended_as: EventName | None = None
        self._grace_ns = grace_ns
        self._trade_ids: set[str] = set()
        self._fills: dict[str, tuple[Decimal, Decimal]] = {}
        self._filled_ms: dict[str, int] = {}
        self._quote = Decimal(0)
        self._cumulative = Decimal(0)
        self._ending: Seen | None = None
        self._sized_ms = 0
        self._doubt: InDoubt | None = None
        self._not_found = 0
        self._missing_since_ns: int | None = None

    @property
    def is_accepted(self) -> bool:
        """True once the venue has shown the order on any channel."""
        return self.venue_order_id is not None

    @property
    def is_missing_fills(self) -> bool:
        """True while the venue speaks of more than the fills that were told."""
        return self.filled < self._cumulative

    @property
    def may_lose_fills(self) -> bool:
        """True where what was filled may be taken back."""
        return self._grace_ns > 0

    @property
    def known_fills(self) -> frozenset[str]:
        """The trade ids of the fills that were told and stand."""
        return frozenset(self._fills)

    @property
    def is_settled(self) -> bool:
        """True when nothing is left that only asking the venue would clear up."""
        return self.stage in (Stage.OPEN, Stage.ENDED) and not self.is_missing_fills

    def hear(self, fact: Fact, now_ns: int) -> tuple[Told, ...]:
        """Take in one fact and return the events it makes due, in the order to raise them."""
        match fact:
            case Seen() | Fill() | TakenBack() | Listed() if not self._is_mine(fact):
                return ()
            case Seen():
                return self._hear_seen(fact, now_ns)
            case Fill() | TakenBack() | Listed():
                return self._hear_trade(fact, now_ns)
            case Refused():
                return self._hear_refused(fact, now_ns)
            case InDoubt():
                if self._move(Sign.DOUBTED):
                    self._doubt = fact
                return ()
            case NotFound():
                return self._hear_not_found(fact, now_ns)

    def _is_mine(self, fact: Seen | Fill | TakenBack | Listed) -> bool:
        mine = self.venue_order_id in (None, fact.venue_order_id)
        if not mine:
            _log.error("%s is %s at the venue: ignored %s", *self._names(), fact)
        return mine

    def _hear_seen(self, seen: Seen, now_ns: int) -> tuple[Told, ...]:
        created = self._show(seen.venue_order_id)
        if seen.quantity is not None and seen.status in (Status.OPEN, Status.FILLED):
            self._resize(seen.quantity, seen.time_ms or 0)
        self._cumulative = max(self._cumulative, min(seen.cumulative_quantity, self.amount))
        if seen.status is not Status.OPEN and self._move(Sign.OVER):
            self._ending = seen
        events = created + self._settle(now_ns)
        self.after.hear(seen)
        return events

    def _resize(self, quantity: Decimal, time_ms: int) -> None:
        """Take over what the order is for; on a chain from the latest word, else the least."""
        if self.may_lose_fills and time_ms >= self._sized_ms:
            self.amount, self._sized_ms = quantity, time_ms
        else:
            self.amount = min(self.amount, quantity)

    def _hear_trade(self, fact: Fill | TakenBack | Listed, now_ns: int) -> tuple[Told, ...]:
        if isinstance(fact, Fill):
            return self._hear_fill(fact, now_ns)
        if isinstance(fact, Listed):
            return self._hear_listed(fact, now_ns)
        return self._hear_taken_back(fact)

    def _hear_fill(self, fill: Fill, now_ns: int) -> tuple[Told, ...]:
        if fill.trade_id in self._trade_ids:
            return ()
        is_too_late = self.stage is Stage.ENDED and self.after.is_too_late(fill)
        if self.filled + fill.amount > self.amount or is_too_late:
            _log.error("%s (%s at the venue) cannot have had this fill: %s", *self._names(), fill)
            if not is_too_late:
                self.after.leave_open(fill, now_ns)
                self._filled_ms[fill.trade_id] = fill.time_ms
            return ()
        self.after.explain(fill)
        created = self._show(fill.venue_order_id)
        self._trade_ids.add(fill.trade_id)
        self._fills[fill.trade_id] = (fill.amount, fill.price)
        self._filled_ms[fill.trade_id] = fill.time_ms
        self.filled += fill.amount
        self._quote += fill.amount * fill.price
        return (*created, self._filled_event(fill), *self._settle(now_ns))

    def _hear_taken_back(self, fact: TakenBack) -> tuple[Told, ...]:
        """Tell of a fill that is none any more; one that was not told by now never will be."""
        told = self._fills.pop(fact.trade_id, None)
        self._filled_ms.pop(fact.trade_id, None)
        self._trade_ids.add(fact.trade_id)
        if told is None:
            return ()
        amount, price = told
        self.filled -= amount
        self._quote -= amount * price
        self._cumulative = min(self._cumulative, self.filled)
        details = {"amount": amount, "price": price, "trade_id": fact.trade_id}
        return (self._event(EventName.REVERSED, **details),)

    def _hear_listed(self, listed: Listed, now_ns: int) -> tuple[Told, ...]:
        """Tell of fills that no message took back: both answers must say so.

        One of them alone may be the answer of a replica that lags behind; surely is a list that has
        what was taken back before, or lacks the fill of which the other answer is.
        """
        told = {name: self._fills[name] for name in listed.known if name in self._fills}
        is_whole = listed.amount == listed.cumulative_quantity and not self._is_behind(listed)
        cumulative, reversed_ = self._cumulative, list[Told]()
        if is_whole:
            for name in sorted(told.keys() - listed.trade_ids):
                reversed_ += self._hear_taken_back(
                    TakenBack(listed.venue_order_id, name, *told[name])
                )
            self._cumulative = max(self.filled, min(cumulative, listed.amount))
        return (*reversed_, *self._settle(now_ns))

    def _is_behind(self, listed: Listed) -> bool:
        """Return whether a list surely lags behind."""
        if not listed.trade_ids.isdisjoint(self._trade_ids - self._fills.keys()):
            return True
        if listed.time_ms is None or not listed.trade_ids <= self._filled_ms.keys():
            return False
        missed = self._filled_ms.keys() - listed.trade_ids
        return any(self._filled_ms[name] >= listed.time_ms for name in missed)

    def _hear_refused(self, refused: Refused, now_ns: int) -> tuple[Told, ...]:
        """Tell of a refusal; nothing else was ever known of the order."""
        return self._refuse(refused.reason)

    def _refuse(self, reason: str) -> tuple[Told, ...]:
        if not self._move(Sign.REFUSED):
            return ()
        self.ended_as = EventName.FAILURE
        return (self._event(EventName.FAILURE, reason=reason),)

    def _hear_not_found(self, answer: NotFound, now_ns: int) -> tuple[Told, ...]:
        if self.venue_order_id is not None:
            return self._miss(self.venue_order_id, answer.asked_ns, now_ns)
        if self._doubt is None or answer.asked_ns < self._doubt.certain_from_ns:
            return ()
        self._not_found += 1
        if self._not_found < self._doubt.answers_needed:
            return ()
        return self._refuse(self._doubt.reason)

    def _miss(self, venue_order_id: str, asked_ns: int, now_ns: int) -> tuple[Told, ...]:
        """Tell the end of an order that the venue had, and has no more.

        Only a chain has such orders: a transaction that was accepted and came into no block, or
        whose block was taken back. It may come again in another one, until it is too late.
        """
        self.after.miss(now_ns)
        if self._missing_since_ns is None:
            self._missing_since_ns = asked_ns
        missing_ns = asked_ns - self._missing_since_ns
        if not self._grace_ns or missing_ns < self._grace_ns + LAGS_NS:
            return ()
        if self.stage is Stage.ENDED:
            return ()
        gone = [TakenBack(venue_order_id, name, *fill) for name, fill in self._fills.items()]
        reversed_ = tuple(event for one in gone for event in self._hear_taken_back(one))
        self._cumulative = Decimal(0)
        self._move(Sign.OVER)
        self._ending = Seen(venue_order_id, Status.REJECTED, Decimal(0), time_ms=None)
        return reversed_ + self._settle(now_ns)

    def _show(self, venue_order_id: str) -> tuple[Told, ...]:
        self.venue_order_id = venue_order_id
        self._missing_since_ns = None
        if not self._move(Sign.SHOWN):
            return ()
        ticket = self.ticket
        amount = None if ticket.quote_amount is not None else ticket.amount
        return (self._event(EventName.CREATED, amount=amount, price=ticket.price),)

    def _settle(self, now_ns: int) -> tuple[Told, ...]:
        """Return the terminal event if it is due: never before the fills that belong before it."""
        ending = self._ending
        if self._is_full():
            event = self._event(
                EventName.COMPLETED, base_amount=self.filled, quote_amount=self._quote
            )
        elif ending and ending.status in _TERMINAL_EVENT and not self.is_missing_fills:
            event = self._event(_TERMINAL_EVENT[ending.status], reason=f"venue: {ending.status}")
        else:
            return ()
        if not self._move(Sign.SETTLED):
            return ()
        self.ended_as = event.event
        self.after.begin(now_ns)
        return (event,)

    def _is_full(self) -> bool:
        """True when the fills sum up, or the venue says so of all it has shown."""
        return self.filled == self.amount or (
            self._is_said_to_be_full() and self.filled == self._cumulative
        )

    def _is_said_to_be_full(self) -> bool:
        return self._ending is not None and self._ending.status is Status.FILLED

    def _move(self, sign: Sign) -> bool:
        following = NEXT.get((self.stage, sign))
        if following is None:
            return False
        self.stage = following
        return True

    def memory(self) -> dict[str, Any]:
        """Return, as JSON, what must outlive this process for the story to go on.

        What is in doubt is so from the start again: a new process was not there when it was sent.
        """
        unknown = self.stage in (Stage.SENDING, Stage.IN_DOUBT)
        return {
            "ticket": written(asdict(self.ticket)),
            "amount": str(self.amount),
            "stage": Stage.SENDING if unknown else self.stage,
            "venue_order_id": self.venue_order_id,
            "filled": str(self.filled),
            "quote": str(self._quote),
            "cumulative": str(self._cumulative),
            "trade_ids": sorted(self._trade_ids),
            "fills": {name: plain(fill) for name, fill in self._fills.items()},
            "ending": None if self._ending is None else written(asdict(self._ending)),
            "ended_as": self.ended_as,
        }

    def recall(self, memory: Mapping[str, Any], now_ns: int) -> None:
        """Go on where an order stood; its grace window, if one runs, begins anew."""
        self.amount = Decimal(memory["amount"])
        self.stage = Stage(memory["stage"])
        self.venue_order_id = memory["venue_order_id"]
        self.filled = Decimal(memory["filled"])
        self._quote = Decimal(memory["quote"])
        self._cumulative = Decimal(memory["cumulative"])
        self._trade_ids = set(memory["trade_ids"])
        for name, (amount, price) in memory["fills"].items():
            self._fills[name] = (Decimal(amount), Decimal(price))
        if memory["ending"] is not None:
            self._ending = seen_in(memory["ending"])
        if memory["ended_as"] is not None:
            self.ended_as = EventName(memory["ended_as"])
        if self.stage is Stage.ENDED:
            self.after.begin(now_ns)

    def _names(self) -> tuple[str, str | None]:
        return self.ticket.client_order_id, self.venue_order_id

    def _filled_event(self, fill: Fill) -> Told:
        return self._event(
            EventName.FILLED,
            amount=fill.amount,
            price=fill.price,
            trade_id=fill.trade_id,
            fees=None if fill.fee is None else (fill.fee,),
        )

    def _event(self, event: EventName, **details: Any) -> Told:
        return Told(
            event,
            self.ticket.client_order_id,
            side=self.ticket.side,
            venue_order_id=self.venue_order_id,
            **details,
        )
