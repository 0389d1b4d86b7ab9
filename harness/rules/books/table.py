"""The rules about order books, as a table; of findings at one look the first is the root."""

from __future__ import annotations

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.rules.rule import Rule
from fillproof.harness.verdict import Severity

_PROCEDURE = 'Binance, "How to manage a local order book correctly"'


def _rule(rule_id: str, sentence: str, source: str, implies: tuple[str, ...] = ()) -> Rule:
    return Rule(
        id=rule_id,
        sentence=sentence,
        severity=Severity.MUST,
        source=source,
        needs=(Capability.ORDER_BOOK,),
        implies=implies,
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "B1",
        "a book is well formed: each side has its best price first and each price once, and every "
        "amount is above zero",
        f"{_PROCEDURE}: an amount of zero removes the level",
        ("B5", "B6", "B7"),
    ),
    _rule(
        "B2",
        "a book begins with a snapshot that fits: taken after its changes were subscribed to, and "
        "not older than the first change heard",
        f"{_PROCEDURE}, steps 3 to 5; hummingbot#1926, #4982, #3861",
        ("B3", "B5", "B6", "B7", "B8"),
    ),
    _rule(
        "B3",
        "a gap in the sequence of updates is noticed: from then on the book is not said to be in "
        "sync until it was taken anew",
        f"{_PROCEDURE}, update procedure; cryptofeed#606, #20",
        ("B5", "B6", "B7", "B8"),
    ),
    _rule(
        "B4",
        "a book whose changes stopped coming, since their connection or subscription ended, is not "
        "said to be in sync until it was taken anew",
        f"{_PROCEDURE}; hummingbot#3641",
        ("B2", "B3", "B5", "B6", "B7", "B8"),
    ),
    _rule(
        "B5",
        "a change that is heard twice, late, or after a snapshot that has it, changes nothing",
        f"{_PROCEDURE}: ignore events of updates that the book has",
        ("B6", "B7", "B8"),
    ),
    _rule(
        "B6",
        "a book in sync is not crossed: its best bid is below its best ask, unless the venue's is "
        "crossed",
        "cryptofeed#727",
        ("B7",),
    ),
    _rule(
        "B7",
        "at every quiet moment a book that is said to be in sync is the venue's, level by level",
        _PROCEDURE,
        ("B8",),
    ),
    _rule(
        "B8",
        "the update that a book is said to have come to is the last one that is in it",
        _PROCEDURE,
    ),
    _rule(
        "B9",
        "a book that is out of sync is in sync again within the convergence bound",
        f"{_PROCEDURE}; Design: blame",
    ),
)
