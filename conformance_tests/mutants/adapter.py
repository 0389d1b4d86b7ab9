"""The references with one module exchanged, and the references that say which lines ran.

The connector of a DEX stands on the modules of the other one. Each is made in the child that lives
one world: there the changed module, and all that stand on it, are imported anew, so that nothing of
a mutant is left for the next.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from conformance_tests.mutants.lines import MARK, marked

from fillproof.harness.connectors import reference, reference_dex
from fillproof.harness.connectors.protocol import About, Adapter, Host

# What the references stand on is imported once, before any world is forked.
from fillproof.harness.connectors.reference.adapter import ReferenceAdapter
from fillproof.harness.connectors.reference_dex.adapter import ReferenceDexAdapter

VARIABLE = "FILLPROOF_MUTANT"
"""Names the file that says what to exchange: JSON with `module` and `source`."""

LINE = "line"
"""What a line that ran is called in the recording."""

Names = Mapping[str, Any]

FOLDER = Path(reference.__file__).parent
_PACKAGE = reference.__name__

_MARKED: Mapping[str, CodeType] = {
    path.stem: compile(marked(path.read_text(encoding="utf-8")), str(path), "exec")
    for path in sorted(FOLDER.glob("*.py"))
}


def _imports(path: Path) -> Iterator[str]:
    """Yield what a module imports, and each name from it: that may be a module, too."""
    for found in re.finditer(r"^from (\S+) import (.*)$", path.read_text("utf-8"), re.MULTILINE):
        module, names = found.groups()
        yield module
        yield from (f"{module}.{name.strip()}" for name in names.split(","))


_IMPORTS: Mapping[str, frozenset[str]] = {
    f"{package.__name__}.{path.stem}": frozenset(_imports(path))
    for package in (reference, reference_dex)
    for path in sorted(Path(str(package.__file__)).parent.glob("*.py"))
}
"""What each module of theirs imports, by its name."""


class _Loader(SourceFileLoader):
    """Loads a module from other code, under its own name and path."""

    def __init__(self, name: str, path: str, code: CodeType, given: Names) -> None:
        super().__init__(name, path)
        self._code = code
        self._given = given

    def get_code(self, fullname: str) -> CodeType:
        """Return the other code."""
        return self._code

    def exec_module(self, module: ModuleType) -> None:
        """Run it, with the names that it is given."""
        vars(module).update(self._given)
        super().exec_module(module)


class _Finder(MetaPathFinder):
    """Finds modules of the reference for which `code` returns other code, and names to give it."""

    def __init__(self, code: Callable[[str], tuple[CodeType, Names] | None]) -> None:
        self._code = code

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load a module, None for one that stays as it is."""
        package, _, module = fullname.rpartition(".")
        found = self._code(module) if package == _PACKAGE else None
        if found is None:
            return None
        return spec_from_loader(fullname, _Loader(fullname, str(FOLDER / f"{module}.py"), *found))


@dataclass(frozen=True, slots=True)
class _Made:
    """Makes adapters of one class, in one of two ways."""

    of: type[Adapter]
    make: Callable[[type[Adapter], Host], Adapter]

    @property
    def about(self) -> About:
        """What the class says of itself."""
        return self.of.about

    def __call__(self, host: Host) -> Adapter:
        return self.make(self.of, host)


def _mutated(of: type[Adapter], host: Host) -> Adapter:
    """Return the adapter of a connector with the module exchanged that the file names."""
    wanted = json.loads(Path(os.environ[VARIABLE]).read_text(encoding="utf-8"))
    module = wanted["module"]
    code = compile(wanted["source"], str(FOLDER / f"{module}.py"), "exec")
    sys.meta_path.insert(0, _Finder({module: (code, {})}.get))
    return _anew(of, standing_on(f"{_PACKAGE}.{module}"))(host)


def _traced(of: type[Adapter], host: Host) -> Adapter:
    """Return the adapter; each line of the reference is recorded as it runs for the first time."""
    ran: set[tuple[str, int]] = set()

    def marking(module: str) -> tuple[CodeType, Names]:
        def mark(line: int) -> None:
            if (module, line) not in ran:
                ran.add((module, line))
                host.raw(LINE, [module, line])

        return _MARKED[module], {MARK: mark}

    sys.meta_path.insert(0, _Finder(marking))
    return _anew(of, _IMPORTS.keys())(host)


def standing_on(changed: str) -> frozenset[str]:
    """Return a module and all that import it, or what does: what else need not be made anew."""
    found = {changed}
    while more := {name for name, uses in _IMPORTS.items() if uses & found} - found:
        found |= more
    return frozenset(found)


def _anew(of: type[Adapter], modules: Iterable[str]) -> Callable[[Host], Adapter]:
    for name in modules:
        package, _, module = name.rpartition(".")
        sys.modules.pop(name, None)
        vars(sys.modules[package]).pop(module, None)  # `from package import module` looks there
    made: Callable[[Host], Adapter] = getattr(importlib.import_module(of.__module__), of.__name__)
    return made


mutated = _Made(ReferenceAdapter, _mutated)
traced = _Made(ReferenceAdapter, _traced)
mutated_dex = _Made(ReferenceDexAdapter, _mutated)
traced_dex = _Made(ReferenceDexAdapter, _traced)
