"""The parent's end of a worker: starts the connector's interpreter and has worlds run in it.

Imports nothing of the simulator: the process that judges is never patched.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import fillproof
from fillproof.harness.connectors.names import UnknownConnectorName, adapter_path, allowed_names
from fillproof.harness.worker.header import header_keys
from fillproof.harness.worker.interpreters import NoInterpreter, interpreter_for
from fillproof.harness.worker.limits import PATIENCE
from fillproof.harness.worker.stacks import stack_lines

_LOG_TAIL_LINES = 10
_IMPORT_LIMIT_SECONDS = 120.0
_WATCHDOG_GRACE_SECONDS = 30.0
"""How much later than the worker the parent itself gives up on a world."""


class WorkerFailed(Exception):
    """No world can be run; the message says why."""


class UnknownConnector(WorkerFailed):
    """The connector's name means nothing; the message lists what is known."""


class ConnectorUnavailable(WorkerFailed):
    """The connector cannot be hosted on this machine; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Job:
    """One world to run: the normalised scenario, its seed, and how long it may take for real."""

    document: Mapping[str, Any]
    seed: int
    wall_limit_seconds: float = 60.0


class Worker:
    """One worker process for one connector, started when the first job comes.

    `hash_seed` is the PYTHONHASHSEED of the process, 0 when None: nothing may depend on it, and
    `--verify-determinism` gives two workers different ones.
    """

    def __init__(self, connector: str, hash_seed: int | None = None) -> None:
        self._connector = connector
        self._hash_seed = hash_seed or 0
        try:
            self._path = adapter_path(connector)
        except UnknownConnectorName as unknown:
            raise UnknownConnector(str(unknown)) from None
        try:
            self._python = interpreter_for(connector)
        except NoInterpreter as missing:
            raise ConnectorUnavailable(str(missing)) from None
        self._folder = tempfile.TemporaryDirectory(prefix="fillproof-")
        self._process: subprocess.Popen[str] | None = None
        self._broken: dict[str, Any] | None = None
        self._not_there: str | None = None
        self._single_use = False
        self._jobs = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and remove its files."""
        self._end_process()
        self._folder.cleanup()

    def _end_process(self) -> None:
        # Taken at once: whoever interrupts a run closes the worker that another thread waits for.
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(process.pid, signal.SIGKILL)  # a world it forked must not outlive it
        process.wait()
        process.stdin.close()
        process.stdout.close()

    def run(self, job: Job) -> list[str]:
        """Run one world and return its recording, a JSON text a line.

        A connector that cannot be imported, or a process that dies, is a recording with a trouble
        line: it is evidence like any other. One that is not there raises ConnectorUnavailable.
        """
        if self._process is None and self._broken is None and self._not_there is None:
            self._start()
        if self._not_there is not None:
            raise ConnectorUnavailable(self._not_there)
        if self._broken is not None:
            return self._without_world(job, self._broken)
        self._jobs += 1
        out = Path(self._folder.name) / f"world-{self._jobs}.jsonl"
        reply = self._ask(
            {
                "name": self._connector,
                "document": job.document,
                "seed": job.seed,
                "out": str(out),
                "wall_limit": job.wall_limit_seconds,
            },
            job.wall_limit_seconds * PATIENCE + _WATCHDOG_GRACE_SECONDS,
        )
        if self._single_use:
            reply = reply or _stopped_by_watchdog(out)
            self._end_process()
        lines = _whole_lines(out)
        for leftover in (out, Path(f"{out}.stack")):
            leftover.unlink(missing_ok=True)
        return self._ended(job, reply, lines)

    def _ended(self, job: Job, reply: Mapping[str, Any] | None, lines: list[str]) -> list[str]:
        if reply is None:
            self._end_process()
            trouble = {"trouble": "worker_died", "message": "the worker process died"}
            return self._with_trouble(job, lines, {**trouble, "detail": self._log_tail()})
        if reply["ended"] == "wall_time":
            message = f"the world took more than {job.wall_limit_seconds:g} s"
            trouble = {"trouble": "wall_time", "message": message}
            return self._with_trouble(job, lines, {**trouble, "detail": reply["stack"]})
        if reply["ended"] == "died":
            message = f"the world's process {_how_it_died(reply['status'])}"
            trouble = {"trouble": "worker_died", "message": message}
            detail = reply["stack"] or self._log_tail()
            return self._with_trouble(job, lines, {**trouble, "detail": detail})
        return lines

    def _start(self) -> None:
        log = (Path(self._folder.name) / "log").open("a")
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [str(self._python), "-m", "fillproof.harness.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
            env=self._environment(),
            process_group=0,
        )
        log.close()
        reply = self._ask({"connector": self._path}, _IMPORT_LIMIT_SECONDS)
        if reply is None:
            self._broken = {
                "trouble": "worker_died",
                "message": f"the worker died, or hung, while importing {self._path}",
                "detail": self._log_tail(),
            }
        elif "not_there" in reply:
            self._not_there = f"{self._connector}: {reply['not_there']}; {allowed_names()}"
        elif "error" in reply:
            self._broken = {
                "trouble": "import_failed",
                "message": f"importing {self._path} failed: {reply['error']}",
                "detail": reply["detail"],
            }
        else:
            self._single_use = reply["single_use"]

    def _environment(self) -> dict[str, str]:
        """Return the worker's environment: one thread, one hash seed, and the same Fillproof."""
        environment = dict(os.environ)
        environment.update(
            PYTHONHASHSEED=str(self._hash_seed),
            OPENBLAS_NUM_THREADS="1",
            OMP_NUM_THREADS="1",
            TZ="UTC",
        )
        if Path(self._python) != Path(sys.executable):
            # The connector's interpreter runs this very Fillproof, without its neighbours.
            lent = Path(self._folder.name) / "lent"
            lent.mkdir(exist_ok=True)
            if not (lent / "fillproof").is_symlink():
                (lent / "fillproof").symlink_to(Path(fillproof.__file__).parent)
            paths = [str(lent), *filter(None, [os.environ.get("PYTHONPATH")])]
            environment["PYTHONPATH"] = os.pathsep.join(paths)
        return environment

    def _ask(self, request: Mapping[str, Any], limit_seconds: float) -> dict[str, Any] | None:
        """Return the worker's reply, or None when it died or is silent beyond the limit."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return None
        # One reply a request: nothing of it can be in the buffer before.
        ready, _, _ = select.select([self._process.stdout], [], [], limit_seconds)
        line = self._process.stdout.readline() if ready else ""
        return json.loads(line) if line else None

    def _log_tail(self) -> list[str]:
        log = Path(self._folder.name) / "log"
        return log.read_text(errors="replace").splitlines()[-_LOG_TAIL_LINES:]

    def _without_world(self, job: Job, trouble: Mapping[str, Any]) -> list[str]:
        return self._with_trouble(job, [], trouble)

    def _with_trouble(self, job: Job, lines: list[str], trouble: Mapping[str, Any]) -> list[str]:
        """Add a trouble line, and the header when the world did not live to write it."""
        if not lines:
            lines = [
                _line(
                    0,
                    0,
                    "header",
                    header_keys(job.document, self._connector, job.seed, python="", about=None),
                )
            ]
        moment = json.loads(lines[-1])["t"]
        return [*lines, _line(len(lines), moment, "trouble", trouble)]


def _line(number: int, moment: int, kind: str, keys: Mapping[str, Any]) -> str:
    line = {"n": number, "t": moment, "ledger": "run", "kind": kind, **keys}
    return json.dumps(line, separators=(",", ":"))


def _stopped_by_watchdog(out: Path) -> dict[str, Any] | None:
    """Return what a worker says of a world past its limit, if a watchdog wrote its stack."""
    stack = stack_lines(Path(f"{out}.stack"))
    return {"ended": "wall_time", "stack": stack} if stack else None


def _how_it_died(status: int) -> str:
    """Return what a wait status says."""
    code = os.waitstatus_to_exitcode(status)
    return (
        f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended itself with {code}"
    )


def _whole_lines(path: Path) -> list[str]:
    """Return the lines that were written whole; a killed world leaves the last one torn."""
    if not path.exists():
        return []
    return path.read_text(encoding="utf-8").split("\n")[:-1]
