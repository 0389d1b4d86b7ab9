"""A search finds a planted bug, and what it saves breaks the same rule again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fillproof.harness.scenario import load

pytestmark = pytest.mark.slow

FORGETFUL = '''\
"""The reference connector, with a bug that only one order of events wakes."""

from fillproof.harness.connectors.protocol import EventName
from fillproof.harness.connectors.reference.adapter import ReferenceAdapter


class Mouth:
    """Tells a fill twice once a cancel was asked for."""

    def __init__(self, host):
        self.setup, self.raw, self.spawn = host.setup, host.raw, host.spawn
        self._tell = host.tell
        self.cancels = 0

    def tell(self, told):
        self._tell(told)
        if self.cancels and told.event is EventName.FILLED:
            self._tell(told)


class Forgetful(ReferenceAdapter):
    """Forgets what it told when it is asked to cancel."""

    def __init__(self, host):
        self.mouth = Mouth(host)
        super().__init__(self.mouth)

    def cancel(self, client_order_id):
        self.mouth.cancels += 1
        super().cancel(client_order_id)
'''


def fillproof(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "fillproof.harness.cli", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the connector in it."""
    made: Path = tmp_path_factory.mktemp("forgetful")
    (made / "forgetful.py").write_text(FORGETFUL)
    return made


@pytest.fixture(scope="module")
def search(folder: Path) -> subprocess.CompletedProcess[str]:
    """Return how a search for the bug ended."""
    words = "fuzz --connector forgetful:Forgetful --runs 60 --seed 1 --jobs 2"
    return fillproof(folder, *words.split())


def test_the_bug_is_found_and_shown(search: subprocess.CompletedProcess[str]) -> None:
    """Exit code 1, the finding on a screen, and the last line counts."""
    assert search.returncode == 1, search.stdout + search.stderr
    last = search.stdout.splitlines()[-1]
    assert last.startswith("exit 1: 60 runs, ")
    assert "1 rule newly broken (L6)" in last
    assert "was told again at" in search.stdout


def test_the_saved_scenario_is_small_and_breaks_the_same_rule(
    search: subprocess.CompletedProcess[str], folder: Path
) -> None:
    """An order, a cancel and a fill are all it takes."""
    (path,) = (folder / "fillproof-findings").iterdir()
    assert path.name.startswith("L6-"), search.stdout
    steps = [step["op"] for step in load(path).document()["steps"]]
    assert len(steps) == 3
    assert "cancel" in steps
    replayed = fillproof(folder, "replay", str(path), "--connector", "forgetful:Forgetful")
    assert replayed.returncode == 1, replayed.stdout + replayed.stderr
    assert "L6: 1" in replayed.stdout or "FAIL  L6" in replayed.stdout


def test_the_shown_command_repeats_it(
    search: subprocess.CompletedProcess[str], folder: Path
) -> None:
    """As it stands on the screen."""
    line = next(one for one in search.stdout.splitlines() if one.startswith("repeat"))
    repeated = fillproof(folder, *line.split()[2:])
    assert repeated.returncode == 1, repeated.stdout + repeated.stderr
