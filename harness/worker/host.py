"""The adapter's side of a world: records what it tells, runs what it spawns."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import fields
from decimal import Decimal
from typing import Any

from fillproof.harness.connectors.protocol import Book, Fee, Reading, Setup, Told
from fillproof.harness.numbers import plain
from fillproof.harness.worker.forms import mistake_in_reading, mistake_in_told
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import Recorder, recording_trouble
from fillproof.simulator.universe.places import way_here


def _look_away(_at: str, _client_order_id: str) -> None:
    """Ask the order nothing."""


class WorldHost:
    """What an adapter is given. `look` is called as an order event is told."""

    def __init__(self, setup: Setup, recorder: Recorder, progress: Progress) -> None:
        self._setup = setup
        self._recorder = recorder
        self._progress = progress
        self._tasks: list[asyncio.Task[None]] = []
        self._is_silent = False
        self.look: Callable[[str, str], None] = _look_away

    @property
    def setup(self) -> Setup:
        """How the connector is configured."""
        return self._setup

    def tell(self, told: Told) -> None:
        """Record an order event at the instant it was raised; raises TypeError for what is none."""
        if self._is_silent:
            return
        mistake = mistake_in_told(told)
        if mistake is not None:
            self._recorder.trouble("adapter_raised", mistake, way_here())
            raise TypeError(mistake)
        self._recorder.told("event", **told_keys(told))
        self._progress.note_told(told.client_order_id, told.event.value)
        self.look(told.event.value, told.client_order_id)

    def raw(self, what: str, value: object) -> None:
        """Record the library's own object."""
        if self._is_silent:
            return
        self._recorder.told("raw", what=what, value=jsonable(value))

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Run a coroutine of the adapter; what it raises is trouble."""
        self._tasks.append(asyncio.get_running_loop().create_task(self._guarded(work), name=name))

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        with (
            recording_trouble(self._recorder, "adapter_raised"),
            contextlib.suppress(asyncio.CancelledError),
        ):
            await work

    def silence(self) -> None:
        """Record nothing more: the strategy that listened is gone, or has another connector."""
        self._is_silent = True

    async def stop(self) -> None:
        """Cancel what was spawned and still runs."""
        running = [task for task in self._tasks if not task.done()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def told_keys(told: Told) -> dict[str, Any]:
    """Return the keys of an event line: what the event states and nothing else."""
    keys: dict[str, Any] = {}
    for field in fields(told):
        value = getattr(told, field.name)
        if value is not None:
            keys[field.name] = jsonable(value)
    return keys


def reading_keys(reading: Reading) -> dict[str, Any]:
    """Return the keys of a reading line; raises TypeError for what is no reading.

    A reading without books has no key for them.
    """
    mistake = mistake_in_reading(reading)
    if mistake is not None:
        raise TypeError(mistake)
    balances = None
    if reading.balances is not None:
        balances = {
            asset: {"total": plain(balance.total), "available": plain(balance.available)}
            for asset, balance in sorted(reading.balances.items())
        }
    tracked = None if reading.tracked is None else sorted(reading.tracked)
    keys: dict[str, Any] = {"tracked": tracked, "balances": balances}
    if reading.books is not None:
        keys["books"] = {name: _book_keys(book) for name, book in sorted(reading.books.items())}
    return keys


def _book_keys(book: Book) -> dict[str, Any]:
    sides = {"bids": book.bids, "asks": book.asks}
    levels = {
        name: [[plain(price), plain(amount)] for price, amount in side]
        for name, side in sides.items()
    }
    return {"last_update_id": book.last_update_id, "in_sync": book.in_sync, **levels}


def jsonable(value: object) -> Any:
    """Return a value as JSON has it: numbers that are not whole become text, exactly."""
    match value:
        case dict():
            return {str(key): jsonable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [jsonable(inner) for inner in value]
        case Fee():
            return {"asset": value.asset, "amount": plain(value.amount)}
        case _:
            return _plain_value(value)


def _plain_value(value: object) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, str):
        return str(value)
    # The text of any other object may show its address, which differs from run to run.
    return repr(value) if isinstance(value, float) else f"<{type(value).__name__}>"
