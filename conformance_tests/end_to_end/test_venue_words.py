"""Whole worlds in which the venue revises trades and orders, which no dialect has words for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

HEAD = """\
title: {title}
steps:
  - buy: {{order: a, market: BTC-USDT, amount: "1", price: "29000"}}
  - await: {{order: a, told: Created}}
"""
STORIES = {
    "bust": """\
  - trade: {order: a, amount: "0.4"}
  - trade: {order: a, amount: "0.1"}
  - wait: 1s
  - bust: {order: a, trade: 2}
  - wait: 1s
  - cancel: a
  - wait: 30s
expect: {a: {pass: [[Created, Filled 0.4, Filled 0.1, Cancelled]]}}
""",
    "bust_of_a_full_order": """\
  - trade: {order: a, amount: "1"}
  - await: {order: a, told: Completed}
  - bust: a
  - wait: 60s
expect: {a: {pass: [[Created, Filled 1, Completed]]}}
""",
    "correct": """\
  - trade: {order: a, amount: "0.4"}
  - await: {order: a, told: Filled}
  - correct: {order: a, amount: "0.3", price: "28999"}
  - wait: 60s
expect: {a: {pass: [[Created, Filled 0.4]]}}
""",
    "restate": """\
  - trade: {order: a, amount: "0.4"}
  - restate: {order: a, amount: "0.5"}
  - trade: {order: a, amount: "0.1"}
  - wait: 10s
expect: {a: {pass: [[Created, Filled 0.4, Filled 0.1, Completed]]}}
""",
    "open": """\
  - halt: {market: BTC-USDT, phase: cancel_only}
  - buy: {order: b, market: BTC-USDT, amount: "1", price: "28000"}
  - wait: 5s
  - open: BTC-USDT
  - desk_amend: {order: a, amount: "0.2"}
  - trade: {order: a, amount: "0.2"}
  - wait: 10s
expect: {a: {pass: [[Created, Filled 0.2, Completed]]}, b: {pass: [[Failure]]}}
""",
}


def test_what_the_venue_revises_is_owed_as_it_stood_and_the_balances_follow(tmp_path: Path) -> None:
    """The reference keeps the contract, and truth has a report of each revision."""
    for name, story in STORIES.items():
        text = HEAD.format(title=name) + story
        (tmp_path / f"{name}.scenario.yaml").write_text(text)
    words = ("run", str(tmp_path), "--connector", "reference", "--record", "kept")
    done = subprocess.run(
        [sys.executable, "-m", "fillproof.harness.cli", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "exit 0: 5 cases judged, 0 new FAIL, 0 known, 0 UNKNOWN" in done.stdout
    kinds = {
        path.stem: {line.get("execution_type", line["kind"]) for line in _truth(path)}
        for path in (tmp_path / "kept").rglob("*.jsonl")
    }
    assert {"TradeCancel", "Canceled"} <= kinds["bust"]
    assert "TradeCancel" in kinds["bust_of_a_full_order"]
    assert "TradeCorrect" in kinds["correct"]
    assert "Restated" in kinds["restate"]
    assert {"phase", "Replaced"} <= kinds["open"]


def _truth(path: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    return [line for line in lines if line["ledger"] == "truth"]
