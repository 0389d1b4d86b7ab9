"""Sorts events, orders in truth and facts by the order they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fillproof.harness.history.ledgers import Ledgers
from fillproof.harness.history.model import OrderStory
from fillproof.harness.history.told import Event, Place
from fillproof.harness.history.truth import (
    NEVER_ENTERED,
    AmendRefused,
    CancelRefused,
    OrderTruth,
    Report,
    order_truth,
)
from fillproof.harness.history.wire import Fact, Unit


@dataclass(frozen=True, slots=True)
class Stories:
    """Everything that is about an order, and what is about none that was placed."""

    orders: tuple[OrderStory, ...]
    collisions: tuple[OrderStory, ...]
    orphans: tuple[Event, ...]
    strays: tuple[OrderTruth, ...]
    foreign: tuple[OrderTruth, ...]
    truths: tuple[OrderTruth, ...]


@dataclass(frozen=True, slots=True)
class _Owners:
    """Says whose a message is: by client order id, else by an id of the venue that is known."""

    given: frozenset[str]
    by_venue_id: Mapping[str, str]

    def of(self, client_order_id: str | None, venue_order_id: str | None) -> str | None:
        """Return the client order id of the placed order that is meant, or None."""
        if client_order_id in self.given:
            return client_order_id
        return self.by_venue_id.get(venue_order_id or "")


def tell_stories(ledgers: Ledgers, facts: Sequence[Fact]) -> Stories:
    """Return the story of every placed order, and what belongs to none."""
    truths = tuple(_truths(ledgers))
    given = {place.order: _given_id(ledgers, place) for place in ledgers.places}
    owners = _owners(frozenset(filter(None, given.values())), ledgers.events, truths)
    material = _Material(ledgers, truths, facts, owners)
    orders: list[OrderStory] = []
    collisions: list[OrderStory] = []
    seen: set[str] = set()
    for place in ledgers.places:
        client_order_id = given[place.order]
        story = material.story(place, client_order_id)
        (collisions if client_order_id in seen else orders).append(story)
        if client_order_id is not None:
            seen.add(client_order_id)
    of_nobody = [truth for truth in material.truths[None] if truth.accepted]
    foreign = ledgers.foreign
    return Stories(
        orders=tuple(orders),
        collisions=tuple(collisions),
        orphans=tuple(material.events[None]),
        strays=tuple(truth for truth in of_nobody if truth.client_order_id not in foreign),
        foreign=tuple(truth for truth in of_nobody if truth.client_order_id in foreign),
        truths=truths,
    )


def _given_id(ledgers: Ledgers, place: Place) -> str | None:
    returned = ledgers.returned.get(place.order)
    return returned.client_order_id if returned else ledgers.labels.get(place.order)


def _truths(ledgers: Ledgers) -> Iterator[OrderTruth]:
    by_order: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in ledgers.reports:
        refused = report.venue_order_id == NEVER_ENTERED
        key = (report.venue_order_id, report.client_order_id if refused else "")
        by_order[key].append(report)
    trades = {trade.n: trade for trade in ledgers.trades}
    for reports in by_order.values():
        yield order_truth(reports, (trades[r.n] for r in reports if r.n in trades))


def _owners(
    given: frozenset[str], events: Iterable[Event], truths: Iterable[OrderTruth]
) -> _Owners:
    by_venue_id: dict[str, str] = {}
    for truth in truths:
        if truth.venue_order_id != NEVER_ENTERED and truth.client_order_id in given:
            by_venue_id[truth.venue_order_id] = truth.client_order_id
    for event in events:
        if event.venue_order_id and event.client_order_id in given:
            by_venue_id.setdefault(event.venue_order_id, event.client_order_id)
    return _Owners(given, by_venue_id)


class _Material:
    """The ledgers, sorted by the client order id of the placed order (None: of no placed order)."""

    def __init__(
        self, ledgers: Ledgers, truths: Iterable[OrderTruth], facts: Iterable[Fact], owners: _Owners
    ) -> None:
        self._ledgers = ledgers
        self.events: dict[str | None, list[Event]] = defaultdict(list)
        self.truths: dict[str | None, list[OrderTruth]] = defaultdict(list)
        self.facts: dict[str | None, list[Fact]] = defaultdict(list)
        self.refused_cancels: dict[str | None, list[CancelRefused]] = defaultdict(list)
        self.refused_amends: dict[str | None, list[AmendRefused]] = defaultdict(list)
        for event in ledgers.events:
            self.events[owners.of(event.client_order_id, None)].append(event)
        for truth in truths:
            owner = owners.of(truth.client_order_id, truth.venue_order_id)
            self.truths[owner].append(truth)
        for fact in facts:
            self.facts[owners.of(fact.client_order_id, fact.venue_order_id)].append(fact)
        for refusal in ledgers.refused_cancels:
            owner = owners.of(refusal.client_order_id, refusal.venue_order_id)
            self.refused_cancels[owner].append(refusal)
        for refused in ledgers.refused_amends:
            owner = owners.of(refused.client_order_id, refused.venue_order_id)
            self.refused_amends[owner].append(refused)

    def story(self, place: Place, client_order_id: str | None) -> OrderStory:
        """Return the story of one placed order."""
        mine = client_order_id is not None
        return OrderStory(
            label=place.order,
            client_order_id=client_order_id,
            place=place,
            returned=self._ledgers.returned.get(place.order),
            told=tuple(self.events[client_order_id]) if mine else (),
            cancels=tuple(c for c in self._ledgers.cancels if c.client_order_id == client_order_id),
            truths=tuple(self.truths[client_order_id]) if mine else (),
            refused_cancels=tuple(self.refused_cancels[client_order_id]) if mine else (),
            amends=tuple(a for a in self._ledgers.amends if a.client_order_id == client_order_id),
            refused_amends=tuple(self.refused_amends[client_order_id]) if mine else (),
            requests=tuple(self._requests(place, client_order_id)) if mine else (),
            facts=tuple(_attributable(self.facts[client_order_id])) if mine else (),
        )

    def _requests(self, place: Place, client_order_id: str | None) -> Iterator[Unit]:
        channels = {"create_request", "amend_request"} if place.replaces else {"create_request"}
        for unit in self._ledgers.units.values():
            if unit.channel not in channels:
                continue
            only_one = len(self._ledgers.places) == 1
            if only_one or (client_order_id and unit.names(client_order_id)):
                yield unit


def _attributable(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the facts; one that names the venue's id alone counts from when that id was known."""
    waiting: list[Fact] = []
    known = False
    for fact in facts:
        if known or fact.client_order_id is not None:
            yield fact
        else:
            waiting.append(fact)
        if not known and fact.heard and fact.client_order_id and fact.venue_order_id:
            known = True
            yield from (replace(early, n=fact.n, t=fact.t) for early in waiting)
            waiting.clear()
    yield from (replace(fact, heard=False) for fact in waiting)
