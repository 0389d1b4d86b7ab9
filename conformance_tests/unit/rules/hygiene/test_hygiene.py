"""H1 to H7, each with what it finds and what it leaves alone."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.hygiene.wire_story import told

from fillproof.harness.rules.case_rules import CASE_RULES
from fillproof.harness.verdict import Outcome

STORM = ["ask", "reply 503"] * 11
SLOW_STORM = ["ask", "reply 503", "pass 1"] * 30


def found(rule: str, *words: str) -> list[str]:
    """Return what a rule says of a story."""
    return [finding.actual for finding in CASE_RULES[rule].check(told(*words))]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["ask", "reply 400 why=signature"], "GET /order was refused for its signature"),
        (
            ["ask", "reply 400 why=signature"] * 2,
            "GET /order was refused for its signature (2 times)",
        ),
        (["call 1", "answer 1 400 why=signature"], "order.status was refused for its signature"),
    ],
)
def test_h1_a_signature_is_refused(words: list[str], says: str) -> None:
    """The venue itself says so, over HTTP or on a socket."""
    assert found("H1", *words) == [says]


def test_h1_leaves_what_a_fault_says() -> None:
    """A reply that a fault wrote proves nothing about the signature."""
    assert found("H1", "ask", "reply 400 why=signature by=F1") == []


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "reply 400 why=timestamp"],
        ["arm skew", "ask", "reply 400 why=timestamp", "pass 6", "ask", "reply 400 why=timestamp"],
    ],
    ids=["without a clock fault", "six seconds after it could know"],
)
def test_h2_a_timestamp_is_stale(words: list[str]) -> None:
    """The first refusal, or one after there was time to learn the venue's time."""
    assert found("H2", *words) == ["GET /order was refused for its timestamp"]


@pytest.mark.parametrize(
    "words",
    [
        ["arm skew", "ask", "reply 400 why=timestamp", "ask", "reply 400 why=timestamp"],
        ["arm hold", "pass 20", "ask", "reply 400 why=timestamp"],
        ["ask lost=yes", "lose"],
        ["ask", "reply 400 why=timestamp by=F1"],
        [
            *("arm skew", "ask", "reply 400 why=timestamp", "pass 90"),
            *("arm skew", "ask", "reply 400 why=timestamp"),
        ],
    ],
    ids=["it has just learnt", "a fault delayed it", "lost", "a fault says so", "stepped again"],
)
def test_h2_leaves_what_could_not_be_known(words: list[str]) -> None:
    """A clock that was set, and a request that was kept from leaving, are nobody's fault."""
    assert found("H2", *words) == []


def test_h2_does_not_count_the_time_of_a_stall() -> None:
    """Who stands still learns nothing."""
    story = ["arm skew", "ask", "reply 400 why=timestamp", "arm stall for=8", "pass 8", "ask"]
    assert found("H2", *story, "reply 400 why=timestamp") == []


def test_h3_too_much_is_asked() -> None:
    """The venue says 429 or 418 by itself; not of orders, and not when a fault says it."""
    assert found("H3", "ask", "reply 429 why=limit") == ["GET /order was answered with HTTP 429"]
    assert found("H3", "ask", "reply 418 why=ban") == ["GET /order was answered with HTTP 418"]
    assert found("H3", "ask", "reply 429 why=order_limit") == []
    assert found("H3", "ask", "reply 429 why=limit by=F1") == []


@pytest.mark.parametrize("by", ["", " by=F1"], ids=["the venue", "a fault"])
def test_h4_the_wait_is_not_kept(by: str) -> None:
    """Whoever says it: what is asked more than a second later and before its end is too early."""
    story = ["ask", f"reply 429 why=limit wait=60{by}", "pass 5", "ask /account", "reply 200"]
    assert found("H4", *story) == ["GET /account was sent after 5.200 s"]


def test_h4_handshakes_wait_for_handshakes() -> None:
    """Connections are counted apart from requests."""
    refused = ["ask on=control", "reply 429 why=limit wait=60", "pass 5"]
    assert found("H4", *refused, "ask on=control") == ["GET /order was sent after 5.200 s"]


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "reply 429 why=limit wait=60", "ask", "reply 200"],
        ["ask", "reply 429 why=limit wait=60", "pass 60", "ask", "reply 200"],
        ["ask", "reply 429 why=limit", "pass 5", "ask", "reply 200"],
        ["ask", "reply 400 why=timestamp wait=60", "pass 5", "ask", "reply 200"],
        ["ask on=control", "reply 429 why=limit wait=60", "pass 5", "ask", "reply 200"],
        ["ask", "reply 429 why=limit wait=60", "pass 5", "ask on=control", "reply 101"],
        ["ask", "reply 429 why=limit wait=60", "pass 5", "stopping", "ask"],
    ],
    ids=[
        *("on its way", "after it", "no time is said", "nobody bids to wait with HTTP 400"),
        *("a handshake was refused", "a handshake is asked for", "as it stops"),
    ],
)
def test_h4_leaves_who_waits(words: list[str]) -> None:
    """What was on its way, and what comes after the time, is right."""
    assert found("H4", *words) == []


def test_h5_a_failing_request_is_repeated_too_often() -> None:
    """Eleven failures of one request in ten seconds are too many."""
    assert found("H5", *STORM) == ["GET /order failed 11 times in as long"]


@pytest.mark.parametrize(
    "words",
    [
        SLOW_STORM,
        ["ask", "reply 200"] * 30,
        ["ask", "reply 400"] * 30,
        [word for i in range(30) for word in (f"ask of={i}", "reply 503")],
    ],
    ids=["with pauses", "it succeeds", "it is refused", "each is another"],
)
def test_h5_leaves_what_is_no_storm(words: list[str]) -> None:
    """Pauses, answers, and different requests are no storm."""
    assert found("H5", *words) == []


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("ask secret=yes", "the secret was sent"),
        ("ask key=yes", "the key stands in the address of GET /order"),
        ("log", "the secret stands in the log (lib, INFO)"),
    ],
)
def test_h6_a_secret_is_shown(word: str, says: str) -> None:
    """In a body, in an address, in the log."""
    assert found("H6", "ask", "reply 200", word) == [says]


def test_h6_leaves_who_keeps_its_secrets() -> None:
    """A signature and a header show nothing."""
    assert found("H6", "ask", "reply 200") == []


@pytest.mark.parametrize(
    ("words", "says", "outcome"),
    [
        (["ask"], "GET /order was sent", Outcome.FAIL),
        (["open", "ask", "ask"], "GET /order was sent (2 times)", Outcome.FAIL),
        (["open"], "a connection to api was opened", Outcome.NON_STRICT),
    ],
)
def test_h7_something_leaves_after_the_stop(words: list[str], says: str, outcome: Outcome) -> None:
    """A request; a connection that carries none is tolerated."""
    (finding,) = CASE_RULES["H7"].check(told("stopping", "left", *words))
    assert (finding.actual, finding.outcome) == (says, outcome)


def test_h7_leaves_what_leaves_while_it_stops_and_who_takes_over() -> None:
    """Stopping may send; a connector that was started after it sends its own."""
    assert found("H7", "stopping", "ask", "left") == []
    assert (
        found("H7", "down", "left", "restarting", "open", "ask", "reply 200", "stopping", "left")
        == []
    )


@pytest.mark.parametrize("rule", ["H1", "H2", "H3", "H4", "H5"])
def test_a_case_in_which_nothing_was_asked_puts_no_rule_to_the_test(rule: str) -> None:
    """A rule that had nothing to judge is not said to be kept."""
    assert not CASE_RULES[rule].applies(told("pass 1"))
