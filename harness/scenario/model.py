"""A scenario as a frozen value, and the normalised document the world is given."""

from __future__ import annotations

from typing import Any

from pydantic import Field, InstanceOf

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.scenario.actions import Action, Place
from fillproof.harness.scenario.base import Form, Frozen, FrozenMap, Map, Row
from fillproof.harness.scenario.values import Duration
from fillproof.harness.scenario.venue import Venue
from fillproof.harness.scenario.words import Label, Need, Sentence, Source, TraceWord

_NEEDED_BY_TIME_IN_FORCE = FrozenMap(
    {"IOC": Capability.IOC, "FOK": Capability.FOK, "GTD": Capability.GTD}
)

_NEEDED_BY_STEP = FrozenMap(
    {
        "amend": frozenset({Capability.AMEND}),
        "replace": frozenset({Capability.REPLACE}),
        "identify": frozenset({Capability.IN_FLIGHT}),
        "stop": frozenset({Capability.RESTART}),
        "restart": frozenset({Capability.RESTART}),
    }
)

_NEEDED_BY_KEY = FrozenMap(
    {
        "stop_loss": Capability.TRIGGERS,
        "take_profit": Capability.TRIGGERS,
        "quote_amount": Capability.QUOTE_AMOUNTS,
        "self_trade_prevention": Capability.SELF_TRADE_PREVENTION,
    }
)


class Bounds(Frozen):
    """How long a world may live."""

    virtual: Duration = 21_600_000_000_000
    """In virtual time, six hours unless said."""


class Expectation(Frozen):
    """All that the connector may tell of one order, from its first event to its last."""

    passing: Row[Row[TraceWord]] = Field(default=(), alias="pass")
    """Traces that are right."""
    non_strict: Row[Row[TraceWord]] = ()
    """Traces that are tolerated and counted apart."""


class Header(Frozen):
    """What an author writes around the steps."""

    title: Sentence
    """What happens, in plain words."""
    source: Source = ""
    """Where the case comes from: a FIX matrix, a reported bug, a rule."""
    requires: Row[Need] = ()
    """Capabilities a connector must declare, beside those the orders need anyway."""
    venue: Venue = Venue()
    bounds: Bounds = Bounds()
    expect: Map[Label, Expectation] = FrozenMap({})
    """By order. All rules are judged whether or not something is expected."""


class Step(Frozen):
    """An action and the place it was written at (0 when it was never written)."""

    line: int
    column: int
    action: InstanceOf[Action]

    def document(self) -> dict[str, Any]:
        """Return the step as the world is given it."""
        # An order states all that every order has; else an absent key means "not this one".
        rare = self.action.rare if isinstance(self.action, Place) else None
        keys = self.action.model_dump(
            mode="json", by_alias=True, exclude_none=rare is None, context=Form.DOCUMENT
        )
        keys = {k: value for k, value in keys.items() if k not in (rare or ()) or value is not None}
        return {"op": self.action.op, "line": self.line, "column": self.column, **keys}


class Scenario(Header):
    """A scenario that is known to be right. Make one with `load` or `from_document`."""

    id: str
    """Its path below the folder of scenarios."""
    steps: tuple[Step, ...]

    @property
    def profile(self) -> str:
        """The profile a connector must have: `centralised` or `decentralised`."""
        return self.venue.profile

    @property
    def needs(self) -> frozenset[Capability]:
        """The capabilities a connector must declare: the required, and those the orders need."""
        needs = {Capability(word) for word in self.requires}
        for step in self.steps:
            if isinstance(step.action, Place):
                needs |= _needs_of(step.action)
            needs |= _NEEDED_BY_STEP.get(step.action.op, frozenset())
        return frozenset(needs)

    def document(self) -> dict[str, Any]:
        """Return the normalised document: plain JSON values, all defaults stated.

        A venue without life has no key for it.
        """
        written = self.model_dump(
            mode="json", by_alias=True, exclude={"id", "steps"}, context=Form.DOCUMENT
        )
        if written["venue"]["life"] is None:
            del written["venue"]["life"]
        expect = written.pop("expect")
        steps = [step.document() for step in self.steps]
        return {"id": self.id, **written, "steps": steps, "expect": expect}


def _needs_of(order: Place) -> set[Capability]:
    needs = set()
    if order.order_type == "MARKET":
        needs.add(Capability.MARKET_ORDERS)
    if order.time_in_force in _NEEDED_BY_TIME_IN_FORCE:
        needs.add(_NEEDED_BY_TIME_IN_FORCE[order.time_in_force])
    if order.post_only:
        needs.add(Capability.POST_ONLY)
    needs |= {need for key, need in _NEEDED_BY_KEY.items() if getattr(order, key) is not None}
    return needs
