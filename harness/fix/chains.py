"""Group D: one replace after another."""

from __future__ import annotations

from fillproof.harness.fix.path import (
    FixPath,
    adapted,
    not_expressible,
    refused_at_entry,
    runnable,
)

_START = "X, new 0/10000, +1000 1000/9000"
_TWO = "two PUT /api/v3/order/amend/keepPriority, without the pending reports"
_AT_ONCE = "the replace is an amend and done at once, so the fills under it come before"
_DOOR = "the first amend is refused before the engine sees it: HTTP 429, -1003 (errors.md)"
_ENGINE = "the first amend is refused by the engine: -2038"

D = (
    FixPath(
        "D.1.a",
        "Two replaces in turn are both carried out",
        f"{_START}, Y for X 8000, pending replace 1000/9000, +500 pending replace 1500/8500, "
        "replaced 1500/6500, +2000 3500/4500, Z for Y 6000, pending replace 3500/4500, "
        "+500 pending replace 4000/4000, replaced 4000/2000, +2000 filled 6000/0",
        runnable("fix/made_smaller_twice", note=_TWO),
        _AT_ONCE,
    ),
    refused_at_entry("D.1.a-1", "The order that would have been replaced twice"),
    FixPath(
        "D.1.b",
        "The first replace is refused at once, the second carried out",
        f"{_START}, Y for X 8000, replace refused: partially filled 1000/9000, +500 1500/8500, "
        "+2000 3500/6500, Z for X 6000, pending replace 3500/6500, replaced 3500/2500, "
        "+1500 5000/1000",
        runnable("fix/made_smaller_after_a_limited_amend", note=_DOOR),
        "the market is halted at the first amend; Y was never an id, so the second names X",
    ),
    refused_at_entry("D.1.b-1", "The order whose first replace would have been refused"),
    FixPath(
        "D.1.c",
        "The first replace is refused after it was pending, the second carried out",
        f"{_START}, Y for X 8000, pending replace 1000/9000, +500 pending replace 1500/8500, "
        "replace refused: partially filled 1500/8500, +2000 3500/6500, Z for X 6000, "
        "pending replace 3500/6500, replaced 3500/2500, +1500 5000/1000",
        runnable("fix/made_smaller_after_a_refused_amend", note=_ENGINE),
        "the first amend is refused because another order has the id Y",
    ),
    refused_at_entry("D.1.c-1", "The order whose first replace would have been refused late"),
    FixPath(
        "D.1.c-2",
        "Both replaces are refused after they were pending",
        f"{_START}, Y for X 8000, pending replace 1000/9000, +500 pending replace 1500/8500, "
        "replace refused: partially filled 1500/8500, +2000 3500/6500, Z for X 6000, "
        "pending replace 3500/6500, replace refused: partially filled 3500/6500",
        runnable("fix/both_amends_refused", note="both amends are refused by the engine: -2038"),
        "both amends are refused because other orders have the new ids",
    ),
    FixPath(
        "D.2.a",
        "Two replaces are sent at once and carried out in turn",
        f"{_START}, Y for X 8000, Z for Y 7000, pending replace 1000/9000, replaced 1000/7000, "
        "pending replace 1000/7000, replaced 1000/6000, +6000 filled 7000/0",
        runnable(
            "fix/made_smaller_twice_at_once",
            note="the second amend is sent before the first is confirmed; both name the one id",
        ),
        "the second amend names Y in the instant in which the first has made it",
    ),
    FixPath(
        "D.2.b",
        "Two replaces are both pending before one is carried out",
        f"{_START}, Y for X 8000, Z for Y 7000, pending replace 1000/9000, "
        "pending replace 1000/9000, replaced pending replace 1000/7000, replaced 1000/6000, "
        "+6000 filled 7000/0",
        adapted(
            "there is no pending replace (enums.md has no such status); both requests are under "
            "way at once, and the answers are those of D.2.a",
            "fix/made_smaller_twice_under_way",
        ),
        "no replace is ever pending, so this is D.2.a by the venue's number of the order",
    ),
    FixPath(
        "D.2.c",
        "Two replaces are sent at once and both refused",
        f"{_START}, Y for X 8000, Z for Y 7000, pending replace 1000/9000, "
        "replace refused: partially filled 1000/9000, pending replace 1000/9000, "
        "replace refused: partially filled 1000/9000, +6000 7000/3000",
        runnable("fix/both_amends_at_once_refused", note="-2038 for both"),
        "the market is halted at the first amend; the second names Y, and nothing is called so",
    ),
    FixPath(
        "D.2.d",
        "The second of two replaces is refused because one is pending",
        f"{_START}, Y for X 8000, Z for Y 7000, pending replace 1000/9000, "
        "replace refused: pending replace 1000/9000, replaced 1000/7000, +2000 3000/5000",
        not_expressible(
            "an amend is carried out when it is taken: enums.md has no pending replace, errors.md "
            "no message for a change under way"
        ),
        "what can be under way is a cancel: an amend meanwhile is refused, and the order trades on",
    ),
)
