"""`fillproof serve` as a process, for tests of any client; in this process, use `served`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

_LONGEST_STOP_SECONDS = 20


@dataclass
class ServedProcess:
    """A venue in a process of its own; the URLs are those of its ready line."""

    process: subprocess.Popen[str]
    log_file: Path
    ready: dict[str, Any]

    @property
    def rest(self) -> str:
        """Return the base URL of REST, "http://127.0.0.1:PORT"."""
        return str(self.ready["rest"])

    @property
    def streams(self) -> str:
        """Return the base URL of the market streams, "ws://127.0.0.1:PORT"."""
        return str(self.ready["streams"])

    @property
    def ws_api(self) -> str:
        """Return the URL of the WebSocket API."""
        return str(self.ready["ws_api"])

    @property
    def api_key(self) -> str:
        """Return the key of the first account."""
        return str(self.ready["accounts"][0]["api_key"])

    @property
    def api_secret(self) -> str:
        """Return the secret of the first account."""
        return str(self.ready["accounts"][0]["api_secret"])

    def say(self, word: str, **keys: Any) -> tuple[int, Any]:
        """Say a word of the control group (trade, rest, ...); return status and answer."""
        body = json.dumps(keys).encode()
        headers = {"Content-Type": "application/json"}
        try:
            with urlopen(Request(f"{self.rest}/fillproof/{word}", body, headers)) as reply:
                return reply.status, json.load(reply)
        except HTTPError as refusal:
            with refusal:
                return refusal.code, json.load(refusal)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(_LONGEST_STOP_SECONDS)

    def log(self) -> list[dict[str, Any]]:
        """Return the lines it has logged so far."""
        return [json.loads(line) for line in self.log_file.read_text().splitlines()]


@contextmanager
def serving(*options: str) -> Iterator[ServedProcess]:
    """Serve with these options on a free port until the context ends."""
    words = ("serve", "--port", "0", "--log", "json", *options)
    with TemporaryDirectory() as folder:
        log_file = Path(folder) / "log"
        with (
            log_file.open("w") as log,
            subprocess.Popen(
                [sys.executable, "-m", "fillproof.harness.cli", *words],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            ) as process,
        ):
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, log_file.read_text()
            venue = ServedProcess(process, log_file, json.loads(line))
            try:
                yield venue
            finally:
                venue.stop()
