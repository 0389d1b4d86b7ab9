"""Groups I to L: orders that do not rest, trades taken back, halts, and what is left."""

from __future__ import annotations

from fillproof.harness.fix.path import (
    FixPath,
    adapted,
    not_expressible,
    refused_at_entry,
    runnable,
)

ENDS_EXPIRED = "what ends by the order's own terms is Expired, not Canceled"
_NO_BUST = (
    "user-data-stream.md: the execution types are NEW, CANCELED, REPLACED, REJECTED, TRADE, "
    "EXPIRED and TRADE_PREVENTION; no trade is taken back or corrected"
)

I = (  # noqa: E741 - the group's letter
    FixPath(
        "I.1.a",
        "A fill-or-kill order cannot be filled",
        "X, new 0/10000, canceled 0/0",
        runnable("expiries/fok_not_fillable", note="the venue's word is EXPIRED"),
        ENDS_EXPIRED,
    ),
    refused_at_entry("I.1.a-1", "The fill-or-kill order", "fix/fok_refused"),
    FixPath(
        "I.1.b",
        "An immediate-or-cancel order is filled in part",
        "X, new 0/10000, +1000 1000/9000, canceled 1000/0",
        runnable("expiries/ioc_rest", note="the venue's word is EXPIRED"),
        ENDS_EXPIRED,
    ),
    refused_at_entry("I.1.b-1", "The immediate-or-cancel order", "fix/ioc_refused"),
)

J = (
    FixPath(
        "J.1.a",
        "Trades of a full order are taken back and corrected",
        "X, new 0/10000, +1000 at 100 1000/9000, +9000 at 110 filled 10000/0, "
        "bust 1000: 9000/1000, correct 9000 to 100: 9000/1000, +1000 at 120 filled 10000/0, "
        "correct 1000 to 120: filled 10000/0, Y for X 12000, pending replace 10000/0, "
        "replaced 10000/2000, correct 9000 to 9500: 10500/1500",
        not_expressible(_NO_BUST),
        "all fills have the order's price until they are corrected; a full order is not replaced, "
        "and a correction makes no trade larger, so the last ones are refused",
    ),
    refused_at_entry("J.1.a-1", "The order whose trades would have been corrected"),
    FixPath(
        "J.1.b",
        "A canceled order loses its fill and gets another one",
        "X, new 0/10000, +5000 5000/5000, cancel X, pending cancel 5000/5000, canceled 5000/0, "
        "bust 5000: canceled 0/0, +4000 canceled 4000/0",
        adapted(
            "no trade is taken back; the fill after CANCELED is that of a decentralised profile, "
            "which settles after it has answered",
            "post_cancel_fills/after_a_partial_fill",
        ),
        "an ended order is never filled: the late fill comes under the pending cancel, where the "
        "status stays PendingCancel; after Canceled it is impossible",
    ),
    FixPath(
        "J.1.c",
        "Trades of two days are corrected",
        "X, new 0/10000, +2000 2000/8000, done for day 2000/8000, restated 2000/8000, "
        "+1000 3000/7000, correct 2000 to 1500: 2500/7500, correct 1000 to 500: 2000/8000",
        not_expressible(_NO_BUST),
        "the night is a halted market; the day's end and the renewal make no reports",
    ),
    FixPath(
        "J.1.d",
        "The trade of an order that is done for the day is corrected, then taken back",
        "X, new 0/10000, +5000 5000/5000, done for day 5000/0, correct 5000 to 4000: 4000/0, "
        "bust 4000: 0/0",
        not_expressible(_NO_BUST),
        "done for the day is the venue's expiry: Expired",
    ),
)

K = (
    FixPath(
        "K.1.a",
        "The market is halted and opens again, and the order fills",
        "X, new 0/10000, halt, open, +10000 filled 10000/0",
        runnable(
            "fix/halted_and_filled_after_it",
            "fix/closed_and_open_again",
            note="symbol status HALT; a new order meanwhile answers -1013 'Market is closed.'",
        ),
        "a halt makes no report of the order; a fill during it is impossible",
    ),
    refused_at_entry("K.1.a-1", "The order that would have met a halt"),
    FixPath(
        "K.1.b",
        "The market is halted and the order canceled",
        "X, new 0/10000, halt, canceled 0/0",
        adapted(
            "the venue's word is EXPIRED (enums.md: canceled during maintenance), and the stream "
            "is silent while it happens",
            "fix/purged_in_silence",
        ),
    ),
    refused_at_entry("K.1.b-1", "The order that a halt would have ended"),
)

L = (
    FixPath(
        "L.1.a",
        "A fill is promised, then made",
        "X, new 0/10000, stopped 1000 at 50.10: 0/10000, +1000 at 50 stopped 1000/9000",
        not_expressible("enums.md has no status of a guarantee; a trade is told when it is made"),
        "nothing is promised, so the path is its fill: New until then, PartiallyFilled after it",
    ),
    refused_at_entry("L.1.a-1", "The order that a fill would have been promised"),
    FixPath(
        "L.1.b",
        "An order by amount of money",
        "X for 10000 of money, new 0/500, +200 200/300, +300 filled 500/0",
        runnable("fix/by_an_amount_of_money", note="MARKET with quoteOrderQty"),
        "what the money buys is reckoned from the book at entry",
    ),
    refused_at_entry(
        "L.1.b-1",
        "The order by amount of money",
        "fix/by_an_amount_of_money_refused",
        note="-2010 'Account has insufficient balance for requested action.'",
    ),
)
