"""The alternative that many paths share, for the engine: the order is refused at entry."""

from __future__ import annotations

from typing import NamedTuple

from conformance_tests.unit.fix.desk import ONLY_BOB, PURSE, Play


class Refusal(NamedTuple):
    """What is asked, why it is refused, and what is done before."""

    order: str
    reason: str
    before: str = "wait"
    purse: str = PURSE


_POOR = Refusal("buy X 10000 @ 100", "insufficient_balance", purse=ONLY_BOB)
_POOR_SELL = Refusal("sell X 10000 @ 100", "insufficient_balance", purse=ONLY_BOB)
_TOO_LARGE = Refusal("buy X 100001 @ 1", "quantity_above_maximum")
_HALTED = Refusal("buy X 10000 @ 100", "market_halted", "venue phase halted")
_CANCEL_ONLY = Refusal("buy X 10000 @ 100", "market_cancel_only", "venue phase cancel_only")
_POST_ONLY = Refusal("sell X 10000 @ 100", "market_post_only", "venue phase post_only")

_REFUSALS = {
    "A.1.a-1": _POOR,
    "A.1.b-1": Refusal("buy X 10000 @ 100 until 3", "expiry_in_the_past", "at 5 wait"),
    "B.1.a-1": _POOR_SELL,
    "B.1.b-1": _TOO_LARGE,
    "B.1.c-1": _HALTED,
    "C.1.a-1": _POOR,
    "C.1.b-1": _TOO_LARGE,
    "C.1.c-1": _CANCEL_ONLY,
    "C.2.a-1": _POST_ONLY,
    "C.3.a-1": _POOR_SELL,
    "C.3.b-1": _HALTED,
    "C.3.c-1": _TOO_LARGE,
    "D.1.a-1": _POOR,
    "D.1.b-1": _HALTED,
    "D.1.c-1": _CANCEL_ONLY,
    "E.1.b-1": _POOR_SELL,
    "E.1.c-1": _TOO_LARGE,
    "E.1.d-1": _POOR,
    "E.1.e-1": Refusal("buy X 10000 @ 100 post", "would_match_immediately", "bob sell s 1 @ 100"),
    "E.1.f-1": Refusal("buy X 10000 @ 110 stop 105", "insufficient_balance", purse=ONLY_BOB),
    "G.1.b-1": _POST_ONLY,
    "G.1.c-1": _POOR,
    "I.1.a-1": Refusal(
        "buy X 10000 @ 100 fok", "insufficient_balance", "bob sell s 10000 @ 100", ONLY_BOB
    ),
    "I.1.b-1": Refusal(
        "buy X 10000 @ 100 ioc", "insufficient_balance", "bob sell s 1000 @ 100", ONLY_BOB
    ),
    "J.1.a-1": _TOO_LARGE,
    "K.1.a-1": _HALTED,
    "K.1.b-1": _CANCEL_ONLY,
    "L.1.a-1": _POOR,
    "L.1.b-1": Refusal(
        "buy X worth 10000", "insufficient_balance", "bob sell s 500 @ 20", ONLY_BOB
    ),
    "X-A.1.a-1": _POOR_SELL,
    "X-A.1.b-1": Refusal("sell X 10000 @ 100 until 5", "expiry_in_the_past", "at 5 wait"),
    "X-A.1.c-1": Refusal(
        "buy X 10000 @ 100", "insufficient_balance", "bob sell s 10000 @ 100", ONLY_BOB
    ),
    "X-A.1.d-1": Refusal(
        "buy X 10000 @ 100", "insufficient_balance", "bob sell s 7000 @ 100", ONLY_BOB
    ),
    "X-I.1.a-1": Refusal("buy X 10000 @ 100 fok", "market_halted", "venue phase halted"),
    "X-I.1.a-2": Refusal("sell X 10000 @ 100 fok", "insufficient_balance", purse=ONLY_BOB),
    "X-I.1.b-1": Refusal("buy X 10000 @ 100 ioc", "market_halted", "venue phase halted"),
    "X-I.1.b-2": Refusal("sell X 10000 @ 100 ioc", "insufficient_balance", purse=ONLY_BOB),
}

PLAYS = {
    ref: Play(
        f"""
        {refusal.before} |
        ann {refusal.order} | X Rejected Rejected 0/0 {refusal.reason}
        status X | unknown
        """,
        purse=refusal.purse,
    )
    for ref, refusal in _REFUSALS.items()
}
