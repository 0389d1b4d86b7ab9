"""Faults of a venue's answers: an error instead of the reply, or a request handed on twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

_ON_REPLIES = "fail"
_ON_REQUESTS = "resend"
_EVERYWHERE = "maintenance"
_SUCCESS = 200
_ERRORS = range(400, 600)


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """One armed fault, for the next `count` requests once `skip` have passed.

    `fail` goes on a reply channel: the client gets `status`, `code` and `text`; `acted` says
    whether the venue does before what it was asked, and `retry_after_s` how long it wants to be
    left alone. `resend` goes on a request channel: the venue
    gets the request twice and the client the second answer. `maintenance` has no channel and no
    count: whoever asks anything gets its error until it is lifted.
    """

    fault: str
    what: Literal["fail", "resend", "maintenance"]
    channel: str = ""
    count: int = 1
    skip: int = 0
    status: int = 500
    code: int | None = None
    text: str = ""
    acted: bool = False
    retry_after_s: int | None = None

    def __post_init__(self) -> None:
        suffix = {_ON_REPLIES: "_reply", _ON_REQUESTS: "_request"}.get(self.what, "")
        if not self.channel.endswith(suffix):
            raise ValueError(f"{self.fault}: {self.what} needs a *{suffix}, not {self.channel!r}")
        if self.count < 1:
            raise ValueError(f"{self.fault}: count {self.count}; one or more")
        if self.what != _ON_REQUESTS and self.status not in (_SUCCESS, *_ERRORS):
            raise ValueError(f"{self.fault}: status {self.status}; 200 or 400 to 599")


@dataclass(frozen=True, slots=True)
class Handling:
    """What to do with one request: hand it on so many times, then perhaps say a failure instead."""

    times: int
    failure: AnswerFault | None
    faults: tuple[str, ...]
    """Ids of the faults that touch it."""


UNTOUCHED = Handling(1, None, ())
"""What happens to a request that no fault waits for."""


class AnswerFaults:
    """The armed answer faults of a venue, oldest first on each channel."""

    def __init__(self, on_fired: Callable[[AnswerFault], None]) -> None:
        self._on_fired = on_fired
        self._armed: dict[str, AnswerFault] = {}
        self._known: set[str] = set()
        self._closed: dict[str, AnswerFault] = {}
        self._frames: dict[bytes, tuple[str, ...]] = {}

    def arm(self, fault: AnswerFault) -> None:
        """Arm a fault; its id must be new."""
        if fault.fault in self._known:
            raise ValueError(f"{fault.fault} was armed before")
        self._known.add(fault.fault)
        armed = self._closed if fault.what == _EVERYWHERE else self._armed
        armed[fault.fault] = fault

    def lift(self, fault: str) -> None:
        """End a maintenance."""
        self._closed.pop(fault, None)

    def take(self, channel: str) -> AnswerFault | None:
        """Use up one count of the oldest fault on a channel, and say that it fired.

        One that still lets requests pass is counted down, and the next one is asked.
        """
        for fault in tuple(self._armed.values()):
            if fault.channel == channel:
                if fault.skip:
                    self._armed[fault.fault] = replace(fault, skip=fault.skip - 1)
                    continue
                self._use(fault)
                return fault
        return None

    def handling(self, request_channel: str) -> Handling:
        """Return what to do with a request of this channel, using up the faults that touch it."""
        closed = self.closed()
        if closed is not None:
            return Handling(0, closed, (closed.fault,))
        if not self._armed or not request_channel.endswith("_request"):
            return UNTOUCHED
        failure = self.take(request_channel.removesuffix("_request") + "_reply")
        if failure and not failure.acted:
            return Handling(0, failure, (failure.fault,))
        resend = self.take(request_channel)
        touching = tuple(fault.fault for fault in (resend, failure) if fault)
        return Handling(2 if resend else 1, failure, touching)

    def closed(self) -> AnswerFault | None:
        """Return the maintenance that somebody meets who asks now, and say that it fired."""
        for fault in self._closed.values():
            self._on_fired(fault)
            return fault
        return None

    def sign(self, text: str, faults: tuple[str, ...]) -> None:
        """Remember that faults touched a reply which is a frame, and so has no header to say it."""
        if faults:
            self._frames[text.encode()] = faults

    def signed(self, body: bytes) -> tuple[str, ...]:
        """Return the faults that touched the reply with these bytes, once."""
        return self._frames.pop(body, ())

    @property
    def waiting(self) -> bool:
        """True while a fault has not met all its requests."""
        return bool(self._armed)

    @property
    def armed(self) -> bool:
        """True while a request can meet any of them."""
        return bool(self._armed or self._closed)

    def heal(self) -> None:
        """End all faults."""
        self._armed.clear()
        self._closed.clear()

    def _use(self, fault: AnswerFault) -> None:
        if fault.count == 1:
            del self._armed[fault.fault]
        else:
            self._armed[fault.fault] = replace(fault, count=fault.count - 1)
        self._on_fired(fault)
