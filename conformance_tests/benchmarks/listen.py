"""A subscriber in a process of its own: counts the messages of one market stream.

Words: port, stream, how many messages a turn. Says a line when it is subscribed, and when a turn's
messages have come.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import ClientSession


async def main(port: str, stream: str, messages: str) -> None:
    """Count turn after turn, until the server hangs up."""
    async with (
        ClientSession() as session,
        session.ws_connect(f"http://127.0.0.1:{port}/ws/{stream}") as socket,
    ):
        _say("ready")
        count = 0
        async for _ in socket:
            count += 1
            if count % int(messages) == 0:
                _say("over")


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


asyncio.run(main(*sys.argv[1:]))
