"""What strangers do by themselves while the steps run: nothing, trading, or trading again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    Field,
    PlainSerializer,
    PlainValidator,
    SerializationInfo,
    ValidationInfo,
    WithJsonSchema,
)

from fillproof.harness.scenario.base import Form, Frozen, shown, wrong
from fillproof.harness.scenario.mistakes import Path as Place
from fillproof.harness.scenario.recorded import Steps, read_trades
from fillproof.harness.scenario.values import Amount, Duration, duration_text
from fillproof.harness.scenario.words import MarketName

MOST_TRADES = 20_000
"""Of a scenario: they are kept in each of its recordings."""
_EVERY_NS = 500_000_000
_SHORTEST_NS = 10_000_000
_LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Replayed:
    """A file of recorded trades, and what is in it once it was read: a line for each trade."""

    file: str
    trades: str = ""


def _read_replayed(value: object, info: ValidationInfo) -> Replayed:
    if info.context is Form.DOCUMENT and isinstance(value, dict):
        return Replayed(**value)
    if isinstance(value, Replayed):
        return value
    if not isinstance(value, str) or not value:
        raise wrong(f"{shown(value)} is no file; write the path of a CSV or Parquet file")
    return Replayed(value)


def _write_replayed(value: Replayed, info: SerializationInfo) -> str | dict[str, str]:
    if info.context is Form.YAML:
        return value.file
    return {"file": value.file, "trades": value.trades}


Replay = Annotated[
    Replayed,
    PlainValidator(_read_replayed),
    PlainSerializer(_write_replayed),
    WithJsonSchema({"type": "string"}),
]


class Life(Frozen):
    """Strangers of one market, drawn from a seed or recorded."""

    traders: int | None = Field(default=None, ge=1, le=200)
    """How many there are: they keep a book around a random walk, and trade."""
    every: Duration = _EVERY_NS
    """How often they wake on average; only with traders."""
    replay: Replay | None = None
    """A file of recorded trades, beside the scenario; they are traded again at their times."""
    market: MarketName | None = None
    """Where; in the first market of the venue unless said."""
    price: Amount | None = None
    """Where the walk begins; in the middle of the prices of the steps unless said."""
    apart: bool = True
    """Whether they leave the strategy's orders, and the prices of the steps, alone."""
    seed: int | None = Field(default=None, ge=0, le=_LARGEST_SEED)
    """What they are drawn from; the seed of the run unless said."""

    def problems(self) -> Iterator[tuple[Place, str]]:
        """Yield what the keys say against each other."""
        if (self.traders is None) == (self.replay is None):
            yield (), "life is one thing: write either traders: 20 or replay: FILE"
        if self.every < _SHORTEST_NS:
            text = f"every {duration_text(self.every)} is too often"
            yield ("every",), f"{text}; at least {duration_text(_SHORTEST_NS)} is allowed"
        for key, is_said in (("every", self.every != _EVERY_NS), ("price", self.price is not None)):
            if self.replay is not None and is_said:
                yield (key,), f"{key} is only for traders; leave it out"

    def read(self, folder: Path, steps: Steps, most: int = MOST_TRADES) -> Life:
        """Return it with the trades of its file, if it has one; raises TableError."""
        if self.replay is None:
            return self
        trades = read_trades(folder / self.replay.file, steps, most)
        lines = "\n".join(trade.line() for trade in trades)
        kept: dict[str, Any] = {"replay": replace(self.replay, trades=lines)}
        return self.model_copy(update=kept)
