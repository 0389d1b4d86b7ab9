"""Every clock, sleep and entropy source of the process asks the running world, if there is one.

`install` must run before anything else is imported: code that copies `time.monotonic` at import
copies the dispatcher. Copies that the standard library took earlier are replaced in place.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import time
from collections.abc import Callable
from ctypes import py_object, pythonapi
from datetime import UTC, date, datetime, tzinfo
from typing import Any, NamedTuple, Protocol


class TimeSource(Protocol):
    """What the dispatchers ask; `simulator.universe.clock.Clock` is one."""

    now: float

    @property
    def shown_ns(self) -> int: ...

    def block_for(self, seconds: float) -> None: ...


class World(NamedTuple):
    """The world that runs: its clock, its entropy, its names."""

    clock: TimeSource
    entropy: random.Random
    pid: int
    hostname: str


_MONOTONIC_START_NS = 1_000_000_000_000
_NS = 1_000_000_000
_OS_NAMES = ("urandom", "getrandom", "getpid", "getppid", "uname")

_world: World | None = None
originals: dict[str, Any] = {}
"""The real functions by their dotted name, for the escape scan and for whoever must be real."""


def enter(world: World) -> None:
    """Make `world` the one that every dispatcher asks, and reseed the module-level generator."""
    global _world  # noqa: PLW0603 - the whole point: one world a process
    _world = world
    random.seed(world.entropy.getrandbits(64))


def leave() -> None:
    """Let the dispatchers ask the machine again."""
    global _world  # noqa: PLW0603
    _world = None


def running() -> bool:
    """True while a world runs."""
    return _world is not None


def install() -> None:
    """Put dispatchers in place of the real sources; a second call does nothing."""
    if originals:
        return
    replacements: dict[int, Any] = {}
    for module, table in ((time, _time_table()), (os, _os_table())):
        for name, dispatcher in table.items():
            real = getattr(module, name, None)
            if real is None:
                continue
            originals[f"{module.__name__}.{name}"] = real
            setattr(module, name, dispatcher)
            replacements[id(real)] = dispatcher
    _install_datetime()
    _install_random()
    _replace_copies(replacements)


def _replace_copies(replacements: dict[int, Any]) -> None:
    """Replace the copies that already imported modules hold (`from time import monotonic`)."""
    for module in list(sys.modules.values()):
        names = getattr(module, "__dict__", None)
        if names is None or names is globals():
            continue
        for name, value in list(names.items()):
            replacement = replacements.get(id(value))
            if replacement is not None:
                names[name] = replacement


def _static(function: Callable[..., Any]) -> Any:
    """Wrap so that the dispatcher, like a builtin, never binds when it is a class attribute."""
    return staticmethod(function)


def _time_table() -> dict[str, Any]:  # noqa: C901 - one branch a clock
    real: dict[str, Any] = {name: getattr(time, name) for name in dir(time)}

    def wall() -> float:
        return real["time"]() if _world is None else _world.clock.shown_ns / _NS

    def wall_ns() -> int:
        return real["time_ns"]() if _world is None else _world.clock.shown_ns

    def sleep(seconds: float, /) -> None:
        if _world is None:
            real["sleep"](seconds)
        else:
            _world.clock.block_for(seconds)

    def clock_gettime(clock: int, /) -> float:
        if _world is None:
            return real["clock_gettime"](clock)  # type: ignore[no-any-return]
        return wall() if clock == time.CLOCK_REALTIME else 1_000.0 + _world.clock.now

    def clock_gettime_ns(clock: int, /) -> int:
        if _world is None:
            return real["clock_gettime_ns"](clock)  # type: ignore[no-any-return]
        return wall_ns() if clock == time.CLOCK_REALTIME else _monotonic_ns(_world)

    table: dict[str, Any] = {
        "time": wall,
        "time_ns": wall_ns,
        "sleep": sleep,
        "clock_gettime": clock_gettime,
        "clock_gettime_ns": clock_gettime_ns,
    }
    for name in ("monotonic", "perf_counter", "process_time", "thread_time"):
        table[name] = _monotonic_dispatcher(real[name])
        table[f"{name}_ns"] = _monotonic_ns_dispatcher(real[f"{name}_ns"])
    for name in ("localtime", "gmtime", "ctime"):
        table[name] = _broken_down_dispatcher(real[name], wall)
    table["asctime"] = _formatted_dispatcher(real["asctime"], real["localtime"], wall, 0)
    table["strftime"] = _formatted_dispatcher(real["strftime"], real["localtime"], wall, 1)
    return {name: _static(function) for name, function in table.items()}


def _monotonic_ns(world: World) -> int:
    return _MONOTONIC_START_NS + round(world.clock.now * _NS)


def _monotonic_dispatcher(real: Callable[[], float]) -> Callable[[], float]:
    def seconds() -> float:
        return real() if _world is None else 1_000.0 + _world.clock.now

    return seconds


def _monotonic_ns_dispatcher(real: Callable[[], int]) -> Callable[[], int]:
    def nanoseconds() -> int:
        return real() if _world is None else _monotonic_ns(_world)

    return nanoseconds


def _broken_down_dispatcher(
    real: Callable[..., Any], wall: Callable[[], float]
) -> Callable[..., Any]:
    def broken_down(seconds: float | None = None, /) -> Any:
        return real(wall() if seconds is None else seconds)

    return broken_down


def _formatted_dispatcher(
    real: Callable[..., Any],
    localtime: Callable[..., Any],
    wall: Callable[[], float],
    position: int,
) -> Callable[..., Any]:
    def formatted(*arguments: Any) -> Any:
        if len(arguments) == position:
            arguments = (*arguments, localtime(wall()))
        return real(*arguments)

    return formatted


def _os_table() -> dict[str, Any]:
    real: dict[str, Any] = {name: getattr(os, name, None) for name in _OS_NAMES}

    def urandom(size: int, /) -> Any:
        if _world is None:
            return real["urandom"](size)
        return _world.entropy.randbytes(size)

    def getrandom(size: int, flags: int = 0) -> Any:
        if _world is None:
            return real["getrandom"](size, flags)
        return _world.entropy.randbytes(size)

    def getpid() -> Any:
        return real["getpid"]() if _world is None else _world.pid

    def getppid() -> Any:
        return real["getppid"]() if _world is None else 1

    def uname() -> Any:
        if _world is None:
            return real["uname"]()
        return os.uname_result(("Linux", _world.hostname, "6.0", "#1", "x86_64"))

    table: dict[str, Any] = {
        "urandom": urandom,
        "getrandom": getrandom,
        "getpid": getpid,
        "getppid": getppid,
        "uname": uname,
    }
    return {name: _static(function) for name, function in table.items()}


def _install_random() -> None:
    """Seed generators that ask for no seed from the world; SystemRandom already reads urandom."""
    real_seed = random.Random.seed

    def seed(self: random.Random, a: Any = None, version: int = 2) -> None:
        if a is None and _world is not None and self is not _world.entropy:
            a = _world.entropy.getrandbits(128)
        real_seed(self, a, version)

    random.Random.seed = seed  # type: ignore[method-assign]
    inst: random.Random = random._inst  # noqa: SLF001 - the module's own
    random.seed = inst.seed


def _install_datetime() -> None:
    """Replace `now`, `utcnow` and `today` inside the C types: every copy of the class sees it."""

    def now(cls: type[datetime], tz: tzinfo | None = None) -> datetime:
        if _world is None:
            return originals["datetime.now"](cls, tz)  # type: ignore[no-any-return]
        seconds, rest = divmod(_world.clock.shown_ns, _NS)
        moment = cls.fromtimestamp(seconds, UTC).replace(microsecond=rest // 1_000)
        return moment.astimezone(tz) if tz is not None else moment.astimezone().replace(tzinfo=None)

    def utcnow(cls: type[datetime]) -> datetime:
        if _world is None:
            return originals["datetime.utcnow"](cls)  # type: ignore[no-any-return]
        return now(cls, UTC).replace(tzinfo=None)

    def today(cls: type[date]) -> date:
        if _world is None:
            return originals["date.today"](cls)  # type: ignore[no-any-return]
        if issubclass(cls, datetime):
            return now(cls)
        moment = now(datetime)
        return cls(moment.year, moment.month, moment.day)

    for owner, name, dispatcher in (
        (datetime, "now", now),
        (datetime, "utcnow", utcnow),
        (date, "today", today),
    ):
        names = gc.get_referents(owner.__dict__)[0]
        originals[f"{owner.__name__}.{name}"] = _unbound(names[name])
        names[name] = classmethod(dispatcher)
        pythonapi.PyType_Modified(py_object(owner))


def _unbound(descriptor: Any) -> Callable[..., Any]:
    """Return the C class method as a function of (class, *arguments)."""

    def call(cls: type, *arguments: Any) -> Any:
        return descriptor.__get__(None, cls)(*arguments)

    return call
