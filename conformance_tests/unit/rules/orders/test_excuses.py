"""What excuses a connector that could not know better, and what does not."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots

from fillproof.harness.rules import Outcome

LIVES = "place; new; <new; Created"
LIE = "arm what=fail; fire"
DENIED = "<unknown on=query_reply by=F1; Failure"
COPY = "arm what=resend; place tif=IOC; fire; new & trade 1"
REFUSED = "refuses cumulative_quantity=0 cumulative_quote=0 reason={}; <refused by=F1; Failure"


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{LIE}; place; new; {DENIED}", Outcome.INFO),
        (f"{LIE}; place; new; {DENIED}; <new", Outcome.INFO),
        (f"{LIE}; place; new; <new; {DENIED}", Outcome.FAIL),
        (f"{LIE}; place; new; <unknown on=cancel_reply by=F1; Failure", Outcome.FAIL),
        ("place; <unknown on=query_reply; Failure; new; <new", Outcome.FAIL),
    ],
)
def test_a_false_answer_that_the_order_does_not_exist_excuses_who_knew_nothing_else(
    story: str, found: Outcome
) -> None:
    """Once it showed a sign of life, "does not exist" is the word of a replica that lags behind."""
    assert roots(story) == [("U1", found)]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"<unknown on=query_reply by=F1; wait 61; {DENIED}", Outcome.INFO),
        (f"<unknown on=query_reply by=F1; wait 59; {DENIED}", Outcome.FAIL),
        (f"<unknown on=query_reply by=F1; wait 30; <new; wait 31; {DENIED}", Outcome.FAIL),
        (DENIED, Outcome.FAIL),
    ],
)
def test_on_a_chain_who_hears_for_a_whole_window_that_it_is_gone_may_go_by_it(
    story: str, found: Outcome
) -> None:
    """A block can be taken back without a word; one answer, or an old one, is no window."""
    alive = f"{LIE}; {LIVES}; {story}"
    assert roots(alive, profile="decentralised", grace=60) == [("U1", found)]


def test_the_refusal_of_a_copy_that_a_proxy_made_excuses_failure() -> None:
    """It asked once and was refused plainly; only "duplicate" says that the first got through."""
    plainly, duplicate = (
        REFUSED.format(why) for why in ("insufficient_balance", "duplicate_client_order_id")
    )
    assert roots(f"{COPY}; {plainly}; <fill; <filled") == [("U1", Outcome.INFO)]
    assert roots(f"{COPY}; {duplicate}; <fill; <filled") == [("U1", Outcome.FAIL)]


def test_a_fill_that_a_faulty_message_invented_may_look_like_a_true_one() -> None:
    """Only the trade id says whether a fill of the same amount and price is another."""
    lie = "<fill trade_id=66 amount=0.3 price=29000 by=F1; Filled 0.3 trade_id={}"
    story = f"{LIE}; {LIVES}; trade 0.3; <fill; Filled 0.3; {lie}"
    assert roots(story.format(66)) == [("L6", Outcome.INFO)]
    assert roots(story.format(1)) == [("L6", Outcome.FAIL)]


def test_a_lie_excuses_no_other_fill_than_the_one_it_says() -> None:
    """A fill that is told twice is the connector's own, whatever it was told before."""
    twice = "trade 0.2; <fill; Filled 0.2; Filled 0.2 trade_id=1"
    lie = "<fill trade_id=66 amount=0.2 price=29000 by=F1; Filled 0.2 trade_id=66"
    info, fail = ("L6", Outcome.INFO), ("L6", Outcome.FAIL)
    assert roots(f"{LIE}; {LIVES}; {lie}; trade 0.2; <fill; Filled 0.2") == [info]
    assert roots(f"{LIE}; {LIVES}; trade 0.2; <fill; {lie}; Filled 0.2") == [info]
    assert roots(f"{LIE}; {LIVES}; {lie}; {twice}") == [fail, info]
    copied = "place; arm what=resend; fire; new; new venue_order_id=9; <new; Created"
    assert roots(f"{copied}; {twice}") == [fail, ("U1", Outcome.INFO)]


@pytest.mark.parametrize("story", ["place; refuses; <refused; Failure", "place; Failure"])
def test_an_order_tried_again_under_an_id_the_strategy_never_got_is_found(story: str) -> None:
    """It is the only one in truth, yet the strategy was told that there is none."""
    again = "new client_order_id=other venue_order_id=9"
    assert roots(f"{story}; {again}") == [("U1", Outcome.FAIL)]


def test_an_order_that_was_cancelled_before_it_was_sent_may_be_told_as_cancelled() -> None:
    """Nobody refused it: the strategy took it back, and the connector may say so, once."""
    assert roots("place unsent; cancel; Cancelled") == []
    assert roots("place unsent; cancel; Failure") == []
    assert roots("place unsent; cancel; Cancelled; Cancelled") == [("L10", Outcome.FAIL)]
    assert roots("place unsent; Cancelled; cancel") == [("L9", Outcome.FAIL)]
    assert roots("place; cancel; Cancelled") == [("L9", Outcome.FAIL)]
