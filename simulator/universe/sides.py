"""Whose work a callback is: the code under test can be stalled alone, though one loop runs all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

IS_CLIENTS: ContextVar[bool] = ContextVar("fillproof_is_clients", default=False)
"""True in all that the code under test has set going."""


@contextmanager
def on_the_clients_side() -> Iterator[None]:
    """Let what is called here, and whatever it sets going, be the client's."""
    token = IS_CLIENTS.set(True)
    try:
        yield
    finally:
        IS_CLIENTS.reset(token)
