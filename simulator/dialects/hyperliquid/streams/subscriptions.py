"""What can be subscribed to: each kind with what it must name, read from a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.door.reading import address, text
from fillproof.simulator.dialects.hyperliquid.encoding import compact
from fillproof.simulator.dialects.hyperliquid.errors import Malformed
from fillproof.simulator.dialects.hyperliquid.info.books import INTERVALS_MS
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.protocol import Json


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of subscription: what it names, and the channel of its messages.

    `paced` ones are pushed when what they show has changed, but not too often.
    """

    channel: str
    names: tuple[str, ...] = ()
    paced: bool = False
    is_user: bool = False


KINDS: Mapping[str, Kind] = {
    "allMids": Kind("allMids", paced=True),
    "l2Book": Kind("l2Book", ("coin",), paced=True),
    "activeAssetCtx": Kind("activeAssetCtx", ("coin",), paced=True),
    "trades": Kind("trades", ("coin",)),
    "bbo": Kind("bbo", ("coin",)),
    "candle": Kind("candle", ("coin", "interval")),
    "userFills": Kind("userFills", ("user",), is_user=True),
    "userEvents": Kind("user", ("user",), is_user=True),
    "user": Kind("user", ("user",), is_user=True),
    "orderUpdates": Kind("orderUpdates", ("user",), is_user=True),
    "clearinghouseState": Kind("clearinghouseState", ("user",), is_user=True),
    "spotState": Kind("spotState", ("user",), is_user=True),
    "userFundings": Kind("userFundings", ("user",), is_user=True),
    "userNonFundingLedgerUpdates": Kind("userNonFundingLedgerUpdates", ("user",), is_user=True),
    "notification": Kind("notification", ("user",), is_user=True),
    "activeAssetData": Kind("activeAssetData", ("user", "coin"), is_user=True),
}

SPOT_CONTEXT_CHANNEL = "activeSpotAssetCtx"

_NOT_SET: Mapping[str, Mapping[str, Json]] = {
    "l2Book": {"nSigFigs": None, "mantissa": None},
    "userFills": {"aggregateByTime": False},
}
"""What the venue repeats of a subscription though the client left it out."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription. `echo` is how the venue repeats it, and `key` that as text."""

    type: str
    echo: Mapping[str, Json]
    key: str
    user: str = ""
    account: str | None = None
    market: Market | None = None
    interval: str = ""

    @property
    def kind(self) -> Kind:
        """What is subscribed to."""
        return KINDS[self.type]


class Unsubscribable(ValueError):
    """A frame names no subscription that there is."""


def read(desk: Desk, wanted: Mapping[str, Json]) -> Subscription:
    """Read a subscription; raises Unsubscribable."""
    try:
        type_ = text(wanted, "type")
        kind = KINDS.get(type_)
        if kind is None:
            raise Unsubscribable(type_)
        user = address(wanted, "user") if "user" in kind.names else ""
        coin = text(wanted, "coin") if "coin" in kind.names else None
        interval = text(wanted, "interval") if "interval" in kind.names else ""
    except Malformed as error:
        raise Unsubscribable(str(error)) from None
    market = desk.markets.of_coin(coin)
    if (coin is not None and market is None) or (interval and interval not in INTERVALS_MS):
        raise Unsubscribable(type_)
    echo = {"type": type_, **{name: wanted[name] for name in kind.names}}
    if user:
        echo["user"] = user
    echo |= {name: wanted.get(name, value) for name, value in _NOT_SET.get(type_, {}).items()}
    account = desk.wallets.account(user)
    return Subscription(type_, echo, compact(echo), user, account, market, interval)
