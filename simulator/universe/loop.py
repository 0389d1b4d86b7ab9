"""An asyncio loop on virtual time: it jumps to the next deadline instead of waiting for it.

It takes the turns of asyncio's own loop without what only a selector needs. The privates of
BaseEventLoop that this rests on (`_run_once`, `_ready`, `_stopping`,
`_timer_handle_cancelled`, `_write_to_self`; `_cancelled` and `_run` of a handle) are the same in
Python 3.11 to 3.13;
`conformance_tests/unit/universe/test_loop.py` fails clearly when one of them changes.
"""

from __future__ import annotations

import asyncio
import gc
import heapq
import itertools
import socket
import weakref
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import Any, NoReturn, Protocol

from fillproof.simulator.universe.bounds import (
    Bounds,
    Deadlock,
    Livelock,
    VirtualTimeOver,
    busiest,
    waiting_tasks,
)
from fillproof.simulator.universe.clock import Clock
from fillproof.simulator.universe.places import Parent, describe_task, no_parent
from fillproof.simulator.universe.sides import NOBODY, RUN

_WATCHED_TURNS = 200
"""How many of the last turns before a livelock are looked at for the busiest tasks."""

_FEW = 50
"""So many cancelled timers are not worth looking through all."""

_LONGEST_HANDSHAKE_SECONDS = 60.0
"""asyncio's own limit for TLS, for who asks for no other."""

_GARBAGE_EVERY_SECONDS = 60.0
"""Automatic collection is off in a world; this keeps an idle day from growing."""


class NetworkDoor(Protocol):
    """Where the loop sends connections and look-ups; `simulator.universe.network` is one."""

    def resolve(self, host: str, port: int) -> str: ...

    def note_destination(self, sock: socket.socket, address: tuple[Any, ...]) -> None: ...

    async def connect(
        self,
        factory: Callable[[], asyncio.BaseProtocol],
        host: str | None,
        port: int | None,
        sock: socket.socket | None,
        tls_seconds: float | None = None,
    ) -> tuple[asyncio.Transport, asyncio.BaseProtocol]: ...


class Unsupported(RuntimeError):
    """The code under test asked for something that is not part of a world."""


class WorldTask(asyncio.Task[Any]):
    """A task whose hash is its birth number: sets of tasks have one order in every process.

    `parent` gives the task that made it, while that lives; `run` says in which run of the client it
    was made, or NOBODY.
    """

    def __init__(
        self, birth: int, coro: Any, loop: asyncio.AbstractEventLoop, **kwargs: Any
    ) -> None:
        self._birth = birth
        maker = asyncio.current_task(loop)
        self.parent: Parent = no_parent if maker is None else weakref.ref(maker)
        self.run = RUN.get()
        super().__init__(coro, loop=loop, **kwargs)

    def __hash__(self) -> int:
        return self._birth


def _refusal(what: str) -> Callable[..., Any]:
    def refuse(_loop: asyncio.AbstractEventLoop, *args: Any, **kwargs: Any) -> NoReturn:
        shown = [repr(value) for value in (*args, *kwargs.values()) if isinstance(value, str | int)]
        raise Unsupported(f"{what}({', '.join(shown)}) is not part of a sealed world")

    return refuse


