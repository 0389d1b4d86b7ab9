"""What can go wrong between the connector and the venue; loops catch `VenueTrouble` and go on."""

from __future__ import annotations

from typing import Any


class VenueTrouble(Exception):
    """The venue, or the way to it, did not do what was hoped."""


class Unanswered(VenueTrouble):
    """No answer, or none that says what happened: the request may or may not have been acted on."""


class Unreadable(Unanswered):
    """A message that does not have the documented shape."""


class NotSent(VenueTrouble):
    """Nothing left the connector."""


class Refusal(VenueTrouble):
    """The venue said no. `status` is HTTP's, `code`, `text` and `data` (if any) are Binance's."""

    def __init__(self, status: int, code: int, text: str, data: Any = None) -> None:
        super().__init__(f"HTTP {status}, code {code}: {text}")
        self.status = status
        self.code = code
        self.text = text
        self.data = data
