"""What a message of the venue states about streams: that one is subscribed to, or has ended."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.facts import Fact
from fillproof.simulator.dialects.binance.markets import Markets
from fillproof.simulator.dialects.binance.public.live import DIFF_STREAMS
from fillproof.simulator.dialects.binance.public.session import streams_named
from fillproof.simulator.dialects.binance.user.listen_keys import is_listen_key
from fillproof.simulator.dialects.protocol import HttpRequest, Json

USER, PUBLIC = "user_stream", "public_stream"
SUBSCRIBES = frozenset({"userDataStream.subscribe", "userDataStream.subscribe.signature"})
_ENDINGS = frozenset({"eventStreamTerminated", "listenKeyExpired"})


def of_api_reply(method: str, reply: Json) -> list[Fact]:
    """Return the fact of a reply to a subscription of the WebSocket API, if it is one."""
    if method not in SUBSCRIBES:
        return []
    if "error" in reply:
        stated = {
            key: reply["error"].get(name) for key, name in (("code", "code"), ("text", "msg"))
        }
        return [{"fact": "subscription_refused", "stream": USER, **stated}]
    number = str(reply["result"]["subscriptionId"])
    return [{"fact": "subscribed", "stream": USER, "subscription": number}]


def of_event(message: Json) -> list[Fact]:
    """Return the fact of an event of user data, if it is the last of a subscription."""
    event = message.get("event", message)
    if event.get("e") not in _ENDINGS:
        return []
    number = message.get("subscriptionId", event.get("listenKey"))
    return [{"fact": "subscription_ended", "stream": USER, "subscription": str(number)}]


def of_names(markets: Markets, names: list[str]) -> list[Fact]:
    """Return the facts of market streams, or listen keys, that were subscribed to by name."""
    return [{"fact": "subscribed", **_named(markets, name)} for name in names]


def of_market_reply(markets: Markets, method: str, names: list[str], reply: Json) -> list[Fact]:
    """Return the facts of a reply to a request on a stream host."""
    if "error" in reply:
        return []
    if method == "SUBSCRIBE":
        return of_names(markets, names)
    if method == "UNSUBSCRIBE":
        return [{"fact": "subscription_ended", **_named(markets, name)} for name in names]
    return []


def names_in_path(target: str) -> list[str]:
    """Return the streams that the path of a handshake names."""
    return streams_named(HttpRequest("GET", "", target, {}))


def _named(markets: Markets, name: str) -> Fact:
    """Return what a name subscribes to; of the changes of a book, of which market."""
    fact: Fact = {"stream": USER if is_listen_key(name) else PUBLIC, "subscription": name}
    symbol, _, what = name.partition("@")
    market = markets.find(symbol.upper())
    if what in DIFF_STREAMS and market is not None:
        fact["market"] = market.name
    return fact
