"""Groups E to H for the engine: by the venue, refused, asked, and on the next day."""

from __future__ import annotations

from conformance_tests.unit.fix.desk import Play

_NEXT_DAY = """
        at 0 ann buy X 10000 @ 100  | X New New 0/10000
        at 1 fill X 2000            | X Trade PartiallyFilled 2000/8000
        at 2 venue phase halted     |
        status X                    | PartiallyFilled 2000/8000
        at 3 fill X 1000            | impossible
"""
_OPEN = "at 4 venue phase trading    |"

E = {
    "E.1.a": Play("""
        bob sell s 1 @ 200     |
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 2000            | X Trade PartiallyFilled 2000/8000
        fill X 1000            | X Trade PartiallyFilled 3000/7000
        fill X 7000            | X Trade Filled 10000/0
    """),
    "E.1.b": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        venue cancel X         | X Canceled Canceled 1000/0
        ann cancel X           | cancel of X refused: unknown_order
    """),
    "E.1.c": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        venue restate X 11000  | impossible
        status X               | New 0/10000
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        venue restate X 12000  | impossible
        status X               | PartiallyFilled 1000/9000
    """),
    "E.1.d": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        venue restate X 9000   | X Restated New 0/9000
        fill X 9000            | X Trade Filled 9000/0
    """),
    "E.1.e": Play("""
        ann buy X 10000 @ 100 post  | X New New 0/10000
        bob buy better 1 @ 101      |
        venue cancel X              | X Canceled Canceled 0/0
    """),
    "E.1.f": Play("""
        bob sell s 2 @ 100              |
        fill s 1                        |
        ann buy X 10000 @ 110 stop 105  | X New New 0/10000 waits
        fill X 1                        | impossible
        bob cancel s                    |
        bob sell t 1 @ 105              |
        fill t 1                        | X Triggered New 0/10000
        fill X 2000                     | X Trade PartiallyFilled 2000/8000
        fill X 8000                     | X Trade Filled 10000/0
    """),
}

F = {
    "F.1.a": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 1000            | X Trade PartiallyFilled 1000/9000
        ann buy X 15000 @ 100  | X Rejected Rejected 0/0 duplicate_client_order_id
        status X               | PartiallyFilled 1000/9000
        fill X 9000            | X Trade Filled 10000/0
    """),
    "F.1.b": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        ann buy X 10000 @ 100  | X Rejected Rejected 0/0 duplicate_client_order_id
        status X               | New 0/10000
        ann buy X 20000 @ 100  | X Rejected Rejected 0/0 duplicate_client_order_id
        status X               | New 0/10000
        ann buy Y 10000 @ 100  | Y New New 0/10000
    """),
    "F.1.c": Play("""
        ann sell X 10000 @ 100  | X New New 0/10000
        ann buy X 10000 @ 90    | X Rejected Rejected 0/0 duplicate_client_order_id
        fill X 10000            | X Trade Filled 10000/0
    """),
}

G = {
    "G.1.a": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        fill X 2000            | X Trade PartiallyFilled 2000/8000
        status Y               | unknown
        status X               | PartiallyFilled 2000/8000
    """),
    "G.1.b": Play("""
        ann buy X 10000 @ 100  | X New New 0/10000
        status X               | New 0/10000
        wait                   |
        status X               | New 0/10000
    """),
    "G.1.c": Play("""
        status X                                | unknown
        ann buy X 10000 @ 100                   | X New New 0/10000
        status X                                | New 0/10000
        fill X 2000                             | X Trade PartiallyFilled 2000/8000
        status X                                | PartiallyFilled 2000/8000
        fill X 8000                             | X Trade Filled 10000/0
        status X                                | Filled 10000/0
        ann amend X 12000 as Y                  | amend of X refused: unknown_order
        status Y                                | unknown
        ann replace X or with buy Y 2000 @ 100  | cancel of X refused: unknown_order
                                                | Y New New 0/2000
        status X                                | Filled 10000/0
        status Y                                | New 0/2000
    """),
}

H = {
    "H.1.a": Play(
        f"""
        {_NEXT_DAY}
        {_OPEN}
        at 5 fill X 1000  | X Trade PartiallyFilled 3000/7000
        """
    ),
    "H.1.b": Play(
        f"""
        {_NEXT_DAY}
        at 4 venue restate X 20000 | impossible
        status X                   | PartiallyFilled 2000/8000
        {_OPEN}
        at 5 fill X 8000           | X Trade Filled 10000/0
        """
    ),
    "H.1.c": Play(
        f"""
        {_NEXT_DAY}
        {_OPEN}
        at 5 ann cancel X  | X PendingCancel PendingCancel 2000/8000
        at 15 wait         | X Canceled Canceled 2000/0
        """,
        settlement_delay_ns=10,
    ),
    "H.1.c-1": Play(
        f"""
        {_NEXT_DAY}
        at 4 ann cancel X  | cancel of X refused: market_halted
        status X           | PartiallyFilled 2000/8000
        """
    ),
    "H.1.c-2": Play(
        f"""
        {_NEXT_DAY}
        {_OPEN}
        at 5 ann cancel X if new  | cancel of X refused: cancel_restricted
        status X                  | PartiallyFilled 2000/8000
        """
    ),
    "H.1.d": Play(
        f"""
        {_NEXT_DAY}
        {_OPEN}
        at 5 fill X 1000                           | X Trade PartiallyFilled 3000/7000
        at 6 ann replace X with buy Y 12000 @ 100  | X Canceled Canceled 3000/0
                                                   | Y New New 0/12000
        """
    ),
    "H.1.d-1": Play(
        f"""
        {_NEXT_DAY}
        at 4 ann amend X 15000 as Y  | amend of X refused: market_halted
        status X                     | PartiallyFilled 2000/8000
        """
    ),
    "H.1.d-2": Play(
        f"""
        {_NEXT_DAY}
        {_OPEN}
        at 5 ann amend X 15000 as Y  | amend of X refused: quantity_not_lower
        status X                     | PartiallyFilled 2000/8000
        """
    ),
}

PLAYS = E | F | G | H
