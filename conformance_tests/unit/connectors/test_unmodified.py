"""A connector is the release only when every installed file equals the release's RECORD."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from fillproof.harness.connectors.unmodified import NotInstalled, changed_files


def install(site: Path, files: dict[str, bytes]) -> None:
    """Lay out a package as pip does."""
    rows = []
    for name, content in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(content)}")
    folder = site / "lib-1.0.dist-info"
    folder.mkdir()
    (folder / "RECORD").write_text("\n".join([*rows, "lib-1.0.dist-info/RECORD,,", ""]))


def test_an_untouched_package_is_the_release(tmp_path: Path) -> None:
    """Nothing differs from what was released."""
    install(tmp_path, {"lib/__init__.py": b"", "lib/orders.py": b"x = 1\n"})

    assert changed_files(tmp_path, "lib") == []


def test_a_changed_and_a_missing_file_are_named(tmp_path: Path) -> None:
    """One edited line is enough for the verdict to be of something else."""
    install(tmp_path, {"lib/__init__.py": b"", "lib/orders.py": b"x = 1\n", "lib/fees.py": b""})
    (tmp_path / "lib/orders.py").write_bytes(b"x = 2\n")
    (tmp_path / "lib/fees.py").unlink()

    assert changed_files(tmp_path, "lib") == ["lib/orders.py", "lib/fees.py"]


def test_a_package_that_is_not_there_is_named(tmp_path: Path) -> None:
    """There is nothing to compare, and the message says where it was looked for."""
    with pytest.raises(NotInstalled, match="lib is not installed in"):
        changed_files(tmp_path, "lib")
