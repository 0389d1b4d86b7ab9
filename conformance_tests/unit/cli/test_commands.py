"""The command line: what it refuses, and with which words and number."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conformance_tests.unit.made_cases import an_end

from fillproof.harness.cli import main
from fillproof.harness.cli import run as run_module
from fillproof.harness.cli.group import COMMANDS
from fillproof.harness.runner import Counts, RunEvent, RunFinished, RunStarted, Status

SCENARIO = """\
title: An order rests
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
"""


def interrupted(*_: Any, **__: Any) -> None:
    """Run nothing: somebody pressed Ctrl-C."""
    raise KeyboardInterrupt


def fillproof(*words: str | Path) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a right scenario in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "rests.scenario.yaml"
    path.write_text(SCENARIO)
    return path


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Have `run` run nothing; return what it was asked for."""
    asked: dict[str, Any] = {}

    def run_cases(cases: Any, **options: Any) -> Iterator[RunEvent]:
        asked.update(options, cases=cases)
        yield RunStarted(tuple(cases))
        for case in cases:
            yield an_end(Status.PASS, case=case)
        yield RunFinished(Counts.of([Status.PASS] * len(cases)), 0)

    monkeypatch.setattr(run_module, "run_cases", run_cases)
    return asked


def test_the_help_lists_the_commands_without_importing_them() -> None:
    """`fillproof --help` is quick."""
    result = fillproof("--help")
    assert result.exit_code == 0
    assert all(f"  {name} " in result.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help(name: str) -> None:
    """And its module is where the table says."""
    assert fillproof(name, "--help").exit_code == 0


def test_a_run_passes_on_what_it_is_asked(scenario: Path, pretended: dict[str, Any]) -> None:
    """Connectors, seed, jobs and bounds reach the runner."""
    words = "--connector reference --connector ccxt:binance --seed 3 --jobs 2 --wall-limit 5"
    result = fillproof("run", scenario, *words.split(), "--verify-determinism")
    assert result.exit_code == 0, result.output
    assert [case.command for case in pretended["cases"]] == [
        "fillproof run rests.scenario.yaml --connector reference --seed 3",
        "fillproof run rests.scenario.yaml --connector ccxt:binance --seed 3",
    ]
    assert (pretended["jobs"], pretended["wall_limit_seconds"]) == (2, 5.0)
    assert pretended["verify_determinism"]
    assert not pretended["skip_unavailable"]


def test_a_strict_run_is_strict_in_every_case(scenario: Path, pretended: dict[str, Any]) -> None:
    """And the command that repeats a case says so."""
    fillproof("run", scenario, "--connector", "reference", "--strict")
    assert [case.command for case in pretended["cases"]] == [
        "fillproof run rests.scenario.yaml --connector reference --seed 0 --strict"
    ]
    assert all(case.strict for case in pretended["cases"])


def test_a_run_without_a_connector_tries_all_that_ship(
    scenario: Path, pretended: dict[str, Any]
) -> None:
    """And none of them must be there."""
    fillproof("run", scenario)
    assert {case.connector for case in pretended["cases"]} >= {"reference", "ccxt:binance"}
    assert pretended["skip_unavailable"]


def test_a_run_without_a_connector_is_of_a_few_on_their_own_area(
    pretended: dict[str, Any],
) -> None:
    """Those of another venue are judged in full when they are named, and on its area always."""
    fillproof("run", "dex/the_fill_trails_the_end", "cancels/resting")
    planned = {(case.connector, case.area) for case in pretended["cases"]}
    assert ("reference", "cancels") in planned
    assert ("ccxt:hyperliquid", "dex") in planned
    assert ("ccxt:hyperliquid", "cancels") not in planned
    fillproof("run", "cancels/resting", "--connector", "ccxt:hyperliquid")
    assert [case.area for case in pretended["cases"]] == ["cancels"]


@pytest.mark.usefixtures("pretended")
def test_a_quiet_run_says_one_line(scenario: Path) -> None:
    """The last one."""
    result = fillproof("run", scenario, "--connector", "reference", "--quiet")
    assert result.output == "exit 0: 1 case judged, 0 new FAIL, 0 known, 0 UNKNOWN, 0 ERROR\n"


@pytest.mark.usefixtures("pretended")
def test_a_run_says_each_case_on_stderr(scenario: Path) -> None:
    """One plain line a case where nobody watches."""
    result = fillproof("run", scenario, "--connector", "reference")
    assert result.stderr == "pass        rests [reference]\n"


@pytest.mark.usefixtures("pretended")
def test_recordings_are_saved_by_connector_and_scenario(scenario: Path) -> None:
    """No colon or slash of a name gets into a path."""
    fillproof("run", scenario, "--connector", "ccxt:binance", "--record", "saved")
    assert Path("saved/ccxt_binance/rests.jsonl").read_bytes() == b'{"n":0}\n{"n":1}\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("run nowhere", "nowhere: no such file, folder or packaged scenario"),
        ("run {scenario} --connector okx", "unknown connector 'okx'; one of reference"),
        ("run {scenario} --connector refrence", "'refrence'; did you mean \"reference\"? one of"),
        ("cliffs nothing --connector reference", "unknown probe 'nothing'; one of "),
        ("run {broken} --connector reference", "broken.scenario.yaml:3:"),
        ("run {scenario} --known-failures {broken}", "broken.scenario.yaml:1: must be a list"),
        ("run {scenario} --wall-limit nan", "'nan' is not a valid integer"),
        ("run {scenario} --wall-limit 0", "0 is not in the range 1<=x<=86400"),
        ("run {scenario} --seed minus", "'minus' is not a valid integer"),
        ("run {scenario} --seed 1 --seed 1", "--seed is given 2 times; it takes one value"),
        ("serve --life traders --life traders:5", "--life is given 2 times; it takes one value"),
        ("run {scenario} --json no/such/folder/x.json", "there is no folder no/such/folder"),
        ("run {scenario} --junit {empty}", "is a directory"),
        ("run {scenario} --connector reference --record {broken}", "is a file"),
        ("replay {scenario}", "names no connector; give --connector NAME"),
        ("replay {other}", "other.jsonl:1: no recording"),
        ("check {other}", "other.jsonl:1: no recording"),
        ("check nowhere", "'nowhere' does not exist"),
        ("check {empty}", "has no recording (*.jsonl) in it"),
        ("explain L66", "nothing is called 'L66'; did you mean \"L6\"? there are\n  rules: L1, "),
        ("replai x", "no such command 'replai'; did you mean \"replay\"? one of run, check,"),
    ],
)
def test_wrong_use_is_named_and_ends_with_2(words: str, said: str, scenario: Path) -> None:
    """The thing, the place, what was and what is allowed."""
    broken, other, empty = (
        scenario.parent / name for name in ("broken.scenario.yaml", "other.jsonl", "empty")
    )
    broken.write_text(SCENARIO.replace("buy:", "bye:"))
    other.write_text("{}\n")
    empty.mkdir()
    places = {"scenario": scenario, "broken": broken, "other": other, "empty": empty}
    result = fillproof(*words.format(**places).split())
    assert said in result.output
    assert result.exit_code == 2


