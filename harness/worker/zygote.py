"""The process that imports the connector once and forks a fresh child for each world.

It reads one JSON line a request from standard input and answers one JSON line each:

- first `{"connector": "module:attribute"}`, answered by `{"ready": true, "single_use": bool}`, by
  `{"not_there": "..."}` or by `{"error": "...", "detail": [...]}`;
- then `{"name", "document", "seed", "out", "wall_limit"}`, answered by
  `{"ended": "exited" | "wall_time" | "died", "status": int, "stack": [...]}`. The recording is in
  the file `out`.

Where the imports started threads a fork is unsafe: the process is then good for a single world,
which it lives itself.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from fillproof.harness.worker.dialects import DEFAULT_DIALECT, speech_of
from fillproof.harness.worker.factories import NotThere, factory_of
from fillproof.harness.worker.limits import ends_in_time
from fillproof.harness.worker.needs import Factory, about_of_class
from fillproof.harness.worker.stacks import stack_lines
from fillproof.harness.worker.world import World
from fillproof.simulator.universe import dispatch
from fillproof.simulator.universe.escape import EscapeDetector, captured_originals
from fillproof.simulator.universe.places import way_of

_STACK_GRACE_SECONDS = 2.0
_TASKS = Path("/proc/self/task")


class Imported(NamedTuple):
    """What the imports left: the adapter's factory, the detector, and what escaped already.

    `dialect` is what the adapter says that its venue speaks.
    """

    factory: Factory
    dialect: str
    detector: EscapeDetector
    escapes: tuple[str, ...]


def main() -> None:
    """Serve requests until standard input ends."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # what a connector prints belongs to its log, not among the replies
    lines = sys.stdin
    first = json.loads(lines.readline())
    try:
        factory = factory_of(first["connector"])
        dialect = _dialect_of(factory)
    except NotThere as nothing:
        replies.write(json.dumps({"not_there": str(nothing)}) + "\n")
        return
    except Exception as error:  # noqa: BLE001 - whatever an import raises is what to report
        message = f"{type(error).__name__}: {error}"
        replies.write(json.dumps({"error": message, "detail": way_of(error)}) + "\n")
        return
    finally:
        dispatch.leave()  # the imports are over; what waits for worlds has the machine's clock
    gc.collect()
    gc.freeze()  # no world has to look at, or copy, what the imports made
    escapes = captured_originals() + _threads_started()
    imported = Imported(factory, dialect, EscapeDetector(), escapes)
    single_use = _has_threads()
    replies.write(json.dumps({"ready": True, "single_use": single_use}) + "\n")
    for line in lines:
        request = json.loads(line)
        reply = _run_here(request, imported) if single_use else _run_in_child(request, imported)
        replies.write(json.dumps(reply) + "\n")


def _dialect_of(factory: Factory) -> str:
    """Return the dialect that a factory states with its `about`; raises UnknownDialect."""
    about = about_of_class(factory)
    dialect = DEFAULT_DIALECT if about is None else about.dialect
    speech_of(dialect)
    return dialect


def _threads_started() -> tuple[str, ...]:
    """Return a sentence for each Python thread that the imports started."""
    main = threading.main_thread()
    return tuple(
        f"importing the connector started the thread {thread.name}"
        for thread in threading.enumerate()
        if thread is not main
    )


def _has_threads() -> bool:
    """True when this process has more than one thread, Python's or a library's own."""
    if _TASKS.exists():
        return len(list(_TASKS.iterdir())) > 1
    return threading.active_count() > 1


def _run_here(request: Mapping[str, Any], imported: Imported) -> Any:
    """Live the world in this process; a watchdog writes the stack and ends it past the limit."""
    with Path(request["out"] + ".stack").open("w") as dump:
        faulthandler.dump_traceback_later(request["wall_limit"], exit=True, file=dump)
        _live(request, imported)
        faulthandler.cancel_dump_traceback_later()
    return {"ended": "exited", "status": 0, "stack": []}


def _live(request: Mapping[str, Any], imported: Imported) -> None:
    """Live one world; each line is in the file when it is written, however the process ends."""
    with Path(request["out"]).open("w", encoding="utf-8", buffering=1) as out:
        world = World(
            request["document"],
            request["name"],
            request["seed"],
            out.write,
            imported.escapes,
            imported.dialect,
        )
        world.run(imported.factory, imported.detector)


def _run_in_child(request: Mapping[str, Any], imported: Imported) -> Any:
    """Fork, let the child live one world, and wait for it no longer than it may take."""
    watch, hold = os.pipe()
    stack = Path(request["out"] + ".stack")
    child = os.fork()
    if child == 0:
        os.close(watch)
        _live_and_exit(request, imported, stack)
    os.close(hold)
    ready = ends_in_time(watch, child, request["wall_limit"])
    if not ready:
        os.kill(child, signal.SIGUSR1)
        select.select([watch], [], [], _STACK_GRACE_SECONDS)
        os.kill(child, signal.SIGKILL)
    os.close(watch)
    _, status = os.waitpid(child, 0)
    if not ready:
        return {"ended": "wall_time", "status": status, "stack": stack_lines(stack)}
    if status:
        return {"ended": "died", "status": status, "stack": stack_lines(stack)}
    return {"ended": "exited", "status": 0, "stack": []}


def _live_and_exit(request: Mapping[str, Any], imported: Imported, stack: Path) -> None:
    """Live one world and leave the process without running anything of the parent's."""
    status = 1
    try:
        with stack.open("w") as dump:
            faulthandler.enable(file=dump, all_threads=False)
            faulthandler.register(signal.SIGUSR1, file=dump, all_threads=False)
            _live(request, imported)
        status = 0
    except BaseException:  # noqa: BLE001 - the traceback goes to the log, the status to the parent
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
