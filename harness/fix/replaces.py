"""Group C: an order gets another quantity or price."""

from __future__ import annotations

from fillproof.harness.fix.path import (
    FixPath,
    OnVenue,
    adapted,
    not_expressible,
    refused_at_entry,
    runnable,
)

UP_BY_TWO = (
    "an amend refuses to go up (-2038): X is canceled and Y is an order of its own for the rest, "
    "in one request (POST /api/v3/order/cancelReplace) or in two"
)
UP_IN_THE_ENGINE = (
    "an amend only lowers; a replace up is a cancel-replace in one command: X is canceled, and Y "
    "is an order of its own for what is missing"
)
_DOWN = "PUT /api/v3/order/amend/keepPriority, without the pending report"
REFUSED_UP = (
    "PUT /api/v3/order/amend/keepPriority answers -2038 'Order amend (quantity increase) is not "
    "supported.'"
)
_DOOR = "the amend is refused before the engine sees it: HTTP 429, -1003 (errors.md)"
_DOOR_IN_THE_ENGINE = (
    "the market is halted, so the amend is refused before it looks at the quantity"
)
_UP_REFUSED_IN_THE_ENGINE = "the amend is refused because it would raise the quantity"
_ALL_DONE = (
    "an amend to no more than is filled is refused (-2038), and the client cancels the rest: "
    "Canceled, not Filled (rest-api.md says of newQty only: above 0 and below the old quantity)"
)
_ALL_DONE_IN_THE_ENGINE = (
    "an amend to no more than is filled is refused; the rest is canceled, so the end is Canceled "
    "with the same quantity filled"
)


def _refused(
    ref: str, title: str, flow: str, binance: OnVenue, engine: str = _UP_REFUSED_IN_THE_ENGINE
) -> FixPath:
    return FixPath(ref, title, flow, binance, engine)


_UNFILLED = "X, new 0/10000, Y for X 11000"
_PART = "X, new 0/10000, +1000 1000/9000, Y for X 12000"
_FULL = "X, new 0/10000, +10000 filled 10000/0, Y for X 12000"
_CROSSED = "X, new 0/10000, +1000 1000/9000, Y for X 8000 || +500 1500/8500"

