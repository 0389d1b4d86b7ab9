"""Refuses and names every attempt of the code under test to leave its world."""

from __future__ import annotations

import _thread
import sys
import threading
import types
from collections.abc import Callable
from typing import Any

from fillproof.simulator.universe import dispatch
from fillproof.simulator.universe.places import way_here

_REFUSED = {
    "socket.connect": "a real connection",
    "socket.bind": "a real listening socket",
    "socket.sendto": "a real datagram",
    "socket.sendmsg": "a real datagram",
    "socket.getaddrinfo": "a real name look-up",
    "socket.gethostbyname": "a real name look-up",
    "socket.gethostbyaddr": "a real name look-up",
    "subprocess.Popen": "a process",
    "os.system": "a process",
    "os.exec": "a process",
    "os.fork": "a process",
    "os.forkpty": "a process",
    "os.posix_spawn": "a process",
    "os.spawn": "a process",
    "_thread.start_new_thread": "a thread",
    "_thread.start_joinable_thread": "a thread",
}


class Escape(RuntimeError):
    """The code under test tried to leave its world; raised at the place where it tried."""


OnEscape = Callable[[str, tuple[str, ...]], None]


class EscapeDetector:
    """An audit hook (PEP 578): once installed it stays, and acts only while `watch` is on.

    `on_escape(message, way)` hears of each attempt before it is refused, and of the code that led
    to it, innermost last.
    """

    def __init__(self) -> None:
        self._on_escape: OnEscape | None = None
        sys.addaudithook(self._hook)
        if sys.version_info < (3, 12):
            _audit_threads()

    def watch(self, on_escape: OnEscape) -> None:
        """Refuse from now on."""
        self._on_escape = on_escape

    def rest(self) -> None:
        """Refuse nothing."""
        self._on_escape = None

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        what = _REFUSED.get(event)
        on_escape = self._on_escape
        if what is None or on_escape is None:
            return
        message = f"{what} ({' '.join((event, *_shown(arguments)))})"
        on_escape(message, way_here())
        raise Escape(f"{message} is not allowed in a sealed world")


def _shown(arguments: tuple[Any, ...]) -> tuple[str, ...]:
    """Show the plain arguments; objects would print their address."""
    plain = (str, int, tuple, list, bytes)
    words = ", ".join(repr(value) for value in arguments if value and isinstance(value, plain))
    return (words[:120],) if words else ()


def _audit_threads() -> None:
    """Raise the event with which Python 3.12 and later announce a new thread."""
    real = _thread.start_new_thread

    def start_new_thread(*arguments: Any) -> int:
        sys.audit("_thread.start_new_thread", *arguments)
        return real(*arguments)

    for module, name in (
        (_thread, "start_new_thread"),
        (_thread, "start_new"),
        (threading, "_start_new_thread"),
    ):
        setattr(module, name, start_new_thread)


def captured_originals(ignore: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return 'module.name' for each real clock or entropy source that a module still holds.

    Looks at module globals, class attributes and function defaults of everything imported.
    """
    originals = {id(value): name for name, value in dispatch.originals.items()}
    found = []
    for module_name, module in sorted(sys.modules.items()):
        names = getattr(module, "__dict__", None)
        if names is None or module_name in ignore or module_name == dispatch.__name__:
            continue
        for name, value in list(names.items()):
            found += [
                f"{module_name}.{place} holds the real {originals[id(real)]}"
                for place, real in _held(name, value, module_name)
                if id(real) in originals
            ]
    return tuple(found)


def _held(name: str, value: object, module_name: str) -> list[tuple[str, object]]:
    held: list[tuple[str, object]] = [(name, value)]
    if isinstance(value, types.FunctionType):
        held += [(f"{name}(default)", default) for default in value.__defaults__ or ()]
    elif isinstance(value, type) and value.__module__ == module_name:
        for attribute, inner in list(vars(value).items()):
            held.append((f"{name}.{attribute}", inner))
            if isinstance(inner, types.FunctionType):
                held += [(f"{name}.{attribute}(default)", d) for d in inner.__defaults__ or ()]
    return held
