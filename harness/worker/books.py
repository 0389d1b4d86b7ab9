"""Looks at the venue's books and the connector's at once, whenever nothing is on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fillproof.harness.worker.recorder import Recorder
from fillproof.simulator.universe.units_on_wire import Unit
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.reports import LevelChanged, Report
from fillproof.simulator.vocabulary.units import from_units, plain

QUIET_SECONDS = 1.0
"""So long nothing of a book must have changed at the venue, crossed, or been on its way."""

AGAIN_SECONDS = 5.0
"""After so long books that differed are looked at again, then after twice as long, and so on."""

STREAM = "public_stream"
CHANNELS = frozenset({STREAM, "reference_request", "reference_reply"})
"""What can bring a book to a connector."""

Levels = Sequence[tuple[int, int]]
Depth = Callable[[str], tuple[Levels, Levels]]
"""Both sides of a market by its symbol: ticks and lots, best first."""


class BookWatch:
    """Writes a line of truth for each market and one reading, and looks again while they differ.

    `read` returns the keys of the connector's reading, `last_update_id` what the venue calls the
    last change of a book.
    """

    def __init__(
        self,
        markets: Mapping[str, Instrument],
        depth: Depth,
        last_update_id: Callable[[str], str | None],
        read: Callable[[], dict[str, Any]],
        recorder: Recorder,
    ) -> None:
        self._markets = markets
        self._depth = depth
        self._last_update_id = last_update_id
        self._read = read
        self._recorder = recorder
        self._on_their_way: set[int] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._pause = AGAIN_SECONDS
        self._seen: tuple[Any, Any] | None = None
        self._is_open = False
        self._agree = True

    def open(self) -> None:
        """Begin to look: the connector is ready."""
        self._is_open = True
        self._stir()

    def close(self) -> None:
        """Look once more, unless something is still on its way, and no more."""
        if self._is_open and not self._on_their_way:
            self.look()
        self._is_open = False
        self._silence()

    def note(self, reports: Sequence[Report]) -> None:
        """The venue reported; a changed level changes its book."""
        if any(isinstance(report, LevelChanged) for report in reports):
            self._stir()

    def sent(self, unit: Unit) -> None:
        """A unit left."""
        if unit.channel in CHANNELS:
            self._on_their_way.add(unit.number)

    def arrived(self, unit: Unit, *, brings_a_book: bool) -> None:
        """A unit arrived, or was lost."""
        self._on_their_way.discard(unit.number)
        if brings_a_book or unit.channel == STREAM:
            self._stir()

    def agree(self) -> bool:
        """Return whether all books are right; what went out of sync need not have been heard."""
        return _same(self._true(), self._read().get("books"))

    def look(self) -> None:
        """Write what both have, whether or not it is quiet."""
        true, books = self._true(), self._read().get("books")
        self._agree = _same(true, books)
        self._seen = true, books
        for market, book in true.items():
            self._recorder.truth("book", market=market, **book)
        self._recorder.told("reading", at="books", tracked=None, balances=None, books=books)

    def _stir(self) -> None:
        self._pause = AGAIN_SECONDS
        self._rest(QUIET_SECONDS)

    def _rest(self, seconds: float) -> None:
        self._silence()
        if self._is_open:
            self._timer = asyncio.get_running_loop().call_later(seconds, self._look_if_quiet)

    def _silence(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _look_if_quiet(self) -> None:
        if self._on_their_way:
            self._rest(QUIET_SECONDS)
            return
        if (self._true(), self._read().get("books")) != self._seen or not self._agree:
            self.look()
        if not self._agree:
            self._rest(self._pause)
            self._pause *= 2

    def _true(self) -> dict[str, Any]:
        return {
            name: {
                "last_update_id": self._last_update_id(instrument.symbol),
                **_written(instrument, *self._depth(instrument.symbol)),
            }
            for name, instrument in self._markets.items()
        }


def _written(instrument: Instrument, bids: Levels, asks: Levels) -> dict[str, Any]:
    sides = {"bids": bids, "asks": asks}
    return {
        name: [
            [
                plain(from_units(ticks, instrument.tick_size)),
                plain(from_units(lots, instrument.lot_size)),
            ]
            for ticks, lots in side
        ]
        for name, side in sides.items()
    }


def _same(true: Mapping[str, Any], books: Mapping[str, Any] | None) -> bool:
    """Return whether all books are said to be right, and are."""
    if books is None or books.keys() != true.keys():
        return False
    return all(
        book["in_sync"] and all(book[side] == true[market][side] for side in ("bids", "asks"))
        for market, book in books.items()
    )
