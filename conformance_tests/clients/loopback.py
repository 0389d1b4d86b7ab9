"""The test's end: serves the house on a loopback socket and lets a client's driver play there."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from conformance_tests.clients.house import SECOND_NS, House

ROOT = Path(__file__).parents[2]
WHOLE_PLAY_SECONDS = 100.0


@dataclass(frozen=True)
class Play:
    """What a client saw, by step, and what it wrote to its log."""

    seen: dict[str, Any]
    log: str


def environment_of_play() -> dict[str, str]:
    """Return the environment variables of a driver: it finds the drivers and this Fillproof."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    return {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "0", "TZ": "UTC"}


def on_loopback(python: Path, driver: str, quirks: dict[str, Any]) -> Play:
    """Play a driver against a venue on a real socket, in real time."""
    with tempfile.TemporaryFile() as log:
        seen = asyncio.run(_serve(python, driver, quirks, log))
        log.seek(0)
        return Play(seen, log.read().decode(errors="replace"))


async def _serve(
    python: Path, driver: str, quirks: dict[str, Any], log: BinaryIO
) -> dict[str, Any]:
    loop = asyncio.get_running_loop()

    def call_at(when_ns: int, callback: Any) -> asyncio.TimerHandle:
        return loop.call_later(max(0, when_ns - time.time_ns()) / SECOND_NS, callback)

    house = House(time.time_ns, call_at, quirks)
    await house.open()
    listener = await loop.create_server(house.server.protocol_factory, "127.0.0.1", 0)
    origin = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    module = "conformance_tests.clients.driving"
    client = await asyncio.create_subprocess_exec(
        str(python), "-m", module, driver, origin,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log,
        env=environment_of_play(), limit=1 << 24,
    )  # fmt: skip
    assert client.stdin is not None
    seen: dict[str, Any] = {}
    try:
        async with asyncio.timeout(WHOLE_PLAY_SECONDS):
            await _listen(client, house, seen)
    except TimeoutError:
        client.kill()
    client.stdin.close()
    await client.wait()
    listener.close()
    await house.server.stop()
    return seen


async def _listen(client: asyncio.subprocess.Process, house: House, seen: dict[str, Any]) -> None:
    """Note what the client says it saw, and do what it asks for, until it ends."""
    assert client.stdin is not None
    assert client.stdout is not None
    while line := await client.stdout.readline():
        said = json.loads(line)
        if "ask" in said:
            client.stdin.write(_done(house, said).encode())
        else:
            seen[said["step"]] = said["saw"]


def _done(house: House, said: dict[str, Any]) -> str:
    try:
        answer = {"did": house.do(said["ask"], **said["keys"])}
    except Exception as error:  # noqa: BLE001 - the driver's step says it
        answer = {"failed": str(error)}
    return json.dumps(answer) + "\n"
