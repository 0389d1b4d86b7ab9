"""Listen keys: user data on the stream hosts for who holds one, as it was until 2026-02-20."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.moments import Moment
from fillproof.simulator.dialects.protocol import Json

_KEY = re.compile("[0-9a-f]{64}")
LIFE_NS = 3_600_000_000_000
"""Without a word from the client a key lives for 60 minutes."""


@dataclass(slots=True)
class _Lease:
    account: str
    until_ns: int


class ListenKeys:
    """The keys that are alive, each of one account; an account has one at most."""

    def __init__(self) -> None:
        self._leases: dict[str, _Lease] = {}
        self._made = 0

    def __contains__(self, key: object) -> bool:
        return key in self._leases

    def begin(self, account: str, now_ns: int) -> str:
        """Return the account's key, made or made longer."""
        self.expire(now_ns)
        for key, lease in self._leases.items():
            if lease.account == account:
                lease.until_ns = now_ns + LIFE_NS
                return key
        self._made += 1
        key = sha256(f"{account} {self._made}".encode()).hexdigest()
        self._leases[key] = _Lease(account, now_ns + LIFE_NS)
        return key

    def go_on(self, account: str, key: str, now_ns: int) -> None:
        """Let a key live for another 60 minutes; raises Refusal (-1125)."""
        self._held(account, key, now_ns).until_ns = now_ns + LIFE_NS

    def end(self, account: str, key: str, now_ns: int) -> None:
        """Forget a key; raises Refusal (-1125)."""
        self._held(account, key, now_ns)
        del self._leases[key]

    def expire(self, now_ns: int) -> list[str]:
        """Forget the keys that nobody has asked to keep; return them."""
        over = [key for key, lease in self._leases.items() if lease.until_ns <= now_ns]
        for key in over:
            del self._leases[key]
        return over

    def events(
        self, events_of: Callable[[str], Iterable[Json]], now_ns: int
    ) -> Iterator[tuple[str, Json]]:
        """Yield each key with what happened to its account, and with its own end."""
        for key in self.expire(now_ns):
            yield key, {"e": "listenKeyExpired", "E": Moment(now_ns), "listenKey": key}
        for key, lease in self._leases.items():
            for event in events_of(lease.account):
                yield key, event

    def _held(self, account: str, key: str, now_ns: int) -> _Lease:
        self.expire(now_ns)
        lease = self._leases.get(key)
        if lease is None or lease.account != account:
            raise errors.NO_SUCH_LISTEN_KEY.refusal()
        return lease


def is_listen_key(name: str) -> bool:
    """Return whether a stream is named by a listen key, alive or not."""
    return _KEY.fullmatch(name) is not None
