"""Where code stands, in words that are the same on every machine, and whose code it is."""

from __future__ import annotations

import asyncio
import sys
import types
from collections.abc import Callable, Iterator
from types import CoroutineType
from typing import Any, NamedTuple

_MARKS = (
    ("/site-packages/", ""),
    ("/dist-packages/", ""),
    ("/src/fillproof/", "fillproof/"),
    ("/fillproof/harness/", "fillproof/harness/"),
    ("/fillproof/simulator/", "fillproof/simulator/"),
    ("/lib/python3.", "python3."),
)
_INSTALLED = ("/site-packages/", "/dist-packages/")
_FILLPROOFS = ("/fillproof/simulator/", "/simulator/universe/", "/fillproof/harness/worker/")
_LONGEST_WAY = 6

Parent = Callable[[], "asyncio.Task[Any] | None"]


def no_parent() -> None:
    """Stand for the parent of a task that no task made."""


class Place(NamedTuple):
    """A line of code, and the function it is in."""

    path: str
    line: int
    function: str

    def __str__(self) -> str:
        """Return 'file:line in function'."""
        return f"{self.short} in {self.function}"

    @property
    def short(self) -> str:
        """Return 'file:line'."""
        return f"{short_path(self.path)}:{self.line}"


def short_path(path: str) -> str:
    """Cut a path to what follows the installed packages, the same on every machine."""
    for mark, kept in _MARKS:
        head, found, tail = path.rpartition(mark)
        if found and head:
            return kept + tail
    return "/".join(path.split("/")[-3:])


def is_fillproofs(path: str) -> bool:
    """Return whether a file belongs to the universe, its venue or its worker."""
    return any(mark in path for mark in _FILLPROOFS)


def is_foreign(path: str) -> bool:
    """Return whether a file is of the code under test: neither Python's own nor Fillproof's."""
    pythons = path.startswith("<frozen") or ("/lib/python3" in path and not _is_installed(path))
    return not pythons and not is_fillproofs(path)


def _is_installed(path: str) -> bool:
    return any(mark in path for mark in _INSTALLED)


def way_here() -> tuple[str, ...]:
    """Return 'file:line in function' of the code under test that led here, innermost last.

    Where only libraries did, as in a task that one of them made, the way goes on in the task that
    made it.
    """
    places = [*_callers(sys._getframe(1))][::-1]  # noqa: SLF001 - there is no other way
    task = _current_task()
    while task is not None and all(_is_installed(place.path) for place in places):
        task = getattr(task, "parent", no_parent)()
        if task is not None:
            places = [place for place in _standing(task)[1] if is_foreign(place.path)] + places
    return shown(places)


def _current_task() -> asyncio.Task[Any] | None:
    try:
        return asyncio.current_task()
    except RuntimeError:  # outside of a loop there is none
        return None


def _callers(frame: types.FrameType | None) -> Iterator[Place]:
    while frame is not None:
        code = frame.f_code
        if is_foreign(code.co_filename):
            yield Place(code.co_filename, frame.f_lineno, code.co_qualname)
        frame = frame.f_back


def way_of(error: BaseException) -> tuple[str, ...]:
    """Return 'file:line in function' from the code under test to where an exception was raised.

    Fillproof's own frames and those of imports are left out, unless there is nothing else. What is
    no Python was not run, so its own place is the last.
    """
    places = _raised_through(error)
    if isinstance(error, SyntaxError) and error.filename is not None:
        places.append(Place(error.filename, error.lineno or 0, "<module>"))
    others = [place for place in places if not (is_fillproofs(place.path) or _imports(place.path))]
    return shown(others or places)


def _imports(path: str) -> bool:
    return path.startswith("<frozen importlib") or path.endswith("/importlib/__init__.py")


def went_through_foreign_code(error: BaseException) -> bool:
    """Return whether an exception was raised in, or by, the code under test, or is of its making.

    aiohttp's server is the venue's. An exception that was put into a future and never raised came
    through no code at all.
    """
    paths = (place.path for place in _raised_through(error))
    return any(is_foreign(path) and "/aiohttp/web" not in path for path in paths) or (
        not error.__traceback__ and _is_of_foreign_making(type(error))
    )


def _is_of_foreign_making(kind: type) -> bool:
    module = sys.modules.get(kind.__module__)
    path = getattr(module, "__file__", None) or ""
    return bool(path) and is_foreign(path) and "/aiohttp/" not in path


def _raised_through(error: BaseException) -> list[Place]:
    return [
        Place(frame.f_code.co_filename, line, frame.f_code.co_qualname)
        for frame, line in _walk(error.__traceback__)
    ]


def _walk(trace: types.TracebackType | None) -> Iterator[tuple[types.FrameType, int]]:
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def shown(places: Any) -> tuple[str, ...]:
    """Return places in words, the middle of a long way left out."""
    words = tuple(str(place) for place in places)
    if len(words) <= _LONGEST_WAY:
        return words
    return (*words[:2], "...", *words[2 - _LONGEST_WAY :])


def describe_task(task: asyncio.Task[Any]) -> str:
    """Return 'coroutine at file:line, from file:line': where it waits, and where that began.

    Both are places of the code under test, if the task runs any: not the lock or the sleep inside
    of Python, and not what Fillproof wraps around it.
    """
    name, places = _standing(task)
    foreign = [place for place in places if is_foreign(place.path)] or places
    if not foreign:
        return name
    first, last = foreign[0], foreign[-1]
    if is_fillproofs(places[0].path):
        name = first.function
    return f"{name} at {last.short}" + ("" if last == first else f", from {first.short}")


def runs_foreign_code(task: asyncio.Task[Any]) -> bool:
    """Return whether a task is inside of the code under test."""
    return any(is_foreign(place.path) for place in _standing(task)[1])


def _standing(task: asyncio.Task[Any]) -> tuple[str, list[Place]]:
    """Return the name of a task's coroutine and where it stands, outermost first."""
    coroutine: Any = task.get_coro()
    name = getattr(coroutine, "__qualname__", type(coroutine).__name__)
    places = []
    while isinstance(coroutine, CoroutineType) and coroutine.cr_frame is not None:
        frame = coroutine.cr_frame
        code = frame.f_code
        places.append(Place(code.co_filename, frame.f_lineno, code.co_qualname))
        coroutine = coroutine.cr_await
    return name, places
