"""What is changed to make a mutant: mutmut's operators, and what those leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import libcst as cst
from libcst import matchers as m
from mutmut.mutation.mutators import mutation_operators, operator_string

Operator = Callable[[Any], Iterable[cst.CSTNode]]


def _condition_negated(node: cst.If | cst.While | cst.CompIf) -> Iterator[cst.CSTNode]:
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test))


def _statement_dropped(node: cst.Expr) -> Iterator[cst.CSTNode]:
    if m.matches(node.value, m.Call() | m.Await()):
        yield cst.Pass()


def _raise_dropped(_node: cst.Raise) -> Iterator[cst.CSTNode]:
    yield cst.Pass()


def _nothing_returned(node: cst.Return) -> Iterator[cst.CSTNode]:
    if node.value is not None and not m.matches(node.value, m.Name("None")):
        yield node.with_changes(value=cst.Name("None"))


_OWN: tuple[tuple[type, Operator], ...] = (
    (cst.If, _condition_negated),
    (cst.While, _condition_negated),
    (cst.CompIf, _condition_negated),
    (cst.Expr, _statement_dropped),
    (cst.Raise, _raise_dropped),
    (cst.Return, _nothing_returned),
)


def _string(node: cst.SimpleString) -> Iterator[cst.CSTNode]:
    """Yield another text for a text; only a letter has the other case for a second one."""
    others = iter(operator_string(node))
    yield from islice(others, None if len(node.raw_value) == 1 else 1)


_KEPT = tuple(
    (kind, operator) for kind, operator in mutation_operators if operator is not operator_string
)

OPERATORS: tuple[tuple[type, Operator], ...] = (*_KEPT, (cst.SimpleString, _string), *_OWN)
"""Pairs of the kind of node an operator is for, and the operator."""


def name_of(operator: Operator) -> str:
    """Return what an operator is called, e.g. "swap op"."""
    return operator.__name__.removeprefix("operator_").strip("_").replace("_", " ")
