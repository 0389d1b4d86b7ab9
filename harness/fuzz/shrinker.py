"""Finds the smallest scenario that breaks a rule: Hypothesis first, then one-minimal trimming."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis.strategies import SearchStrategy

from fillproof.harness.fuzz import tables
from fillproof.harness.fuzz.building import Document, build, fingerprint, named
from fillproof.harness.fuzz.drawing import shrink
from fillproof.harness.fuzz.moves import Plan
from fillproof.harness.fuzz.simpler import labels
from fillproof.harness.fuzz.trimming import trim

_LABELS = (*tables.LABELS, *tables.DESK_LABELS)
_NAMING = frozenset({"order", "by"})
"""Keys that name an order; a delay is `by` a time, which no order is called."""


class Unrepeatable(Exception):
    """A scenario that failed did not fail when it was run again; the message names it."""


@dataclass(slots=True)
class Shrinker:
    """Asks about scenarios, each once. `breaks` runs one and says whether it breaks the rule."""

    source: str
    breaks: Callable[[Document], bool]
    known: dict[str, bool] = field(default_factory=dict)

    def smallest(
        self, strategy: SearchStrategy[Plan], seed: int, count: int, plan: Plan
    ) -> Document:
        """Return the smallest scenario found; `plan` was drawn with this seed and count.

        Raises Unrepeatable.
        """
        drawn = build(plan, self.source)
        if not self.fails(drawn):
            raise Unrepeatable(f"{drawn['id']} failed once and did not fail again")
        plan = shrink(strategy, seed, count, plan, self._plan_fails)
        document = trim(build(plan, self.source), self.fails)
        renamed = relabelled(document)
        return named(renamed if self.fails(renamed) else document)

    def fails(self, document: Document) -> bool:
        """Return whether a scenario breaks the rule."""
        key = fingerprint(document)
        if key not in self.known:
            self.known[key] = self.breaks(named(document))
        return self.known[key]

    def _plan_fails(self, plan: Plan) -> bool:
        return self.fails(build(plan, self.source))


def relabelled(document: Document) -> Document:
    """Return the document with its orders called a, b, c as they are placed."""
    old = labels(document["steps"])
    new = dict(zip(old, _LABELS, strict=False))
    steps = [
        {key: new.get(value, value) if key in _NAMING else value for key, value in step.items()}
        for step in document["steps"]
    ]
    return {**document, "steps": steps}
