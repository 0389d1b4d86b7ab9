"""T, R and V: what goes wrong with the run itself, and who is to blame for it."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import recording, roots, verdict

from fillproof.harness.history import read_recording
from fillproof.harness.rules import Outcome, judge

LIVES = "place; new; <new; Created"


@pytest.mark.parametrize(
    ("trouble", "rule", "outcome"),
    [
        ("start_raised", "T1", Outcome.FAIL),
        ("never_ready", "T2", Outcome.FAIL),
        ("adapter_raised", "T3", Outcome.FAIL),
        ("place_raised", "T4", Outcome.FAIL),
        ("cancel_raised", "T5", Outcome.FAIL),
        ("deadlock", "T6", Outcome.FAIL),
        ("livelock", "T7", Outcome.FAIL),
        ("virtual_time", "T8", Outcome.FAIL),
        ("wall_time", "T9", Outcome.FAIL),
        ("escape", "T10", Outcome.FAIL),
        ("unknown_host", "T11", Outcome.FAIL),
        ("leak", "T12", Outcome.NON_STRICT),
        ("blocked", "T13", Outcome.NON_STRICT),
        ("never_stopped", "T14", Outcome.FAIL),
        ("venue", "R1", Outcome.ERROR),
        ("worker_died", "R2", Outcome.ERROR),
        ("import_failed", "R3", Outcome.ERROR),
        ("gremlins", "R4", Outcome.ERROR),
    ],
)
def test_every_trouble_is_a_finding_of_its_own(trouble: str, rule: str, outcome: Outcome) -> None:
    """The connector's troubles are FAIL, a leak is lax, and what is ours is ERROR."""
    assert roots(f"{LIVES}; trouble {trouble}") == [(rule, outcome)]


def test_what_fired_before_a_trouble_is_said_with_it() -> None:
    """The connector is to blame for not bearing it, not for what nothing in the world did."""
    (alone,) = verdict(f"{LIVES}; trouble never_ready; arm what=drop; fire").findings
    assert alone.why == "The connector is to blame: nothing else of this world did it."
    (after,) = verdict(f"{LIVES}; arm what=drop; fire; trouble never_ready").findings
    assert after.why == (
        "The connector is to blame: it has to bear what fired before, drop of user_stream (F1)."
    )


def test_what_cannot_be_imported_is_neither_the_connectors_fault_nor_ours() -> None:
    """It never ran."""
    (finding,) = verdict("trouble import_failed").findings
    assert finding.why == "The connector never ran: nothing is said of it."


def test_what_a_broken_run_leaves_untold_is_explained_by_it() -> None:
    """A world that ended early makes nothing else UNKNOWN on its own."""
    assert roots(f"{LIVES}; trade 1; <fill; trouble livelock; dies") == [("T7", Outcome.FAIL)]


def test_a_lie_told_before_the_trouble_is_found_beside_it() -> None:
    """A wrong event is a finding at once, however the run ends."""
    story = f"{LIVES}; Created; trouble deadlock; dies"
    assert roots(story) == [("L4", Outcome.FAIL), ("T6", Outcome.FAIL)]


def test_a_recording_without_an_end_or_a_reason_is_ours() -> None:
    """A world that vanished says nothing of the connector."""
    assert verdict(f"{LIVES}; dies").outcome is Outcome.ERROR


def test_a_world_that_was_broken_off_between_a_fill_and_its_money_is_no_wrong_venue() -> None:
    """What was written last when a world is killed is arbitrary; its sums are not counted again."""
    story = f"{LIVES}; balance asset=USDT free=71000 locked=29000; trade 0.2; trouble wall_time"
    money = {"balances": {"USDT": "100000"}}
    assert roots(f"{story}; dies", **money) == [("T9", Outcome.FAIL)]
    assert verdict(story, **money).outcome is Outcome.ERROR


