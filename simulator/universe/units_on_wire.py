"""One whole thing on a connection: an HTTP request, an HTTP response, a WebSocket frame."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Headers = tuple[tuple[str, str], ...]


class Form(StrEnum):
    """What a unit is."""

    REQUEST = "request"
    RESPONSE = "response"
    FRAME = "frame"


@dataclass(slots=True, eq=False)
class Unit:
    """A unit as it stands on the wire.

    `raw` is every byte of it; `head` the start line and headers of an HTTP message; `body` the
    message body, or a frame's payload unmasked.
    `request` is what a response answers, and for a frame the handshake of its connection.
    `number` and `channel` are given to it when it enters a link.
    """

    connection: str
    host: str
    direction: str  # "c2v" | "v2c"
    form: Form
    raw: bytes
    head: bytes = b""
    body: bytes = b""
    method: str = ""
    path: str = ""
    status: int = 0
    opcode: int = 0
    final: bool = True
    request: Unit | None = None
    number: int = 0
    channel: str = ""

    @property
    def headers(self) -> Headers:
        """The headers, names in lower case."""
        pairs = (line.partition(":") for line in self.head.decode("latin-1").split("\r\n")[1:])
        return tuple((name.lower(), value.strip()) for name, _, value in pairs)

    def header(self, name: str) -> str | None:
        """Return the first header of that name (lower case), or None."""
        start = self.head.lower().find(b"\r\n%b:" % name.encode())
        if start < 0:
            return None
        value = self.head[start + len(name) + 3 :].partition(b"\r\n")[0]
        return value.strip().decode("latin-1")
