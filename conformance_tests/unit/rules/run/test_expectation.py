"""E1, the catalogue, and what a verdict says as a whole."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.build import roots, verdict

from fillproof.harness.report.verdict_json import verdict_to_json
from fillproof.harness.rules import RULES, Outcome, page
from fillproof.harness.rules.case_rules import CASE_RULES
from fillproof.harness.rules.catalogue import PROMISED
from fillproof.harness.rules.judge import ORDER_RULES

LIVES = "place; new; <new; Created"
HALF = f"{LIVES}; trade 0.2; <fill; Filled 0.2"


def _expecting(*traces: list[str], lax: tuple[list[str], ...] = ()) -> dict[str, object]:
    return {"expect": {"a": {"pass": list(traces), "non_strict": list(lax)}}}


@pytest.mark.parametrize(
    ("expect", "found"),
    [
        (_expecting(["Created", "Filled 0.2"]), []),
        (_expecting(["Created", "Filled 0.20"]), []),
        (_expecting(["Created", "Filled"]), []),
        (_expecting(["Created"], ["Created", "Filled 0.2"]), []),
        (_expecting(["Created"], lax=(["Created", "Filled 0.2"],)), [("E1", Outcome.NON_STRICT)]),
        (_expecting(["Created"]), [("E1", Outcome.FAIL)]),
        (_expecting(["Created", "Filled 0.3"]), [("E1", Outcome.FAIL)]),
        (_expecting(["Created", "Filled 0.2", "Completed"]), [("E1", Outcome.FAIL)]),
        (_expecting([]), [("E1", Outcome.FAIL)]),
    ],
)
def test_an_order_tells_one_of_the_expected_traces(
    expect: dict[str, object], found: list[tuple[str, Outcome]]
) -> None:
    """E1: the trace is exhaustive and exact, and several may be allowed."""
    assert roots(HALF, **expect) == found


def test_a_trace_whose_last_call_had_no_time_is_unknown() -> None:
    """A run that ends right after a cancel does not show what would have come of it."""
    expect = _expecting(["Created", "Cancelled"])
    assert roots(f"{LIVES}; wait 60; heal; wait 60; cancel", **expect) == [("E1", Outcome.FAIL)]
    assert roots(f"{LIVES}; heal; cancel; stop", **expect) == [("E1", Outcome.UNKNOWN)]


def test_a_trace_is_explained_by_what_broke_a_rule() -> None:
    """An unexpected trace of an order with another finding is listed under that."""
    said = verdict(f"{HALF}; Filled 0.2", **_expecting(["Created", "Filled 0.2"]))
    (root,) = said.findings
    assert root.rule == "L6"
    assert [under.rule for under in root.implied] == ["C2", "E1"]
    assert "E1" not in said.rules


def test_a_lax_finding_that_no_event_shows_explains_no_trace() -> None:
    """That the order is tracked for too long does not excuse a cancel that nobody expected."""
    tracked = f"{LIVES}; cancel; cancels; <cancelled; Cancelled; quiet; reading tracked=id-a"
    assert roots(tracked, **_expecting(["Created"])) == [
        ("E1", Outcome.FAIL),
        ("L10a", Outcome.NON_STRICT),
    ]


def test_a_trace_is_explained_by_a_fault_that_never_fired() -> None:
    """Without the race that was asked for, the expected trace is not owed."""
    said = verdict(f"arm what=hold; {HALF}", **_expecting(["Filled 0.2", "Created"]))
    assert [finding.rule for finding in said.findings] == ["R8"]


def test_the_verdict_says_what_each_rule_came_to() -> None:
    """A rule that had something to judge and is nobody's consequence has an outcome."""
    said = verdict(f"{HALF}; trade 0.8; <fill; Filled 0.8; Filled 0.8; Completed base_amount=1.8")
    assert said.outcome is Outcome.FAIL
    assert said.rules["L6"] is Outcome.FAIL
    assert said.rules["L4"] is Outcome.PASS
    assert "L7" not in said.rules, "its finding follows from L6"
    assert "L3" not in said.rules, "no order broke a limit"
    assert "L11" not in said.rules, "the venue is centralised"


def test_a_verdict_is_json() -> None:
    """Reports get plain values, with the sentence and the source of each broken rule."""
    values = verdict_to_json(verdict(f"{HALF}; Filled 0.2"), None)
    assert values["outcome"] == "FAIL"
    (finding,) = values["findings"]
    assert finding["sentence"] == RULES["L6"].sentence
    assert [under["rule"] for under in finding["implied"]] == ["C2"]


def test_every_rule_has_a_page_that_begins_with_its_name() -> None:
    """`fillproof explain` has something to show for every id."""
    for rule_id, rule in RULES.items():
        text = page(rule_id)
        assert text.startswith(f"# {rule_id}: "), rule_id
        assert len(text.splitlines()) > 4, rule_id
        quoted = " ".join(line.removeprefix("> ") for line in text.splitlines() if line[:1] == ">")
        assert quoted == rule.sentence, rule_id
        assert f"- Source: {rule.source}" in text, rule_id


def test_an_unknown_rule_has_no_page() -> None:
    """The error lists the ids there are."""
    with pytest.raises(KeyError, match="L10a"):
        page("L99")


def test_implied_rules_exist_and_every_rule_of_the_contract_is_checked() -> None:
    """The tables agree with each other."""
    for rule in RULES.values():
        assert set(rule.implies) <= set(RULES), rule.id
    assert {rule.id for rule in PROMISED} == {*ORDER_RULES, *CASE_RULES}
