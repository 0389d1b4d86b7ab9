"""Reads that lag behind writes: a copy of the venue as it was answers them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

from fillproof.simulator.dialects.protocol import Dialect, HttpReply, HttpRequest

_SLOW_DOWN = (418, 429)


@dataclass(frozen=True, slots=True)
class _Replica:
    fault: str
    channel: str
    dialect: Dialect


class Replicas:
    """The copies that answer reads over HTTP, by the fault that asked for each.

    `on_fired` hears of each answer that is not what the venue itself says now: a copy that knows as
    much as the venue has hidden nothing.
    """

    def __init__(self, on_fired: Callable[[str], None]) -> None:
        self._on_fired = on_fired
        self._frozen: dict[str, _Replica] = {}

    def __bool__(self) -> bool:
        return bool(self._frozen)

    def freeze(self, fault: str, channel: str, dialect: Dialect) -> None:
        """From now on requests of the channel are answered as of this moment."""
        self._frozen[fault] = _Replica(fault, channel, copy.deepcopy(dialect))

    def catch_up(self, fault: str) -> None:
        """Let a copy know all that the venue knows: it is needed no more."""
        self._frozen.pop(fault, None)

    def heal(self) -> None:
        """Let all catch up."""
        self._frozen.clear()

    def stale(
        self, channel: str, asked: HttpRequest, now_ns: int, live: HttpReply
    ) -> tuple[HttpReply, tuple[str, ...]]:
        """Return the reply that the client gets, and the fault that made it if one did.

        The venue's own refusal of who asks too much stands: it comes from its door.
        """
        for replica in self._frozen.values():
            if replica.channel == channel and live.status not in _SLOW_DOWN:
                reply = replica.dialect.request(asked, now_ns).reply
                if isinstance(reply, HttpReply) and reply.body != live.body:
                    self._on_fired(replica.fault)
                    kept = HttpReply(reply.status, reply.body, reply.content_type, live.headers)
                    return kept, (replica.fault,)
        return live, ()
