"""The JSON report, as docs/reports.md describes it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from conformance_tests.unit.report.made_results import everything

from fillproof.harness.report.json_report import json_report
from fillproof.harness.rules import RULES

DOCS = Path(__file__).parents[3] / "docs" / "reports.md"


def case(name: str) -> dict[str, Any]:
    """Return one case of the report, as it comes out of a file."""
    report = json.loads(json.dumps(json_report(everything())))
    found: dict[str, Any] = next(one for one in report["cases"] if one["scenario"] == name)
    return found


def test_the_head_says_format_exit_code_and_counts() -> None:
    """Enough for a gate that looks no further."""
    report = json_report(everything())
    assert (report["format"], report["exit_code"]) == (1, 3)
    assert report["counts"] == {
        "judged": 6,
        "pass": 2,
        "non-strict": 0,
        "info": 0,
        "unsupported": 0,
        "known": 1,
        "fixed": 1,
        "FAIL": 2,
        "UNKNOWN": 1,
        "ERROR": 1,
    }
    assert report["skipped"] == [{"connector": "absent", "message": "absent: not installed"}]


def test_a_failure_says_what_how_and_where() -> None:
    """The rule and its source stand beside it: no other file is needed."""
    found = case("fills/two")
    assert found["command"] == "fillproof run fills/two --connector ccxt:binance --seed 7"
    assert found["status"] == found["outcome"] == "FAIL"
    assert found["findings"] == [
        {
            "rule": "L6",
            "outcome": "FAIL",
            "sentence": RULES["L6"].sentence,
            "anomaly": "lost fill",
            "severity": "MUST",
            "source": RULES["L6"].source,
            "order": "a",
            "client_order_id": None,
            "expected": ["Filled 0.2"],
            "actual": "nothing was told",
            "why": "It was delivered.",
            "marks": [0],
            "witness": [{"n": 0, "t": 0, "ledger": "run", "text": "header"}],
            "proof": "At 0.000 s, of the run: header. Owed was: Filled 0.2. Yet nothing was told. "
            "It was delivered. That is a lost fill. The venue filled, and the strategy is never "
            "told: it holds a position that it does not know of.",
            "implied": [],
            "known": None,
        }
    ]


def test_a_known_failure_says_why_it_is_known() -> None:
    """The outcome stays FAIL; how it counts is known."""
    found = case("cancels/two")
    assert (found["status"], found["outcome"]) == ("known", "FAIL")
    assert found["findings"][0]["known"] == {
        "rule": "L6",
        "reason": "the reason",
        "link": "https://example.org/1",
    }


def test_a_case_without_a_verdict_says_why() -> None:
    """It has an outcome of null and a note."""
    found = case("fills/three")
    assert (found["outcome"], found["notes"]) == (None, ["the interpreter did not start"])


def test_every_key_is_described() -> None:
    """docs/reports.md names each key of the report, and no other."""
    section = DOCS.read_text(encoding="utf-8").partition("## JSON")[2].partition("\n## ")[0]
    described = set(re.findall(r"^\| `([a-z_]+)`", section, flags=re.MULTILINE))
    report = json_report(everything())
    failed = case("cancels/two")
    assert described == {*report, *failed, *failed["findings"][0]}
