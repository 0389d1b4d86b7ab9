"""The top-level folders install as one package, whole, and under no other name."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

import fillproof

ROOT = Path(__file__).parents[3]
FOLDERS = ("harness", "simulator", "scenarios")


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_package_holds_a_relative_link_to_each_folder(folder: str) -> None:
    """A checkout that wrote the links as text files cannot be installed; see CONTRIBUTING.md."""
    link = ROOT / "src" / "fillproof" / folder

    assert link.is_symlink(), f"{link} is no link: git config core.symlinks true"
    assert link.readlink() == Path("..") / ".." / folder


def test_every_data_file_travels_with_the_package() -> None:
    """A file that no pattern of package-data matches is missing from the wheel."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["*"]
    left = [
        str(path.relative_to(ROOT))
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and path.suffix not in {".py", ".pyc"}
        and not any(path.match(pattern.removeprefix("**/")) for pattern in patterns)
    ]
    assert left == []


def test_every_folder_with_modules_is_a_package() -> None:
    """A folder without __init__.py is left out of the wheel."""
    bare = [
        str(folder.relative_to(ROOT))
        for name in ("harness", "simulator")
        for folder in {path.parent for path in (ROOT / name).rglob("*.py")}
        if not (folder / "__init__.py").exists()
    ]
    assert bare == []


def test_the_parts_have_one_name_only() -> None:
    """`import harness` would make a second copy of every class."""
    assert not [name for name in FOLDERS if name in sys.modules]
    assert fillproof.__version__ == _declared_version()


def _declared_version() -> str:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(settings["project"]["version"])
