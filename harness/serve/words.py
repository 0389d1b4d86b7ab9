"""What can be asked of the venue from outside its dialect: the words of scenario steps, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated

from fillproof.harness.scenario.actions import Rest, Sweep
from fillproof.harness.scenario.base import Frozen
from fillproof.harness.scenario.values import Amount
from fillproof.harness.scenario.words import AssetName, ClientOrderId, MarketName, OneOf
from fillproof.simulator.vocabulary.orders import MarketPhase

Phase = Annotated[str, OneOf("phase", tuple(MarketPhase), any_case=True)]


class OneOrder(Frozen):
    """An order, by the client's id or by the venue's."""

    order: ClientOrderId | None = None
    venue_order_id: int | None = None
    account: str | None = None
    """Whose; needed when two accounts have an order of that id."""

    def problems(self) -> Iterator[str]:
        """Yield what the keys say against each other."""
        if (self.order is None) == (self.venue_order_id is None):
            yield "name one order: either order (the client's id) or venue_order_id"


class TradeWord(OneOrder):
    """A counterparty fills exactly this order and amount."""

    amount: Amount


class HaltWord(Frozen):
    """The venue opens, restricts or halts a market."""

    market: MarketName
    phase: Phase = "HALTED"


class DepositWord(Frozen):
    """Money from outside."""

    asset: AssetName
    amount: Amount
    account: str | None = None
    """Whose; the first account unless said."""


WORDS: Mapping[str, type[Frozen]] = MappingProxyType(
    {
        "trade": TradeWord,
        "rest": Rest,
        "sweep": Sweep,
        "expire": OneOrder,
        "reject": OneOrder,
        "halt": HaltWord,
        "deposit": DepositWord,
    }
)
