"""I1 to I9: what an in-flight order says, against what was told and what is true."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from conformance_tests.unit.rules.build import history

from fillproof.harness.history import History
from fillproof.harness.history.in_flight import Identified, LimitOrder, Said, Says
from fillproof.harness.rules import Outcome, judge

OPEN = "place; new; <new; Created"
FILLED = f"{OPEN}; trade 1; <fill; Filled 1; Completed"
CANCELLED = f"{OPEN}; cancel; cancels; <canceled; Cancelled"
EXPIRED = f"{OPEN}; expires; <expired; Expired"
REFUSED = "place; refuses; <refused; Failure"
PART = f"{OPEN}; trade 0.4; <fill; Filled 0.4"


def made(**parts: Any) -> LimitOrder:
    """Return the limit order of an order that is open, but for these parts."""
    return replace(LimitOrder("BTC-USDT", "BUY", Decimal(29000), Decimal(1), None), **parts)


def says(**answers: Any) -> Says:
    """Return what a sound object says of an order that is open, but for these answers."""
    sound = Says(
        venue_order_id="197",
        base_asset="BTC",
        quote_asset="USDT",
        is_done=False,
        is_cancelled=False,
        is_failure=False,
        filled=Decimal(0),
        limit_order=made(),
        json={"id": "197"},
    )
    return replace(sound, **answers)


def asked(story: str, said: Says, **more: Any) -> History:
    """Return a story in which the order is asked at its end; `more` is of the reading."""
    told = history(story, **more.pop("venue", {}))
    (order,) = told.orders
    last = max((event.n for event in order.told), default=order.place.n)
    reading = Said(last + 1, 0, "here", order.client_order_id or "", said, said, {})
    declared = told.header.capabilities | {"in_flight"}
    meaning = more.pop("meaning", "rejected")
    header = replace(told.header, capabilities=declared, is_failure_means=meaning)
    return replace(told, header=header, said=(replace(reading, **more),))


def found(told: History) -> list[tuple[str, Outcome]]:
    """Return the root findings of the family."""
    roots = judge(told).findings
    return [(one.rule, one.outcome) for one in roots if one.rule.startswith("I")]


DONE = {"is_done": True}
FAIL, LAX = Outcome.FAIL, Outcome.NON_STRICT


@pytest.mark.parametrize(
    ("story", "answers", "wrong"),
    [
        (OPEN, {}, []),
        (OPEN, DONE, [("I1", FAIL)]),
        (FILLED, {**DONE, "filled": Decimal(1)}, []),
        (FILLED, {"filled": Decimal(1)}, [("I1", FAIL)]),
        (CANCELLED, {**DONE, "is_cancelled": True}, []),
        (CANCELLED, DONE, [("I2", FAIL)]),
        (OPEN, {"is_cancelled": True}, [("I2", FAIL)]),
        (FILLED, {**DONE, "is_cancelled": True, "filled": Decimal(1)}, [("I2", FAIL)]),
        (EXPIRED, {**DONE, "is_cancelled": True}, [("I2", LAX)]),
        (REFUSED, {**DONE, "is_failure": True, "venue_order_id": None}, []),
        (REFUSED, {**DONE, "venue_order_id": None}, [("I3", FAIL)]),
        (CANCELLED, {**DONE, "is_cancelled": True, "is_failure": True}, [("I3", FAIL)]),
        (OPEN, {"is_failure": True}, [("I3", FAIL)]),
        (EXPIRED, {**DONE, "is_failure": True}, []),
    ],
)
def test_flags_follow_the_end_that_was_told_and_is_true(
    story: str, answers: dict[str, Any], wrong: list[tuple[str, Outcome]]
) -> None:
    """Today's meaning: only who was rejected has failed."""
    assert found(asked(story, says(**answers))) == wrong


