"""The words that a dialect's source writes, and its syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path


class Source:
    """The source of a dialect, by its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _trees(self) -> tuple[ast.Module, ...]:
        paths = sorted(self._folder.rglob("*.py"))
        trees = tuple(ast.parse(path.read_text(encoding="utf-8")) for path in paths)
        read = {name for tree in trees for name in _names_read(tree)}
        for tree in trees:
            tree.body = [one for one in tree.body if _is_read(one, read)]
            for node in ast.walk(tree):
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                    node.body = [one for one in node.body if not _is_text(one)]
        return trees

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(
            node.value
            for tree in self._trees
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )

    def trees(self) -> tuple[ast.Module, ...]:
        """Return it without what says nothing: docstrings, and constants nobody reads."""
        return self._trees

    def words(self) -> frozenset[str]:
        """Return every text that it writes, but for its docstrings."""
        return self._words

    def keys_in(self, names: str) -> set[str]:
        """Return those of some names that it writes."""
        return {name for name in names.split() if name in self._words}


def _names_read(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def _is_read(statement: ast.stmt, read: set[str]) -> bool:
    """Return whether a statement is more than a constant that nothing else uses."""
    if not isinstance(statement, ast.Assign):
        return True
    return any(not isinstance(one, ast.Name) or one.id in read for one in statement.targets)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
