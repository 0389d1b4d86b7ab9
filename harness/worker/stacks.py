"""Reads the Python stack that faulthandler wrote of a world which took too long."""

from __future__ import annotations

from pathlib import Path

_LINES = 12
_CALLERS = ("/lib/python3.", "/harness/worker/", "/simulator/universe/")


def stack_lines(dump: Path) -> list[str]:
    """Return 'file:line in function' of the main thread, innermost last; empty without a dump.

    It begins where Python and Fillproof call the code under test.
    """
    places: list[tuple[str, str]] = []
    for line in dump.read_text().splitlines() if dump.exists() else ():
        if line.startswith("Thread "):
            places.clear()  # the main thread is the last
        if line.startswith("  File "):
            path, _, rest = line.removeprefix('  File "').partition('", line ')
            number, _, function = rest.partition(" in ")
            places.append((path, f"{_short(path)}:{number} in {function}"))
    outermost = max((i for i, (path, _) in enumerate(places) if not _calls(path)), default=None)
    own = places if outermost is None else places[: outermost + 1]
    return [shown for _, shown in reversed(own[:_LINES])]


def _calls(path: str) -> bool:
    if "/site-packages/" in path:
        return False
    return path.startswith("<") or any(mark in path for mark in _CALLERS)


def _short(path: str) -> str:
    """Cut a path to what is the same on every machine."""
    _, found, tail = path.rpartition("/site-packages/")
    return tail if found else "/".join(path.split("/")[-3:])