def test_a_case_the_connector_is_not_fit_for_is_unsupported_as_a_whole() -> None:
    """The verdict names what the connector would have to promise."""
    said = verdict("trouble unsupported needs=gtd")
    assert (said.outcome, said.needs) == (Outcome.UNSUPPORTED, ("gtd",))


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("step impossible op=trade", [("R5", Outcome.ERROR)]),
        ("step expired op=await truth=Trade", [("R6", Outcome.ERROR)]),
        ("step unmet op=trade", [("R7", Outcome.UNKNOWN)]),
        ("step expired op=await wire=user_stream", [("R7", Outcome.UNKNOWN)]),
        ("arm what=drop", [("R8", Outcome.UNKNOWN)]),
        ("arm what=drop; fire", []),
        ("step expired op=await told=Filled", [("R9", Outcome.UNKNOWN)]),
        ("Created; step expired op=await told=Filled", [("L4", Outcome.FAIL)]),
        (
            "trade 0.2; <fill; wait 60; step expired op=await told=Filled; Filled 0.2",
            [("L6", Outcome.FAIL)],
        ),
        (
            "trade 0.2; wait 60; step expired op=await told=Filled; <fill; Filled 0.2",
            [("R9", Outcome.UNKNOWN)],
        ),
    ],
)
def test_what_was_asked_for_and_did_not_happen_is_said(
    story: str, found: list[tuple[str, Outcome]]
) -> None:
    """A step that could not be is ours; one that was not met leaves the case UNKNOWN."""
    assert roots(f"{LIVES}; {story}") == found


@pytest.mark.parametrize(
    ("story", "root"),
    [
        ("Created; step unmet op=trade", "L4"),
        ("trade 0.2; <fill; step expired op=await truth=Trade", "L6"),
        ("new venue_order_id=9; step impossible op=trade", "U1"),
        ("trouble escape; trouble place_raised", "T10"),
    ],
)
def test_what_the_connector_did_explains_that_a_step_could_not_be(story: str, root: str) -> None:
    """A step that fails because the connector did is not held against the scenario."""
    assert roots(f"{LIVES}; {story}") == [(root, Outcome.FAIL)]


@pytest.mark.parametrize(
    "wrong",
    [
        "trade 0.2 cumulative_quantity=0.3",
        "trade 0.2 leaves_quantity=0.7",
        "trade 0.2 cumulative_quote=1",
        "trade 0.2 order_status=Filled",
        "trade 0.2 last_price=29001",
        "trade 0.2 trade_id=7; trade 0.2 trade_id=7",
        "trade 0.2 execution_id=1",
        "trade 0.2 quantity=2",
        "trade 0.2 side=SELL",
        "trade 1.2",
        "trade 1; trade 0.1",
        "cancels; trade 0.1",
        "cancels; cancels",
        "cancels order_status=New",
        "cancels leaves_quantity=1",
        "pending",
        "balance asset=BTC free=-1 locked=0",
        "balance asset=BTC free=11 locked=0",
    ],
)
def test_a_venue_whose_truth_is_wrong_is_an_error_and_never_a_fail(wrong: str) -> None:
    """V1: the judge counts the venue's books again, and blames no connector for them."""
    said = verdict(f"{LIVES}; {wrong}; Created; Created", balances={"BTC": "10"})
    assert said.outcome is Outcome.ERROR
    assert {finding.rule for finding in said.findings} == {"V1"}


@pytest.mark.parametrize(
    ("story", "fine"),
    [
        ("pending; trade 0.2; cancels", True),
        ("cancels; wait 5; trade 0.2", True),
        ("expires; wait 59; trade 0.2", True),
        ("expires; wait 61; trade 0.2", False),
        ("trade 1; wait 5; trade 0.2", False),
        ("rejects; trade 0.2", False),
    ],
)
def test_fills_may_follow_the_end_in_the_grace_window_only(story: str, fine: bool) -> None:
    """V1: what a decentralised venue may still fill ends with its grace window."""
    said = verdict(f"{LIVES}; {story}", profile="decentralised", grace=60)
    broken = [finding.rule for finding in said.findings if finding.rule == "V1"]
    assert (broken == []) is fine


def test_the_same_recording_gives_the_same_verdict() -> None:
    """Judging is a pure function of the lines."""
    lines = recording(f"{LIVES}; trade 1; <fill; Filled 1; Filled 1; Cancelled")
    assert judge(read_recording(lines)) == judge(read_recording(lines))
