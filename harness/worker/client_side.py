"""The adapter as the world calls it: what a call sets going is the client's, and stalls with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, cast

from fillproof.harness.connectors.protocol import Adapter, Host
from fillproof.harness.worker.needs import Factory
from fillproof.simulator.universe.sides import on_the_clients_side


def made_on_the_clients_side(factory: Factory, host: Host, run: int) -> Adapter:
    """Make an adapter, every call of which is made on the client's side, in one of its runs."""
    with on_the_clients_side(run):
        return cast("Adapter", _ClientSide(factory(host), run))


class _ClientSide:
    """Stands before an adapter and passes everything on."""

    def __init__(self, adapter: Adapter, run: int) -> None:
        self._adapter = adapter
        self._run = run

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._adapter, name)
        if not callable(value):
            return value

        def call(*arguments: Any, **named: Any) -> Any:
            with on_the_clients_side(self._run):
                returned = value(*arguments, **named)
            return _awaited(returned, self._run) if asyncio.iscoroutine(returned) else returned

        return call


async def _awaited(work: Awaitable[Any], run: int) -> Any:
    with on_the_clients_side(run):
        return await work
