"""The command line with real worlds: what a person sees from a first run to a repeated one."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest
from conformance_tests.end_to_end.made_connectors import PINNED, write_project

from fillproof import __version__

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with connectors and a scenario."""
    write_project(tmp_path)
    return tmp_path


def fillproof(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, in the project's folder."""
    return subprocess.run(
        [sys.executable, "-m", "fillproof.harness.cli", *words],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def run(project: Path, connector: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the scenario for a connector of the project."""
    name = f"tellers:{connector}"
    return fillproof(project, "run", "one_fill.scenario.yaml", "--connector", name, *words)


def test_an_honest_connector_conforms(project: Path) -> None:
    """Exit code 0, one case judged, nothing else said."""
    done = run(project, "Honest")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("exit 0: 1 case judged, 0 new FAIL")


def test_a_connector_that_tells_no_fill_is_found(project: Path) -> None:
    """The finding names the rule and the command that repeats it, on every report."""
    done = run(project, "Liar", "--json", "report.json", "--junit", "report.xml")
    assert done.returncode == 1, done.stdout + done.stderr
    command = "fillproof run one_fill.scenario.yaml --connector tellers:Liar --seed 0"
    assert "L6" in done.stdout
    assert command in done.stdout
    (case,) = json.loads((project / "report.json").read_text())["cases"]
    assert (case["status"], case["command"]) == ("FAIL", command)
    assert parse(project / "report.xml").getroot().get("failures") == "1"


def test_a_known_failure_does_not_fail_the_run(project: Path) -> None:
    """Nor does it hide that something else would."""
    (project / "known.yaml").write_text(PINNED.format(version=__version__, rule="L6"))
    done = run(project, "Liar", "--known-failures", "known.yaml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 1 known," in done.stdout.splitlines()[-1]


def test_a_known_failure_that_is_gone_fails_the_run(project: Path) -> None:
    """An unexpected pass is news."""
    pin = PINNED.format(version=__version__, rule="L6").replace("Liar", "Honest")
    (project / "known.yaml").write_text(pin)
    done = run(project, "Honest", "--known-failures", "known.yaml")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "it never tells a fill" in done.stdout


def test_a_recording_is_judged_and_run_again(project: Path) -> None:
    """Check gives the same verdict offline; replay gives the same bytes."""
    first = run(project, "Liar", "--seed", "5", "--record", "saved", "--json", "first.json")
    recording = "saved/tellers_Liar/one_fill.jsonl"
    digest = hashlib.sha256((project / recording).read_bytes()).hexdigest()
    checked = fillproof(project, "check", recording, "--json", "checked.json")
    replayed = fillproof(project, "replay", recording, "--json", "replayed.json")
    assert [done.returncode for done in (first, checked, replayed)] == [1, 1, 1]
    for name in ("first", "checked", "replayed"):
        (case,) = json.loads((project / f"{name}.json").read_text())["cases"]
        assert (case["seed"], case["digest"]) == (5, digest), name
        assert {finding["rule"] for finding in case["findings"]} >= {"L6"}, name


def test_determinism_is_verified(project: Path) -> None:
    """Two processes with different hash seeds record the same bytes."""
    done = run(project, "Honest", "--verify-determinism", "--jobs", "2")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_connector_that_depends_on_the_process_is_caught(project: Path) -> None:
    """The first line that differs is shown, and the exit code is 3."""
    done = run(project, "Moody", "--verify-determinism")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "T-DETERMINISM" in done.stdout
    assert '"what":"mood"' in done.stdout


@pytest.mark.parametrize(
    ("connector", "said"),
    [
        ("teller:Honest", 'there is no module teller; did you mean "tellers"? it is looked for'),
        ("tellers:Honets", 'has no Honets; did you mean "Honest"? it has '),
    ],
)
def test_an_adapter_that_is_not_there_is_wrong_use(
    project: Path, connector: str, said: str
) -> None:
    """Its module is found from the folder it is in; beside it the run goes on."""
    words = ("one_fill.scenario.yaml", "--connector", connector, "--connector", "reference")
    done = fillproof(project, "run", *words)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stdout
    assert "1 case judged" in done.stdout


def test_an_adapter_that_fails_in_its_own_import_is_an_error(project: Path) -> None:
    """It is there; what it needs is not."""
    (project / "needy.py").write_text("import nothing_of_this_name\n")
    done = fillproof(project, "run", "one_fill.scenario.yaml", "--connector", "needy:Needy")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "importing needy:Needy failed: ModuleNotFoundError" in done.stdout


def test_a_task_that_died_unseen_is_found(project: Path) -> None:
    """Also when the connector keeps it, so that asyncio itself never speaks of it."""
    done = run(project, "Careless")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "FAIL  T3" in done.stdout
    assert "RuntimeError: nobody looked" in done.stdout


def test_a_connector_that_cannot_be_made_is_told_as_such(project: Path) -> None:
    """It is no pass, whichever of us is to blame."""
    done = run(project, "broken")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "no such luck" in done.stdout


def test_a_world_that_hangs_shows_what_was_last(project: Path) -> None:
    """It is killed, and no line of its recording is lost: the call that never returned is there."""
    done = run(project, "Spinning", "--wall-limit", "2", "--record", "saved")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "FAIL  T9" in done.stdout
    *_, last, trouble = (project / "saved/tellers_Spinning/one_fill.jsonl").read_text().splitlines()
    assert json.loads(last)["call"] == "place"
    assert json.loads(trouble)["trouble"] == "wall_time"


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let children hear SIGINT, also where this process was started deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")],
)
def test_a_run_is_ended_in_the_middle_of_a_world(
    project: Path, number: signal.Signals, code: int, word: str
) -> None:
    """At once, also when the connector never comes back; no folder of it stays behind."""
    os.mkfifo(project / "stuck")
    (project / "temporary").mkdir()
    words = ("run", "one_fill.scenario.yaml", "--connector", "tellers:Stuck")
    with subprocess.Popen(
        [sys.executable, "-m", "fillproof.harness.cli", *words],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
        env={**os.environ, "TMPDIR": str(project / "temporary")},
    ) as running:
        (project / "stuck").read_text()  # ends when the connector got stuck
        os.killpg(running.pid, number)
        said, _ = running.communicate(timeout=60)
    assert (running.returncode, said) == (code, f"{word}\n")
    assert list((project / "temporary").iterdir()) == []
