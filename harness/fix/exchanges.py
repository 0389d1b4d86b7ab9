"""Group X: the chapter on exchanges, which begins anew what A and I tell of brokers."""

from __future__ import annotations

from fillproof.harness.fix.path import FixPath, adapted, refused_at_entry, runnable
from fillproof.harness.fix.rare import ENDS_EXPIRED

_IN_ONE_ANSWER = "New is always told first, in the same answer as the trade"
_BUNDLED = (
    "the answer to the request is the one message (newOrderRespType FULL); the stream tells NEW "
    "first"
)

X = (
    FixPath(
        "X-A.1.a",
        "A resting order is filled in three parts",
        "X, new 0/10000, +2000 2000/8000, +1000 3000/7000, +7000 filled 10000/0",
        runnable("partial_fills/many"),
    ),
    refused_at_entry("X-A.1.a-1", "The order that would have rested", order="X"),
    FixPath(
        "X-A.1.a-2",
        "A resting order is refused after it was accepted",
        "X, new 0/10000, rejected 0/0",
        adapted("as A.1.a-2", "rejections/after_acceptance"),
        "the venue ends the order as Rejected",
    ),
    FixPath(
        "X-A.1.b",
        "A resting, partly filled order is done for the day",
        "X, new 0/10000, +2000 2000/8000, +1000 3000/7000, done for day 3000/0",
        adapted("as A.1.b", "expiries/partly_filled"),
        "done for the day is the venue's expiry: Expired 3000/0",
    ),
    refused_at_entry("X-A.1.b-1", "The order that would have rested for the day"),
    FixPath(
        "X-A.1.c",
        "An order is full when it meets the book, and that is the first word of it",
        "X, +10000 filled 10000/0",
        runnable("partial_fills/matched_on_arrival", note=_BUNDLED),
        _IN_ONE_ANSWER,
    ),
    refused_at_entry("X-A.1.c-1", "The order that would have met the book"),
    FixPath(
        "X-A.1.d",
        "An order is partly filled when it meets the book, and rests",
        "X, +7000 7000/3000",
        runnable("partial_fills/matched_on_arrival_in_part", note=_BUNDLED),
        _IN_ONE_ANSWER,
    ),
    refused_at_entry("X-A.1.d-1", "The order that would have met a part of the book"),
    FixPath(
        "X-I.1.a",
        "Two fill-or-kill orders cannot be filled: told in two messages, and in one",
        "X, new 0/10000, canceled 0/0; A, canceled 0/0",
        runnable("expiries/fok_not_fillable", note=_BUNDLED),
        f"New and the end are two reports of one answer; {ENDS_EXPIRED}",
    ),
    refused_at_entry("X-I.1.a-1", "The first fill-or-kill order", "fix/fok_refused"),
    refused_at_entry("X-I.1.a-2", "The second fill-or-kill order", "fix/fok_refused", order="A"),
    FixPath(
        "X-I.1.b",
        "Two immediate-or-cancel orders are filled in part: told in two messages, and in one",
        "X, +1000 1000/9000, canceled 1000/0; A, +1000 canceled 1000/0",
        runnable("expiries/ioc_rest", note=_BUNDLED),
        f"New, the trade and the end are three reports of one answer; {ENDS_EXPIRED}",
    ),
    refused_at_entry("X-I.1.b-1", "The first immediate-or-cancel order", "fix/ioc_refused"),
    refused_at_entry(
        "X-I.1.b-2", "The second immediate-or-cancel order", "fix/ioc_refused", order="A"
    ),
)
