"""The venue of a scenario: its markets, money, fees, links and profile."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path as FolderPath
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema, model_validator

from fillproof.harness.numbers import plain
from fillproof.harness.scenario.base import Frozen, FrozenMap, Map, shown, wrong
from fillproof.harness.scenario.chain import PRESETS, Chain
from fillproof.harness.scenario.life import Life
from fillproof.harness.scenario.mistakes import Path, Places, ScenarioError, not_one_of
from fillproof.harness.scenario.quirks import wrong_value
from fillproof.harness.scenario.recorded import Steps
from fillproof.harness.scenario.tables import TableError
from fillproof.harness.scenario.values import Amount, Money, Rate, Span, duration_text
from fillproof.harness.scenario.words import AssetName, MarketName, Profile, QuirkName

SMALLEST_UNIT = Decimal("0.00000001")
"""Money of any asset is counted in these, so nothing finer can be exact."""

Problem = tuple[Path, str]
"""Where below the thing itself, and what is wrong there."""


def is_multiple(value: Decimal | Fraction, step: Decimal) -> bool:
    """Return whether `value` is a whole number of `step`s, exactly."""
    return (Fraction(value) / Fraction(step)).denominator == 1


def _read_switch(value: object) -> bool | int:
    if not isinstance(value, bool | int):
        raise wrong(f"{shown(value)} is not a switch; write true, false or a whole number")
    return value


Switch = Annotated[
    bool | int,
    PlainValidator(_read_switch),
    WithJsonSchema({"type": ["boolean", "integer"]}),
]


class Market(Frozen):
    """One market and its trading rules."""

    tick_size: Amount = Decimal("0.01")
    """Smallest step of a price, in quote per base."""
    lot_size: Amount = Decimal("0.0001")
    """Smallest step of an amount, in base."""
    min_quantity: Amount = Decimal("0.0001")
    """Smallest amount of an order, in base."""
    max_quantity: Amount = Decimal(9000)
    """Largest amount of an order, in base."""
    min_notional: Money = Decimal(5)
    """Smallest price times amount of an order, in quote."""

    def problems(self) -> Iterator[Problem]:
        """Yield what would make amounts or balances inexact."""
        for key, value in (
            ("min_quantity", self.min_quantity),
            ("max_quantity", self.max_quantity),
        ):
            if not is_multiple(value, self.lot_size):
                text = f"{key} {plain(value)} is not a multiple of lot_size {plain(self.lot_size)}"
                yield (key,), f"{text}; state one that is"
        if self.min_quantity > self.max_quantity:
            text = f"min_quantity {plain(self.min_quantity)} is above max_quantity"
            yield ("min_quantity",), f"{text}; at most {plain(self.max_quantity)} is allowed"
        yield from self._inexact()

    def _inexact(self) -> Iterator[Problem]:
        smallest_cost = Fraction(self.tick_size) * Fraction(self.lot_size)
        for key, what, value in (
            ("lot_size", "lot_size", Fraction(self.lot_size)),
            ("lot_size", "tick_size times lot_size", smallest_cost),
            ("min_notional", "min_notional", Fraction(self.min_notional)),
        ):
            if not is_multiple(value, SMALLEST_UNIT):
                yield (key,), f"{what} has more than 8 decimals; balances would not be exact"


class Fees(Frozen):
    """What a fill costs, as a part of what is received."""

    maker: Rate = Decimal("0.001")
    """For an order that rested."""
    taker: Rate = Decimal("0.001")
    """For an order that took."""


class Links(Frozen):
    """How long messages travel, each way."""

    latency: Span = 5_000_000
    """The time every message takes."""
    jitter: Span = 0
    """Up to this is added, drawn from the seed."""


DEFAULT_MARKETS = FrozenMap({"BTC-USDT": Market()})
DEFAULT_BALANCES = FrozenMap({"USDT": Decimal(100000), "BTC": Decimal(10)})


class Venue(Frozen):
    """The venue and the account the connector trades with."""

    profile: Profile = "centralised"
    """`decentralised`: what was told of an order may not be the last of it; see `chain`."""
    grace_window: Span = 0
    """How long after an order's end a fill of it is still owed (decentralised only)."""
    chain: Chain | None = None
    """The chain behind it (decentralised only)."""
    markets: Map[MarketName, Market] = DEFAULT_MARKETS
    """Replaces the default market BTC-USDT."""
    balances: Map[AssetName, Money] = DEFAULT_BALANCES
    """What the account holds at the start."""
    fees: Fees = Fees()
    links: Links = Links()
    quirks: Map[QuirkName, Switch] = FrozenMap({})
    """Switches of the dialect, as its documentation names them."""
    life: Life | None = None
    """What strangers do by themselves; nothing unless said."""

    @property
    def lively_market(self) -> str:
        """The name of the market that strangers live in."""
        named = self.life.market if self.life is not None else None
        return named or next(iter(self.markets))

    def problems(self) -> Iterator[Problem]:
        """Yield what the parts of the venue say against each other."""
        for name, market in self.markets.items():
            for path, text in market.problems():
                yield ("markets", name, *path), text
        for asset, amount in self.balances.items():
            if not is_multiple(amount, SMALLEST_UNIT):
                text = f"{plain(amount)} {asset} is too fine; at most 8 decimals are allowed"
                yield ("balances", asset), text
        for name, value in self.quirks.items():
            wrong_one = wrong_value(name, value)
            if wrong_one is not None:
                yield ("quirks", name), f"{name}: {wrong_one}"
        yield from self._profile_problems()
        yield from self._life_problems()

    def _profile_problems(self) -> Iterator[Problem]:
        if self.profile == "decentralised":
            if self.chain is not None:
                yield from self._chain_problems(self.chain)
            return
        # A chain's preset brings its grace window along; nobody wrote that.
        key = "grace_window" if self.chain is None else "chain"
        if getattr(self, key):
            text = f"{key} is only for a decentralised venue"
            yield (key,), f"{text}; leave it out or set profile: decentralised"

    def _chain_problems(self, chain: Chain) -> Iterator[Problem]:
        for path, text in chain.problems():
            yield ("chain", *path), text
        if chain.announces_cancel and chain.longest_cancel_ns > self.grace_window:
            least = duration_text(chain.longest_cancel_ns)
            text = f"a cancel may take {least} into a block, and a fill could come too late"
            yield ("grace_window",), f"{text}; at least {least} is allowed"

    @model_validator(mode="before")
    @classmethod
    def _grace_of_preset(cls, said: Any) -> Any:
        """Have the grace window that goes with the preset, unless one is said."""
        chain = said.get("chain") if isinstance(said, dict) else None
        preset = PRESETS.get(chain.get("preset", "")) if isinstance(chain, dict) else None
        if preset is None or "grace_window" in said:
            return said
        return {**said, "grace_window": preset.grace_window}

    def _life_problems(self) -> Iterator[Problem]:
        if self.life is None:
            return
        for path, text in self.life.problems():
            yield ("life", *path), text
        if self.lively_market not in self.markets:
            text = not_one_of("the venue has no market", self.lively_market, self.markets)
            yield ("life", "market"), text
        elif self.life.price is not None:
            tick = self.markets[self.lively_market].tick_size
            if not is_multiple(self.life.price, tick):
                text = f"{plain(self.life.price)} is off the tick; multiples of {plain(tick)}"
                yield ("life", "price"), f"{text} are allowed"

    def with_trades(self, folder: FolderPath, name: str, places: Places, at: Path) -> Venue:
        """Return it with the recorded trades it names; raises ScenarioError at that place."""
        if self.life is None or self.life.replay is None:
            return self
        market = self.markets[self.lively_market]
        steps = Steps(market.tick_size, market.lot_size, market.max_quantity)
        try:
            life = self.life.read(folder, steps)
        except TableError as problem:
            mistake = places.mistake((*at, "life", "replay"), f"replay: {problem}")
            raise ScenarioError(name, [mistake]) from problem
        return self.model_copy(update={"life": life})
