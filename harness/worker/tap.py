"""Records everything that crosses, and notes which connections carry which channel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Protocol

from fillproof.harness.worker.books import BookWatch
from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import Recorder, encoded
from fillproof.simulator.server import FAULT_HEADER
from fillproof.simulator.universe.places import way_here
from fillproof.simulator.universe.units_on_wire import Form, Unit

_FAULT_MARK = FAULT_HEADER.encode()
_CREATING = frozenset({"create_request", "amend_request"})
"""What can create an order: an amend may be a replacement."""


class Meaning(Protocol):
    """What a dialect knows of a unit."""

    def channel(self, unit: Any) -> str: ...

    def message(self, unit: Any) -> dict[str, Any]: ...

    def placed_ids(self, unit: Any) -> tuple[str, ...]: ...

    def facts(self, unit: Any) -> list[dict[str, Any]]: ...

    def book_facts(self, unit: Any) -> list[dict[str, Any]]: ...


class WireTap:
    """The tap of one world. `meaning` is given once the venue stands."""

    def __init__(self, recorder: Recorder, progress: Progress) -> None:
        self._recorder = recorder
        self._progress = progress
        self._carriers: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.meaning: Meaning
        self.read: Callable[[], dict[str, Any]]
        self.look: Callable[[str, str], None]
        self.books: BookWatch | None = None
        self._reading: dict[str, Any] | None = None

    def carriers(self, channel: str) -> tuple[str, ...]:
        """Return the connections that ever carried a channel, in order of first use."""
        return tuple(self._carriers.get(channel, ()))

    def channel(self, unit: Unit) -> str:
        """Return the role of a unit."""
        channel = self.meaning.channel(unit)
        self._carriers[channel][unit.connection] = None
        return channel

    def head(self, host: str, method: str, path: str) -> None:
        """A request begins; the first byte of one that creates is the moment for a reading."""
        unit = Unit("", host, "c2v", Form.REQUEST, b"", method=method, path=path)
        if self.meaning.channel(unit) in _CREATING:
            self._reading = self.read()

    def opened(self, connection: str, host: str, port: int) -> None:
        """Record a new connection."""
        self._recorder.wire("open", connection=connection, host=host, port=port)

    def sent(self, unit: Unit) -> None:
        """Record a unit that enters its link."""
        message = self.meaning.message(unit)
        if unit.channel in _CREATING:
            self._note_reading(self.meaning.placed_ids(unit))
        # Nine of ten lines are of these two kinds, and their first keys need no encoder.
        self._recorder.add(
            "wire",
            "sent",
            f',"unit":{unit.number},"connection":"{unit.connection}",'
            f'"direction":"{unit.direction}","channel":"{unit.channel}",'
            f'"bytes":{encoded(unit.raw.decode("latin-1"))},"message":{encoded(message)}',
        )
        if self.books is not None:
            self.books.sent(unit)

    def _note_reading(self, placed_ids: tuple[str, ...]) -> None:
        """Record what the connector believed at the first byte of a request for these orders."""
        reading, self._reading = self._reading or self.read(), None
        for client_order_id in placed_ids or (None,):
            self._recorder.told(
                "reading", at="create_request", client_order_id=client_order_id, **reading
            )
            if client_order_id is not None:
                self.look("create_request", client_order_id)

    def delivered(self, unit: Unit, faults: tuple[str, ...]) -> None:
        """Record a unit that arrives, and what it states."""
        marked = unit.header(FAULT_HEADER.lower()) if _FAULT_MARK in unit.head else None
        facts = self.meaning.facts(unit) if unit.direction == "v2c" else []
        if self.books is not None:
            of_books = self.meaning.book_facts(unit)
            facts = [*facts, *of_books]
            self.books.arrived(unit, brings_a_book=bool(of_books))
        self._recorder.add(
            "wire",
            "delivered",
            f',"unit":{unit.number},"direction":"{unit.direction}","channel":"{unit.channel}",'
            f'"facts":{_listed(facts)},"faults":{_listed([*faults, marked] if marked else faults)}',
        )
        self._progress.note_delivered(unit.channel)

    def lost(self, unit: Unit, faults: tuple[str, ...]) -> None:
        """Record a unit that never arrives."""
        self._recorder.wire(
            "lost",
            unit=unit.number,
            direction=unit.direction,
            channel=unit.channel,
            faults=list(faults),
        )
        if self.books is not None:
            self.books.arrived(unit, brings_a_book=False)

    def closed(self, connection: str, by: str, code: int | None) -> None:
        """Record the end of a connection."""
        self._recorder.wire("closed", connection=connection, by=by, code=code)

    def ended(self, connection: str, by: str) -> None:
        """Record that an end arrived which had to wait for what was late or held."""
        self._recorder.wire("ended", connection=connection, by=by)

    def unknown_host(self, host: str, port: int) -> None:
        """Record that the connector asked for a host which this venue does not have."""
        message = f"{host}:{port} is not of this venue"
        self._recorder.trouble("unknown_host", message, way_here())

    def unreadable(self, connection: str, error: str) -> None:
        """Record bytes that are no HTTP and no WebSocket."""
        self._recorder.trouble("adapter_raised", f"connection {connection}: {error}")


def _listed(values: list[Any] | tuple[Any, ...]) -> str:
    return encoded(values) if values else "[]"
