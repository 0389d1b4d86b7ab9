"""What happens on the chain: blocks made by hand, taken back, missing; transactions gone wrong."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from fillproof.harness.scenario.actions.action import Action
from fillproof.harness.scenario.base import Row
from fillproof.harness.scenario.values import Amount, Count, Duration
from fillproof.harness.scenario.words import Label, TransactionName

Depth = Annotated[int, Field(ge=1, le=1000)]


class OfTheChain(Action):
    """Base of all actions that need a chain."""


class OfATransaction(OfTheChain):
    """Base of what befalls one transaction; it waits until the mempool has it."""

    short: ClassVar[str | None] = "transaction"
    transaction: TransactionName
    """What it does and to which order: "cancel a"."""


class Submitted(OfATransaction):
    """Waits until the mempool has, or has had, a transaction."""

    op: ClassVar[str] = "submitted"


class Mine(OfTheChain):
    """A block is made now; it has all that waits, or exactly what is named, in that order."""

    op: ClassVar[str] = "mine"
    short: ClassVar[str | None] = "blocks"
    blocks: Count = 1
    """How many; those after the first have what is left."""
    of: Row[TransactionName] | None = None
    """What the first has: "place a", "cancel a", "amend a" or "trade a"."""


class Reorganise(OfTheChain):
    """The last blocks are taken back; what they had waits again."""

    op: ClassVar[str] = "reorg"
    short: ClassVar[str | None] = "depth"
    depth: Depth
    """How many blocks; they must not be final."""
    lost: Row[TransactionName] = ()
    """What does not wait again, and is in no block any more."""


class HaltSequencer(OfTheChain):
    """No block is made for a while; then those that are missing, all at once."""

    op: ClassVar[str] = "halt_sequencer"
    short: ClassVar[str | None] = "for"
    for_: Duration = Field(alias="for")


class Lose(OfATransaction):
    """A transaction is dropped from the mempool; nobody is told."""

    op: ClassVar[str] = "lose"


class Starve(OfATransaction):
    """A transaction runs out of gas in its block, and does nothing."""

    op: ClassVar[str] = "starve"


class Outbid(OfATransaction):
    """Another transaction of the account, with a higher fee, takes the nonce of one that waits."""

    op: ClassVar[str] = "outbid"


class Withhold(OfATransaction):
    """A transaction reaches the makers of blocks only when a time is over."""

    op: ClassVar[str] = "withhold"
    short: ClassVar[str | None] = None
    for_: Duration = Field(alias="for")


class Claim(OfTheChain):
    """The stream claims a fill that never happened."""

    op: ClassVar[str] = "claim"
    order: Label
    amount: Amount
    """How much it says was filled, at the order's price."""
