"""The shape of the code is a rule like any other: size, banned calls, and what every file says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LONGEST_FUNCTION = 70
LONGEST_FILE = 400

CORE = (
    "simulator/vocabulary",
    "simulator/matching",
    "simulator/command_journal",
    "simulator/dialects",
    "harness/rules",
    "harness/history",
)
"""Where no float may carry a number, and nothing may look at a clock."""


def sources(*folders: str) -> list[Path]:
    """Return the Python files of the house, or of some rooms."""
    found: list[Path] = []
    for folder in folders or ("harness", "simulator", "conformance_tests"):
        found += sorted((ROOT / folder).rglob("*.py"))
    assert found
    return found


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_no_function_is_longer_than_a_screen() -> None:
    """A function that does not fit on a screen does more than one thing."""
    long = [
        place(path, node.lineno)
        for path in sources()
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_no_file_is_longer_than_can_be_held_in_the_head() -> None:
    """A crowded room is rebuilt, not filled further."""
    long = [
        str(path.relative_to(ROOT))
        for path in sources()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    """The first line of a file is its responsibility."""
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_test_states_its_rule() -> None:
    """The docstring of a test is the sentence that it proves."""
    silent = [
        place(path, node.lineno)
        for path in sources("conformance_tests")
        for node in functions(path)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_float_is_made_in_the_core() -> None:
    """Money, prices and quantities are exact: the core neither makes nor writes a float."""
    floats = [
        place(path, node.lineno)
        for path in sources(*CORE)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "float"
        )
    ]
    assert floats == []


def test_no_exception_is_swallowed_and_nothing_is_left_open() -> None:
    """An `except` that only passes hides what went wrong; a note to do later is never done."""
    hidden = [
        place(path, node.lineno)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and all(isinstance(n, ast.Pass) for n in node.body)
    ]
    marker = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "HA" + "CK")) + r")\b")
    left = [
        place(path, number)
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marker.search(line)
    ]
    assert hidden + left == []


@pytest.mark.parametrize("folder", ["scenarios", "harness/rules/pages", "docs"])
def test_no_page_names_a_place_on_somebodys_machine(folder: str) -> None:
    """What is published speaks of the project alone."""
    absolute = re.compile(r"(?<![\w.~$])/(?:home|root|tmp|work|Users)/")
    named = [
        place(path, number)
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".md", ".yaml"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if absolute.search(line)
    ]
    assert named == []
