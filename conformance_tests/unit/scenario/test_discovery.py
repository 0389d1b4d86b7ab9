"""Scenarios are found by file, folder, area and id."""

from __future__ import annotations

from pathlib import Path

import pytest

from fillproof.harness.scenario import (
    ScenarioError,
    discover,
    load,
    packaged_folder,
    scenario_id,
)

PACKAGED = packaged_folder()


def _make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("title: x\nsteps: [heal]\n")


def test_a_bare_id_names_a_packaged_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids and areas work in every folder, because the scenarios are packaged."""
    monkeypatch.chdir(tmp_path)
    assert discover(["partial_fills/one"]) == [PACKAGED / "partial_fills/one.scenario.yaml"]
    area = discover(["cancels"])
    assert {path.parent for path in area} == {PACKAGED / "cancels"}


def test_files_and_folders_are_found_once_and_sorted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However a file is named, it is run once; the order is that of the ids."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    _make(tmp_path, "b/two.scenario.yaml", "b/one.scenario.yaml", "a.scenario.yaml", "b/no.yaml")
    found = discover(["b", "a.scenario.yaml", str(tmp_path), "b/../b/two.scenario.yaml"])
    assert [scenario_id(path) for path in found] == ["a", "b/one", "b/two"]


def test_nothing_named_means_all_that_is_packaged() -> None:
    """Without names, every packaged scenario is meant."""
    assert len(discover()) == len(list(PACKAGED.rglob("*.scenario.yaml")))


def test_a_file_on_disk_goes_before_a_packaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies before the author is what was meant."""
    monkeypatch.chdir(tmp_path)
    _make(tmp_path, "cancels/mine.scenario.yaml")
    assert discover(["cancels"]) == [tmp_path / "cancels/mine.scenario.yaml"]
    assert discover(["cancels/mine"]) == [tmp_path / "cancels/mine.scenario.yaml"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("partial_fills/on", "did you mean partial_fills/one"),
        ("partial_fill", "did you mean partial_fills"),
        ("cancels/resting.yaml", "did you mean cancels/resting"),
    ],
)
def test_a_name_that_leads_nowhere_is_told_with_the_nearest(name: str, said: str) -> None:
    """The error names what was asked for and what is close to it."""
    with pytest.raises(ScenarioError) as caught:
        discover([name])
    assert str(caught.value).startswith(f"{name}: no such file, folder or packaged scenario;")
    assert said in str(caught.value)


def test_a_name_nearly_that_of_a_file_is_told_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies where it was looked for is nearer than what is packaged."""
    monkeypatch.chdir(tmp_path)
    _make(tmp_path, "cancels/one_fill.scenario.yaml")
    with pytest.raises(ScenarioError, match=r"did you mean cancels/one_fill\.scenario\.yaml\?"):
        discover(["cancels/one_fill.yaml"])


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    """A folder without scenarios is a wrong name, not an empty run."""
    with pytest.raises(ScenarioError, match=r"the folder has no \*\.scenario\.yaml in it"):
        discover([tmp_path])


def test_the_id_is_the_path_below_its_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is the package, else the project, else the folder of the file; whoever asks, and how."""
    (tmp_path / "pyproject.toml").touch()
    deep = tmp_path / "x/y"
    deep.mkdir(parents=True)
    for here, name in ((tmp_path, "x/y/mine.yaml"), (deep, "mine.yaml"), (deep, "../y/mine.yaml")):
        monkeypatch.chdir(here)
        assert scenario_id(name) == scenario_id(deep / "mine.yaml") == "x/y/mine"
    assert scenario_id(PACKAGED / "cancels/resting.scenario.yaml") == "cancels/resting"
    assert scenario_id("/elsewhere/far/a.scenario.yaml") == "a"


def test_two_files_of_one_id_are_refused(tmp_path: Path) -> None:
    """In reports and recordings neither could be told from the other."""
    _make(tmp_path, "a/mine.scenario.yaml", "b/mine.scenario.yaml")
    with pytest.raises(ScenarioError, match=r"b/mine\.scenario\.yaml: has the id mine, as .*/a/"):
        discover([tmp_path])


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A missing file is told by its name, without a line."""
    with pytest.raises(ScenarioError, match=r"none\.yaml: cannot be read: No such file"):
        load(tmp_path / "none.yaml")
