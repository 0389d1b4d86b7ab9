"""The client's end of a test: runs a driver step by step and says, a JSON line each, what it saw.

`python -m conformance_tests.clients.driving MODULE ORIGIN` is started by the test in the client's
own environment; the venue is at the origin.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

STEP_SECONDS = 10.0
LONGEST_ERROR = 300
MOST_REQUESTS = 300
_ORIGIN = re.compile(r"https?://[^/ ]+")
_TIME = re.compile(r"\b\d{13}\b")
_MARKS = ("start", "stop")


@dataclass(frozen=True)
class Stage:
    """Where a driver plays: the venue's address, or None for the production URLs.

    `ask(act, **keys)` has something done by the house (house.py) and returns when it is done.
    """

    origin: str | None
    ask: Callable[..., object]

    @property
    def streams(self) -> str:
        """The origin of WebSockets."""
        assert self.origin is not None
        return self.origin.replace("http", "ws")


Described = Callable[[Exception], str]


class Driver(Protocol):
    """A client's driver: `start`, its steps (all other public methods, in order), `stop`.

    Steps return what the client showed, as JSON; what a step raises is what was seen too. Methods
    may be coroutines.
    """

    def __init__(self, stage: Stage) -> None: ...


def steps_of(driver: object) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield the steps of a driver, in the order of its source."""
    for kind in reversed(type(driver).__mro__):
        for name, function in vars(kind).items():
            if inspect.isfunction(function) and not name.startswith("_") and name not in _MARKS:
                yield name, getattr(driver, name)


async def play(driver: Any, say: Callable[..., None]) -> None:
    """Run every step and say what was seen; a step that hangs or raises does not stop the next."""
    say(step="start", saw=await _seen(driver, driver.start))
    for name, step in steps_of(driver):
        say(step=name, saw=await _seen(driver, step))
    say(step="stop", saw=await _seen(driver, driver.stop))


def described(error: Exception) -> str:
    """Return an exception in a line."""
    return repeatable(f"{type(error).__name__}: {error}")


def repeatable(text: str) -> str:
    """Return what an exception says without the venue's address and without times."""
    return _TIME.sub("<time>", _ORIGIN.sub("", text[:LONGEST_ERROR]))


async def refusals(ask: Callable[[], Any], describe: Described = described) -> list[str]:
    """Ask again and again until the venue has refused in two ways; return how, in order."""
    told: list[str] = []
    for _ in range(MOST_REQUESTS):
        try:
            answer = ask()
            if inspect.isawaitable(answer):
                await answer
        except Exception as error:  # noqa: BLE001 - whatever a client raises is what was seen
            told += [text for text in (describe(error),) if text not in told]
        if len(told) > 1:
            break
    return told


async def _seen(driver: Any, step: Callable[[], Any]) -> Any:
    try:
        seen = step()
        if inspect.isawaitable(seen):
            seen = await asyncio.wait_for(seen, STEP_SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever a client raises is what was seen
        traceback.print_exc()
        return getattr(driver, "_described", described)(error)
    return seen


def load(module: str, stage: Stage) -> Any:
    """Return the driver of a module, made for a stage."""
    driver = importlib.import_module(f"conformance_tests.clients.drivers.{module}").Driver
    return driver(stage)


class Conversation:
    """Lines to the test and lines from it; what a client prints goes to standard error instead."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
        os.dup2(2, 1)

    def say(self, **keys: Any) -> None:
        """Say one line."""
        self._out.write(json.dumps(keys) + "\n")

    def hear(self) -> Any:
        """Return the next line."""
        return json.loads(sys.stdin.readline())

    def ask(self, act: str, **keys: Any) -> None:
        """Have the house do something; raises ValueError when it could not."""
        self.say(ask=act, keys=keys)
        answer = self.hear()
        if "failed" in answer:
            raise ValueError(answer["failed"])


def main() -> None:
    """Play one driver against the venue that the test serves."""
    conversation = Conversation()
    driver = load(sys.argv[1], Stage(sys.argv[2], conversation.ask))
    asyncio.run(play(driver, conversation.say))


if __name__ == "__main__":
    main()
