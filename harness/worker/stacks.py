"""Reads the Python stack that faulthandler wrote of a world which took too long."""

from __future__ import annotations

from pathlib import Path

_LINES = 12


def stack_lines(dump: Path) -> list[str]:
    """Return 'file:line in function' of the main thread, innermost first; empty without a dump."""
    lines: list[str] = []
    for line in dump.read_text().splitlines() if dump.exists() else ():
        if line.startswith("Thread "):
            lines.clear()  # the main thread is the last
        if line.startswith("  File "):
            path, _, rest = line.removeprefix('  File "').partition('", line ')
            number, _, function = rest.partition(" in ")
            lines.append(f"{_short(path)}:{number} in {function}")
    return lines[:_LINES]


def _short(path: str) -> str:
    """Cut a path to what is the same on every machine."""
    _, found, tail = path.rpartition("/site-packages/")
    return tail if found else "/".join(path.split("/")[-3:])
