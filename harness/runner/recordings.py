"""Saves recordings below a folder, and reads them again."""

from __future__ import annotations

import re
from pathlib import Path

from fillproof.harness.runner.cases import Case
from fillproof.harness.runner.determinism import recording_bytes


def recording_path(folder: Path, case: Case) -> Path:
    """Return `folder/CONNECTOR/SCENARIO.jsonl`; what no file name should hold becomes `_`."""
    connector, *parts = (
        re.sub(r"[^\w.+-]", "_", part) for part in (case.connector, *case.scenario.split("/"))
    )
    return folder.joinpath(connector, *parts[:-1], f"{parts[-1]}.jsonl")


def save_recording(folder: Path, case: Case, lines: tuple[str, ...]) -> Path:
    """Write the recording of a case and return where; raises OSError."""
    path = recording_path(folder, case)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(recording_bytes(lines))
    return path
