"""What crossed in a life that was lived, and where a step can stand to meet it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fillproof.harness.history import History
from fillproof.harness.scenario.faults import CATALOGUE
from fillproof.harness.scenario.values import NANOSECONDS

LAST_FAULTS_NS = 25 * NANOSECONDS["s"]
"""How long after the last step a fault still waits for what it meets, at the least."""

Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the recording, `n`, and when it was written, in virtual nanoseconds."""

    n: int
    t: int


@dataclass(frozen=True, slots=True)
class Message:
    """What was sent on a channel, and when it arrived; None when it never did."""

    channel: str
    connection: str
    sent: Moment
    arrived: Moment | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault can stand: before the step of this index, which was begun at `begun`.

    With `after`, so long into a step that waits, or after all steps. What stands there is healed at
    `healed` at the latest.
    """

    index: int
    begun: Moment
    healed: Moment
    after: int = 0

    @property
    def t(self) -> int:
        """When a fault that stands here is armed, in virtual nanoseconds."""
        return self.begun.t + self.after

    def passed_by(self, moment: Moment) -> bool:
        """Return whether a fault that stands here is armed when something happens."""
        return self.begun.n < moment.n < self.healed.n and (not self.after or self.t < moment.t)


class Life:
    """A life that was recorded. Its steps have one `start`, and it was ready and healed."""

    def __init__(self, steps: Sequence[Step], history: History) -> None:
        self.steps = steps
        self._started = _phase(history, "starting")
        self.began = _phase(history, "steps")
        self._over = _phase(history, "healed")
        self._last = Moment(len(history.lines), self._over.t + LAST_FAULTS_NS)
        self.opened = tuple(
            Moment(socket.n, socket.t) for socket in history.sockets if self._is_in(socket.t)
        )
        self.closed = {
            socket.connection: socket.closed_n
            for socket in history.sockets
            if socket.closed_n is not None
        }
        self.messages = tuple(self._messages(history))
        self._truth = tuple(
            line
            for line in history.lines
            if line.ledger == "truth" and line.kind in ("report", "balance")
        )
        self.places = tuple(self._places(history))
        faults = {fault.op for fault in CATALOGUE}
        self.disturbed = max(
            (
                place.begun
                for place, step in zip(self.places, steps, strict=False)
                if step["op"] in faults
            ),
            key=lambda moment: moment.n,
            default=self.began,
        )
        """When the last of its faults was armed."""

    def on(self, channel: str) -> list[Message]:
        """Return what was sent on a channel, in order."""
        return [message for message in self.messages if message.channel == channel]

    def before(self, moment: Moment) -> list[Place]:
        """Return where a fault can stand that is to act at a moment, the latest place last."""
        return [place for place in self.places if place.passed_by(moment)]

    def knows(self, channel: str, moment: Moment) -> Mapping[str, Any]:
        """Return what of the venue's truth at a moment an answer on the channel depends on."""
        past = [line.data for line in self._truth if line.n < moment.n]
        if channel == "account_reply":
            balances = (data for data in past if "asset" in data)
            return {data["asset"]: (data["free"], data["locked"]) for data in balances}
        reports = [data for data in past if "execution_type" in data]
        if channel == "trades_reply":
            trades = [data for data in reports if data["execution_type"] == "Trade"]
            return {data["execution_id"]: "Trade" for data in trades}
        status = {data["client_order_id"]: data["execution_id"] for data in reports}
        refused = [data for data in reports if data["execution_type"] == "Rejected"]
        return {
            order: last
            for order, last in status.items()
            if all(data["client_order_id"] != order for data in refused)
        }

    def lets_pass(self, place: Place, until: int) -> bool:
        """Return whether from a place on nothing is asked for before a time."""
        if place.index == len(self.steps):
            return True
        following = self.places[place.index + 1].begun.t
        return self.steps[place.index]["op"] == "wait" and until < following

    def _is_in(self, t: int) -> bool:
        return t <= self._last.t

    def _messages(self, history: History) -> Iterator[Message]:
        arrived = {
            str(line.data["unit"]): Moment(line.n, line.t)
            for line in reversed(history.lines)
            if line.kind == "delivered"
        }
        for name, unit in history.units.items():
            if self._is_in(unit.t):
                sent = Moment(unit.n, unit.t)
                yield Message(unit.channel, unit.connection, sent, arrived.get(name))

    def _places(self, history: History) -> Iterator[Place]:
        begun: dict[int, Moment] = {}
        for step in history.steps:
            begun.setdefault(step.index, Moment(step.n, step.t))
        ops = [step["op"] for step in self.steps]
        start = ops.index("start")
        done = Moment(history.steps[-1].n, history.steps[-1].t)
        moments = [*(begun.get(index, done) for index in range(len(ops))), done]
        for index, moment in enumerate(moments):
            heals = (moments[at] for at in range(index, len(ops)) if ops[at] == "heal")
            armed = self._started if index <= start else moment
            yield Place(index, armed, next(heals, self._last))


def _phase(history: History, name: str) -> Moment:
    phase = history.phase(name)
    if phase is None:
        raise ValueError(f"{history.header.scenario}: its phase {name!r} never began")
    return Moment(phase.n, phase.t)