@pytest.mark.parametrize(("heard", "wrong"), [("<filled", []), ("<new", [("I1", FAIL)])])
def test_a_fill_that_is_heard_of_after_it_was_taken_back_may_make_it_done(
    heard: str, wrong: list[tuple[str, Outcome]]
) -> None:
    """The venue's last word that arrived is that the order is full; the newer one is on its way."""
    story = f"{OPEN}; trade 1; bust 1 reason=reorganised; <fill trade_id=1; {heard}; Filled 1"
    venue = {"profile": "decentralised", "grace": 20, "chain": {}}
    assert found(asked(story, says(**DONE, filled=Decimal(1)), venue=venue)) == wrong


@pytest.mark.parametrize(("heard", "wrong"), [("<cancelled", []), ("<new", [("I1", FAIL)])])
def test_a_cancel_that_the_venue_announces_may_show_before_it_is_told(
    heard: str, wrong: list[tuple[str, Outcome]]
) -> None:
    """Its word is that the order is canceled; that a cancel waits in the mempool is not."""
    venue = {"profile": "decentralised", "grace": 20, "chain": {}}
    story = f"place; new; cancel; pending; {heard}; Created"
    said = says(**DONE, is_cancelled=True)
    assert found(asked(story, said, venue=venue)) == wrong


@pytest.mark.parametrize("story", [CANCELLED, EXPIRED, REFUSED])
def test_in_the_older_meaning_whatever_ends_early_has_failed(story: str) -> None:
    """The profile says which meaning is promised."""
    venue_order_id = None if story == REFUSED else "197"
    cancelled = story == CANCELLED
    for failure, wrong in ((True, []), (False, [("I3", FAIL)])):
        said = says(
            is_done=True,
            is_cancelled=cancelled,
            is_failure=failure,
            venue_order_id=venue_order_id,
        )
        assert found(asked(story, said, meaning="ended_early")) == wrong


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"base_asset": "USDT"}, "I4"),
        ({"quote_asset": "T"}, "I4"),
        ({"venue_order_id": "UNKNOWN"}, "I5"),
        ({"venue_order_id": None}, "I5"),
        ({"limit_order": None}, "I7"),
        ({"limit_order": made(market="BTC-USD")}, "I7"),
        ({"limit_order": made(side="SELL")}, "I7"),
        ({"limit_order": made(price=None)}, "I7"),
        ({"limit_order": made(amount=Decimal(2))}, "I7"),
        ({"limit_order": made(filled=Decimal(1))}, "I7"),
        ({"json": "to_json gives what JSON cannot hold: set"}, "I8"),
        ({"filled": Decimal("0.3")}, "I9"),
    ],
)
def test_every_member_is_held_to_the_order(answers: dict[str, Any], wrong: str) -> None:
    """Assets, id, limit order, JSON and executed amount of an order that is open."""
    assert found(asked(OPEN, says(**answers))) == [(wrong, FAIL)]


@pytest.mark.parametrize(("stated", "wrong"), [("7", []), ("", [("I5", FAIL)])])
def test_a_venue_may_number_what_it_refuses(stated: str, wrong: list[tuple[str, Outcome]]) -> None:
    """Then its number is the order's id; a number that no message has is a wrong one."""
    story = f"place; refuses; <refused on=query_reply venue_order_id={stated}; Failure"
    said = says(is_done=True, is_failure=True, venue_order_id="7")
    assert found(asked(story, said)) == wrong


def test_an_order_without_a_price_is_no_limit_order() -> None:
    """A library that makes one all the same is lax, and one that refuses is right."""
    market = "place type=MARKET; new; <new; Created"
    assert found(asked(market, says(limit_order=made(price=None)))) == [("I7", LAX)]
    assert found(asked(market, says(limit_order=None))) == []


def test_a_copy_says_what_the_order_says() -> None:
    """Any answer that differs is a loss, and so is no copy at all."""
    sound = says(filled=Decimal("0.4"))
    assert found(asked(PART, sound)) == []
    for copy in (None, replace(sound, filled=Decimal(0)), replace(sound, json={})):
        assert found(asked(PART, sound, copy=copy)) == [("I8", FAIL)]


