"""The chain of a decentralised venue: its parameters, and presets of venues there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import (
    Field,
    PlainSerializer,
    PlainValidator,
    SerializationInfo,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from fillproof.harness.scenario.base import Form, Frozen, shown, wrong
from fillproof.harness.scenario.mistakes import Path, not_one_of
from fillproof.harness.scenario.values import Span, duration_ns, duration_text
from fillproof.harness.scenario.words import OneOf

_TO = " to "
_SECOND = 1_000_000_000


def _read_delay(value: object, info: ValidationInfo) -> tuple[int, int]:
    if info.context is Form.DOCUMENT and isinstance(value, list | tuple):
        least, most = value
        return least, most
    if isinstance(value, tuple):
        return value
    ends = value.split(_TO) if isinstance(value, str) else []
    times = [duration_ns(end) for end in ends]
    if len(times) not in (1, 2) or None in times or times != sorted(times, key=lambda t: t or 0):
        raise wrong(f'{shown(value)} is no delay; write "3s", or "1s to 3s" for any between them')
    return times[0] or 0, times[-1] or 0


def _write_delay(value: tuple[int, int], info: SerializationInfo) -> str | list[int]:
    if info.context is not Form.YAML:
        return list(value)
    least, most = (duration_text(end) for end in value)
    return least if least == most else f"{least}{_TO}{most}"


Wait = Annotated[
    tuple[int, int],
    PlainValidator(_read_delay),
    PlainSerializer(_write_delay),
    WithJsonSchema({"type": "string"}),
]
"""A time, or any between two: "3s", "1s to 3s"; least and most nanoseconds."""

Shows = Annotated[str, OneOf("level of commitment", ("tip", "final"))]
NonceRule = Annotated[str, OneOf("rule for nonces", ("free", "sequence"))]
BlockOrder = Annotated[str, OneOf("order of a block", ("arrival", "classes", "shuffled"))]
_NONE = (0, 0)
_Blocks = Annotated[int, Field(ge=0, le=1_000_000)]
_OneIn = Annotated[int, Field(ge=0, le=1_000_000)]


class Inclusion(Frozen):
    """How long a transaction takes until the makers of blocks know of it."""

    place: Wait = _NONE
    cancel: Wait = _NONE
    amend: Wait = _NONE
    trade: Wait = _NONE
    """Of a counterparty's."""


class Chances(Frozen):
    """What goes wrong by itself, one in so many; 0 is never."""

    drop: _OneIn = 0
    """A transaction of the strategy never reaches a block."""
    fail: _OneIn = 0
    """One runs out of gas."""
    reorganise: _OneIn = 0
    """A block is taken back before it is final, with all after it."""


class Chain(Frozen):
    """How blocks come about, and what the gateway says of them."""

    preset: str | None = None
    """A venue there is; what it does not say, and all that is said beside it, is as below."""
    block_time: Span = _SECOND
    """How far blocks are apart; 0s: only `mine` makes one, until the last step is done."""
    inclusion: Inclusion = Inclusion()
    """How long transactions take."""
    finality: _Blocks = 0
    """How many blocks must be on top of one, so that it is never taken back."""
    shows: Shows = "tip"
    """What streams and queries speak of: the newest block, or the newest that is final."""
    nonces: NonceRule = "free"
    """Whether an account's transactions may overtake each other."""
    order_within: BlockOrder = "arrival"
    """How a block sorts: as they came, cancels before takers, or drawn from the seed."""
    order_life: _Blocks = 0
    """In how many blocks after its own an order can be filled; 0: in all."""
    transaction_life: Span = 0
    """How long a transaction waits at most; 0s: for ever."""
    transaction_life_blocks: _Blocks = 0
    """In how many blocks from now it can be at most; 0: in all."""
    announces_cancel: bool = False
    """Whether the gateway says canceled as soon as the mempool has the cancel."""
    chances: Chances = Chances()
    """What goes wrong by itself."""

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, said: Any) -> Any:
        """Put what the preset says under what is said."""
        preset = said.get("preset") if isinstance(said, dict) else None
        if preset is None:
            return said
        if preset not in PRESETS:
            raise wrong(not_one_of("no preset is called", str(preset), PRESETS))
        return {**PRESETS[preset].chain, **said}

    @property
    def longest_cancel_ns(self) -> int:
        """Return how long a cancel may take into a block, without what steps do to it."""
        return self.inclusion.cancel[1] + self.block_time

    def problems(self) -> Iterator[tuple[Path, str]]:
        """Yield what the keys say against each other."""
        if self.chances.reorganise and not self.finality:
            text = "a chain whose blocks are final at once takes none back; say finality"
            yield ("chances", "reorganise"), text
        if self.announces_cancel and self.shows == "final":
            text = "a gateway that shows only what is final announces no cancel"
            yield ("announces_cancel",), f"{text}; leave it out or set shows: tip"


class Preset(Frozen):
    """A venue as it is published to behave, and how long it may fill after an end was told."""

    chain: dict[str, Any]
    grace_window: str


def _preset(grace_window: str, **chain: Any) -> Preset:
    return Preset(chain=chain, grace_window=grace_window)


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        # Short-term orders live 20 blocks at most; a cancel is gossip: "best effort".
        "dydx_v4": _preset(
            "22s",
            block_time="1s",
            order_life=20,
            announces_cancel=True,
            inclusion={"cancel": "0s to 3s"},
        ),
        # Orders with a long life: place and cancel are transactions of a block.
        "dydx_v4_stateful": _preset("3s", block_time="1s", nonces="sequence"),
        # A soft cancel: signatures that were given stay good for up to 90 s.
        "0x_v3_coordinator": _preset(
            "105s",
            block_time="12s",
            finality=12,
            announces_cancel=True,
            nonces="sequence",
            inclusion={"cancel": "0s to 90s"},
        ),
        # The same with up to five minutes.
        "kyberswap": _preset(
            "315s",
            block_time="12s",
            finality=12,
            announces_cancel=True,
            inclusion={"cancel": "0s to 5m"},
        ),
        # An order that is in a solution on its way may still settle: one auction and a settlement.
        "cow": _preset(
            "75s",
            block_time="12s",
            finality=12,
            announces_cancel=True,
            inclusion={"cancel": "0s to 1m"},
        ),
        # "Accepted" is the mempool's word alone; final with its block.
        "injective": _preset("3s", block_time="650ms", nonces="sequence"),
        # The order within a ledger is canonical, not of arrival; only validated ledgers count.
        "xrpl": _preset(
            "12s",
            block_time="4s",
            finality=1,
            shows="final",
            nonces="sequence",
            order_within="shuffled",
        ),
        # Slots of 0.4 s that may be taken back until 32 are on top of them.
        "serum": _preset("20s", block_time="400ms", finality=32),
        # Cancels come before takers in a block, and the block's word is the answer.
        "hyperliquid": _preset("1s", block_time="200ms", order_within="classes"),
    }
)
"""By name; docs/dex.md says where the numbers are from."""
