"""The reference with one module exchanged, and the reference that says which of its lines ran.

Each is made in the child that lives one world: there the reference's modules are imported anew,
so that nothing of a mutant is left for the next.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

from fillproof.harness.connectors import reference
from fillproof.harness.connectors.protocol import Adapter, Host

# What the reference stands on is imported once, before any world is forked.
from fillproof.harness.connectors.reference import adapter as _standing  # noqa: F401

VARIABLE = "FILLPROOF_MUTANT"
"""Names the file that says what to exchange: JSON with `module` and `source`."""

LINES = "lines"
"""What the lines that ran are called in the recording."""

_PACKAGE = reference.__name__
_FOLDER = str(Path(reference.__file__).parent)


class _Exchanged(SourceFileLoader):
    """Loads a module from another source, under its own name and path."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        """Compile the other source."""
        return compile(self._source, self.path, "exec")


class _Finder(MetaPathFinder):
    def __init__(self, module: str, source: str) -> None:
        self._name = f"{_PACKAGE}.{module}"
        self._loader = _Exchanged(self._name, f"{_FOLDER}/{module}.py", source)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the other source for the one module."""
        return spec_from_loader(fullname, self._loader) if fullname == self._name else None


def mutated(host: Host) -> Adapter:
    """Return the reference with the module exchanged that the file names."""
    wanted = json.loads(Path(os.environ[VARIABLE]).read_text(encoding="utf-8"))
    sys.meta_path.insert(0, _Finder(wanted["module"], wanted["source"]))
    return _anew()(host)


def traced(host: Host) -> Adapter:
    """Return the reference; when it stops it records which of its lines ran."""
    ran: dict[str, set[int]] = defaultdict(set)

    def of_a_frame(frame: FrameType, *_: Any) -> Any:
        if not frame.f_code.co_filename.startswith(_FOLDER):
            return None
        ran[Path(frame.f_code.co_filename).stem].add(frame.f_lineno)
        return of_a_frame

    sys.settrace(of_a_frame)
    adapter = _anew()(host)
    stop = adapter.stop

    async def stop_and_say() -> None:
        await stop()
        host.raw(LINES, {file: sorted(lines) for file, lines in sorted(ran.items())})

    adapter.stop = stop_and_say  # type: ignore[method-assign]
    return adapter


def _anew() -> Callable[[Host], Adapter]:
    for name in [name for name in sys.modules if f"{name}.".startswith(f"{_PACKAGE}.")]:
        del sys.modules[name]
    made: Callable[[Host], Adapter] = importlib.import_module(
        f"{_PACKAGE}.adapter"
    ).ReferenceAdapter
    return made
