"""ccxt, unmodified, on its production URLs in a sealed world."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fillproof.harness.history import read_recording
from fillproof.harness.rules import judge
from fillproof.harness.scenario import load
from fillproof.harness.verdict import Outcome
from fillproof.harness.worker.launch import Job, Worker

pytest.importorskip("ccxt")
pytestmark = pytest.mark.slow

SCENARIO = """\
title: A buy order is filled in two parts, another is cancelled
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
  - buy: {order: b, market: BTC-USDT, amount: "0.5", price: "28000"}
  - await: {order: a, told: Created}
  - await: {order: b, told: Created}
  - trade: {order: a, amount: "0.3"}
  - trade: {order: a, amount: "0.7"}
  - cancel: b
expect:
  a:
    pass: [[Created, Filled 0.3, Filled 0.7, Completed]]
  b:
    pass: [[Created, Cancelled]]
"""


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    """Return the scenario as a worker takes it."""
    path = tmp_path / "two_parts.scenario.yaml"
    path.write_text(SCENARIO)
    return load(path).document()


@pytest.fixture
def worker() -> Iterator[Worker]:
    """Return a worker for ccxt."""
    with Worker("ccxt:binance") as started:
        yield started


def test_ccxt_lives_a_lifecycle_and_it_can_be_repeated(
    worker: Worker, document: dict[str, Any]
) -> None:
    """Two partial fills and a cancel pass all rules, and the same seed gives the same bytes."""
    lines = worker.run(Job(document, 7))
    verdict = judge(read_recording(lines))
    assert verdict.outcome is Outcome.PASS, verdict.findings
    assert worker.run(Job(document, 7)) == lines
    raw = [line["what"] for line in map(json.loads, lines) if line["kind"] == "raw"]
    assert {"create_order", "cancel_order", "watch_orders", "watch_my_trades"} <= set(raw)
