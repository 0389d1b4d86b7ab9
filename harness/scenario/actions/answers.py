"""What the venue answers instead of what it should."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, PlainValidator, WithJsonSchema

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.base import shown, wrong
from fillproof.harness.scenario.values import Count, Duration, Skipped
from fillproof.harness.scenario.words import Read, Reply, Resendable, Sentence

_OK = 200
_ERRORS = range(400, 600)


def _read_status(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(f"{shown(value)} is no HTTP status; write a whole number without quotes")
    if value != _OK and value not in _ERRORS:
        raise wrong(f"{value} is no error; 200 or 400 to 599 is allowed")
    return value


Status = Annotated[
    int,
    PlainValidator(_read_status),
    WithJsonSchema(
        {
            "oneOf": [
                {"const": _OK},
                {"type": "integer", "minimum": _ERRORS.start, "maximum": _ERRORS.stop - 1},
            ]
        }
    ),
]
"""The HTTP status of an error, or of a success whose body has one."""


class Fail(Action):
    """The venue answers the next requests with this error."""

    op: ClassVar[str] = "fail"
    channel: Reply
    status: Status
    """The HTTP status: of an error, or 200 with the error in its body."""
    code: int | None = Field(default=None, ge=-1_000_000, le=1_000_000)
    """The venue's own error code; without one the text stands alone, as on a proxy's page."""
    text: Sentence
    """The venue's own error text."""
    acted: bool = False
    """Whether it did what was asked before it answered."""
    retry_after: Duration | None = None
    """How long the venue wants to be left alone: its Retry-After, in whole seconds."""
    count: Count = 1
    skip: Skipped | None = None


class Resend(Action):
    """A proxy sends the next requests twice and passes on the second answer."""

    op: ClassVar[str] = "resend"
    channel: Resendable
    count: Count = 1
    skip: Skipped | None = None


class Lag(Action):
    """What the channel is asked is answered as of now, for a while: reads lag behind writes."""

    op: ClassVar[str] = "lag"
    channel: Read
    for_: Duration = Field(alias="for")


class Maintenance(Action):
    """The venue closes every stream and refuses every request and handshake for a while."""

    op: ClassVar[str] = "maintenance"
    for_: Duration = Field(alias="for")
    status: int = Field(default=503, ge=500, le=599)
    """The HTTP status of what it says meanwhile."""
