"""Watches what the code under test logs, for what must not be there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from fillproof.harness.worker.recorder import Recorder

_HIDDEN = "*" * 8


class _Watch(logging.Handler):
    """Records each message that holds a secret, with the secret left out."""

    def __init__(self, recorder: Recorder, secret: str) -> None:
        super().__init__()
        self._recorder = recorder
        self._secret = secret

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one message, as whoever prints it would."""
        message = self.format(record)
        if self._secret in message:
            hidden = message.replace(self._secret, _HIDDEN)
            self._recorder.told(
                "log", logger=record.name, level=record.levelname, message=hidden, holds="secret"
            )


@contextmanager
def watching_logs(recorder: Recorder, secret: str) -> Iterator[None]:
    """Watch what reaches the root logger meanwhile."""
    watch, root = _Watch(recorder, secret), logging.getLogger()
    root.addHandler(watch)
    try:
        yield
    finally:
        root.removeHandler(watch)
