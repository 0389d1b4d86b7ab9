"""Mutants: the reference connector's code with one thing changed in one place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import libcst as cst
from conformance_tests.mutants.adapter import FOLDER
from conformance_tests.mutants.lines import line_that_runs
from conformance_tests.mutants.operators import OPERATORS, name_of
from libcst import matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider

FILES = (
    "order",
    "afterlife",
    "ticket",
    "written",
    "ledger",
    "journal",
    "in_flight",
    "changes",
    "caretaker",
    "base",
    "connector",
    "decode",
    "facts",
    "balances",
    "refusals",
    "trading_rules",
    "api",
)
"""The modules of the reference that decide what is asked of the venue and what is told."""

_NEVER_RUN = m.Call(func=m.Attribute(value=m.Name("_log"))) | m.Call(
    func=m.Attribute(value=m.Name("logging"))
)
"""What is written to a log is for people: no rule reads it."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Names a mutant, whatever else is written in its file.

    `line` is the source line on which the change begins, without its indent; `number` counts
    mutants that are alike in all else.
    """

    file: str
    function: str
    line: str
    operator: str
    was: str
    becomes: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: `at` the line of the statement it is in, `index` its place in the file.

    `near` are the lines where it shows: its function's, or those that name what is changed.
    """

    key: Key
    at: int
    near: frozenset[int]
    index: int

    @property
    def module(self) -> str:
        """The module that is changed, below the reference's package."""
        return self.key.file

    @property
    def source(self) -> str:
        """The source of the module with the change made."""
        found = _changes(self.key.file)
        one = found.changes[self.index]
        changed = found.module.deep_replace(one.node, one.becomes)
        assert isinstance(changed, cst.Module), "a change is inside of the module"
        return changed.code


@dataclass(frozen=True, slots=True)
class _Change:
    node: cst.CSTNode
    becomes: cst.CSTNode
    operator: str
    function: str
    at: int
    within: range
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Changes:
    module: cst.Module
    changes: tuple[_Change, ...]


@cache
def mutants(files: tuple[str, ...] = FILES) -> tuple[Mutant, ...]:
    """Return every mutant there is of some files, file by file."""
    return tuple(mutant for file in files for mutant in _mutants_of(file))


def drawn(count: int, seed: int) -> tuple[Mutant, ...]:
    """Return so many mutants, the same for the same seed.

    Each has its own lot, so that code which is written elsewhere draws no others.
    """
    return tuple(sorted(mutants(), key=lambda one: _lot(one.key, seed))[:count])


def _lot(key: Key, seed: int) -> bytes:
    return sha256(f"{seed} {key}".encode()).digest()


def _mutants_of(file: str) -> Iterator[Mutant]:
    found = _changes(file)
    lines = found.module.code.splitlines()
    runs_at = line_that_runs(found.module.code)
    alike: Counter[tuple[str, ...]] = Counter()
    for index, one in enumerate(found.changes):
        words = (
            one.function,
            lines[one.at - 1].strip(),
            one.operator,
            _text(found.module, one.node),
            _text(found.module, one.becomes),
        )
        alike[words] += 1
        key = Key(file, *words, number=alike[words])
        yield Mutant(key, runs_at[one.at], _near(one, lines), index)


def _near(one: _Change, lines: Sequence[str]) -> frozenset[int]:
    """Return the lines of its function, or those that name what a class or the module states."""
    if not one.names:
        return frozenset(one.within)
    named = re.compile(rf"\b({'|'.join(sorted(one.names))})\b")
    return frozenset(number for number, line in enumerate(lines, 1) if named.search(line))


def _text(module: cst.Module, node: cst.CSTNode) -> str:
    return " ".join(module.code_for_node(node).split())


@cache
def _changes(file: str) -> _Changes:
    code = (FOLDER / f"{file}.py").read_text(encoding="utf-8")
    wrapped = MetadataWrapper(cst.parse_module(code), unsafe_skip_copy=True)
    visitor = _Visitor()
    wrapped.visit(visitor)
    return _Changes(wrapped.module, tuple(visitor.changes))


class _Visitor(cst.CSTVisitor):
    """Finds every change; leaves out what never runs, and what is only for people."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[_Change] = []
        self._within: list[tuple[str, range, bool]] = [("", range(0), False)]
        self._names: frozenset[str] = frozenset()

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Note the changes of a node; False when nothing below it is to be changed."""
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom):
            return False
        if m.matches(node, _NEVER_RUN) or m.matches(node, m.Expr(_NEVER_RUN)):
            return False
        if m.matches(node, m.Assign(value=_NEVER_RUN)):
            return False
        position = self.get_metadata(PositionProvider, node, None)
        if position is None:
            return True
        self._enter(node, range(position.start.line, position.end.line + 1))
        self._note(node, position.start.line)
        return True

    def _enter(self, node: cst.CSTNode, lines: range) -> None:
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            outer, _, in_function = self._within[-1]
            name = f"{outer}.{node.name.value}" if outer else node.name.value
            is_function = in_function or isinstance(node, cst.FunctionDef)
            self._within.append((name, lines, is_function))
        if isinstance(node, cst.Assign | cst.AnnAssign) and not self._within[-1][2]:
            self._names = frozenset(_names_in(node))

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Leave a function, a class or what one states."""
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._within.pop()
        if isinstance(original_node, cst.Assign | cst.AnnAssign):
            self._names = frozenset()

    def _note(self, node: cst.CSTNode, at: int) -> None:
        function, within, _ = self._within[-1]
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                for becomes in operator(node):
                    self.changes.append(
                        _Change(
                            node=node,
                            becomes=becomes,
                            operator=name_of(operator),
                            function=function,
                            at=at,
                            within=within,
                            names=self._names,
                        )
                    )


def _names_in(node: cst.Assign | cst.AnnAssign) -> Iterator[str]:
    targets = node.targets if isinstance(node, cst.Assign) else [node]
    for one in targets:
        if isinstance(one.target, cst.Name):
            yield one.target.value
