"""What goes wrong on the way, and its end."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.values import Count, Duration
from fillproof.harness.scenario.words import Channel, Reply, Resendable, Sentence, Stream


class Hold(Action):
    """What would arrive on the channel in this time arrives at its end, in order."""

    op: ClassVar[str] = "hold"
    channel: Channel
    for_: Duration = Field(alias="for")


class Delay(Action):
    """The next messages of the channel take longer; others may overtake them."""

    op: ClassVar[str] = "delay"
    channel: Channel
    by: Duration
    count: Count = 1


class Drop(Action):
    """The next messages of the channel never arrive."""

    op: ClassVar[str] = "drop"
    channel: Channel
    count: Count = 1


class Duplicate(Action):
    """The next messages of the stream arrive twice."""

    op: ClassVar[str] = "duplicate"
    channel: Stream
    count: Count = 1


class Cut(Action):
    """The connection breaks after some bytes of the channel's next message arrived."""

    op: ClassVar[str] = "cut"
    channel: Channel
    at_byte: int = Field(default=0, ge=0, le=1_000_000)
    count: Count = 1


class Close(Action):
    """The venue closes the WebSocket that carries the stream."""

    op: ClassVar[str] = "close"
    channel: Stream
    code: int = Field(default=1001, ge=1000, le=4999)
    """The close code of RFC 6455; 1001 is "going away"."""


class HalfOpen(Action):
    """Nothing crosses the channel's connections in either direction, and nobody is told."""

    op: ClassVar[str] = "half_open"
    channel: Channel
    for_: Duration = Field(alias="for")


class Fail(Action):
    """The venue answers the next requests with this error."""

    op: ClassVar[str] = "fail"
    channel: Reply
    status: int = Field(ge=400, le=599)
    """The HTTP status."""
    code: int = Field(ge=-1_000_000, le=1_000_000)
    """The venue's own error code."""
    text: Sentence
    """The venue's own error text."""
    acted: bool = False
    """Whether it did what was asked before it answered."""
    count: Count = 1


class Resend(Action):
    """A proxy sends the next requests twice and passes on the second answer."""

    op: ClassVar[str] = "resend"
    channel: Resendable
    count: Count = 1


class Heal(Action):
    """All faults end."""

    op: ClassVar[str] = "heal"
