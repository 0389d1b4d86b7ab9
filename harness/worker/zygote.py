"""The process that imports the connector once and forks a fresh child for each world.

It reads one JSON line a request from standard input and answers one JSON line each:

- first `{"connector": "module:attribute"}`, answered by `{"ready": true, "captured": [...]}` or
  `{"error": "...", "detail": [...]}`;
- then `{"name", "document", "seed", "out", "wall_limit"}`, answered by
  `{"ended": "exited" | "wall_time" | "died", "status": int, "stack": [...]}`. The recording is in
  the file `out`.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import json
import os
import select
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fillproof.harness.worker.recorder import frames
from fillproof.harness.worker.world import Factory, World
from fillproof.simulator.universe import dispatch
from fillproof.simulator.universe.bounds import short_path
from fillproof.simulator.universe.escape import EscapeDetector, captured_originals

_STACK_GRACE_SECONDS = 2.0
_STACK_LINES = 12


def main() -> None:
    """Serve requests until standard input ends."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # what a connector prints belongs to its log, not among the replies
    lines = sys.stdin
    first = json.loads(lines.readline())
    try:
        factory = _import_adapter(first["connector"])
    except Exception as error:  # noqa: BLE001 - whatever an import raises is what to report
        message = f"{type(error).__name__}: {error}"
        replies.write(json.dumps({"error": message, "detail": frames(error)}) + "\n")
        return
    finally:
        dispatch.leave()  # the imports are over; what waits for worlds has the machine's clock
    gc.collect()
    gc.freeze()  # no world has to look at, or copy, what the imports made
    detector = EscapeDetector()
    replies.write(json.dumps({"ready": True, "captured": captured_originals()}) + "\n")
    for line in lines:
        replies.write(json.dumps(_run_in_child(json.loads(line), factory, detector)) + "\n")


def _import_adapter(path: str) -> Factory:
    module_name, _, attribute = path.partition(":")
    factory = getattr(importlib.import_module(module_name), attribute)
    if not callable(factory):
        raise TypeError(f"{path} is not a factory: it cannot be called")
    return factory  # type: ignore[no-any-return]


def _run_in_child(request: Mapping[str, Any], factory: Factory, detector: EscapeDetector) -> Any:
    """Fork, let the child live one world, and wait for it no longer than the wall limit."""
    watch, hold = os.pipe()
    stack = Path(request["out"] + ".stack")
    child = os.fork()
    if child == 0:
        os.close(watch)
        _live_and_exit(request, factory, detector, stack)
    os.close(hold)
    ready, _, _ = select.select([watch], [], [], request["wall_limit"])
    if not ready:
        os.kill(child, signal.SIGUSR1)
        select.select([watch], [], [], _STACK_GRACE_SECONDS)
        os.kill(child, signal.SIGKILL)
    os.close(watch)
    _, status = os.waitpid(child, 0)
    if not ready:
        return {"ended": "wall_time", "status": status, "stack": _stack_lines(stack)}
    return {"ended": "exited" if status == 0 else "died", "status": status, "stack": []}


def _live_and_exit(
    request: Mapping[str, Any], factory: Factory, detector: EscapeDetector, stack: Path
) -> None:
    """Live one world and leave the process without running anything of the parent's."""
    status = 1
    try:
        with stack.open("w") as dump, Path(request["out"]).open("w", encoding="utf-8") as out:
            faulthandler.register(signal.SIGUSR1, file=dump, all_threads=False)
            World(request["document"], request["name"], request["seed"], out.write).run(
                factory, detector
            )
        status = 0
    except BaseException:  # noqa: BLE001 - the traceback goes to the log, the status to the parent
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _stack_lines(stack: Path) -> list[str]:
    """Return 'file:line in function' of the dump, innermost first."""
    lines = []
    for line in stack.read_text().splitlines():
        if line.startswith("  File "):
            path, _, rest = line.removeprefix('  File "').partition('", line ')
            number, _, function = rest.partition(" in ")
            lines.append(f"{short_path(path)}:{number} in {function}")
    return lines[:_STACK_LINES]
