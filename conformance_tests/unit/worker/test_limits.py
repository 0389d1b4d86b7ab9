"""How long a world may take on a machine that has other work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from fillproof.harness.worker.limits import PATIENCE, ends_in_time, processor_seconds

LIMIT = 0.05
NOBODY = 0


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """The two ends of what a child holds while it lives; a test may let the second end go."""
    watch, hold = os.pipe()
    yield watch, hold
    os.close(watch)


def using(*seconds: float | None) -> Callable[[int], float | None]:
    """Return what tells these processor times one after the other, and the last for ever."""
    left = list(seconds)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def test_a_world_that_ends_is_in_time(pipe: tuple[int, int]) -> None:
    """Who has let go is waited for no longer."""
    watch, hold = pipe
    os.close(hold)
    assert ends_in_time(watch, NOBODY, LIMIT, using(None))


@pytest.mark.parametrize(
    "used",
    [
        pytest.param(None, id="a system that does not say"),
        pytest.param(0.001, id="it stands still"),
        pytest.param(LIMIT, id="it has used up its bound"),
    ],
)
def test_a_world_that_does_not_end_is_late(pipe: tuple[int, int], used: float | None) -> None:
    """The bound ends who computes without end, and who waits for what cannot come."""
    watch, hold = pipe
    assert not ends_in_time(watch, NOBODY, LIMIT, using(used))
    os.close(hold)


def test_a_world_that_gets_too_little_of_the_machine_is_waited_for(pipe: tuple[int, int]) -> None:
    """Real time does not count while a world gets on: other work is none of its doing."""
    watch, hold = pipe
    looks = iter(range(1, 40))

    def slowly(_: int) -> float:
        look = next(looks)
        if look == 30:
            os.close(hold)
        return look * LIMIT / 100

    assert ends_in_time(watch, NOBODY, LIMIT, slowly)


def test_patience_has_an_end(pipe: tuple[int, int]) -> None:
    """A world that gets on without end, ever so slowly, is late at last."""
    watch, hold = pipe
    looks = 0

    def slower(_: int) -> float:
        nonlocal looks
        looks += 1
        return LIMIT * (1 - 0.99**looks)

    assert not ends_in_time(watch, NOBODY, LIMIT, slower)
    assert looks <= 10 * PATIENCE
    os.close(hold)


def test_a_process_that_computes_uses_its_processor() -> None:
    """The time of a process is read from the system, in seconds."""
    before = processor_seconds(os.getpid())
    if before is None:
        pytest.skip("this system does not say what a process uses: it has no /proc")
    while (used := processor_seconds(os.getpid())) is not None and used <= before:
        pass
    assert used is not None
    assert used > before
