"""`fillproof torture`: what it refuses, before anything is run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fillproof.harness.cli import main
from fillproof.harness.cli import torture as torture_module

SCENARIO = """\
title: An order rests
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
"""


class AsksOnly:
    """A worker whose connector asks for its orders and its money, and places none."""

    def __init__(self, _connector: str) -> None:
        pass

    requests: tuple[str, ...] = ("query_request", "account_request")
    trouble: tuple[str, ...] = ()

    def run(self, _job: object) -> list[str]:
        """Return a recording of two requests."""
        sent = [{"kind": "sent", "channel": one} for one in self.requests]
        wrong = [{"kind": "trouble", "message": one} for one in self.trouble]
        return list(map(json.dumps, [*sent, *wrong]))

    def close(self) -> None:
        """There is no process."""


def torture(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    """Torture a connector that only asks."""
    monkeypatch.setattr(torture_module, "Worker", AsksOnly)
    scenario = folder / "rests.scenario.yaml"
    scenario.write_text(SCENARIO)
    named = ("torture", str(scenario), "--connector", "reference", *words)
    return CliRunner().invoke(main, named)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--at", "query:0", "--way", "acted"),
            "--at query:0: --way acted is for requests that change something: create, cancel",
        ),
        (
            ("--way", "acted"),
            "no request fails like this: --way acted is for requests that change something",
        ),
        (("--at", "create:0"), "rests.scenario.yaml asks query:0, account:0"),
    ],
)
def test_what_cannot_fail_so_is_refused_with_its_reason(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run of no case would say nothing."""
    result = torture(tmp_path, monkeypatch, *words)
    assert said in result.output
    assert result.exit_code == 2


def test_a_connector_that_asks_nothing_cannot_be_tortured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It did not come so far as to ask; what kept it is said."""
    monkeypatch.setattr(AsksOnly, "requests", ())
    monkeypatch.setattr(AsksOnly, "trouble", ("importing it failed",))
    result = torture(tmp_path, monkeypatch)
    assert "rests.scenario.yaml; importing it failed\nexit 2: " in result.output
    assert result.exit_code == 2
