"""Groups C and D for the engine: replaces, and one after another."""

from __future__ import annotations

from conformance_tests.unit.fix.desk import Play

C = {
    "C.1.a": Play("""
        ann buy X 10000 @ 100                 | X New New 0/10000
        ann replace X with buy Y 11000 @ 100  | X Canceled Canceled 0/0; Y New New 0/11000
        fill Y 1000                           | Y Trade PartiallyFilled 1000/10000
        fill Y 2000                           | Y Trade PartiallyFilled 3000/8000
    """),
    "C.1.a-2": Play("""
        ann buy X 10000 @ 100   | X New New 0/10000
        venue phase halted      |
        ann amend X 11000 as Y  | amend of X refused: market_halted
        status X                | New 0/10000
        status Y                | unknown
    """),
    "C.1.a-3": Play("""
        ann buy X 10000 @ 100   | X New New 0/10000
        ann amend X 11000 as Y  | amend of X refused: quantity_not_lower
        status X                | New 0/10000
        status Y                | unknown
    """),
    "C.1.b": Play("""
        ann buy X 10000 @ 100                 | X New New 0/10000
        fill X 1000                           | X Trade PartiallyFilled 1000/9000
        fill X 100                            | X Trade PartiallyFilled 1100/8900
        ann replace X with buy Y 10900 @ 100  | X Canceled Canceled 1100/0; Y New New 0/10900
        fill Y 10900                          | Y Trade Filled 10900/0
    """),
    "C.1.b-2": Play("""
        ann buy X 10000 @ 100   | X New New 0/10000
        fill X 1000             | X Trade PartiallyFilled 1000/9000
        venue phase halted      |
        ann amend X 12000 as Y  | amend of X refused: market_halted
        status X                | PartiallyFilled 1000/9000
    """),
    "C.1.b-3": Play("""
        ann buy X 10000 @ 100   | X New New 0/10000
        fill X 1000             | X Trade PartiallyFilled 1000/9000
        fill X 100              | X Trade PartiallyFilled 1100/8900
        ann amend X 12000 as Y  | amend of X refused: quantity_not_lower
        status X                | PartiallyFilled 1100/8900
    """),
    "C.1.c": Play("""
        ann buy X 10000 @ 100                   | X New New 0/10000
        fill X 10000                            | X Trade Filled 10000/0
        ann replace X or with buy Y 2000 @ 100  | cancel of X refused: unknown_order
                                                | Y New New 0/2000
        fill Y 2000                             | Y Trade Filled 2000/0
        status X                                | Filled 10000/0
    """),
    "C.1.c-2": Play("""
        ann buy X 10000 @ 100                | X New New 0/10000
        fill X 10000                         | X Trade Filled 10000/0
        ann replace X with buy Y 2000 @ 100  | cancel of X refused: unknown_order
        status X                             | Filled 10000/0
        status Y                             | unknown
    """),
    "C.1.c-3": Play("""
        ann buy X 10000 @ 100   | X New New 0/10000
        fill X 10000            | X Trade Filled 10000/0
        ann amend X 12000 as Y  | amend of X refused: unknown_order
        status X                | Filled 10000/0
    """),
    "C.2.a": Play("""
        ann buy X 10000 @ 100                | X New New 0/10000
        fill X 1000                          | X Trade PartiallyFilled 1000/9000
        fill X 9000                          | X Trade Filled 10000/0
        ann replace X with buy Y 9000 @ 101  | cancel of X refused: unknown_order
        status X                             | Filled 10000/0
        status Y                             | unknown
    """),
    "C.3.a": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        fill X 500             | X Trade PartiallyFilled 1500/8500
        fill X 100             | X Trade PartiallyFilled 1600/8400
        ann amend X 8000 as Y  | Y Replaced PartiallyFilled 1600/6400
        fill Y 6400            | Y Trade Filled 8000/0
    """),
    "C.3.a-2": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        fill X 500             | X Trade PartiallyFilled 1500/8500
        venue phase halted     |
        ann amend X 8000 as Y  | amend of X refused: market_halted
        status X               | PartiallyFilled 1500/8500
    """),
    "C.3.a-3": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        ann buy Y 1 @ 50       | Y New New 0/1
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        fill X 500             | X Trade PartiallyFilled 1500/8500
        fill X 100             | X Trade PartiallyFilled 1600/8400
        ann amend X 8000 as Y  | amend of X refused: duplicate_client_order_id
        status X               | PartiallyFilled 1600/8400
        status Y               | New 0/1
    """),
    "C.3.b": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 7000            | X Trade PartiallyFilled 7000/3000
        ann amend X 7000 as Y  | amend of X refused: quantity_not_above_cumulative
        ann cancel X           | X Canceled Canceled 7000/0
    """),
    "C.3.c": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 8000            | X Trade PartiallyFilled 8000/2000
        ann amend X 7000 as Y  | amend of X refused: quantity_not_above_cumulative
        ann cancel X           | X Canceled Canceled 8000/0
    """),
}

D = {
    "D.1.a": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        fill X 500             | X Trade PartiallyFilled 1500/8500
        ann amend X 8000 as Y  | Y Replaced PartiallyFilled 1500/6500
        fill Y 2000            | Y Trade PartiallyFilled 3500/4500
        fill Y 500             | Y Trade PartiallyFilled 4000/4000
        ann amend Y 6000 as Z  | Z Replaced PartiallyFilled 4000/2000
        fill Z 2000            | Z Trade Filled 6000/0
    """),
    "D.1.b": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        venue phase halted     |
        ann amend X 8000 as Y  | amend of X refused: market_halted
        venue phase trading    |
        fill X 500             | X Trade PartiallyFilled 1500/8500
        fill X 2000            | X Trade PartiallyFilled 3500/6500
        ann amend Y 6000 as Z  | amend of Y refused: unknown_order
        ann amend X 6000 as Z  | Z Replaced PartiallyFilled 3500/2500
        fill Z 1500            | Z Trade PartiallyFilled 5000/1000
    """),
    "D.1.c": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        ann buy Y 1 @ 50       | Y New New 0/1
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        fill X 500             | X Trade PartiallyFilled 1500/8500
        ann amend X 8000 as Y  | amend of X refused: duplicate_client_order_id
        fill X 2000            | X Trade PartiallyFilled 3500/6500
        ann amend X 6000 as Z  | Z Replaced PartiallyFilled 3500/2500
        fill Z 1500            | Z Trade PartiallyFilled 5000/1000
    """),
    "D.1.c-2": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        ann buy Y 1 @ 50       | Y New New 0/1
        ann buy Z 1 @ 50       | Z New New 0/1
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        fill X 500             | X Trade PartiallyFilled 1500/8500
        ann amend X 8000 as Y  | amend of X refused: duplicate_client_order_id
        fill X 2000            | X Trade PartiallyFilled 3500/6500
        ann amend X 6000 as Z  | amend of X refused: duplicate_client_order_id
        status X               | PartiallyFilled 3500/6500
    """),
    "D.2.a": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        ann amend X 8000 as Y  | Y Replaced PartiallyFilled 1000/7000
        ann amend Y 7000 as Z  | Z Replaced PartiallyFilled 1000/6000
        fill Z 6000            | Z Trade Filled 7000/0
    """),
    "D.2.b": Play("""
        ann buy X 10000 @ 100   | X New New 0/10000
        fill X 1000             | X Trade PartiallyFilled 1000/9000
        ann amend #1 8000 as Y  | Y Replaced PartiallyFilled 1000/7000
        ann amend #1 7000 as Z  | Z Replaced PartiallyFilled 1000/6000
        fill Z 6000             | Z Trade Filled 7000/0
    """),
    "D.2.c": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        venue phase halted     |
        ann amend X 8000 as Y  | amend of X refused: market_halted
        venue phase trading    |
        ann amend Y 7000 as Z  | amend of Y refused: unknown_order
        fill X 6000            | X Trade PartiallyFilled 7000/3000
    """),
    "D.2.d": Play(
        """
        at 0 ann buy X 10000 @ 100  | X New New 0/10000
        at 1 fill X 1000            | X Trade PartiallyFilled 1000/9000
        at 2 ann cancel X           | X PendingCancel PendingCancel 1000/9000
        at 3 ann amend X 8000 as Y  | amend of X refused: cancel_already_pending
        at 4 fill X 2000            | X Trade PendingCancel 3000/7000
        at 12 wait                  | X Canceled Canceled 3000/0
        """,
        settlement_delay_ns=10,
    ),
}

PLAYS = C | D
