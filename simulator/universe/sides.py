"""Whose work a callback is: one loop runs all, yet the code under test can be stalled alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NOBODY = 0

RUN: ContextVar[int] = ContextVar("fillproof_run", default=NOBODY)
"""Which run of the code under test has set this going: 1, 2 …; NOBODY for the world's own."""


@contextmanager
def on_the_clients_side(run: int = 1) -> Iterator[None]:
    """Let what is called here, and whatever it sets going, be the client's in one of its runs."""
    token = RUN.set(run)
    try:
        yield
    finally:
        RUN.reset(token)
