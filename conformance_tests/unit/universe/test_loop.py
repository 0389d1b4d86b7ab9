"""Virtual time: it jumps, it keeps order, and it says when it cannot go on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from conformance_tests.unit.universe.worlds import run_bare

from fillproof.simulator.universe.bounds import Bounds, Deadlock, Livelock, VirtualTimeOver
from fillproof.simulator.universe.loop import Unsupported, WorldLoop


def test_an_hour_passes_at_once() -> None:
    """Sleeping costs no real time, and the loop's clock arrives exactly."""
    seen: list[float] = []

    async def body() -> None:
        await asyncio.sleep(3600)
        seen.append(asyncio.get_running_loop().time())

    run_bare(body)

    assert seen == [3600.0]


def test_timers_of_one_instant_fire_in_the_order_of_their_making() -> None:
    """Equal deadlines are not shuffled by a heap."""
    fired: list[int] = []

    async def body() -> None:
        loop = asyncio.get_running_loop()
        for number in range(20):
            loop.call_at(1.0, fired.append, number)
        await asyncio.sleep(2)

    run_bare(body)

    assert fired == list(range(20))


def test_what_arrives_takes_its_turn_among_timers() -> None:
    """A delivery is called like a timer of its instant, in the order of scheduling."""
    fired: list[str] = []

    async def body() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, WorldLoop)
        loop.call_at(1.0, fired.append, "timer")
        loop.deliver_at(1.0, fired.append, "arrival")
        loop.call_at(1.0, fired.append, "later timer")
        loop.deliver_at(0.5, fired.append, "earlier arrival")
        await asyncio.sleep(2)

    run_bare(body)

    assert fired == ["earlier arrival", "timer", "arrival", "later timer"]


def test_cancelled_timers_neither_fire_nor_hold_up_time() -> None:
    """Few or many, soon or late."""
    fired: list[float] = []

    async def body() -> None:
        loop = asyncio.get_running_loop()
        for number in range(1000):
            timer = loop.call_at(1.0 + number / 1000, fired.append, number)
            if number != 500:
                timer.cancel()
        await asyncio.sleep(0.5)
        fired.append(loop.time())
        await asyncio.sleep(2.5)

    run_bare(body)

    assert fired == [0.5, 500]


def test_a_set_of_tasks_has_the_order_of_their_birth() -> None:
    """asyncio.wait returns sets; their order must not be that of addresses."""
    orders: list[list[int]] = []

    async def body() -> None:
        tasks = [asyncio.create_task(asyncio.sleep(1, number)) for number in range(30)]
        done, _ = await asyncio.wait(tasks)
        births = [hash(task) for task in done]
        orders.append([birth - births[0] for birth in births])

    run_bare(body)
    run_bare(body)

    assert orders[0] == orders[1]


def test_waiting_for_nothing_is_a_deadlock_that_names_who_waits() -> None:
    """Nothing ready and nothing scheduled ends the world with the waiting places."""

    async def forgotten() -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(Deadlock) as stuck:
        run_bare(forgotten)

    assert any("test_loop.py" in line for line in stuck.value.detail)


def test_tasks_that_never_let_time_pass_are_a_livelock() -> None:
    """A loop of sleep(0) is found by its turns, and the busy task is named."""

    async def spin() -> None:
        while True:
            await asyncio.sleep(0)

    with pytest.raises(Livelock) as stuck:
        run_bare(spin, Bounds(turns_per_instant=500))

    assert "test_loop.py" in stuck.value.detail[0]


def test_a_world_that_outlives_its_bound_ends() -> None:
    """Virtual time is bounded."""

    async def sleeper() -> None:
        while True:
            await asyncio.sleep(60)

    with pytest.raises(VirtualTimeOver):
        run_bare(sleeper, Bounds(virtual_seconds=600))


@pytest.mark.parametrize(
    "ask",
    [
        lambda loop: loop.add_reader(0, print),
        lambda loop: loop.create_server(asyncio.Protocol, "127.0.0.1", 80),
        lambda loop: loop.subprocess_shell(asyncio.SubprocessProtocol, "ls"),
    ],
)
def test_what_a_world_does_not_have_is_refused(ask: Callable[[Any], object]) -> None:
    """Real descriptors, servers and processes are refused by name."""

    async def body() -> None:
        with pytest.raises(Unsupported, match="not part of a sealed world"):
            ask(asyncio.get_running_loop())

    run_bare(body)


def test_work_for_an_executor_runs_at_once_in_the_world() -> None:
    """A world has one thread: run_in_executor returns the result without one."""
    seen: list[object] = []

    async def body() -> None:
        seen.append(await asyncio.to_thread(lambda: 42))
        future = asyncio.get_running_loop().run_in_executor(None, int, "x")
        with pytest.raises(ValueError, match="invalid literal"):
            await future

    run_bare(body)

    assert seen == [42]


def test_the_privates_that_the_loop_rests_on_are_there() -> None:
    """A new Python that renames one of them fails here, clearly."""
    for name in ("_run_once", "_check_closed", "_timer_handle_cancelled", "_write_to_self"):
        assert hasattr(asyncio.BaseEventLoop, name), name
    for name in ("_cancelled", "_run"):
        assert hasattr(asyncio.Handle, name), name
    loop = asyncio.BaseEventLoop()
    try:
        for name in ("_ready", "_stopping"):
            assert hasattr(loop, name), name
    finally:
        loop._closed = True  # type: ignore[attr-defined]
