"""The table of paths as lines of text, and its counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fillproof.harness.fix.path import FixPath, Standing

NO_SCENARIO_YET = "no scenario yet"


def table(paths: Iterable[FixPath]) -> Iterator[str]:
    """Yield a line for each path: reference, title, standing, and its scenarios or the reason."""
    for path in paths:
        yield f"{path.ref:<10} {path.binance.standing:<16} {path.title}: {_which(path)}"


def counts(paths: Iterable[FixPath]) -> str:
    """Return the last line of the table: how many paths stand how, and have a scenario."""
    told = list(paths)
    parts = [_counted(told, Standing.RUNNABLE), _counted(told, Standing.ADAPTED)]
    apart = sum(path.binance.standing is Standing.NOT_EXPRESSIBLE for path in told)
    return f"{len(told)} paths: {', '.join(parts)}, {apart} not expressible"


def _which(path: FixPath) -> str:
    note, scenarios = path.binance.note, ", ".join(path.binance.scenarios)
    if path.binance.standing is Standing.NOT_EXPRESSIBLE:
        return note
    if path.binance.standing is Standing.RUNNABLE and scenarios:
        return scenarios
    return f"{scenarios or NO_SCENARIO_YET} ({note})" if note else scenarios or NO_SCENARIO_YET


def _counted(paths: list[FixPath], standing: Standing) -> str:
    standing_so = [path for path in paths if path.binance.standing is standing]
    told = sum(bool(path.binance.scenarios) for path in standing_so)
    return f"{len(standing_so)} {standing} ({told} with a scenario)"
