"""What is said of one path of the FIX order state matrices."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LITERAL = "as it stands"
REFUSED_AT_ENTRY = "rejections/insufficient_balance"


class Standing(StrEnum):
    """Whether a venue's own messages can tell a path."""

    RUNNABLE = "runnable"
    ADAPTED = "adapted"
    NOT_EXPRESSIBLE = "not expressible"


@dataclass(frozen=True, slots=True)
class OnVenue:
    """How a path stands at one venue.

    `note` says how it is adapted, why it cannot be expressed (with the venue's document), or what a
    runnable path uses that is worth naming. `scenarios` are ids of packaged scenarios that are it.
    """

    standing: Standing
    note: str = ""
    scenarios: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FixPath:
    """One path: a matrix's main line ("B.1.c") or an alternative of it ("B.1.c-1").

    `flow` is the path in the notation of docs/fix.md; an order is of 10,000 unless it says other.
    `engine` says how the path is read for the matching engine, which knows no line between client
    and venue.
    """

    ref: str
    title: str
    flow: str
    binance: OnVenue
    engine: str = LITERAL

    @property
    def group(self) -> str:
        """The chapter's letter: A to L, and X for the chapter on exchanges."""
        return self.ref[0]


def runnable(*scenarios: str, note: str = "") -> OnVenue:
    """Return a standing for a path that the venue's requests and answers tell as it is."""
    return OnVenue(Standing.RUNNABLE, note, scenarios)


def adapted(how: str, *scenarios: str) -> OnVenue:
    """Return a standing for a path of which the venue has the idea, not the messages."""
    return OnVenue(Standing.ADAPTED, how, scenarios)


def not_expressible(why: str) -> OnVenue:
    """Return a standing for a path that the venue has no messages for."""
    return OnVenue(Standing.NOT_EXPRESSIBLE, why)


def refused_at_entry(
    ref: str, what: str, *scenarios: str, order: str = "X", note: str = ""
) -> FixPath:
    """Return the alternative that many matrices share: the order never enters.

    `what` is the order that is refused; without scenarios of its own it is an ordinary one, as in
    A.1.a-1. A note of its own says with which words.
    """
    own = scenarios or (REFUSED_AT_ENTRY,)
    how = note or "POST /api/v3/order answers HTTP 400 with -2010 or -1013; no report is streamed"
    return FixPath(ref, f"{what} is refused", f"{order}, rejected 0/0", runnable(*own, note=how))
