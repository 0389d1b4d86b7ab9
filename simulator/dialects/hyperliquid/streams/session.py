"""One connection to /ws: its subscriptions, and what they are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.encoding import compact
from fillproof.simulator.dialects.hyperliquid.streams import public_messages, user_messages
from fillproof.simulator.dialects.hyperliquid.streams.subscriptions import (
    SPOT_CONTEXT_CHANNEL,
    Subscription,
)
from fillproof.simulator.dialects.protocol import Json, Push
from fillproof.simulator.vocabulary.reports import Report

_FILLS = ("userFills", "userEvents", "user")


@dataclass(slots=True)
class _Paced:
    """When a paced subscription was last told, and whether what it shows has changed since."""

    last_ns: int
    has_changed: bool = False


class Session:
    """What one socket has subscribed to, in that order."""

    def __init__(self, desk: Desk, socket: int) -> None:
        self._desk = desk
        self._socket = socket
        self._subscriptions: dict[str, Subscription] = {}
        self._paced: dict[str, _Paced] = {}

    @property
    def carries_user_stream(self) -> bool:
        """True while it is subscribed to some account."""
        return any(one.kind.is_user for one in self._subscriptions.values())

    @property
    def carries_public_stream(self) -> bool:
        """True while it is subscribed to something of a market."""
        return any(not one.kind.is_user for one in self._subscriptions.values())

    def has(self, subscription: Subscription) -> bool:
        """Return whether it is subscribed to that already."""
        return subscription.key in self._subscriptions

    def subscribe(self, subscription: Subscription, now_ns: int) -> list[Push]:
        """Subscribe; return what is told at once."""
        self._subscriptions[subscription.key] = subscription
        if subscription.kind.is_user:
            return self._pushes(
                subscription, user_messages.snapshot(self._desk, subscription, now_ns)
            )
        if subscription.kind.paced:
            self._paced[subscription.key] = _Paced(now_ns)
        told = public_messages.snapshot(self._desk, subscription, now_ns)
        return self._pushes(subscription, told)

    def unsubscribe(self, subscription: Subscription) -> None:
        """Forget a subscription."""
        del self._subscriptions[subscription.key]
        self._paced.pop(subscription.key, None)

    def publish(self, reports: Sequence[Report], now_ns: int) -> list[Push]:
        """Return what reports mean to it: accounts first, then markets."""
        pushes: list[Push] = []
        for one in self._user_subscriptions():
            pushes += self._pushes(one, user_messages.event(self._desk, one, reports, now_ns))
        changed = public_messages.changed_markets(reports)
        for one in self._subscriptions.values():
            if one.kind.is_user or not public_messages.shows(one, changed):
                continue
            if one.kind.paced:
                self._paced[one.key].has_changed = True
            else:
                told = public_messages.event(self._desk, one, reports, now_ns)
                pushes += self._pushes(one, told)
        return pushes + self.speak(now_ns)

    def speak(self, now_ns: int) -> list[Push]:
        """Return what paced subscriptions are told by now."""
        pushes: list[Push] = []
        for key, paced in self._paced.items():
            if paced.has_changed and now_ns >= self._due_ns(paced):
                paced.last_ns, paced.has_changed = now_ns, False
                one = self._subscriptions[key]
                pushes += self._pushes(one, public_messages.snapshot(self._desk, one, now_ns))
        return pushes

    def next_wake_ns(self) -> int | None:
        """Return when it will speak by itself."""
        due = [self._due_ns(paced) for paced in self._paced.values() if paced.has_changed]
        return min(due, default=None)

    def _due_ns(self, paced: _Paced) -> int:
        return paced.last_ns + self._desk.quirks.book_interval_ns

    def _user_subscriptions(self) -> Iterator[Subscription]:
        """Yield those to accounts, fills and order updates as the venue happens to order them."""
        own = [one for one in self._subscriptions.values() if one.kind.is_user]
        first = [one for one in own if (one.type in _FILLS) is self._desk.quirks.fills_first]
        yield from first
        yield from (one for one in own if one not in first)

    def _pushes(self, subscription: Subscription, data: Json) -> list[Push]:
        if data is None:
            return []
        channel = subscription.kind.channel
        market = subscription.market
        if subscription.type == "activeAssetCtx" and market and not market.is_perpetual:
            channel = SPOT_CONTEXT_CHANNEL
        return [Push(self._socket, compact({"channel": channel, "data": data}))]
