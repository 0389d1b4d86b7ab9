"""What Hyperliquid's answers prove, when they are not what was asked for."""

from __future__ import annotations

from fillproof.harness.connectors.reference.facts import InDoubt, Refused
from fillproof.harness.connectors.reference.refusals import Answers
from fillproof.harness.connectors.reference.trouble import NotSent, VenueTrouble

LIFETIME_MS = 60_000
"""Of an action: the venue refuses it later than this after it was signed. A block may be late."""

_DEAD_AFTER_NS = (LIFETIME_MS + 2000) * 1_000_000
"""From sending to when an action can no longer be taken, with a margin for the clocks."""

_NOTHING_LEFT = "never placed, already canceled, or filled"
_WAS_TAKEN = "duplicate nonce"
"""A nonce is taken once: an action that has it is on its way, and no block may have it yet."""

_NEVER_OURS = ("does not exist", "Vault not registered", "expiresAfter")
"""Refusals of an action that hold for each copy of it, whenever it came."""


class OrderDenied(VenueTrouble):
    """A block has decided: this one order, or this one cancel, is refused."""


class ActionDenied(VenueTrouble):
    """The action was refused before any block, for who sent it, when, or how often."""


class NoSuchOrder(VenueTrouble):
    """The venue was asked about an order and does not know it."""


def outcome_of_create(trouble: VenueTrouble, sent_ns: int, answered_ns: int) -> Refused | InDoubt:
    """Say what a create that did not succeed has come to. Times are monotonic.

    Without an answer nothing is certain before the action expires; nor when a copy of the request
    is refused as the first was taken: a block may still have that one. Another refusal of who sent
    it, or how often, may be the answer to a copy as well: one question settles it.
    """
    reason = str(trouble)
    if isinstance(trouble, OrderDenied):
        return Refused(reason, is_final=False)
    if isinstance(trouble, NotSent):
        return Refused(reason)
    if not isinstance(trouble, ActionDenied) or _WAS_TAKEN in reason:
        return InDoubt(reason, certain_from_ns=sent_ns + _DEAD_AFTER_NS, answers_needed=2)
    if any(words in reason for words in _NEVER_OURS):
        return Refused(reason)
    return InDoubt(reason, certain_from_ns=answered_ns, answers_needed=1)


def _is_no_such_order(trouble: VenueTrouble) -> bool:
    return isinstance(trouble, NoSuchOrder)


def _is_nothing_left(trouble: VenueTrouble) -> bool:
    return isinstance(trouble, OrderDenied) and _NOTHING_LEFT in str(trouble)


HYPERLIQUID = Answers(_is_no_such_order, _is_nothing_left, outcome_of_create)
