"""The text at the end of a run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from conformance_tests.unit.made_cases import HEADER, a_case, a_finding, a_pin, an_end
from conformance_tests.unit.report.made_results import L6, everything, results_of

from fillproof.harness.history import read_recording
from fillproof.harness.report.finding import WIDTH
from fillproof.harness.report.matrix import matrix
from fillproof.harness.report.results import FEW
from fillproof.harness.report.terminal import last_line, terminal_report
from fillproof.harness.runner import Status
from fillproof.harness.verdict import Outcome


def test_the_last_line_says_the_number_and_the_counts() -> None:
    """Whoever reads one line reads this one."""
    text = terminal_report(everything())
    assert text.splitlines()[-1] == (
        "exit 3: 6 cases judged, 2 new FAIL, 1 known, 1 unexpected pass, 1 UNKNOWN, 1 ERROR"
    )


def test_an_unexpected_pass_is_only_spoken_of_when_there_is_one() -> None:
    """The line is the same for ever otherwise."""
    results = results_of(an_end(Status.PASS))
    assert last_line(results) == "exit 0: 1 case judged, 0 new FAIL, 0 known, 0 UNKNOWN, 0 ERROR"


def test_a_rule_is_shown_whole_once_a_connector() -> None:
    """The second case of L6 is one line: the command that repeats it."""
    text = terminal_report(everything())
    again = "L6 again: fillproof run cancels/one --connector ccxt:binance --seed 7"
    assert text.count("nothing was told") == 1
    assert again in text.splitlines()
    assert text.count("Created twice") == 1


def test_a_known_failure_among_few_is_shown_whole_below_its_cause() -> None:
    """Who names a few scenarios wants to see what is known of them; among many it is one line."""
    known = an_end(Status.KNOWN, case=a_case("cancels/two"), known=[(L6, a_pin())])
    others = [an_end(Status.PASS, case=a_case(f"fills/{number}")) for number in range(FEW)]
    _, _, below = terminal_report(results_of(known, *others[1:])).partition("each cause once:\n")
    cause, _, evidence = below.partition("\n")
    assert cause == "ccxt:binance L6: the reason"
    assert "nothing was told" in evidence
    assert "nothing was told" not in terminal_report(results_of(known, *others))


@pytest.mark.parametrize(
    "command",
    [
        "fillproof run fills/two --connector ccxt:binance --seed 7",
        "fillproof run cancels/one --connector ccxt:binance --seed 7",
    ],
)
def test_every_failure_has_the_command_that_repeats_it(command: str) -> None:
    """One line to paste."""
    assert command in terminal_report(everything())


@pytest.mark.parametrize(
    "line",
    [
        "ERROR fillproof run fills/three --connector ccxt:binance --seed 7",
        "  the interpreter did not start",
        "UNKNOWN fillproof run cancels/four --connector ccxt:binance --seed 7",
        "  R8: the fault never fired (Nothing came.)",
        "L4 fillproof run cancels/three --connector ccxt:binance --seed 7",
        "  was expected to fail: the reason",
        "absent: not installed",
    ],
)
def test_what_was_not_told_is_explained(line: str) -> None:
    """UNKNOWN, ERROR, unexpected passes and skipped connectors each have their reason."""
    assert line in terminal_report(everything()).splitlines()


def test_what_died_shows_where() -> None:
    """An ERROR has the places that the run itself wrote down, below its reason."""
    trouble = {"n": 1, "t": 0, "ledger": "run", "kind": "trouble", "trouble": "worker_died"}
    stack = {"message": "", "detail": ["mine.py:3 in place", "mine.py:9 in sign"]}
    history = read_recording([json.dumps(HEADER), json.dumps(trouble | stack)])
    died = a_finding("R2", Outcome.ERROR, actual="it died", why="Ours.", marks=(1,))
    report = terminal_report(results_of(replace(an_end(Status.ERROR, died), history=history)))
    at = report.splitlines().index("  R2: it died (Ours.)")
    assert report.splitlines()[at + 1 : at + 3] == [
        "    mine.py:3 in place",
        "    mine.py:9 in sign",
    ]


def test_what_the_run_wrote_is_shown_to_its_last_word() -> None:
    """A line that is too long goes on below; nothing of it is cut."""
    said = "RuntimeError: " + " ".join(f"word{number}" for number in range(30))
    trouble = {"n": 1, "t": 0, "ledger": "run", "kind": "trouble", "trouble": "start_raised"}
    lines = [json.dumps(HEADER), json.dumps(trouble | {"message": "", "detail": [said]})]
    failed = a_finding("T1", actual="start raised", marks=(1,))
    end = replace(an_end(Status.FAIL, failed), history=read_recording(lines))
    report = terminal_report(results_of(end))
    assert said in " ".join(report.split())
    assert max(map(len, report.splitlines())) <= WIDTH


def test_what_is_lax_is_explained() -> None:
    """A case that is not as recommended names the rule, and the command that repeats it."""
    lax = a_finding("L10a", Outcome.NON_STRICT, actual="Filled came after", why="Its own.")
    lines = terminal_report(results_of(an_end(Status.NON_STRICT, lax))).splitlines()
    at = lines.index("non-strict fillproof run fills/one --connector ccxt:binance --seed 7")
    assert lines[at + 1] == "  L10a: Filled came after (Its own.)"


def test_what_is_not_promised_is_said_once() -> None:
    """A reason that leaves out many cases is one line."""
    unheard = a_finding("L6", Outcome.UNSUPPORTED, actual="it was not told", why="No recovery.")
    report = terminal_report(results_of(*[an_end(Status.UNSUPPORTED, unheard)] * 2))
    assert "ccxt:binance: L6: it was not told (No recovery.) (2 cases)" in report.splitlines()


def test_a_known_failure_is_counted_and_not_shown() -> None:
    """Its scenario is in the matrix only; its cause is a line."""
    assert "cancels/two" not in terminal_report(everything())


def test_a_cause_that_is_known_is_one_line_with_a_count() -> None:
    """However many scenarios show it; another rule, reason or connector is another line."""
    pins = [a_pin(), a_pin(), a_pin("L4")]
    cases = [
        an_end(Status.KNOWN, case=a_case(f"fills/{i}"), known=[(a_finding(pin.rule), pin)])
        for i, pin in enumerate(pins)
    ]
    text = terminal_report(results_of(*cases, an_end(Status.PASS)))
    assert "Known failures, each cause once:\n" in text
    assert "ccxt:binance L6: the reason (2 cases)\nccxt:binance L4: the reason\n" in text


def test_no_blank_lines_stand_for_what_nobody_said() -> None:
    """Where no fault fired, nothing is said of catching up, and no gap is left."""
    assert "\n\n\n" not in terminal_report(results_of(an_end()))


def test_the_matrix_counts_areas_and_connectors() -> None:
    """Columns in which nothing was counted are left out."""
    assert matrix(everything()) == [
        "connector     area     pass  known  fixed  FAIL  UNKNOWN  ERROR",
        "ccxt:binance  fills       1                   1               1",
        "ccxt:binance  cancels            1      1     1        1",
        "ccxt:binance  all         1      1      1     2        1      1",
        "reference     fills       1",
    ]


def test_a_shutdown_that_was_not_clean_is_counted() -> None:
    """How a connector leaves is said apart from what it told; clean ones are not worth a line."""
    clean, unclean = an_end(case=a_case("fills/one")), an_end(case=a_case("fills/two"))
    assert clean.verdict is not None
    ends = [
        replace(clean, verdict=replace(clean.verdict, shutdown=Outcome.PASS)),
        replace(unclean, verdict=replace(clean.verdict, shutdown=Outcome.NON_STRICT)),
    ]
    said = "ccxt:binance: 1 of 2 shutdowns were not clean (fills/two)"
    assert said in terminal_report(results_of(*ends))
    assert "shutdowns" not in terminal_report(results_of(ends[0]))
