"""The server as a process: ready line, signals, stop."""

from __future__ import annotations

import asyncio
import json
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fillproof.harness.serve.aside import HEALTH, is_local
from fillproof.harness.serve.log import Log
from fillproof.harness.serve.plan import Account, Plan
from fillproof.harness.serve.venue import CannotListen, Journal, ServedVenue, served

_BY_LINE = 1
NO_PROMISE = "real time and a real network: no two runs are alike"


class CannotWrite(Exception):
    """The journal cannot be written there; the message says why and what is allowed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a venue listens, and the new file of its command journal, if there is to be one."""

    host: str
    port: int
    journal: Path | None = None


def run(plan: Plan, place: Place, log: Log, say: Callable[[str], object], form: str) -> None:
    """Serve until SIGINT or SIGTERM; say one line when ready.

    Raises CannotListen and CannotWrite.
    """
    with _opened(place.journal) as journal:
        asyncio.run(_run(plan, place, log, journal, lambda venue: say(ready_line(venue, form))))


@contextmanager
def _opened(file: Path | None) -> Iterator[Journal | None]:
    """Yield what writes a line to a new file, as soon as it is said."""
    if file is None:
        yield None
        return
    try:
        opened = file.open("x", encoding="utf-8", buffering=_BY_LINE)
    except OSError as problem:
        text = f"--journal {file}: {problem.strerror}; a file that is not there yet is allowed"
        raise CannotWrite(text) from problem
    with opened:
        try:
            yield opened.write
        except CannotListen:
            file.unlink()  # nothing was served, so there is nothing to keep
            raise


async def _run(
    plan: Plan,
    place: Place,
    log: Log,
    journal: Journal | None,
    say_ready: Callable[[ServedVenue], object],
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: _log_failure(log, context))
    over = asyncio.Event()
    async with served(plan, place.host, place.port, log, journal) as venue:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, over.set)
        if not is_local(venue.authority.rpartition(":")[0].strip("[]")):
            text = f"{venue.authority} can be reached from outside; its keys are no secret"
            log.insist("warning", message=text)
        log.say("ready", address=venue.authority)
        say_ready(venue)
        await over.wait()
        log.say("stopping")
    log.say("stopped")


def ready_line(venue: ServedVenue, form: str) -> str:
    """Return all that a client needs to know, as JSON or as text."""
    facts: dict[str, Any] = {
        "dialect": venue.plan.dialect,
        **venue.addresses,
        "health": f"{venue.origin}{HEALTH}",
    }
    if form == "json":
        accounts = [
            {"account": one.name, "api_key": one.key, "api_secret": _secret(one)}
            for one in venue.plan.accounts
        ]
        whole = {"event": "ready", "address": venue.authority, **facts, "accounts": accounts}
        return json.dumps({**whole, "determinism": f"none: {NO_PROMISE}"})
    keys = [
        f"account={one.name} api_key={one.key} api_secret={_secret(one) or '(kept by its owner)'}"
        for one in venue.plan.accounts
    ]
    words = (*(f"{key}={value}" for key, value in facts.items()), *keys)
    return f"ready {' '.join(words)} determinism=none ({NO_PROMISE})"


def _secret(account: Account) -> str | None:
    """Return the HMAC secret; of a public key the venue has no secret to tell."""
    return None if account.secret.startswith("-----BEGIN") else account.secret


def _log_failure(log: Log, context: dict[str, Any]) -> None:
    """Write down what went wrong in the venue itself, where it did."""
    error = context.get("exception")
    log.insist(
        "failure",
        message=context["message"],
        error=None if error is None else f"{type(error).__name__}: {error}",
        trace=None if error is None else "".join(traceback.format_exception(error)),
    )
