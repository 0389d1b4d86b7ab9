"""In a process with dispatchers every clock, sleep and entropy source belongs to the world."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PROGRAM = """
from fillproof.simulator.universe import dispatch
dispatch.install()
import json, os, random, secrets, time, uuid
from datetime import UTC, date, datetime
from time import monotonic as copied
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.escape import captured_originals
real_before = time.time()
clock = Clock()
dispatch.enter(dispatch.World(clock, random.Random(SEED), 4242, "fillproof"))
start = [time.time(), time.monotonic(), time.perf_counter(), copied()]
clock.move_to(1.5)
time.sleep(0.5)
end = [time.time(), time.monotonic(), time.perf_counter(), copied()]
class Subclass(datetime): pass
seen = {
    "moved": [b - a for a, b in zip(start, end)],
    "now": datetime.now().isoformat(), "utc": datetime.now(UTC).isoformat(),
    "subclass": [type(Subclass.now()).__name__, Subclass.now().isoformat()],
    "today": [date.today().isoformat(), datetime.today().isoformat()],
    "struct": [time.gmtime().tm_year, time.strftime("%H:%M:%S"), time.ctime()],
    "ns": time.time_ns(),
    "names": [os.getpid(), os.getppid(), os.uname().nodename],
    "drawn": [random.random(), random.Random().random(), uuid.uuid4().hex, secrets.token_hex(4),
              os.urandom(4).hex()],
}
dispatch.leave()
seen["real again"] = abs(time.time() - real_before) < 60
seen["captured"] = captured_originals()
print(json.dumps(seen))
"""


def seen_by(seed: int) -> dict[str, object]:
    """Run the program in a process of its own and return what it saw."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("SEED", str(seed))],
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "UTC"},
    )
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def seen() -> dict[str, object]:
    """What a world of seed 7 sees."""
    return seen_by(7)


def test_all_clocks_move_together_and_a_blocking_sleep_moves_them(seen: dict[str, object]) -> None:
    """Loop time and blocking sleep add up, also in a copy made at import."""
    assert seen["moved"] == [2.0, 2.0, 2.0, 2.0]


def test_dates_come_from_the_world(seen: dict[str, object]) -> None:
    """The C classes and their subclasses read virtual time, exact to the microsecond."""
    assert seen["now"] == "2026-01-05T00:00:02"
    assert seen["utc"] == "2026-01-05T00:00:02+00:00"
    assert seen["subclass"] == ["Subclass", "2026-01-05T00:00:02"]
    assert seen["today"] == ["2026-01-05", "2026-01-05T00:00:02"]
    assert seen["struct"] == [2026, "00:00:02", "Mon Jan  5 00:00:02 2026"]
    assert seen["ns"] == 1_767_571_202_000_000_000


def test_names_of_the_machine_are_the_worlds(seen: dict[str, object]) -> None:
    """Process ids and host name do not differ from run to run."""
    assert seen["names"] == [4242, 1, "fillproof"]


def test_entropy_comes_from_the_seed(seen: dict[str, object]) -> None:
    """The same seed draws the same everywhere, another seed draws otherwise."""
    assert seen["drawn"] == seen_by(7)["drawn"]
    other = seen_by(8)["drawn"]
    assert isinstance(other, list)
    assert isinstance(seen["drawn"], list)
    assert not set(seen["drawn"]) & set(other)


def test_outside_a_world_everything_is_real_and_nothing_kept_an_original(
    seen: dict[str, object],
) -> None:
    """Leaving restores the machine's time, and the scan finds no captured source."""
    assert seen["real again"] is True
    assert seen["captured"] == []
