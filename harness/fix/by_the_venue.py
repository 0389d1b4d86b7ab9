"""Groups E and F: what nobody asked for, and what is refused."""

from __future__ import annotations

from fillproof.harness.fix.path import (
    FixPath,
    adapted,
    not_expressible,
    refused_at_entry,
    runnable,
)

ONLY_LOWERS = (
    "the venue can only make an order smaller; making it larger is impossible and changes nothing"
)

E = (
    FixPath(
        "E.1.a",
        "An order that was placed on another way is heard of and fills",
        "new 0/10000, +2000 2000/8000, +1000 3000/7000, +7000 filled 10000/0",
        adapted(
            "the same account places it in another session; the stream tells it to all",
            "fix/placed_on_another_way",
        ),
        "the desk's order is the account's own: only its reports are heard",
    ),
    FixPath(
        "E.1.b",
        "The venue cancels a partly filled order",
        "X, new 0/10000, +1000 1000/9000, canceled 1000/0",
        adapted(
            "the venue's word is EXPIRED (enums.md: the order was canceled by the rules or by the "
            "exchange), with EXCHANGE_CANCELED",
            "fix/ended_by_the_venue_after_a_fill",
            "fix/canceled_at_the_desk",
        ),
    ),
    refused_at_entry("E.1.b-1", "The order that the venue would have canceled"),
    FixPath(
        "E.1.c",
        "The venue makes an order larger, twice",
        "X, new 0/10000, restated 0/11000, +1000 1000/10000, restated 1000/11000",
        not_expressible(
            "user-data-stream.md: an order changes by itself only through TRADE_PREVENTION, and "
            "then down; REPLACED is a client's amend, and that only lowers"
        ),
        ONLY_LOWERS,
    ),
    refused_at_entry("E.1.c-1", "The order that the venue would have made larger"),
    FixPath(
        "E.1.d",
        "The venue makes an order smaller, which then fills",
        "X, new 0/10000, restated 0/9000, +9000 filled 9000/0",
        adapted(
            "self-trade prevention in mode DECREMENT: the quantity stays, and what is prevented "
            "counts apart (TRADE_PREVENTION)",
            "fix/made_smaller_by_a_prevented_trade",
            "fix/made_smaller_at_the_desk",
        ),
    ),
    refused_at_entry("E.1.d-1", "The order that the venue would have made smaller"),
    FixPath(
        "E.1.e",
        "An order that is not the best any more is canceled",
        "X, new 0/10000, canceled 0/0",
        adapted(
            "no such instruction exists (LIMIT_MAKER is checked at entry alone); the venue ends a "
            "resting order: EXPIRED",
            "expiries/untouched",
        ),
        "the venue cancels by its own decision; the book does not drive it",
    ),
    refused_at_entry(
        "E.1.e-1", "The order that may only be the best", "rejections/post_only_would_match"
    ),
    FixPath(
        "E.1.f",
        "An order is held until it is set off, and fills",
        "X, new 0/10000, triggered 0/10000, +2000 2000/8000, +8000 filled 10000/0",
        runnable(
            "fix/set_off_and_filled",
            note="STOP_LOSS_LIMIT; set off, the stream says NEW once more",
        ),
    ),
    refused_at_entry(
        "E.1.f-1",
        "The order that would have been held",
        "fix/set_off_at_once_refused",
        note="-2010 'Order would trigger immediately.'",
    ),
)

F = (
    FixPath(
        "F.1.a",
        "A second order under the id of a live one is refused",
        "X, new 0/10000, +1000 1000/9000, X 15000, rejected: partially filled 1000/9000",
        runnable("rejections/duplicate_id", note="-2010 'Duplicate order sent.'"),
    ),
    FixPath(
        "F.1.b",
        "An order that may be a repeat is repeated, reused and new",
        "X, new 0/10000, X again, status: new 0/10000; X 20000, rejected: new 0/10000; "
        "Y as a repeat, new 0/10000",
        adapted(
            "requests carry no mark of a repeat: the repeat of a live order is -2010, never an "
            "echo; a first that was lost makes the repeat the order",
            "outcomes/resent_by_a_proxy",
        ),
        "commands carry no mark of a repeat: it is refused as a duplicate, and the first lives on",
    ),
    FixPath(
        "F.1.c",
        "An order comes late, after the same was given on another way",
        "X late, rejected 0/0",
        adapted(
            "the request is held until its signature is too old: -1021, and nothing is placed",
            "ambiguous/create_request_held",
        ),
        "the desk has entered the order under that id; the late one is refused as a duplicate",
    ),
)
