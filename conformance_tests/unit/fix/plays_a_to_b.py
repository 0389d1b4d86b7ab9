"""Groups A and B for the engine: fills and cancels."""

from __future__ import annotations

from conformance_tests.unit.fix.desk import Play

_DELAY = 10

PLAYS = {
    "A.1.a": Play("""
        ann buy X 10000 @ 100 | X New New 0/10000
        fill X 2000           | X Trade PartiallyFilled 2000/8000
        fill X 1000           | X Trade PartiallyFilled 3000/7000
        fill X 7000           | X Trade Filled 10000/0
        status X              | Filled 10000/0
    """),
    "A.1.a-2": Play("""
        ann buy X 10000 @ 100 | X New New 0/10000
        venue reject X        | X Rejected Rejected 0/0
        fill X 2000           | impossible
    """),
    "A.1.b": Play("""
        ann buy X 10000 @ 100 | X New New 0/10000
        fill X 2000           | X Trade PartiallyFilled 2000/8000
        fill X 1000           | X Trade PartiallyFilled 3000/7000
        venue expire X        | X Expired Expired 3000/0
    """),
    "B.1.a": Play(
        """
        at 0 ann buy X 10000 @ 100 | X New New 0/10000
        at 5 ann cancel X          | X PendingCancel PendingCancel 0/10000
        at 15 wait                 | X Canceled Canceled 0/0
        """,
        _DELAY,
    ),
    "B.1.a-2": Play("""
        ann buy X 10000 @ 100 | X New New 0/10000
        venue phase halted    |
        ann cancel X          | cancel of X refused: market_halted
        status X              | New 0/10000
        venue phase trading   |
        ann cancel X          | X Canceled Canceled 0/0
    """),
    "B.1.a-3": Play("""
        ann buy X 10000 @ 100            | X New New 0/10000
        ann cancel X if partially_filled | cancel of X refused: cancel_restricted
        status X                         | New 0/10000
        ann cancel X                     | X Canceled Canceled 0/0
    """),
    "B.1.b": Play(
        """
        at 0 ann buy X 10000 @ 100 | X New New 0/10000
        at 1 fill X 2000           | X Trade PartiallyFilled 2000/8000
        at 4 fill X 3000           | X Trade PartiallyFilled 5000/5000
        at 5 ann cancel X          | X PendingCancel PendingCancel 5000/5000
        at 6 fill X 1000           | X Trade PendingCancel 6000/4000
        at 15 wait                 | X Canceled Canceled 6000/0
        """,
        _DELAY,
    ),
    "B.1.b-2": Play("""
        ann buy X 10000 @ 100 | X New New 0/10000
        fill X 2000           | X Trade PartiallyFilled 2000/8000
        fill X 3000           | X Trade PartiallyFilled 5000/5000
        venue phase halted    |
        ann cancel X          | cancel of X refused: market_halted
        status X              | PartiallyFilled 5000/5000
    """),
    "B.1.b-3": Play("""
        ann buy X 10000 @ 100    | X New New 0/10000
        fill X 2000              | X Trade PartiallyFilled 2000/8000
        fill X 3000              | X Trade PartiallyFilled 5000/5000
        ann cancel X if new      | cancel of X refused: cancel_restricted
        status X                 | PartiallyFilled 5000/5000
        ann cancel X             | X Canceled Canceled 5000/0
    """),
    "B.1.c": Play(
        """
        at 0 ann buy X 10000 @ 100 | X New New 0/10000
        at 1 fill X 2000           | X Trade PartiallyFilled 2000/8000
        at 4 fill X 3000           | X Trade PartiallyFilled 5000/5000
        at 5 ann cancel X          | X PendingCancel PendingCancel 5000/5000
        at 6 fill X 5000           | X Trade Filled 10000/0
        at 15 wait                 |
        at 16 ann cancel X         | cancel of X refused: unknown_order
        status X                   | Filled 10000/0
        """,
        _DELAY,
    ),
    "B.1.c-2": Play("""
        ann buy X 10000 @ 100    | X New New 0/10000
        fill X 2000              | X Trade PartiallyFilled 2000/8000
        fill X 3000              | X Trade PartiallyFilled 5000/5000
        ann cancel X if new      | cancel of X refused: cancel_restricted
        fill X 5000              | X Trade Filled 10000/0
    """),
    "B.1.d": Play(
        """
        at 0 ann buy X 10000 @ 100 | X New New 0/10000
        at 0 ann cancel X          | X PendingCancel PendingCancel 0/10000
        at 10 wait                 | X Canceled Canceled 0/0
        at 20 ann oto L buy W 1 @ 90 & buy A 10000 @ 80
                                   | W New New 0/1; A New PendingNew 0/10000
        at 21 ann cancel A         | A PendingCancel PendingCancel 0/10000
        at 31 wait                 | A Canceled Canceled 0/0; W Canceled Canceled 0/0
        """,
        _DELAY,
    ),
    "B.1.e": Play(
        """
        at 0 ann buy X 10000 @ 100 | X New New 0/10000
        at 0 ann cancel X          | X PendingCancel PendingCancel 0/10000
        at 9 ann cancel X          | cancel of X refused: cancel_already_pending
        at 10 wait                 | X Canceled Canceled 0/0
        status X                   | Canceled 0/0
        """,
        _DELAY,
    ),
    "B.1.f": Play("""
        ann cancel X          | cancel of X refused: unknown_order
        status X              | unknown
        ann buy X 10000 @ 100 | X New New 0/10000
    """),
}
