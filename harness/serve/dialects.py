"""The dialects that can be served: how each is made, and where its clients look for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cryptography.exceptions import UnsupportedAlgorithm

from fillproof.harness.serve import defaults, hyperliquid
from fillproof.harness.serve.defaults import Usual
from fillproof.harness.serve.plan import Plan
from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.dialects.binance.door.signing import secret_of
from fillproof.simulator.dialects.protocol import Dialect
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.instruments import Instrument


def _as_written(instrument: Instrument) -> Instrument:
    return instrument


@dataclass(frozen=True, slots=True)
class Served:
    """A dialect on one port. `check` raises ValueError for switches or keys it cannot have.

    `bases` are (what, scheme, path) of each part of it; `weight_header` is where its replies say
    how much of the request limit is used. `usual` is the venue that nobody described; `traded`
    makes of a market as it is written one as the venue has it.
    """

    make: Callable[[Plan, Exchange], Dialect]
    check: Callable[[Plan], object]
    usual: Usual
    bases: tuple[tuple[str, str, str], ...]
    weight_header: str = ""
    traded: Callable[[Instrument], Instrument] = _as_written

    def addresses(self, authority: str) -> dict[str, str]:
        """Return the base URL of each part at "host:port"."""
        return {what: f"{scheme}://{authority}{path}" for what, scheme, path in self.bases}


def _binance(plan: Plan, exchange: Exchange) -> BinanceDialect:
    return BinanceDialect(
        exchange,
        plan.markets.values(),
        accounts={account.key: (account.name, account.secret) for account in plan.accounts},
        quirks=Quirks.from_mapping(plan.quirks),
    )


def _check_binance(plan: Plan) -> None:
    Quirks.from_mapping(plan.quirks)
    for account in plan.accounts:
        try:
            secret_of(account.secret)
        except (ValueError, UnsupportedAlgorithm) as problem:
            raise ValueError(f"the key of account {account.name}: {problem}") from problem


DIALECTS: Mapping[str, Served] = MappingProxyType(
    {
        "binance": Served(
            make=_binance,
            check=_check_binance,
            usual=defaults.BINANCE,
            bases=(("rest", "http", ""), ("streams", "ws", ""), ("ws_api", "ws", "/ws-api/v3")),
            weight_header="X-MBX-USED-WEIGHT-1M",
        ),
        "hyperliquid": Served(
            make=hyperliquid.make,
            check=hyperliquid.check,
            usual=hyperliquid.USUAL,
            bases=(("rest", "http", ""), ("streams", "ws", "/ws")),
            traded=hyperliquid.traded,
        ),
    }
)
"""By the name that --dialect takes. All parts of a dialect share the port; the path decides."""
