"""A dialect as worlds use it: what a scenario is there, and how its venue is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from fillproof.harness.worker.keys import Keys
from fillproof.simulator.dialects.protocol import Dialect
from fillproof.simulator.dialects.switches import Switches
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.instruments import Instrument, Margin

Document = Mapping[str, Any]
"""A normalised scenario, or its venue."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A dialect.

    `named` returns a scenario as this venue has it: its markets and assets by their names there,
    its trading rules as they are there. It changes nothing in what it returned before. `lacking`
    says what a scenario needs that no venue of the dialect has; such a case is UNSUPPORTED.
    `make` builds the dialect from the engine, its instruments and the venue of the named scenario.
    With a `margin` all markets are perpetual contracts. Without `market_orders` all orders have a
    limit; a market order is then sent as one that does not rest. With `price_figures` a price that
    is no whole number has at most so many. On a chain one that `waits_for_blocks` answers when a
    block has decided; others answer when the mempool has what was asked.
    """

    keys: Keys
    named: Callable[[Document], Document]
    lacking: Callable[[Document], tuple[str, ...]]
    make: Callable[[Exchange, Sequence[Instrument], Document], Dialect]
    margin: Margin | None = None
    market_orders: bool = True
    price_figures: int | None = None
    waits_for_blocks: bool = False

    @property
    def terms(self) -> dict[str, Any]:
        """What the header of a recording says of the orders that the venue takes."""
        return {"market_orders": self.market_orders, "price_figures": self.price_figures}


def own_quirks(venue: Document, quirks: type[Switches]) -> dict[str, Any]:
    """Return the switches of a venue that its dialect has."""
    known = {field.name for field in fields(quirks)}
    return {name: value for name, value in venue["quirks"].items() if name in known}


def foreign_quirks(venue: Document, quirks: type[Switches]) -> Iterator[str]:
    """Yield what a scenario lacks at a venue for each switch that is another dialect's."""
    own = own_quirks(venue, quirks)
    yield from (f"the quirk {name}" for name in venue["quirks"] if name not in own)
