"""What an error reply proves (Binance Spot API, "Error codes"), as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fillproof.harness.connectors.reference.facts import InDoubt, Refused
from fillproof.harness.connectors.reference.trouble import NotSent, Refusal, VenueTrouble

OUTSIDE_RECEIVE_WINDOW = -1021
NO_SUCH_MARKET = -1121
UNKNOWN_ORDER = -2011
NO_SUCH_ORDER = -2013

RECEIVE_WINDOW_MS = 5000
"""Sent with each create: the venue does not accept it later than this after its timestamp."""

_DEAD_AFTER_NS = (RECEIVE_WINDOW_MS + 2000) * 1_000_000
"""From sending to when a create can no longer be accepted, with a margin for the clocks."""

_SPEAKS_OF_THE_REQUEST = frozenset({-1013, -1020, -1022, NO_SUCH_MARKET, -2014, -2015}) | frozenset(
    range(-1199, -1099)
)
"""Format, filters, symbol, key: whoever sent this request, and however often, it was refused."""

_OUTCOME_UNKNOWN = frozenset({None, -1000, -1001, -1006, -1007, -1008})
"""The venue itself does not know whether it acted, or gave no code: it did not answer."""


def leaves_open(trouble: VenueTrouble) -> bool:
    """Return whether the venue may have acted, on what was sent, though it did not say so."""
    return _code_of(trouble) in _OUTCOME_UNKNOWN


def outcome_of_create(trouble: VenueTrouble, sent_ns: int, answered_ns: int) -> Refused | InDoubt:
    """Say what a create that did not succeed has come to. Times are monotonic.

    A refusal that speaks of the account, of time or of pace ("Duplicate order sent.", too little
    money) may be the answer to a copy that a proxy sent after the first was accepted: one question
    settles it. Without an answer nothing is certain before the create is too old to be accepted.
    """
    reason = str(trouble)
    if isinstance(trouble, NotSent):
        return Refused(reason)
    if leaves_open(trouble):
        return InDoubt(reason, certain_from_ns=sent_ns + _DEAD_AFTER_NS, answers_needed=2)
    if _code_of(trouble) in _SPEAKS_OF_THE_REQUEST:
        return Refused(reason)
    return InDoubt(reason, certain_from_ns=answered_ns, answers_needed=1)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the answers of a venue prove, when they are not what was asked for.

    `is_no_such_order`: the venue was asked about an order and does not know it. `is_nothing_left`:
    it was asked to cancel one and has none to cancel. `outcome_of_create` is as the function is.
    """

    is_no_such_order: Callable[[VenueTrouble], bool]
    is_nothing_left: Callable[[VenueTrouble], bool]
    outcome_of_create: Callable[[VenueTrouble, int, int], Refused | InDoubt]


def _has_code(*codes: int) -> Callable[[VenueTrouble], bool]:
    return lambda trouble: _code_of(trouble) in codes


def _code_of(trouble: VenueTrouble) -> int | None:
    return trouble.code if isinstance(trouble, Refusal) else None


BINANCE = Answers(
    _has_code(NO_SUCH_ORDER, NO_SUCH_MARKET), _has_code(UNKNOWN_ORDER), outcome_of_create
)
