"""The book of one market, kept from a snapshot and the changes since: Binance's own procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fillproof.harness.connectors.protocol import Book

Levels = Mapping[Decimal, Decimal]
"""Amounts by price; in a change an amount of zero is a level that is gone."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole book as of one update."""

    update_id: int
    bids: Levels
    asks: Levels


@dataclass(frozen=True, slots=True)
class Change:
    """The updates from `first` to `last`: the levels they touched, as they are after the last."""

    first: int
    last: int
    bids: Levels
    asks: Levels


class LocalBook:
    """Out of sync until a snapshot came that fits the changes heard; again when one was missed."""

    def __init__(self) -> None:
        self._update_id: int | None = None
        self._bids: dict[Decimal, Decimal] = {}
        self._asks: dict[Decimal, Decimal] = {}
        self._waiting: list[Change] = []
        self.lives = 0
        """How often it has begun anew; a snapshot asked for in an earlier life is too old."""

    @property
    def in_sync(self) -> bool:
        """True while it is the venue's book as of the last change heard."""
        return self._update_id is not None

    def lose(self) -> None:
        """Begin anew: changes may have been missed."""
        self._update_id = None
        self._bids, self._asks, self._waiting = {}, {}, []
        self.lives += 1

    def hear(self, change: Change) -> None:
        """Take in a change; one that comes too early is kept for the snapshot."""
        if self._update_id is not None and change.first > self._update_id + 1:
            self.lose()
        if self._update_id is None:
            self._waiting.append(change)
        elif change.last > self._update_id:
            self._apply(change)

    def begin(self, snapshot: Snapshot) -> None:
        """Take in a snapshot; one that is older than the first change kept leaves it waiting."""
        waiting = self._waiting
        self._update_id = snapshot.update_id
        self._bids, self._asks = dict(snapshot.bids), dict(snapshot.asks)
        self._waiting = []
        for change in waiting:
            self.hear(change)

    def read(self) -> Book:
        """Return it as it is believed to be; empty while out of sync."""
        return Book(
            bids=tuple(sorted(self._bids.items(), reverse=True)),
            asks=tuple(sorted(self._asks.items())),
            last_update_id=None if self._update_id is None else str(self._update_id),
            in_sync=self.in_sync,
        )

    def _apply(self, change: Change) -> None:
        for side, levels in ((self._bids, change.bids), (self._asks, change.asks)):
            for price, amount in levels.items():
                if amount:
                    side[price] = amount
                else:
                    side.pop(price, None)  # a level may come and go within one change
        self._update_id = change.last