class WorldLoop(asyncio.BaseEventLoop):
    """The loop of one world."""

    def __init__(self, clock: Clock, network: NetworkDoor, bounds: Bounds) -> None:
        super().__init__()
        self._clock = clock
        self._network = network
        self._bounds = bounds
        self._due: list[tuple[float, int, asyncio.Handle]] = []
        self._numbers = itertools.count()
        self._cancelled = 0
        self._context = copy_context()
        self._births = itertools.count(1)
        self._turns = 0
        self._seen: list[str] = []
        self._next_garbage = _GARBAGE_EVERY_SECONDS
        self._stalled: list[asyncio.Handle] | None = None
        self._stall_ends = 0.0
        self._buried: dict[int, tuple[asyncio.Task[Any], ...]] = {}
        self._on_step: Callable[[], None] | None = None
        self._run_handle: Callable[[asyncio.Handle], None] = _run
        self.set_task_factory(self._make_task)

    # Time ------------------------------------------------------------------------------------

    def time(self) -> float:
        """Virtual seconds since the world began."""
        return self._clock.now

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Call in the next turn; the base class only asks about debug mode besides."""
        self._check_closed()  # type: ignore[attr-defined]
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)  # type: ignore[attr-defined]
        return handle

    def call_at(  # type: ignore[override]
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Schedule at a virtual instant; equal instants fire in the order of scheduling."""
        self._check_closed()  # type: ignore[attr-defined]
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._due, (when, next(self._numbers), timer))
        return timer

    def deliver_at(self, when: float, callback: Callable[..., object], *args: Any) -> None:
        """Call at a virtual instant, in nobody's context, as a selector does for a socket."""
        handle = asyncio.Handle(callback, args, self, self._context)
        heapq.heappush(self._due, (when, next(self._numbers), handle))

    # Turns -----------------------------------------------------------------------------------

    def _run_once(self) -> None:
        """Run what is ready; when nothing is, move to the next instant first."""
        ready = self._ready  # type: ignore[attr-defined]
        if ready or self._stopping:  # type: ignore[attr-defined]
            self._count_turn()
        else:
            self._jump()
        now, due = self._clock.now, self._due
        while due and due[0][0] <= now:
            ready.append(heapq.heappop(due)[2])
        for _ in range(len(ready)):
            handle = ready.popleft()
            if not handle._cancelled:  # noqa: SLF001 - as the base class does
                self._run_handle(handle)

    def _run_by_its_side(self, handle: asyncio.Handle) -> None:
        """Run a handle unless it is the client's, and that one stalls or is dead."""
        run = _run_of(handle)
        if run in self._buried:
            return
        if run == NOBODY:
            handle._run()  # noqa: SLF001
        elif self._stalled is not None:
            self._stalled.append(handle)
        else:
            handle._run()  # noqa: SLF001
            if self._on_step is not None:
                self._on_step()

    # The client's side -----------------------------------------------------------------------

    def watch_client(self, on_step: Callable[[], None] | None) -> None:
        """Call this after each step of the client's: whenever it gives way to the loop."""
        self._on_step = on_step
        self._run_handle = self._run_by_its_side

    def bury(self, run: int) -> None:
        """Let a run of the client's be dead: nothing of it ever runs again, not even a `finally`.

        Its tasks are kept as they are, since a task that is forgotten is closed and so would run.
        """
        tasks = (task for task in asyncio.all_tasks(self) if run_of(task) == run)
        self._buried[run] = tuple(sorted(tasks, key=hash))
        self._run_handle = self._run_by_its_side

    def is_buried(self, task: asyncio.Task[Any]) -> bool:
        """Return whether a task is of a dead run."""
        return run_of(task) in self._buried

    def stall_client(self, seconds: float) -> None:
        """Run nothing of the client's for a while; what it missed runs then, in its order.

        A stall that begins in another ends no earlier than that.
        """
        if self._stalled is None:
            self._stalled = []
            self._run_handle = self._run_by_its_side
        self._stall_ends = max(self._stall_ends, self.time() + seconds)
        self.deliver_at(self._stall_ends, self._go_on)

    def wake_client(self) -> None:
        """End a stall before its time."""
        self._stall_ends = self.time()
        self._go_on()

    def _go_on(self) -> None:
        if self._stalled is not None and self.time() >= self._stall_ends:
            self._ready.extend(self._stalled)  # type: ignore[attr-defined]
            self._stalled = None

    def client_timers(self) -> tuple[str, ...]:
        """Describe what the client has asked to be called for and has not cancelled, by time."""
        waiting = (handle for _, _, handle in sorted(self._due, key=lambda entry: entry[:2]))
        return tuple(
            f"{_handle_name(handle)} at {handle.when():g} s"
            for handle in waiting
            if isinstance(handle, asyncio.TimerHandle)
            and not handle.cancelled()
            and _run_of(handle) not in (NOBODY, *self._buried)
        )

    def in_nobodys_name(self, callback: Callable[..., object], *args: Any) -> Any:
        """Call at once, in the context in which deliveries are made: nobody's."""
        return self._context.copy().run(callback, *args)

    def _jump(self) -> None:
        """Move to the next deadline; raises Deadlock when there is none."""
        self._forget_cancelled()
        if not self._due:
            raise Deadlock("nothing is ready and nothing is scheduled", waiting_tasks(self))
        when = self._due[0][0]
        if when > self._bounds.virtual_seconds:
            raise VirtualTimeOver(
                f"the world outlived {self._bounds.virtual_seconds:g} virtual seconds",
                waiting_tasks(self),
            )
        if when > self._clock.now:
            self._clock.move_to(when)
            self._turns = 0
            if when >= self._next_garbage:
                self._next_garbage = when + _GARBAGE_EVERY_SECONDS
                gc.collect(1)

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Count a timer that is cancelled; most are long before they are due."""
        self._cancelled += 1

    def _forget_cancelled(self) -> None:
        """Drop the cancelled timers that come next, and all of them when they may be the most."""
        due = self._due
        if self._cancelled > max(_FEW, len(due) // 2):
            due[:] = [entry for entry in due if not entry[2].cancelled()]
            heapq.heapify(due)
            self._cancelled = 0
        while due and due[0][2].cancelled():
            heapq.heappop(due)

    def _count_turn(self) -> None:
        """Count a turn that did not move time; raises Livelock above the bound."""
        self._turns += 1
        left = self._bounds.turns_per_instant - self._turns
        if left < _WATCHED_TURNS:
            self._seen.extend(_handle_name(handle) for handle in self._ready)  # type: ignore[attr-defined]
            if left < 0:
                raise Livelock(
                    f"{self._turns} loop turns at one virtual instant", busiest(self._seen)
                )

    # Tasks -----------------------------------------------------------------------------------

    def _make_task(
        self, loop: asyncio.AbstractEventLoop, coro: Any, **kwargs: Any
    ) -> asyncio.Future[Any]:
        return WorldTask(next(self._births), coro, loop, **kwargs)

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Run at once, in the loop: a world has one thread, and a thread's work costs no time."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - handed to whoever awaits it, as a thread does
            future.set_exception(error)
        return future

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """There is none."""

    # Network ---------------------------------------------------------------------------------

    async def getaddrinfo(
        self,
        host: Any,
        port: Any,
        *,
        family: int = 0,
        type: int = 0,  # noqa: A002 - the name asyncio gives it
        proto: int = 0,
        flags: int = 0,
    ) -> list[Any]:
        """Resolve inside the world; an unknown host raises socket.gaierror."""
        name = host.decode() if isinstance(host, bytes) else host
        address = self._network.resolve(name, int(port or 0))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, int(port or 0)))]

    async def getnameinfo(self, sockaddr: Any, flags: int = 0) -> tuple[str, str]:
        """Return the address itself."""
        return str(sockaddr[0]), str(sockaddr[1])

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Remember where the socket was to go; the connection is made when it is handed over."""
        self._network.note_destination(sock, address)

    async def create_connection(  # type: ignore[override]
        self,
        protocol_factory: Callable[[], asyncio.BaseProtocol],
        host: str | None = None,
        port: int | None = None,
        *,
        sock: socket.socket | None = None,
        ssl: Any = None,
        ssl_handshake_timeout: float | None = None,
        **_tuning: Any,
    ) -> tuple[asyncio.Transport, asyncio.BaseProtocol]:
        """Connect inside the world. TLS is stripped: production URLs need no certificate."""
        tls_seconds = (ssl_handshake_timeout or _LONGEST_HANDSHAKE_SECONDS) if ssl else None
        return await self._network.connect(protocol_factory, host, port, sock, tls_seconds)

    # What a world does not have --------------------------------------------------------------

    def _write_to_self(self) -> None:
        """One thread: nobody sleeps who would have to be woken."""

    add_reader = _refusal("add_reader")  # type: ignore[assignment]
    add_writer = _refusal("add_writer")  # type: ignore[assignment]
    add_signal_handler = _refusal("add_signal_handler")  # type: ignore[assignment]
    create_server = _refusal("create_server")
    create_datagram_endpoint = _refusal("create_datagram_endpoint")
    create_unix_connection = _refusal("create_unix_connection")
    create_unix_server = _refusal("create_unix_server")
    start_tls = _refusal("start_tls")
    subprocess_exec = _refusal("subprocess_exec")
    subprocess_shell = _refusal("subprocess_shell")


_run: Callable[[asyncio.Handle], None] = asyncio.Handle._run  # noqa: SLF001 - as the base class does


def run_of(task: asyncio.Task[Any]) -> int:
    """Return in which run of the client's a task was made."""
    assert isinstance(task, WorldTask), "a world's loop makes every task of a world"
    return task.run


def _run_of(handle: asyncio.Handle) -> int:
    context: Context = handle._context  # type: ignore[attr-defined]  # noqa: SLF001 - no public name
    return context.get(RUN, NOBODY)


def _handle_name(handle: asyncio.Handle) -> str:
    callback = handle._callback  # type: ignore[attr-defined]  # noqa: SLF001 - it has no public name
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, asyncio.Task):
        return describe_task(owner)
    return str(getattr(callback, "__qualname__", type(callback).__name__))
