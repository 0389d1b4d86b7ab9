"""One WebSocket of the venue: an outbox, its writer, and pings."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp import WSMsgType, web

from fillproof.simulator.dialects.protocol import Timing
from fillproof.simulator.server.pushes import CallAt, Clock, Timer

_PONG_TIMEOUT = 1008
_TOO_OLD = 1001
_NANOSECONDS_PER_MILLISECOND = 1_000_000

_Send = Callable[[], Awaitable[object]]


class Socket:
    """Sends everything through one outbox, so nothing overtakes and nobody waits for the peer."""

    def __init__(self, timing: Timing, clock: Clock, call_at: CallAt) -> None:
        # Pings and pongs come up here as messages; frames stay readable for whoever listens.
        self.response = web.WebSocketResponse(autoping=False, compress=False)
        self._timing = timing
        self._clock = clock
        self._call_at = call_at
        self._opened_ns = clock()
        self._outbox: asyncio.Queue[_Send | None] = asyncio.Queue()
        self._beat_timer: Timer | None = None
        self._unanswered_since_ns: int | None = None

    def send(self, text: str) -> None:
        """Send a text frame."""
        self._outbox.put_nowait(partial(self.response.send_str, text))

    def close(self, code: int, reason: str = "") -> None:
        """Send a close frame after all that is in the outbox, and end when the peer answers."""
        close = partial(self.response.close, code=code, message=reason.encode())
        self._outbox.put_nowait(close)
        self._outbox.put_nowait(None)

    async def serve(self, on_text: Callable[[str], None], on_control: Callable[[], None]) -> None:
        """Read until the connection is over; what is binary comes as an empty text."""
        writer = asyncio.get_running_loop().create_task(self._write())
        self._arm_beat()
        try:
            async for message in self.response:
                if message.type is WSMsgType.TEXT:
                    on_text(message.data)
                elif message.type is WSMsgType.BINARY:
                    on_text("")
                elif message.type is WSMsgType.PING:
                    self._outbox.put_nowait(partial(self.response.pong, message.data))
                    on_control()
                elif message.type is WSMsgType.PONG:
                    self._unanswered_since_ns = None
                    on_control()
        finally:
            self._disarm_beat()
            self._outbox.put_nowait(None)
            await writer

    async def _write(self) -> None:
        while send := await self._outbox.get():
            try:
                await send()
            except ConnectionError:
                # The peer is gone: `serve` learns it from the same connection and ends.
                return

    def _arm_beat(self) -> None:
        interval_ns = self._timing.ping_interval_ns
        if interval_ns:
            self._beat_timer = self._call_at(self._clock() + interval_ns, self._beat)

    def _disarm_beat(self) -> None:
        if self._beat_timer is not None:
            self._beat_timer.cancel()

    def _beat(self) -> None:
        """Ping, or end a connection that is too old or whose peer is silent for too long."""
        now_ns = self._clock()
        lifetime_ns = self._timing.connection_lifetime_ns
        if 0 < lifetime_ns <= now_ns - self._opened_ns:
            self.close(_TOO_OLD, "Connection lifetime is over")
            return
        if self._unanswered_since_ns is None:
            self._unanswered_since_ns = now_ns
        elif now_ns - self._unanswered_since_ns >= self._timing.pong_timeout_ns:
            self.close(_PONG_TIMEOUT, "Pong timeout")
            return
        text = str(now_ns // _NANOSECONDS_PER_MILLISECOND)
        self._outbox.put_nowait(partial(self.response.ping, text.encode()))
        self._arm_beat()
