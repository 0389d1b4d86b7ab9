"""Which lines of a module run: its statements, each marked by its first line."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

MARK = "__ran__"
"""What a marked module calls with the line of each statement, just before that runs."""


def line_that_runs(code: str) -> Mapping[int, int]:
    """Return, for each line, the first line of the innermost statement that it belongs to."""
    found: dict[int, int] = {}
    # Who is walked to later lies further within.
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.stmt) and not _is_silent(node):
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                found[line] = node.lineno
    return found


def marked(code: str) -> ast.Module:
    """Return a module that says which of its statements run."""
    tree = ast.parse(code)
    for node in list(ast.walk(tree)):
        for _, held in ast.iter_fields(node):
            if isinstance(held, list) and any(isinstance(one, ast.stmt) for one in held):
                held[:] = [part for one in held for part in _marked(one)]
    return ast.fix_missing_locations(tree)


def _marked(one: ast.stmt) -> Iterator[ast.stmt]:
    if not _is_silent(one):
        (mark,) = ast.parse(f"{MARK}({one.lineno})").body
        yield ast.copy_location(mark, one)
    yield one


def _is_silent(node: ast.stmt) -> bool:
    """True for a docstring, and for what must stand before all else of a module."""
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or (isinstance(node, ast.ImportFrom) and node.module == "__future__")
