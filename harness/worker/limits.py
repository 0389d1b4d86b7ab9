"""How long a world may take: its bound is of the time that the machine gives it."""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from pathlib import Path

PATIENCE = 10
"""So many times its bound of real time a world may take while it gets too little of a processor."""

_LOOKS = 10
"""So often within a bound it is looked whether a world that is late still gets on."""

_STILL = 0.01
"""Who uses no more than this share of a processor stands still."""

_TICKS = os.sysconf("SC_CLK_TCK")
_STATE, _USER, _SYSTEM = 0, 11, 12
"""Fields of /proc/PID/stat behind the name of the program (proc_pid_stat(5))."""


def processor_seconds(process: int) -> float | None:
    """Return the processor time that a process has used; None where a system does not say."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return None
    fields = stat.read_text().rpartition(")")[2].split()
    if fields[_STATE] == "Z":
        return None
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS


def ends_in_time(
    watch: int,
    child: int,
    limit_seconds: float,
    used_seconds: Callable[[int], float | None] = processor_seconds,
) -> bool:
    """Wait until `watch` ends, as the child does; False when the child may take no longer.

    A child that computes may use `limit_seconds` of a processor. One that stands still may take
    them of real time, since it waits for what cannot come. So a busy machine makes nobody late.
    """
    look = limit_seconds / _LOOKS
    before = 0.0
    for turn in range(1, _LOOKS * PATIENCE + 1):
        ready, _, _ = select.select([watch], [], [], look)
        if ready:
            return True
        used = used_seconds(child)
        gets_on = used is not None and before + look * _STILL < used < limit_seconds
        if turn >= _LOOKS and not gets_on:
            return False
        before = used or 0.0
    return False
