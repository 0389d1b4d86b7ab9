"""Animals that trouble the run itself: they raise, hang, spin, leak, or leave their world."""

from __future__ import annotations

import asyncio
import ctypes
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import aiohttp
from conformance_tests.zoo.animal import Animal

from fillproof.harness.connectors.protocol import Host, OrderRequest, Told


class NoSuchLuck(Exception):
    """What these animals raise."""


class RaisesWhenMade(Animal):
    """It raises when it is made."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        raise NoSuchLuck("no configuration file")


class RaisesAtStart(Animal):
    """It raises when it is started."""

    async def start(self) -> None:
        await super().start()
        raise NoSuchLuck("no licence")


class IsNeverReady(Animal):
    """It is never ready."""

    def ready(self) -> bool:
        return False


class HangsAtStart(Animal):
    """Its start waits for what never comes."""

    async def start(self) -> None:
        await super().start()
        await asyncio.get_running_loop().create_future()


class RaisesWhenAsked(Animal):
    """Asking whether it is ready raises."""

    def ready(self) -> bool:
        raise NoSuchLuck("not even that")


class RaisesInPlace(Animal):
    """Placing an order raises."""

    def place(self, order: OrderRequest) -> str:
        raise NoSuchLuck("no orders today")


class ReturnsNoId(Animal):
    """Placing an order returns nothing."""

    def place(self, order: OrderRequest) -> str:
        super().place(order)
        return None  # type: ignore[return-value]


class RaisesInCancel(Animal):
    """Asking for a cancel raises."""

    def cancel(self, client_order_id: str) -> None:
        raise NoSuchLuck("no cancels today")


class RaisesInATask(Animal):
    """A task of the adapter dies of an exception."""

    def place(self, order: OrderRequest) -> str:
        self.host.spawn(self._work(), "work")
        return super().place(order)

    async def _work(self) -> None:
        await asyncio.sleep(1)
        raise NoSuchLuck("nothing to do")


class RaisesInACallback(Animal):
    """A callback that it gave to the loop raises."""

    def place(self, order: OrderRequest) -> str:
        asyncio.get_running_loop().call_later(1, self._call)
        return super().place(order)

    def _call(self) -> None:
        raise NoSuchLuck("wrong number")


class RaisesInATaskOfItsOwn(Animal):
    """A task that it gave to the loop dies of an exception that nobody asks for."""

    def place(self, order: OrderRequest) -> str:
        asyncio.get_running_loop().create_task(self._work())
        return super().place(order)

    async def _work(self) -> None:
        await asyncio.sleep(1)
        raise NoSuchLuck("nobody sees it")


class RaisesInReading(Animal):
    """Asking what it believes raises."""

    def reading(self) -> None:  # type: ignore[override]
        raise NoSuchLuck("no comment")


class RaisesAtStop(Animal):
    """Stopping it raises."""

    async def stop(self) -> None:
        await super().stop()
        raise NoSuchLuck("not now")


class HangsAtStop(Animal):
    """Stopping it never ends."""

    async def stop(self) -> None:
        await super().stop()
        await asyncio.get_running_loop().create_future()


class StopsInVain(Animal):
    """Stopping it waits for a task that it cancelled, and is cancelled by that."""

    async def stop(self) -> None:
        task = asyncio.create_task(asyncio.sleep(10))
        await asyncio.sleep(0)
        task.cancel()
        await super().stop()
        await task


class CancelsEverything(Animal):
    """Stopping it cancels every task there is, also those that are not its own."""

    async def stop(self) -> None:
        await super().stop()
        for task in asyncio.all_tasks():
            task.cancel()


class TellsOfNobody(Animal):
    """It tells an event without a client order id."""

    def say(self, told: Told) -> Iterable[Told]:
        return (replace(told, client_order_id=None),)  # type: ignore[arg-type]


class TellsFloats(Animal):
    """It tells amounts as binary floating point."""

    def say(self, told: Told) -> Iterable[Told]:
        amount = None if told.amount is None else float(told.amount)
        return (replace(told, amount=amount),)  # type: ignore[arg-type]


class LeavesAConnection(Animal):
    """A connection that it opened is not closed when it is stopped."""

    async def start(self) -> None:
        await super().start()
        self._other = aiohttp.ClientSession()
        self._left = await self._other.ws_connect("wss://stream.binance.com:9443/ws")


class LeavesATimer(Animal):
    """A callback of it is due an hour after it was stopped."""

    async def stop(self) -> None:
        await super().stop()
        asyncio.get_running_loop().call_later(3600, self.ready)


class LeavesATask(Animal):
    """A task of it goes on after it was stopped."""

    async def start(self) -> None:
        await super().start()
        self._task = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(30)


class Deadlocks(Animal):
    """Stopping it waits for a lock that it holds, and refuses to be cancelled."""

    async def stop(self) -> None:
        await super().stop()
        lock = asyncio.Lock()
        await lock.acquire()
        while True:
            try:
                await lock.acquire()
            except asyncio.CancelledError:
                continue


class Livelocks(Animal):
    """Two tasks give way to each other for ever."""

    def place(self, order: OrderRequest) -> str:
        for _ in range(2):
            self.host.spawn(self._give_way(), "polite")
        return super().place(order)

    async def _give_way(self) -> None:
        while True:
            await asyncio.sleep(0)


class CannotBeStopped(Animal):
    """Stopping it swallows every cancellation and sleeps on."""

    async def stop(self) -> None:
        await super().stop()
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                continue


class Spins(Animal):
    """It waits for an answer without giving the loop a chance to bring one."""

    def place(self, order: OrderRequest) -> str:
        client_order_id = super().place(order)
        while not self._is_answered(client_order_id):
            pass
        return client_order_id

    def _is_answered(self, client_order_id: str) -> bool:
        order = self._connector._ledger.find(client_order_id)
        return order is None or order.is_accepted


class BlocksTheLoop(Animal):
    """It sleeps before it tells a fill, and everything else sleeps with it."""

    def say(self, told: Told) -> Iterable[Told]:
        if told.trade_id:
            time.sleep(2)
        return (told,)


class OpensASocket(Animal):
    """It opens a real socket."""

    def place(self, order: OrderRequest) -> str:
        with socket.socket() as door:
            door.connect(("192.0.2.1", 80))
        return super().place(order)


class LooksUpAName(Animal):
    """It asks the machine for the address of a host."""

    def place(self, order: OrderRequest) -> str:
        with socket.create_connection(("time.example.org", 37)):
            return super().place(order)


class StartsAThread(Animal):
    """It starts a thread."""

    def place(self, order: OrderRequest) -> str:
        threading.Thread(target=print).start()
        return super().place(order)


class UsesAPoolOfThreads(Animal):
    """It starts a thread in a pool of its own."""

    def place(self, order: OrderRequest) -> str:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(print).result()
        return super().place(order)


class StartsAProcess(Animal):
    """It starts a process."""

    def place(self, order: OrderRequest) -> str:
        subprocess.run(["true"], check=True)
        return super().place(order)


class SwallowsItsEscape(Animal):
    """It starts a process and catches whatever comes of it."""

    def place(self, order: OrderRequest) -> str:
        try:
            subprocess.run(["true"], check=True)
        except Exception:  # noqa: BLE001
            return super().place(order)
        return super().place(order)


class AsksAnUnknownHost(Animal):
    """It asks a host that is not of its venue."""

    async def start(self) -> None:
        await super().start()
        async with aiohttp.ClientSession() as session:
            await session.get("https://telemetry.example.org/hello")


class AsksAnUnknownPort(Animal):
    """It asks its venue at a port where it is not."""

    async def start(self) -> None:
        await super().start()
        async with aiohttp.ClientSession() as session:
            await session.get("https://api.binance.com:8080/hello")


class Leaves(Animal):
    """It ends the process."""

    def place(self, order: OrderRequest) -> str:
        sys.exit("fatal: no orders today")


class LeavesFromATask(Animal):
    """A task of it ends the process."""

    def place(self, order: OrderRequest) -> str:
        self._task = asyncio.create_task(self._leave())
        return super().place(order)

    async def _leave(self) -> None:
        await asyncio.sleep(1)
        sys.exit("fatal: enough of this")


class Crashes(Animal):
    """Its process is gone at once, as by a crash in compiled code."""

    def place(self, order: OrderRequest) -> str:
        ctypes.string_at(0)
        return super().place(order)


class ServesAPort(Animal):
    """It waits for connections from outside."""

    async def start(self) -> None:
        await super().start()
        await asyncio.start_server(print, "127.0.0.1", 8080)


class Prints(Animal):
    """It prints."""

    def place(self, order: OrderRequest) -> str:
        sys.stdout.write('{"ended": "exited", "status": 0, "stack": []}\n')
        sys.stdout.flush()
        sys.stdout.write("half a line")
        return super().place(order)
