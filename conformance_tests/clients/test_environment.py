"""The clients under test are the releases, and a machine that cannot have them says so."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conformance_tests.clients import environment
from conformance_tests.clients.environment import CLIENTS, CONNECTOR, HUMMINGBOT, HYPERLIQUID
from conformance_tests.clients.playing import SOCKET, Client, check

from fillproof.harness.connectors import environments
from fillproof.harness.connectors.environments import BuildFailed
from fillproof.harness.connectors.hummingbot.environment import RELEASE
from fillproof.harness.connectors.unmodified import changed_files

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "library"),
    [
        (CLIENTS, "ccxt"),
        (CLIENTS, "python_binance"),
        (CLIENTS, "binance_sdk_spot"),
        (CLIENTS, "binance_common"),
        (CONNECTOR, "binance_connector"),
        (HYPERLIQUID, "hyperliquid_python_sdk"),
        (HUMMINGBOT, "hummingbot"),
    ],
)
def test_the_client_is_unmodified(name: str, library: str) -> None:
    """Every installed file of a client equals the RECORD of its release."""
    reason = environment.why_not_here(name)
    if reason is not None:
        pytest.skip(reason)
    assert changed_files(environment.site_packages(name), library) == []


def test_the_page_states_the_releases() -> None:
    """docs/clients.md names the clients with the versions that are pinned."""
    page = (environment.ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
    pins = "".join(path.read_text() for path in environment.PINS.glob("*.txt"))
    releases = re.findall(
        r"^((?:ccxt|python_binance|binance-\w+(?:-\w+)?|hyperliquid-python-sdk)==\S+)$",
        pins,
        re.MULTILINE,
    )
    assert releases
    assert [release for release in releases if f"`{release}`" not in page] == []
    assert f"`hummingbot=={RELEASE}`" in page


def test_an_environment_that_cannot_be_built_fails_the_test(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A machine without the clients fails with the command that failed; nothing is skipped."""
    monkeypatch.setenv("FILLPROOF_CACHE", str(tmp_path))
    (tmp_path / "nothing.txt").write_text("no-such-release==0\n")
    monkeypatch.setattr(environment, "PINS", tmp_path)

    def refuse(*command: str) -> None:
        raise BuildFailed(f"{command[-1]} is not to be had")

    monkeypatch.setattr(environments, "run", refuse)
    with pytest.raises(pytest.fail.Exception, match=r"nothing cannot be built here: .* to be had"):
        check(Client("any", "nothing", (SOCKET,), {}), SOCKET, "start")


@pytest.mark.parametrize(
    ("name", "compiler", "reason"),
    [
        (HUMMINGBOT, None, "a C++ compiler is needed (c++ or g++)"),
        (HUMMINGBOT, "/usr/bin/c++", None),
        (CLIENTS, None, None),
    ],
)
def test_only_a_machine_that_cannot_host_a_client_skips_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, compiler: str, reason: str
) -> None:
    """Hummingbot is built from its sdist, which takes a compiler; the others only need pip."""
    monkeypatch.setenv("FILLPROOF_CACHE", str(tmp_path))
    monkeypatch.setattr(shutil, "which", lambda _: compiler)
    assert environment.why_not_here(name) == reason


def test_what_is_whole_is_not_built_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also by a second process that had to wait while the first one built it."""
    monkeypatch.setenv("FILLPROOF_CACHE", str(tmp_path))
    monkeypatch.setattr(environments, "run", lambda *_: None)
    made: list[tuple[str, ...]] = []

    def equip(pip: tuple[str, ...]) -> None:
        made.append(pip)
        bin_folder = tmp_path / "any" / "bin"
        bin_folder.mkdir(parents=True)
        (bin_folder / "python").touch()

    pythons = [environments.Environment("any").made(equip) for _ in range(2)]
    assert pythons == [tmp_path / "any" / "bin" / "python"] * 2
    assert len(made) == 1


def test_what_was_left_half_built_is_built_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A build that was killed leaves a folder without its mark."""
    monkeypatch.setenv("FILLPROOF_CACHE", str(tmp_path))
    monkeypatch.setattr(environments, "run", lambda *_: None)
    half = tmp_path / "any" / "lib" / "half"
    half.mkdir(parents=True)
    environments.Environment("any").made(lambda _: (tmp_path / "any" / "bin").mkdir(parents=True))
    assert not half.exists()