def test_an_interrupted_run_is_no_failure(scenario: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """130, as a shell has it."""
    monkeypatch.setattr(run_module, "run_cases", interrupted)
    assert fillproof("run", scenario, "--connector", "reference").exit_code == 130


@pytest.mark.usefixtures("pretended")
def test_a_report_that_was_there_stays_until_the_new_one_is_whole(
    scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that does not come to its end leaves the last report as it was."""
    earlier = Path("report.json")
    words = ("run", scenario, "--connector", "reference", "--json", "report.json")
    with monkeypatch.context() as broken:
        broken.setattr(run_module, "run_cases", interrupted)
        earlier.write_text("the last one")
        assert fillproof(*words).exit_code == 130
    assert earlier.read_text() == "the last one"
    assert fillproof(*words).exit_code == 0
    assert json.loads(earlier.read_text())["exit_code"] == 0
    assert sorted(path.name for path in Path().iterdir()) == ["report.json", scenario.name]


def test_a_crash_of_ours_is_no_failure(scenario: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """3 with the trace: nobody may take it for a finding."""

    def crash(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(run_module, "run_cases", crash)
    result = fillproof("run", scenario, "--connector", "reference")
    assert result.exit_code == 3
    assert "ZeroDivisionError" in result.output
    assert result.output.splitlines()[-1] == "exit 3: Fillproof itself failed"


def test_init_writes_a_start_that_holds_together(tmp_path: Path) -> None:
    """The scenario is right, and the conftest names the adapter beside it."""
    from fillproof.harness.scenario import load  # noqa: PLC0415

    result = fillproof("init", tmp_path / "new")
    assert result.exit_code == 0, result.output
    load(tmp_path / "new" / "scenarios" / "one_fill.scenario.yaml")
    adapter = (tmp_path / "new" / "connector_adapter.py").read_text()
    assert "class ConnectorAdapter(Adapter)" in adapter
    assert "connector_adapter:ConnectorAdapter" in (tmp_path / "new" / "conftest.py").read_text()


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    """One file that is there is enough to write none."""
    (tmp_path / "conftest.py").write_text("mine")
    result = fillproof("init", tmp_path)
    assert result.exit_code == 2
    assert "conftest.py already there; nothing was written" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["conftest.py"]


def test_list_shows_scenarios_connectors_and_rules() -> None:
    """Each alone, or all."""
    assert "reference" in fillproof("list", "connectors").output.splitlines()
    assert any(line.startswith("L6 ") for line in fillproof("list", "rules").output.splitlines())
    everything = fillproof("list").output
    assert all(title in everything for title in ("scenarios:", "connectors:", "rules:"))


def test_explain_shows_the_page_of_a_rule() -> None:
    """Upper or lower case."""
    result = fillproof("explain", "l6")
    assert result.exit_code == 0
    assert "Filled" in result.output


def test_explain_shows_what_a_fault_is() -> None:
    """As docs/faults.md has it: what it does, what is learnt of it, and its keys."""
    result = fillproof("explain", "half_open")
    assert result.exit_code == 0
    assert result.output.startswith("# half_open: a fault of the network\n\n")
    assert "The connector learns: nothing, and not even that." in result.output
    assert "| `for` | a duration, such as 1.5s | must be given |" in result.output


def test_the_command_line_imports_no_simulator_and_no_http() -> None:
    """The process that judges is never patched, and quick to start."""
    code = (
        "import sys, fillproof.harness.cli.run, fillproof.harness.cli.replay\n"
        "print([m for m in sys.modules if m.startswith('fillproof.simulator')"
        " or m in ('aiohttp', 'hypothesis', 'rich')])"
    )
    import subprocess  # noqa: PLC0415

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
