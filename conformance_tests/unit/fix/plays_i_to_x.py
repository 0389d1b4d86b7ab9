"""Groups I to L and the exchanges' chapter for the engine."""

from __future__ import annotations

from conformance_tests.unit.fix.desk import Play

I_TO_L = {
    "I.1.a": Play("""
        bob sell s 9999 @ 100      |
        ann buy X 10000 @ 100 fok  | X New New 0/10000; X Expired Expired 0/0
    """),
    "I.1.b": Play("""
        bob sell s 1000 @ 100      |
        ann buy X 10000 @ 100 ioc  | X New New 0/10000; X Trade PartiallyFilled 1000/9000
                                   | X Expired Expired 1000/0
    """),
    "J.1.a": Play("""
        ann buy X 10000 @ 110      | X New New 0/10000
        fill X 1000                | X Trade PartiallyFilled 1000/9000
        venue correct 1 1000 @ 100 | X TradeCorrect PartiallyFilled 1000/9000
        fill X 9000                | X Trade Filled 10000/0
        average X                  | 109
        venue bust 1               | X TradeCancel PartiallyFilled 9000/1000
        average X                  | 110
        venue correct 2 9000 @ 100 | X TradeCorrect PartiallyFilled 9000/1000
        average X                  | 100
        fill X 1000                | X Trade Filled 10000/0
        average X                  | 101
        venue correct 3 1000 @ 120 | X TradeCorrect Filled 10000/0
        average X                  | 102
        ann amend X 12000 as Y     | amend of X refused: unknown_order
        venue correct 2 9500 @ 120 | impossible
        venue correct 2 9000 @ 120 | X TradeCorrect Filled 10000/0
        average X                  | 120
    """),
    "J.1.b": Play(
        """
        at 0 ann buy X 10000 @ 50  | X New New 0/10000
        at 1 fill X 5000           | X Trade PartiallyFilled 5000/5000
        at 2 ann cancel X          | X PendingCancel PendingCancel 5000/5000
        at 3 fill X 4000           | X Trade PendingCancel 9000/1000
        at 12 wait                 | X Canceled Canceled 9000/0
        at 13 venue bust 1         | X TradeCancel Canceled 4000/0
        at 14 fill X 1000          | impossible
        status X                   | Canceled 4000/0
        """,
        settlement_delay_ns=10,
    ),
    "J.1.c": Play("""
        ann buy X 10000 @ 100      | X New New 0/10000
        fill X 2000                | X Trade PartiallyFilled 2000/8000
        venue phase halted         |
        status X                   | PartiallyFilled 2000/8000
        venue phase trading        |
        fill X 1000                | X Trade PartiallyFilled 3000/7000
        venue correct 1 1500 @ 100 | X TradeCorrect PartiallyFilled 2500/7500
        venue correct 2 500 @ 100  | X TradeCorrect PartiallyFilled 2000/8000
    """),
    "J.1.d": Play("""
        ann buy X 10000 @ 100      | X New New 0/10000
        fill X 5000                | X Trade PartiallyFilled 5000/5000
        venue expire X             | X Expired Expired 5000/0
        venue correct 1 4000 @ 100 | X TradeCorrect Expired 4000/0
        venue bust 1               | X TradeCancel Expired 0/0
    """),
    "K.1.a": Play("""
        ann buy X 10000 @ 100 | X New New 0/10000
        venue phase halted    |
        fill X 10000          | impossible
        status X              | New 0/10000
        venue phase trading   |
        fill X 10000          | X Trade Filled 10000/0
    """),
    "K.1.b": Play("""
        ann buy X 10000 @ 100 | X New New 0/10000
        venue phase halted    |
        venue cancel X        | X Canceled Canceled 0/0
    """),
    "L.1.a": Play("""
        ann buy X 10000 @ 50  | X New New 0/10000
        status X              | New 0/10000
        fill X 1000           | X Trade PartiallyFilled 1000/9000
        status X              | PartiallyFilled 1000/9000
    """),
    "L.1.b": Play("""
        bob sell s 200 @ 17   |
        bob sell t 400 @ 22   |
        ann buy X worth 10000 | X New New 0/500; X Trade PartiallyFilled 200/300
                              | X Trade Filled 500/0
        average X             | 20
    """),
}

X = {
    "X-A.1.a": Play("""
        bob sell s 1 @ 101    |
        ann buy X 10000 @ 100 | X New New 0/10000
        bob sell a 2000 @ 100 | X Trade PartiallyFilled 2000/8000
        bob sell b 1000 @ 99  | X Trade PartiallyFilled 3000/7000
        bob sell c 7000 @ 98  | X Trade Filled 10000/0
    """),
    "X-A.1.a-2": Play("""
        bob sell s 1 @ 101    |
        ann buy X 10000 @ 100 | X New New 0/10000
        venue reject X        | X Rejected Rejected 0/0
        bob sell a 2000 @ 100 |
    """),
    "X-A.1.b": Play("""
        ann buy X 10000 @ 100 until 50 | X New New 0/10000
        bob sell a 2000 @ 100          | X Trade PartiallyFilled 2000/8000
        bob sell b 1000 @ 99           | X Trade PartiallyFilled 3000/7000
        at 50 wait                     | X Expired Expired 3000/0
    """),
    "X-A.1.c": Play("""
        bob sell s 10000 @ 100 |
        ann buy X 10000 @ 100  | X New New 0/10000; X Trade Filled 10000/0
    """),
    "X-A.1.d": Play("""
        bob sell s 7000 @ 100 |
        ann buy X 10000 @ 100 | X New New 0/10000; X Trade PartiallyFilled 7000/3000
        fill X 3000           | X Trade Filled 10000/0
    """),
    "X-I.1.a": Play("""
        ann buy X 10000 @ 100 fok | X New New 0/10000; X Expired Expired 0/0
        bob sell s 9999 @ 100     |
        ann buy A 10000 @ 100 fok | A New New 0/10000; A Expired Expired 0/0
    """),
    "X-I.1.b": Play("""
        bob sell s 1000 @ 100     |
        ann buy X 10000 @ 100 ioc | X New New 0/10000; X Trade PartiallyFilled 1000/9000
                                  | X Expired Expired 1000/0
        bob sell t 1000 @ 99      |
        ann buy A 10000 @ 100 ioc | A New New 0/10000; A Trade PartiallyFilled 1000/9000
                                  | A Expired Expired 1000/0
    """),
}

PLAYS = I_TO_L | X
