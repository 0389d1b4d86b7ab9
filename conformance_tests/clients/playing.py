"""Plays, each once a run: a client's driver on a real socket, or in a sealed universe."""

from __future__ import annotations

import json
import subprocess
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conformance_tests.clients import environment
from conformance_tests.clients.loopback import (
    WHOLE_PLAY_SECONDS,
    Play,
    environment_of_play,
    on_loopback,
)
from conformance_tests.clients.served import on_served

from fillproof.harness.connectors.environments import BuildFailed

SOCKET = "socket"
UNIVERSE = "universe"
SERVED = "served"

_LOG_LINES = 12
_ALWAYS: dict[str, Any] = {"start": None, "stop": None}
_SEALED: dict[str, Any] = {"escapes": []}
_NOT_SERVED = {
    "clock_behind": "clock",
    "public_stream_after_a_reconnect": "close",
    "user_stream_after_a_reconnect": "close",
    "order_after_a_reconnect": "close",
}

Table = Mapping[str, Any]
"""What a client sees, by step: as the driver's step returns it, or the text of what it raised."""


@dataclass(frozen=True)
class Client:
    """A driver, the environment it runs in, the places it can play in, and what it must see.

    `quirks` are the venue's switches, in JSON; a served one speaks the `dialect`.
    """

    driver: str
    environment: str
    places: tuple[str, ...]
    table: Table = field(hash=False)
    quirks: str = "{}"
    dialect: str = "binance"

    def expected(self, place: str) -> dict[str, Any]:
        """Return what is to be seen: the table, that it starts and stops, that nothing escapes."""
        expected = {**_ALWAYS, **self.table, **(_SEALED if place == UNIVERSE else {})}
        if place == SERVED:
            for step, act in _NOT_SERVED.items():
                if step in expected:
                    expected[step] = f"ValueError: fillproof serve has no word for {act}"
        return expected

    def seen(self, place: str) -> Play:
        """Return what it saw there."""
        return _played(place, self.environment, self.driver, self.quirks, self.dialect)


def every_step(*clients: Client) -> list[Any]:
    """Return a test's parameters: each client, place and step, named so."""
    return [
        pytest.param(client, place, step, id=f"{client.driver}-{place}-{step}")
        for client in clients
        for place in client.places
        for step in client.expected(place)
    ]


def every_place(*clients: Client) -> list[Any]:
    """Return a test's parameters: each client and place, named so."""
    return [
        pytest.param(client, place, id=f"{client.driver}-{place}")
        for client in clients
        for place in client.places
    ]


def check(client: Client, place: str, step: str) -> None:
    """Hold one step of a play to the table; a failure shows the end of the client's log."""
    _skip_unless_hosted(client)
    play = client.seen(place)
    expected = client.expected(place)[step]
    if step in play.seen and play.seen[step] == expected:
        return
    log = "\n".join(play.log.splitlines()[-_LOG_LINES:])
    saw = repr(play.seen[step]) if step in play.seen else "never played"
    told = f"{step}: {saw}\nexpected: {expected!r}\nthe end of its log:\n{log}"
    pytest.fail(f"{client.driver} on the {place}, {told}", pytrace=False)


def check_complete(client: Client, place: str) -> None:
    """Hold a play to having no step that the table does not know."""
    _skip_unless_hosted(client)
    extra = [step for step in client.seen(place).seen if step not in client.expected(place)]
    if extra:
        pytest.fail(
            f"{client.driver} on the {place} plays what no table has: {extra}", pytrace=False
        )


def _skip_unless_hosted(client: Client) -> None:
    reason = environment.why_not_here(client.environment)
    if reason is not None:
        pytest.skip(f"{client.environment} cannot be hosted here: {reason}")


@cache
def _played(place: str, name: str, driver: str, quirks: str, dialect: str) -> Play:
    """Play once; what keeps a play from taking place is told by each of its steps."""
    try:
        python = environment.python_of(name)
        if place == SOCKET:
            return on_loopback(python, driver, json.loads(quirks))
        if place == SERVED:
            return on_served(python, driver, dialect)
        return _sealed(python, driver, quirks)
    except BuildFailed as failed:
        return Play({}, f"the environment {name} cannot be built here: {failed}")
    except Exception:  # noqa: BLE001 - whatever it is, it is the same for each step
        return Play({}, traceback.format_exc())


def _sealed(python: Path, driver: str, quirks: str) -> Play:
    sealed = subprocess.run(
        [str(python), "-m", "conformance_tests.clients.sealed", driver, quirks],
        env=environment_of_play(),
        capture_output=True,
        text=True,
        timeout=WHOLE_PLAY_SECONDS,
        check=False,
    )
    said = [json.loads(line) for line in sealed.stdout.splitlines()]
    return Play({line["step"]: line["saw"] for line in said}, sealed.stderr)