@pytest.mark.parametrize(
    ("member", "rule"),
    [("is_done", "I1"), ("base_asset", "I4"), ("json", "I8"), ("copy", "I8"), ("filled", "I9")],
)
def test_what_raises_is_a_finding_of_its_own_rule(member: str, rule: str) -> None:
    """An order that cannot be asked is no help."""
    assert found(asked(OPEN, says(), raised={member: "KeyError: it"})) == [(rule, FAIL)]


@pytest.mark.parametrize(
    ("at", "filled", "wrong"),
    [
        ("Filled", "0.4", []),
        ("Filled", "0", [("I9", FAIL)]),
        ("restored", "0.4", []),
        ("restored", "0", [("I9", FAIL)]),
        ("restored", "0.5", [("I9", FAIL)]),
    ],
)
def test_the_executed_amount_is_what_was_filled(
    at: str, filled: str, wrong: list[tuple[str, Outcome]]
) -> None:
    """No less than was told, no more than is true."""
    assert found(asked(PART, says(filled=Decimal(filled)), at=at)) == wrong


def test_fills_of_one_message_may_count_before_they_are_told() -> None:
    """A message with two fills is taken in at once, and told one after the other."""
    both = f"{OPEN}; trade 0.4; <fill; trade 0.5; <fill; Filled 0.4"
    first = asked(both, says(filled=Decimal("0.9")), at="Filled")
    assert [rule for rule, _ in found(first)] == []


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (("197", None), []),
        (("198", None), ["I6"]),
        ((None, "TimeoutError"), ["I6"]),
        ((None, None), ["I6"]),
        (None, ["I6"]),
    ],
)
def test_who_asks_for_the_id_gets_it_when_it_is_known(
    answer: tuple[str | None, str | None] | None, wrong: list[str]
) -> None:
    """Created is told: so the id is known, and nothing but the id is an answer."""
    told = asked(OPEN, says())
    call = Identified(told.orders[0].place.n, 0, told.said[0].client_order_id, None, None)
    answers: tuple[Identified, ...] = ()
    if answer is not None:
        venue_order_id, raised = answer
        answers = (replace(call, n=call.n + 1, venue_order_id=venue_order_id, raised=raised),)
    asking = replace(told, identify_calls=(call,), identify_answers=answers)
    assert [rule for rule, _ in found(asking)] == wrong


def test_an_order_that_was_never_accepted_has_no_id_to_wait_for() -> None:
    """To wait on, to raise and to answer with nothing are all right."""
    told = asked(REFUSED, says(is_done=True, is_failure=True, venue_order_id=None))
    call = Identified(told.orders[0].place.n, 0, told.said[0].client_order_id, None, None)
    raised = replace(call, n=call.n + 1, raised="LookupError")
    for answers in ((), (raised,), (replace(raised, raised=None),)):
        assert found(replace(told, identify_calls=(call,), identify_answers=answers)) == []


def test_an_order_that_is_tracked_has_an_in_flight_order() -> None:
    """Who has none to ask has no id; before Created, and after the end, none is owed."""
    for story, wrong in (
        (f"{OPEN}; reading tracked=id-a", [("I5", FAIL)]),
        (f"{OPEN}; reading tracked=", []),
        (f"{FILLED}; reading tracked=id-a", []),
        ("place; new; reading tracked=id-a", []),
    ):
        told = history(story)
        header = replace(told.header, capabilities=told.header.capabilities | {"in_flight"})
        assert found(replace(told, header=header)) == wrong
        assert found(told) == []
    told = history(f"{OPEN}; reading tracked=id-a")
    reading = told.readings[-1]
    said = Said(reading.n + 1, reading.t, reading.at, "id-a", says(), says(), {})
    assert found(replace(told, header=header, said=(said,))) == []
