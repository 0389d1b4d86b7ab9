"""Requests that are wrong in one way, and what must be true of the answer and the venue after."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from conformance_tests.property.bad_values import BASES, PLAUSIBLE
from conformance_tests.unit.dialects.bench import KEY, SECRET, Bench
from hypothesis import strategies as st

from fillproof.simulator.dialects.binance import Quirks
from fillproof.simulator.dialects.binance.door.signing import sign
from fillproof.simulator.dialects.binance.endpoint import Endpoint, Security
from fillproof.simulator.dialects.binance.endpoints import METHODS, REST
from fillproof.simulator.dialects.protocol import HttpReply, HttpRequest

PAGES = {403: "403 Forbidden", 404: "404 Not Found", 405: "405 Not Allowed", 410: "410 Gone"}
"""What the venue's proxies answer instead of JSON."""

STATUSES = {400, 401, 403, 404, 405, 409, 410, 418, 429}
"""All that the venue documents of a request that fails by the client's fault."""

ENDPOINTS: dict[str, Endpoint] = {
    **{" ".join(at): endpoint for at, endpoint in REST.items()},
    **METHODS,
}
"""By "METHOD /path", or by the name of the method."""


def is_signed(name: str) -> bool:
    """Return whether an endpoint wants a signature."""
    return ENDPOINTS[name].security is Security.SIGNED


_OWNED = ("alice", "bob")


_AT_REST: list[Bench] = []


def a_venue() -> Bench:
    """Return a venue with a history: orders of two accounts rest, and some have traded."""
    return _AT_REST.pop() if _AT_REST else _new_venue()


def give_back(venue: Bench) -> None:
    """Let the next request have a venue that the last one has not changed."""
    _AT_REST.append(venue)


def _new_venue() -> Bench:
    bench = Bench(quirks=Quirks(rate_limits=False))
    bench.limit("BUY", "1", "29000", "rests")
    bench.limit("SELL", "2", "30000", "asks", who="bob")
    bench.limit("BUY", "0.5", "30000", "fills")
    bench.limit("BUY", "1", "28000", "bids", who="bob")
    return bench


def state(bench: Bench) -> tuple[Any, ...]:
    """Return all that a refused request must leave as it is."""
    exchange = bench.exchange
    return (
        [exchange.balances(account) for account in (*_OWNED, "market", "venue")],
        [exchange.orders(account) for account in _OWNED],
        exchange.depth("BTCUSDT"),
    )


@dataclass
class Draft:
    """A request before it is signed and sent; corruptions change it."""

    name: str
    pairs: list[tuple[str, str]]
    headers: dict[str, str] = field(default_factory=lambda: {"x-mbx-apikey": KEY})
    in_body: int = 0
    signature: Callable[[str], list[str]] = lambda right: [right]
    target: Callable[[str], str] = lambda target: target
    body: Callable[[bytes], bytes] = lambda body: body

    @property
    def endpoint(self) -> Endpoint:
        """What is asked."""
        return ENDPOINTS[self.name]

    def set(self, name: str, value: str) -> None:
        """Give a parameter a value, in its place if it has one."""
        names = [known for known, _ in self.pairs]
        if name in names:
            self.pairs[names.index(name)] = (name, value)
        else:
            self.pairs.append((name, value))

    def request(self) -> HttpRequest:
        """Sign it, and put it on the wire: the last `in_body` parameters as a form."""
        method, _, path = self.name.partition(" ")
        body_count = 0 if method == "GET" else min(self.in_body, len(self.pairs))
        cut = len(self.pairs) - body_count
        query, body = urlencode(self.pairs[:cut]), urlencode(self.pairs[cut:])
        if is_signed(self.name):
            right = sign(SECRET, (query + body).encode())
            signed = urlencode([("signature", one) for one in self.signature(right)])
            if body:
                body += f"&{signed}" if signed else ""
            else:
                query += f"&{signed}" if signed else ""
        target = self.target(f"{path}?{query}" if query else path)
        return HttpRequest(
            method, "api.binance.com", target, dict(self.headers), self.body(body.encode())
        )


def plausible(name: str) -> str:
    """Return a value that a parameter may have."""
    return PLAUSIBLE.get(name, "1")


def base(name: str, now_ms: int) -> dict[str, str]:
    """Return the parameters of a good request, as far as they are known."""
    endpoint = ENDPOINTS[name]
    names = BASES.get(name, ("symbol",))
    given = {one: plausible(one) for one in names if one in endpoint.parameters}
    return given | ({"timestamp": str(now_ms)} if is_signed(name) else {})


@st.composite
def drafts(draw: st.DrawFn, now_ms: int, names: Sequence[str]) -> Draft:
    """Draw a request that may be good: what it needs, sometimes less or more."""
    name = draw(st.sampled_from(names))
    known = sorted(ENDPOINTS[name].parameters - {"timestamp", "recvWindow"})
    pairs = base(name, now_ms)
    if known and draw(st.integers(0, 2)) == 0:
        more = draw(st.lists(st.sampled_from(known), max_size=6))
        pairs |= {one: plausible(one) for one in more}
    if draw(st.integers(0, 5)) == 0:
        for one in draw(st.lists(st.sampled_from(known or ["symbol"]), max_size=2)):
            pairs.pop(one, None)
    return Draft(name, list(pairs.items()), in_body=draw(st.sampled_from([0, 99, 2])))


def require_venue_error(reply: HttpReply) -> None:
    """Hold a reply to the venue's documented form of an error."""
    assert reply.status in STATUSES
    if reply.status in PAGES and reply.content_type == "text/html":
        assert PAGES[reply.status].encode() in reply.body
        return
    assert reply.content_type == "application/json;charset=UTF-8"
    require_error_body(json.loads(reply.body.decode("utf-8")))


def require_error_body(error: Any) -> None:
    """Hold an error to a code below zero and a text."""
    assert type(error["code"]) is int
    assert error["code"] < 0
    assert type(error["msg"]) is str
    assert error["msg"]
