"""What an endpoint is: what it reads, what it weighs, and who may ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.parameters import Parameters

Handler = Callable[[Desk, Call], Outcome]
Weigh = Callable[[Parameters], int]


class Security(Enum):
    """What a request must bring: nothing, an API key, or a signature by one."""

    NONE = "NONE"
    KEY = "KEY"
    SIGNED = "SIGNED"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing that can be asked. `role` is the stem of its channels.

    `weigh` tells the weight where it depends on the parameters. `orders` is how many the venue
    counts against the order limits when it succeeds; with `counts_itself` the handler does that.
    What is `retired` is gone (410) unless a quirk brings it back.
    """

    role: str
    handler: Handler
    parameters: frozenset[str]
    weight: int
    security: Security = Security.NONE
    weigh: Weigh | None = None
    orders: int = 0
    counts_itself: bool = False
    retired: bool = False

    def cost(self, parameters: Parameters) -> int:
        """Return what a request with these parameters weighs."""
        return self.weight if self.weigh is None else self.weigh(parameters)

    @property
    def changes_orders(self) -> bool:
        """Placing and cancelling: their weight counts only when they fail."""
        return self.role in ("create", "cancel") or self.counts_itself


def public(handler: Handler, weight: int, *parameters: str, weigh: Weigh | None = None) -> Endpoint:
    """Return an endpoint that anybody may ask."""
    return Endpoint("reference", handler, frozenset(parameters), weight, weigh=weigh)
