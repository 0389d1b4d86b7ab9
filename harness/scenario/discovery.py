"""Finds scenarios: files, folders, and the ids of those that are packaged."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import fillproof.scenarios
from fillproof.harness.scenario.mistakes import Mistake, ScenarioError

SUFFIX = ".scenario.yaml"

_OF_A_PROJECT = (".git", "pyproject.toml")
"""What lies in the top folder of a project."""


def packaged_folder() -> Path:
    """Return the folder of the scenarios that come with Fillproof."""
    return Path(str(fillproof.scenarios.__file__)).resolve().parent


def discover(paths: Iterable[str | Path] = ()) -> list[Path]:
    """Return the files of all named scenarios, each once, sorted by id; all packaged ones if none.

    A name is a file (its suffix may be left out), a folder, or the id or area of packaged scenarios
    ("partial_fills/one", "partial_fills"). Raises ScenarioError for a name that leads nowhere, and
    for two files of one id: neither could be told from the other.
    """
    files = {file for name in (tuple(paths) or (packaged_folder(),)) for file in _files(Path(name))}
    by_id: dict[str, Path] = {}
    for file in sorted(files):
        other = by_id.setdefault(scenario_id(file), file)
        if other is not file:
            text = f"has the id {scenario_id(file)}, as {other} has; rename one, or run them apart"
            raise ScenarioError(str(file), [Mistake(0, 0, text)])
    return [by_id[identity] for identity in sorted(by_id)]


def scenario_id(path: str | Path) -> str:
    """Return the id of a scenario: its path below its home, without the suffix.

    Its home is the packaged folder, the project that it is in, or the folder that it is in: neither
    the current folder nor how it was named changes the id, nor where the project lies.
    """
    whole = Path(path).resolve()
    text = whole.relative_to(_home(whole)).as_posix()
    return text.removesuffix(SUFFIX).removesuffix(".yaml").removesuffix(".yml")


def _home(file: Path) -> Path:
    if file.is_relative_to(packaged_folder()):
        return packaged_folder()
    return next(filter(_is_project, file.parents), file.parent)


def _is_project(folder: Path) -> bool:
    return any((folder / mark).exists() for mark in _OF_A_PROJECT)


def _files(name: Path) -> list[Path]:
    for place in (name, packaged_folder() / name):
        if place.is_dir():
            return _below(place, name)
        for file in (place, Path(f"{place}{SUFFIX}")):
            if file.is_file():
                return [file.resolve()]
    raise ScenarioError(str(name), [Mistake(0, 0, _nowhere(name))])


def _below(folder: Path, name: Path) -> list[Path]:
    found = [path.resolve() for path in folder.rglob(f"*{SUFFIX}")]
    if not found:
        raise ScenarioError(str(name), [Mistake(0, 0, f"the folder has no *{SUFFIX} in it")])
    return found


def _nowhere(name: Path) -> str:
    """Return what is near: beside where a file was looked for, else among what is packaged."""
    beside = [str(path) for path in name.parent.glob(f"*{SUFFIX}")]
    near = get_close_matches(str(name), beside, n=3, cutoff=0.5)
    if not near:
        ids = [scenario_id(path) for path in packaged_folder().rglob(f"*{SUFFIX}")]
        known = sorted({*ids, *(one.rpartition("/")[0] for one in ids)})
        near = get_close_matches(name.as_posix(), known, n=3, cutoff=0.5)
    hint = f" did you mean {' or '.join(near)}?" if near else ""
    return f"no such file, folder or packaged scenario;{hint} `fillproof list` shows all"
