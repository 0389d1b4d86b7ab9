"""Whole worlds in which strangers live."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

REPLAY = """\
title: Recorded trades run
venue:
  life: {replay: trades.csv}
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
  - wait: 3s
  - trade: {order: a, amount: "1"}
"""
TRADES = "time,price,quantity,side\n1700000000000,29100,0.5,buy\n1700000002000,29101,0.1,sell\n"
LIVELY = (
    "cancels/among_strangers",
    "partial_fills/during_recorded_trades",
    "partial_fills/in_a_busy_market",
    "partial_fills/market_order_into_a_moving_book",
)


def fillproof(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "fillproof.harness.cli", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_reference_conforms_in_a_busy_market(tmp_path: Path) -> None:
    """Strangers change nothing of what is owed, and the steps happen as they are written."""
    done = fillproof(tmp_path, "run", *LIVELY, "--connector", "reference")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "exit 0: 4 cases judged, 0 new FAIL, 0 known, 0 UNKNOWN" in done.stdout


def test_a_recording_is_played_again_without_the_file_of_trades(tmp_path: Path) -> None:
    """What was replayed is in the recording, and the same seed is the same recording."""
    (tmp_path / "case.scenario.yaml").write_text(REPLAY)
    (tmp_path / "trades.csv").write_text(TRADES)
    words = ("--connector", "reference", "--verify-determinism", "--record", "kept")
    done = fillproof(tmp_path, "run", "case.scenario.yaml", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "trades.csv").unlink()
    [recording] = (tmp_path / "kept").rglob("*.jsonl")
    done = fillproof(tmp_path, "replay", str(recording))
    assert done.returncode == 0, done.stdout + done.stderr
