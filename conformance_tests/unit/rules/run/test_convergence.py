"""C1: when all is quiet, what the connector believes is what is."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

LIVES = "place; new; <new; Created"
LOCKED = "balance asset=USDT free=71000 locked=29000"
HEARD = f"{LOCKED}; <balance asset=USDT free=71000 locked=29000"
BEGAN = {"balances": {"USDT": "100000", "BTC": "10"}}
RIGHT = "reading tracked=id-a USDT=100000/71000 BTC=10/10"
HALF = "reading tracked=id-a USDT=100000/71000"
WRONG = "reading tracked=id-a USDT=100000/100000 BTC=10/10"


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{LIVES}; {HEARD}; quiet; {RIGHT}", []),
        (f"{LIVES}; {HEARD}; quiet; {WRONG}", [("C1", Outcome.FAIL)]),
        (f"{LIVES}; {LOCKED}; quiet; {WRONG}", [("C1", Outcome.UNKNOWN)]),
        (f"{LIVES}; {LOCKED}; bound; {WRONG}", [("C1", Outcome.FAIL)]),
        (
            f"{LIVES}; {HEARD}; <balance asset=USDT free=100000 locked=0; quiet; {WRONG}",
            [("C1", Outcome.UNKNOWN)],
        ),
        (f"{LIVES}; {HEARD}; quiet; {HALF}", [("C1", Outcome.UNKNOWN)]),
        (f"{LIVES}; {HEARD}; quiet; reading blind tracked=id-a", [("C1", Outcome.FAIL)]),
    ],
)
def test_believed_balances_are_the_venues(story: str, found: list[tuple[str, Outcome]]) -> None:
    """A balance that was delivered, or could be found for the bound, is believed as it is."""
    assert roots(story, **BEGAN) == found


def test_a_balance_that_was_overtaken_by_an_older_word_is_not_known() -> None:
    """The last word heard must be the true one in full: what is free, and what is locked."""
    sold = "balance asset=BTC free=9 locked=1; balance asset=BTC free=9 locked=0"
    believed = "quiet; reading tracked= BTC=10/9"
    for locked, found in (("1", Outcome.UNKNOWN), ("0", Outcome.FAIL)):
        story = f"{sold}; <balance asset=BTC free=9 locked={locked}; {believed}"
        assert roots(story, balances={"BTC": "9"}) == [("C1", found)]


def test_balances_are_not_judged_where_they_are_not_promised() -> None:
    """Without the capability a wrong balance is nobody's."""
    assert roots(f"{LIVES}; {HEARD}; quiet; {WRONG}", **BEGAN, lacks=("balances",)) == []


def test_an_open_order_that_is_not_tracked_any_more_is_found() -> None:
    """An order that the connector forgot without a word is lost to the strategy."""
    assert roots(f"{LIVES}; quiet; reading tracked=id-a") == []
    assert roots(f"{LIVES}; quiet; reading tracked=") == [("C1", Outcome.FAIL)]


def test_a_wrong_balance_is_explained_by_the_fill_that_was_lost() -> None:
    """What follows from another finding is listed under it."""
    story = (
        f"{LIVES}; trade 1; <fill; balance asset=USDT free=71000 locked=0; "
        "balance asset=BTC free=10.999 locked=0; <balance asset=USDT free=71000; "
        "<balance asset=BTC free=10.999; quiet; reading tracked=id-a USDT=100000/71000 BTC=10/10"
    )
    assert roots(story, **BEGAN) == [("L6", Outcome.FAIL)]
