"""What can be asked of the venue from outside its dialect: the words of scenario steps, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from fillproof.harness.scenario.actions import Halt, Open, Rest, Sweep
from fillproof.harness.scenario.base import Frozen
from fillproof.harness.scenario.values import Amount
from fillproof.harness.scenario.words import AssetName, ClientOrderId, MarketName


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


class RestateWord(OneOrder):
    """The venue makes a live order smaller by itself."""

    amount: Amount
    """What it is for from then on, in all."""


class BustWord(Frozen):
    """The venue takes a trade back."""

    trade_id: int


class CorrectWord(BustWord):
    """The venue makes a trade smaller, or gives it another price."""

    market: MarketName
    amount: Amount | None = None
    price: Amount | None = None


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
        "restate": RestateWord,
        "bust": BustWord,
        "correct": CorrectWord,
        "halt": Halt,
        "open": Open,
        "deposit": DepositWord,
    }
)
