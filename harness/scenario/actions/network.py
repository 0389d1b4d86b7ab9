"""What goes wrong on the way, and its end."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.values import Count, Duration, Skipped
from fillproof.harness.scenario.words import Barrier, Channel, Reply, Stream


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
    skip: Skipped | None = None


class Drop(Action):
    """The next messages of the channel never arrive."""

    op: ClassVar[str] = "drop"
    channel: Channel
    count: Count = 1
    skip: Skipped | None = None


class Duplicate(Action):
    """The next messages of the stream arrive twice."""

    op: ClassVar[str] = "duplicate"
    channel: Stream
    count: Count = 1
    skip: Skipped | None = None


class Cut(Action):
    """The connection breaks after some bytes of the channel's next message arrived."""

    op: ClassVar[str] = "cut"
    channel: Channel
    at_byte: int = Field(default=0, ge=0, le=1_000_000)
    count: Count = 1
    skip: Skipped | None = None


class Close(Action):
    """The venue closes the WebSocket that carries the stream."""

    op: ClassVar[str] = "close"
    channel: Stream
    code: int = Field(default=1001, ge=1000, le=4999)
    """The close code of RFC 6455; 1001 is "going away"."""


class Revoke(Action):
    """The venue ends the subscription to user data, and each new one, for a while."""

    op: ClassVar[str] = "revoke"
    for_: Duration = Field(alias="for")
    announced: bool = True
    """Whether the venue says so; else the stream is silent on a connection that is alive."""


class HalfOpen(Action):
    """Nothing crosses the channel's connections in either direction, and nobody is told."""

    op: ClassVar[str] = "half_open"
    channel: Channel
    for_: Duration = Field(alias="for")


class Trickle(Action):
    """The body of the next replies arrives little by little, over a time."""

    op: ClassVar[str] = "trickle"
    channel: Reply
    over: Duration
    count: Count = 1
    skip: Skipped | None = None


class Unreachable(Action):
    """Nobody can connect for a while; what is connected breaks first, unless it is left."""

    op: ClassVar[str] = "unreachable"
    how: Barrier
    """Where it ends: no address, refused, no answer, or no end of the TLS handshake."""
    for_: Duration = Field(alias="for")
    breaks: bool = True
    """Whether the connections there are break first."""


class Heal(Action):
    """All faults end."""

    op: ClassVar[str] = "heal"
