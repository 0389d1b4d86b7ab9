"""Groups G and H: status requests, and orders that live for days."""

from __future__ import annotations

from fillproof.harness.fix.path import (
    FixPath,
    adapted,
    not_expressible,
    refused_at_entry,
    runnable,
)
from fillproof.harness.fix.replaces import REFUSED_UP, UP_BY_TWO, UP_IN_THE_ENGINE

_READ = "a status is a read: it makes no report"
_NIGHT = (
    "the market never closes; the night is a time in which the stream is closed and nothing trades"
)
_HALT = "the night is a halted market; the day's end and the renewal make no reports"
_DAY_ONE = "X, new 0/10000, +2000 2000/8000, done for day 2000/8000, restated 2000/8000"

G = (
    FixPath(
        "G.1.a",
        "The status of an order that does not exist is asked",
        "X partially filled, status Y, status: rejected 0/0",
        runnable(
            "outcomes/query_does_not_know_it_yet",
            note="GET /api/v3/order answers -2013 'Order does not exist.'",
        ),
        _READ,
    ),
    FixPath(
        "G.1.b",
        "The status is asked and nothing has happened",
        "X, new 0/10000, status X, status: new 0/10000",
        runnable("known_bugs/untouched_for_an_hour", note="GET /api/v3/order answers NEW"),
        _READ,
    ),
    refused_at_entry("G.1.b-1", "The order whose status would have been asked"),
    FixPath(
        "G.1.c",
        "The status is asked at every stage",
        "X, status X, status: pending new 0/10000, new 0/10000, status: new, +2000 2000/8000, "
        "status: partially filled, +8000 filled 10000/0, status: filled, Y for X 12000, "
        "pending replace 10000/0, replaced 10000/2000, status X and Y: partially filled",
        adapted(
            "outside of a list no order is pending, and a full one is not replaced; up to there "
            "each stage is asked by GET /api/v3/order",
            "fix/every_stage_known_by_asking_alone",
        ),
        "a status is a read; before New nothing is known, and a full order is not replaced",
    ),
    refused_at_entry("G.1.c-1", "The order whose stages would have been asked"),
)

H = (
    FixPath(
        "H.1.a",
        "An order is renewed and fills the next day",
        f"{_DAY_ONE}, +1000 3000/7000",
        adapted(_NIGHT, "fix/filled_before_and_after_a_night"),
        _HALT,
    ),
    FixPath(
        "H.1.b",
        "An order is doubled by a split over night",
        "X, new 0/10000, +2000 2000/8000, done for day 2000/8000, restated 4000/16000, "
        "+5000 9000/11000, +11000 filled 20000/0",
        not_expressible(
            "user-data-stream.md has no event that changes what is filled without a trade; a token "
            "that is redenominated is delisted and listed under another symbol"
        ),
        "the venue cannot make an order larger, nor what is filled without a trade; the order goes "
        "on as it was",
    ),
    FixPath(
        "H.1.c",
        "An order is renewed and canceled the next day",
        f"{_DAY_ONE}, cancel X, pending cancel 2000/8000, canceled 2000/0",
        adapted(_NIGHT, "fix/canceled_after_a_night"),
        _HALT,
    ),
    FixPath(
        "H.1.c-1",
        "The cancel on the next day is refused at once",
        f"{_DAY_ONE}, cancel X, cancel refused: partially filled 2000/8000",
        adapted(f"{_NIGHT}; HTTP 429", "fix/cancel_limited_after_a_night"),
        "the cancel comes while the market is still halted",
    ),
    FixPath(
        "H.1.c-2",
        "The cancel on the next day is refused after it was pending",
        f"{_DAY_ONE}, cancel X, pending cancel 2000/8000, "
        "cancel refused: partially filled 2000/8000",
        adapted(f"{_NIGHT}; -2011", "fix/cancel_denied_after_a_night"),
        "the cancel is refused for what the order is (one meant only for orders without fills)",
    ),
    FixPath(
        "H.1.d",
        "An order is renewed and made larger the next day",
        f"{_DAY_ONE}, Y for X 15000, pending replace 2000/8000, +1000 pending replace 3000/7000, "
        "replaced 3000/12000",
        adapted(f"{_NIGHT}; {UP_BY_TWO}", "fix/replaced_after_a_night"),
        f"{_HALT}; {UP_IN_THE_ENGINE}",
    ),
    FixPath(
        "H.1.d-1",
        "Making an order larger on the next day is refused at once",
        f"{_DAY_ONE}, Y for X 15000, replace refused: partially filled 2000/8000",
        adapted(f"{_NIGHT}; HTTP 429", "fix/amend_limited_after_a_night"),
        "the amend comes while the market is still halted",
    ),
    FixPath(
        "H.1.d-2",
        "Making an order larger on the next day is refused after it was pending",
        f"{_DAY_ONE}, Y for X 15000, pending replace 2000/8000, "
        "replace refused: partially filled 2000/8000",
        adapted(f"{_NIGHT}; {REFUSED_UP}", "fix/amend_refused_after_a_night"),
        "the amend is refused because it would raise the quantity",
    ),
)
