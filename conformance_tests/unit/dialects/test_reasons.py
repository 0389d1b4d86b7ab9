"""Every reason that the engine has to refuse or to end an order has words of the venue."""

from __future__ import annotations

import pytest

from fillproof.simulator.dialects.binance.trading.refusals import broken_rule, refused
from fillproof.simulator.dialects.binance.words import expiry_reason
from fillproof.simulator.vocabulary.orders import Reason
from fillproof.simulator.vocabulary.reports import AmendRefused, CancelRefused, ListRefused

_ENDS = {
    Reason.BY_CLIENT: "REJECTED",
    Reason.BY_VENUE: "EXCHANGE_CANCELED",
    Reason.IOC_REST: "UNFILLED_IOC_QUANTITY_EXPIRED",
    Reason.FOK_NOT_FILLABLE: "UNFILLED_FOK_ORDER_EXPIRED",
    Reason.NO_LIQUIDITY: "INSUFFICIENT_LIQUIDITY",
    Reason.GOOD_TILL_DATE: "EXCHANGE_CANCELED",
    Reason.GOOD_TILL_BLOCK: "EXCHANGE_CANCELED",
    Reason.OTHER_OF_LIST: "OCO_TRIGGER",
    Reason.FIRST_OF_LIST_ENDED: "OTO_PHASE_ONE_EXPIRED",
}
_NO_REFUSAL = {*_ENDS, Reason.NONE, Reason.SELF_TRADE_PREVENTION}
_NEVER_SENT = {
    Reason.EXPIRY_IN_THE_PAST,
    Reason.INSUFFICIENT_MARGIN,
    Reason.REDUCE_ONLY,
    Reason.SCHEDULED,
}
"""The venue has no orders that end at a date, and no margin."""


@pytest.mark.parametrize("reason", [one for one in Reason if one not in _NO_REFUSAL | _NEVER_SENT])
def test_a_reason_to_refuse_has_code_and_text(reason: Reason) -> None:
    """Each becomes an error of HTTP 400 with one of the engine's codes."""
    refusal = broken_rule(reason)
    assert refusal.code in (-1013, -1121, -2010)
    assert refusal.text
    assert refusal.status == 400


@pytest.mark.parametrize(("reason", "word"), list(_ENDS.items()))
def test_a_reason_to_expire_has_a_word(reason: Reason, word: str) -> None:
    """Any other is a reason to refuse, which came too late for that: REJECTED."""
    assert expiry_reason(reason) == word
    assert expiry_reason(Reason.INSUFFICIENT_BALANCE) == "REJECTED"


def test_the_code_says_what_was_asked() -> None:
    """One text has a code each for new orders, cancels and amends."""
    place = ("alice", "BTCUSDT", 1, None, Reason.MARKET_HALTED)
    assert refused(CancelRefused(*place)).code == -2011
    assert refused(AmendRefused(*place)).code == -2038
    refusal = ListRefused("alice", "BTCUSDT", "list", None, Reason.LIST_PRICES_WRONG)
    assert refused(refusal).code == -2010
    assert broken_rule(Reason.MARKET_HALTED).code == -1013
