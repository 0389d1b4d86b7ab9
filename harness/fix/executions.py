"""Groups A and B: fills and cancels."""

from __future__ import annotations

from fillproof.harness.fix.path import FixPath, adapted, refused_at_entry, runnable

_NO_PENDING = (
    "no pending status exists (enums.md: PENDING_CANCEL is currently unused); what happens in it "
    "happens while the cancel travels"
)
_DOOR = "refused before the engine sees it: HTTP 429, -1003 or -1015 (errors.md)"
_UNKNOWN = "refused by the engine: DELETE /api/v3/order answers -2011"
_DELAYED = "a pending cancel is the engine's settlement delay"

A = (
    FixPath(
        "A.1.a",
        "An order is filled in three parts",
        "X, new 0/10000, +2000 2000/8000, +1000 3000/7000, +7000 filled 10000/0",
        runnable("partial_fills/many"),
    ),
    refused_at_entry("A.1.a-1", "The order", "rejections/insufficient_balance"),
    FixPath(
        "A.1.a-2",
        "An order is refused after it was accepted",
        "X, new 0/10000, rejected 0/0",
        adapted(
            "the venue ends the live order by itself with execution type REJECTED, which "
            "user-data-stream.md has for the new order of a cancel-replace",
            "rejections/after_acceptance",
        ),
        "the venue ends the order as Rejected",
    ),
    FixPath(
        "A.1.b",
        "A partly filled order is done for the day",
        "X, new 0/10000, +2000 2000/8000, +1000 3000/7000, done for day 3000/0",
        adapted(
            "the market has no day's end (enums.md: no DAY among the times in force); the venue "
            "lets the rest expire",
            "expiries/partly_filled",
        ),
        "done for the day is the venue's expiry: Expired 3000/0",
    ),
    refused_at_entry("A.1.b-1", "The order for the day"),
)

B = (
    FixPath(
        "B.1.a",
        "An order without fills is canceled",
        "X, new 0/10000, cancel X, pending cancel 0/10000, canceled 0/0",
        runnable("cancels/resting", note="without the pending report, which no exchange owes"),
        _DELAYED,
    ),
    refused_at_entry("B.1.a-1", "The order that would have been canceled"),
    FixPath(
        "B.1.a-2",
        "The cancel of an order without fills is refused at once",
        "X, new 0/10000, cancel X, cancel refused: new 0/10000",
        runnable("ambiguous/cancel_http_429", note=_DOOR),
        "the market is halted, so the cancel is refused before it looks at the order",
    ),
    FixPath(
        "B.1.a-3",
        "The cancel of an order without fills is refused after it was pending",
        "X, new 0/10000, cancel X, pending cancel 0/10000, cancel refused: new 0/10000",
        runnable("known_bugs/cancel_denied_then_carried_out", note=_UNKNOWN),
        "a pending cancel is always carried out; the refusal is for what the order is (a cancel "
        "meant only for a partly filled one)",
    ),
    FixPath(
        "B.1.b",
        "An order fills on while its cancel is asked and pending",
        "X, new 0/10000, +2000 2000/8000, cancel X || +3000 5000/5000, pending cancel 5000/5000, "
        "+1000 pending cancel 6000/4000, canceled 6000/0",
        adapted(_NO_PENDING, "fix/fills_on_while_the_cancel_travels"),
        _DELAYED,
    ),
    refused_at_entry("B.1.b-1", "The order that would have filled on"),
    FixPath(
        "B.1.b-2",
        "The cancel of a partly filled order is refused at once",
        "X, new 0/10000, +2000 2000/8000, cancel X || +3000 5000/5000, "
        "cancel refused: partially filled 5000/5000",
        runnable("fix/cancel_of_a_filling_order_limited", note=_DOOR),
        "the market is halted, so the cancel is refused before it looks at the order",
    ),
    FixPath(
        "B.1.b-3",
        "The cancel of a partly filled order is refused after it was pending",
        "X, new 0/10000, +2000 2000/8000, cancel X || +3000 5000/5000, pending cancel 5000/5000, "
        "cancel refused: partially filled 5000/5000",
        runnable("fix/cancel_of_a_filling_order_denied", note=_UNKNOWN),
        "a pending cancel is always carried out; the refusal is for what the order is (a cancel "
        "meant only for an order without fills)",
    ),
    FixPath(
        "B.1.c",
        "An order is full before its cancel is carried out",
        "X, new 0/10000, +2000 2000/8000, cancel X || +3000 5000/5000, pending cancel 5000/5000, "
        "+5000 pending cancel 10000/0, cancel refused: filled 10000/0",
        adapted(_NO_PENDING, "fix/full_in_two_while_the_cancel_travels"),
        "a full order is Filled at once, whatever is pending, and the cancel under way ends "
        "without a word; the next one is refused",
    ),
    refused_at_entry("B.1.c-1", "The order that would have been full"),
    FixPath(
        "B.1.c-2",
        "The cancel of an order that is filling up is refused instead of pending",
        "X, new 0/10000, +2000 2000/8000, cancel X || +3000 5000/5000, "
        "cancel refused: partially filled 5000/5000, +5000 filled 10000/0",
        runnable("fix/cancel_denied_then_full", note=_UNKNOWN),
        "the cancel is refused for what the order is; then the order fills up",
    ),
    FixPath(
        "B.1.d",
        "An order is canceled before it was accepted, and another never is accepted",
        "X, cancel X, pending cancel 0/10000, new 0/10000, canceled 0/0; "
        "A, cancel A, pending cancel 0/10000, canceled 0/0",
        adapted(
            "the engine takes requests as they come, so the acceptance is first; to the client the "
            "answer to the cancel is the first that is heard of the order",
            "cancels/before_the_create_reply",
        ),
        "commands are taken in turn, so New is first; what is never accepted for the book is the "
        "pending order of a list, canceled while it waits",
    ),
    FixPath(
        "B.1.e",
        "The acceptance and the cancel cross",
        "X, cancel X || new 0/10000, pending cancel 0/10000, canceled 0/0",
        runnable("cancels/crossing_the_acceptance"),
        _DELAYED,
    ),
    FixPath(
        "B.1.f",
        "A cancel names an order that does not exist, and its id stays free",
        "cancel X, cancel refused: rejected, X, new 0/10000",
        runnable("cancels/unknown_order", note=_UNKNOWN),
    ),
)
