"""How many bytecodes an operation is, of the peer, the bare engine and the engine by its files.

They are counted, not timed: every run says the same, on a busy machine too. Needs Python 3.12.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any

from conformance_tests.benchmarks.engine_bare import Part
from conformance_tests.benchmarks.engine_peer import Translator
from conformance_tests.benchmarks.engine_workload import (
    OPERATIONS,
    Workload,
    a_bare_engine,
    an_exchange,
)
from matching_engine.engine import MatchingEngine

COUNTED = 2_000
"""So many operations, after one turn of the benchmark."""

Work = Callable[[], object]


def counted(work: list[Work]) -> Counter[str]:
    """Return how many bytecodes of each file are executed."""
    monitoring: Any = vars(sys)["monitoring"]
    seen: Counter[CodeType] = Counter()

    def count(code: CodeType, _: int) -> None:
        seen[code] += 1

    tool, instruction = monitoring.PROFILER_ID, monitoring.events.INSTRUCTION
    monitoring.use_tool_id(tool, "bytecodes")
    monitoring.register_callback(tool, instruction, count)
    monitoring.set_events(tool, instruction)
    for one in work:
        one()
    monitoring.set_events(tool, 0)
    monitoring.free_tool_id(tool)
    files: Counter[str] = Counter()
    for code, times in seen.items():
        if code.co_filename != __file__:
            files[Path(code.co_filename).stem] += times
    return files


def work_of(who: str) -> list[Work]:
    """Return the workload's operations as somebody carries them out."""
    commands = Workload().commands(OPERATIONS + COUNTED)
    if who == "peer":
        process, translator = MatchingEngine().process, Translator()
        return [partial(process, translator.translate(command)) for command in commands]
    engine = an_exchange() if who == "engine" else a_bare_engine(Part[who])
    return [partial(engine.apply, command, at) for at, command in enumerate(commands, start=1)]


def main(who: str) -> None:
    """Print the bytecodes of an operation by file."""
    work = work_of(who)
    for one in work[:OPERATIONS]:
        one()
    files = counted(work[OPERATIONS:])
    sys.stdout.write(json.dumps({name: n / COUNTED for name, n in files.most_common()}))


main(*sys.argv[1:])
