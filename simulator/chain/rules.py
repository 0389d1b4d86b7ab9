"""How a chain behaves, as data: blocks, inclusion, order within a block, finality, chances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Acknowledges(StrEnum):
    """When a client is answered: as soon as the mempool has its transaction, or by the block."""

    MEMPOOL = "mempool"
    BLOCK = "block"


class Shows(StrEnum):
    """What queries and streams speak of: the newest block, or the newest that is final."""

    TIP = "tip"
    FINAL = "final"


class NonceRule(StrEnum):
    """Which nonces of an account are taken: any that was not used, or each after the one before."""

    FREE = "free"
    SEQUENCE = "sequence"


class BlockOrder(StrEnum):
    """How a block sorts its transactions: as they arrived, by class, or drawn from the seed.

    Classes: what neither cancels nor takes, then cancels, then orders that may take (Hyperliquid's
    documented order).
    """

    ARRIVAL = "arrival"
    CLASSES = "classes"
    SHUFFLED = "shuffled"


class Kind(StrEnum):
    """What a transaction does. OTHER is all that no client asks for: strangers and the venue."""

    PLACE = "place"
    CANCEL = "cancel"
    AMEND = "amend"
    TRADE = "trade"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Delay:
    """How long a transaction takes to reach a block's maker, in nanoseconds, each length alike."""

    least_ns: int = 0
    most_ns: int = 0


NO_DELAY = Delay()


@dataclass(frozen=True, slots=True)
class Chances:
    """What goes wrong by itself, drawn from the seed: one in so many; 0 is never.

    `drop`: a client's transaction never reaches a block. `fail`: it runs out of gas there.
    `reorganise`: a block is taken back, before it is final, with all that follow it.
    """

    drop_one_in: int = 0
    fail_one_in: int = 0
    reorganise_one_in: int = 0


@dataclass(frozen=True, slots=True)
class ChainRules:
    """The parameters of a chain. Times in nanoseconds, lives and depth in blocks; 0 is none.

    `block_time_ns` 0: blocks are made only when they are asked for. A block is final when
    `finality` blocks are on top of it. `order_life_blocks`: an order can be filled in the block
    that placed it and in so many after it, and has then expired. `transaction_life_*`: what is in
    no block by then never will be.
    """

    block_time_ns: int = 1_000_000_000
    inclusion: Mapping[Kind, Delay] = field(default_factory=lambda: MappingProxyType({}))
    finality: int = 0
    acknowledges: Acknowledges = Acknowledges.MEMPOOL
    shows: Shows = Shows.TIP
    nonces: NonceRule = NonceRule.FREE
    order_within: BlockOrder = BlockOrder.ARRIVAL
    order_life_blocks: int = 0
    transaction_life_blocks: int = 0
    transaction_life_ns: int = 0
    chances: Chances = Chances()

    @property
    def answers_early(self) -> bool:
        """True when the mempool's word is an answer."""
        return self.acknowledges is Acknowledges.MEMPOOL

    def delay(self, kind: Kind) -> Delay:
        """Return how long a kind of transaction takes."""
        return self.inclusion.get(kind, NO_DELAY)
