"""Refuses and names every attempt of the code under test to leave its world."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any

from fillproof.simulator.universe import dispatch
from fillproof.simulator.universe.bounds import short_path

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


class EscapeDetector:
    """An audit hook (PEP 578): once installed it stays, and acts only while `watch` is on.

    `on_escape(message, call_site)` hears of each attempt before it is refused.
    """

    def __init__(self) -> None:
        self._on_escape: Callable[[str, str], None] | None = None
        sys.addaudithook(self._hook)

    def watch(self, on_escape: Callable[[str, str], None]) -> None:
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
        message = f"{what} ({event} {_shown(arguments)})"
        site = call_site()
        on_escape(message, site)
        raise Escape(f"{message} is not allowed in a sealed world, at {site}")


def _shown(arguments: tuple[Any, ...]) -> str:
    """Show the plain arguments; objects would print their address."""
    plain = [
        repr(a) for a in arguments if isinstance(a, (str, int, tuple, list, bytes, type(None)))
    ]
    return ", ".join(plain)[:120]


def call_site() -> str:
    """Return file:line of the innermost frame that is neither Python's own nor Fillproof's."""
    frame: types.FrameType | None = sys._getframe(1)  # noqa: SLF001 - there is no other way
    while frame is not None:
        path = frame.f_code.co_filename
        if not _is_ours_or_pythons(path):
            return f"{short_path(path)}:{frame.f_lineno} in {frame.f_code.co_qualname}"
        frame = frame.f_back
    return "an unknown place"


def _is_ours_or_pythons(path: str) -> bool:
    if "/site-packages/" in path:
        return "/fillproof/" in path
    return (
        path.startswith("<frozen")
        or "/lib/python3" in path
        or "/simulator/universe/" in path
        or "/fillproof/simulator/" in path
    )


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
