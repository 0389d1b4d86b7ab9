"""Animals that break B1 to B9: the book they keep is not the venue's."""

from __future__ import annotations

from dataclasses import replace

from conformance_tests.zoo.animal import Animal
from conformance_tests.zoo.planted import Planted, planted

from fillproof.harness.connectors.protocol import Book, Reading
from fillproof.harness.connectors.reference.local_book import Change, LocalBook, Snapshot
from fillproof.harness.connectors.reference.market_stream import MarketStream


class _KeepsZeros(LocalBook):
    def _apply(self, change: Change) -> None:
        super()._apply(change)
        self._bids |= {price: amount for price, amount in change.bids.items() if not amount}
        self._asks |= {price: amount for price, amount in change.asks.items() if not amount}


class _WithZeros(MarketStream):
    book = _KeepsZeros


class KeepsEmptyLevels(Animal):
    """A level whose amount became zero stays in the book with that amount."""

    market = _WithZeros


class _WorstFirst(LocalBook):
    def read(self) -> Book:
        book = super().read()
        return replace(book, bids=book.bids[::-1])


class _Ascending(MarketStream):
    book = _WorstFirst


class SortsBidsUpwards(Animal):
    """Both sides of the book are sorted by rising price, so the worst bid stands first."""

    market = _Ascending


class _TakesAny(LocalBook):
    def begin(self, snapshot: Snapshot) -> None:
        waiting, self._waiting = self._waiting, []
        super().begin(snapshot)
        for change in waiting:
            if change.first <= snapshot.update_id + 1:
                self.hear(change)


class _Trusting(MarketStream):
    book = _TakesAny


class TakesAnySnapshot(Animal):
    """A snapshot is taken as it comes; changes heard before it that do not follow it are dropped.

    Seen in ccxt's watch_order_book, and in hummingbot#4982.
    """

    market = _Trusting


class _NoGaps(LocalBook):
    def hear(self, change: Change) -> None:
        if self._update_id is not None and change.first > self._update_id + 1:
            self._apply(change)
        else:
            super().hear(change)


class _Unaware(MarketStream):
    book = _NoGaps


class IgnoresGaps(Animal):
    """The first update of a change is never compared with the last one of the change before.

    Seen in Hummingbot's order book tracker.
    """

    market = _Unaware


class _Forgiving(MarketStream):
    def lost(self) -> None:
        """The book is believed to be what it was."""


class KeepsTheBookOfALostStream(Animal):
    """When the connection is back, the book goes on from where it was."""

    market = _Forgiving


class _AppliesAll(LocalBook):
    def hear(self, change: Change) -> None:
        if self._update_id is not None and change.last <= self._update_id:
            known = self._update_id
            self._apply(change)
            self._update_id = known
        else:
            super().hear(change)


class _Eager(MarketStream):
    book = _AppliesAll


class AppliesLateChanges(Animal):
    """A change is applied when it arrives, however old it is."""

    market = _Eager


class _KeepsAsks(LocalBook):
    def _apply(self, change: Change) -> None:
        kept = {price: amount for price, amount in change.asks.items() if amount}
        super()._apply(replace(change, asks=kept))


class _Clinging(MarketStream):
    book = _KeepsAsks


class NeverRemovesAsks(Animal):
    """A removed ask stays, with the amount it had: the book is crossed when bids come near."""

    market = _Clinging


class _OnlyBids(LocalBook):
    def _apply(self, change: Change) -> None:
        super()._apply(replace(change, asks={}))


class _HalfDeaf(MarketStream):
    book = _OnlyBids


class HearsOnlyBids(Animal):
    """Changes of asks are not read."""

    market = _HalfDeaf


class HidesItsBooks(Animal):
    """It promises books and has none to show."""

    def reading(self) -> Reading:
        return replace(super().reading(), books=None)


class _StatesTheFirst(LocalBook):
    def read(self) -> Book:
        book = super().read()
        stated = None if self._update_id is None else str(self._update_id - 1)
        return replace(book, last_update_id=stated)


class _OneBehind(MarketStream):
    book = _StatesTheFirst


class StatesTheUpdateBefore(Animal):
    """The update that the book is said to have come to is the one before."""

    market = _OneBehind


class _TakesOnce(MarketStream):
    async def keep(self) -> None:
        while not self.in_sync:
            for symbol, book in self._books.items():
                if self.is_live:
                    await self._begin(symbol, book)
            await self._look.rest(1)


class NeverTakesItAnew(Animal):
    """A book that was lost stays out of sync."""

    market = _TakesOnce


def _row(animal: type[Animal], scenario: str, rule: str) -> Planted:
    return planted(animal, f"order_books/{scenario}", rule, None)


ROWS = (
    _row(KeepsEmptyLevels, "kept_by_changes", "B1"),
    _row(SortsBidsUpwards, "gap", "B1"),
    _row(TakesAnySnapshot, "stale_snapshot", "B2"),
    _row(IgnoresGaps, "gap", "B3"),
    _row(IgnoresGaps, "gap_of_a_removal", "B3"),
    _row(IgnoresGaps, "gap_in_one_of_two_markets", "B3"),
    _row(KeepsTheBookOfALostStream, "changed_while_disconnected", "B4"),
    _row(KeepsTheBookOfALostStream, "silent_connection", "B4"),
    _row(AppliesLateChanges, "old_change_after_a_newer", "B5"),
    _row(AppliesLateChanges, "late_removal", "B5"),
    _row(NeverRemovesAsks, "moved_at_once", "B6"),
    _row(NeverRemovesAsks, "both_sides_swept", "B7"),
    _row(HearsOnlyBids, "kept_by_changes", "B7"),
    _row(HidesItsBooks, "kept_by_changes", "B7"),
    _row(StatesTheUpdateBefore, "kept_by_changes", "B8"),
    _row(NeverTakesItAnew, "gap", "B9"),
    _row(NeverTakesItAnew, "connection_closed", "B9"),
)
"""Each animal, where its bug shows, and the rule that must be the root."""