C = (
    FixPath(
        "C.1.a",
        "An order without fills is made larger, then fills",
        f"{_UNFILLED}, pending replace 0/10000, replaced 0/11000, +1000 1000/10000, "
        "+2000 3000/8000",
        adapted(UP_BY_TWO, "fix/replaced_in_one_request", "fix/replaced_by_a_larger_order"),
        UP_IN_THE_ENGINE,
    ),
    refused_at_entry("C.1.a-1", "The order that would have been made larger"),
    _refused(
        "C.1.a-2",
        "Making an order without fills larger is refused at once",
        f"{_UNFILLED}, replace refused: new 0/10000",
        runnable("fix/made_larger_limited", note=_DOOR),
        _DOOR_IN_THE_ENGINE,
    ),
    _refused(
        "C.1.a-3",
        "Making an order without fills larger is refused after it was pending",
        f"{_UNFILLED}, pending replace 0/10000, replace refused: new 0/10000",
        runnable("fix/made_larger_refused", note=REFUSED_UP),
    ),
    FixPath(
        "C.1.b",
        "A partly filled order is made larger and fills while that is pending",
        f"{_PART}, pending replace 1000/9000, +100 pending replace 1100/8900, "
        "replaced 1100/10900, +10900 filled 12000/0",
        adapted(
            UP_BY_TWO,
            "fix/replaced_in_one_request_while_it_fills",
            "fix/replaced_while_it_fills",
        ),
        UP_IN_THE_ENGINE,
    ),
    refused_at_entry("C.1.b-1", "The order that would have been made larger after a fill"),
    _refused(
        "C.1.b-2",
        "Making a partly filled order larger is refused at once",
        f"{_PART}, replace refused: partially filled 1000/9000",
        runnable("fix/filling_made_larger_limited", note=_DOOR),
        _DOOR_IN_THE_ENGINE,
    ),
    _refused(
        "C.1.b-3",
        "Making a partly filled order larger is refused after it was pending",
        f"{_PART}, pending replace 1000/9000, +100 pending replace 1100/8900, "
        "replace refused: partially filled 1100/8900",
        runnable("fix/filling_made_larger_refused", note=REFUSED_UP),
    ),
    FixPath(
        "C.1.c",
        "A full order is made larger and lives again",
        f"{_FULL}, pending replace 10000/0, replaced 10000/2000, +2000 filled 12000/0",
        not_expressible(
            "a FILLED order is closed: PUT /api/v3/order/amend/keepPriority answers -2038 'Unknown "
            "order sent.', POST /api/v3/order/cancelReplace -2022 (rest-api.md, errors.md)"
        ),
        "an ended order is unknown to an amend; cancel and replace, going on after the failure, "
        "places Y for the 2,000 more",
    ),
    refused_at_entry("C.1.c-1", "The order that would have been made larger when full"),
    _refused(
        "C.1.c-2",
        "Making a full order larger is refused at once",
        f"{_FULL}, replace refused: filled 10000/0",
        runnable("fix/made_larger_when_full_limited", note=_DOOR),
        "a cancel-replace that stops when the cancel fails: nothing is placed",
    ),
    _refused(
        "C.1.c-3",
        "Making a full order larger is refused after it was pending",
        f"{_FULL}, pending replace 10000/0, replace refused: filled 10000/0",
        runnable(
            "fix/made_larger_when_full_refused",
            note="the amend of a closed order answers -2038 'Unknown order sent.'",
        ),
        "the change is an amend, to which an ended order is unknown",
    ),
    FixPath(
        "C.2.a",
        "A change of price crosses the last fill and comes too late",
        "X, new 0/10000, +1000 1000/9000, Y for X at another price || +9000 filled 10000/0, "
        "replace refused: filled 10000/0",
        runnable(
            "fix/price_change_crosses_the_last_fill",
            note="POST /api/v3/order/cancelReplace with STOP_ON_FAILURE answers -2022, the new "
            "order NOT_ATTEMPTED",
        ),
        "a change of price is a cancel-replace; the cancel fails and Y is not placed",
    ),
    refused_at_entry("C.2.a-1", "The order whose price would have been changed"),
    FixPath(
        "C.3.a",
        "An order is made smaller, but not as small as what is filled",
        f"{_CROSSED}, pending replace 1500/8500, +100 pending replace 1600/8400, "
        "replaced 1600/6400, +6400 filled 8000/0",
        runnable("fix/made_smaller_while_it_fills", note=_DOWN),
        "the replace is an amend and done at once, so the fill under it comes before",
    ),
    refused_at_entry("C.3.a-1", "The order that would have been made smaller"),
    _refused(
        "C.3.a-2",
        "Making an order smaller is refused at once",
        f"{_CROSSED}, replace refused: partially filled 1500/8500",
        runnable("fix/made_smaller_limited", note=_DOOR),
        _DOOR_IN_THE_ENGINE,
    ),
    _refused(
        "C.3.a-3",
        "Making an order smaller is refused after it was pending",
        f"{_CROSSED}, pending replace 1500/8500, +100 pending replace 1600/8400, "
        "replace refused: partially filled 1600/8400",
        runnable(
            "fix/made_smaller_refused",
            note="refused for its new id: -2038 'Duplicate order sent.'",
        ),
        "the amend is refused because another order has the new id",
    ),
    FixPath(
        "C.3.b",
        "An order is made as small as what is filled by then",
        "X, new 0/10000, Y for X 7000 || +7000 7000/3000, replaced filled 7000/0",
        adapted(_ALL_DONE, "fix/made_as_small_as_it_is_filled"),
        _ALL_DONE_IN_THE_ENGINE,
    ),
    refused_at_entry("C.3.b-1", "The order that would have been made that small"),
    FixPath(
        "C.3.c",
        "An order is made smaller than what is filled by then",
        "X, new 0/10000, Y for X 7000 || +8000 8000/2000, replaced filled 8000/0",
        adapted(_ALL_DONE, "fix/made_smaller_than_it_is_filled"),
        _ALL_DONE_IN_THE_ENGINE,
    ),
    refused_at_entry("C.3.c-1", "The order that would have been made smaller still"),
)
