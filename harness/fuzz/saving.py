"""Saves what was found as a scenario that anybody can run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fillproof.harness.fuzz.building import fingerprint
from fillproof.harness.runner import CaseFinished
from fillproof.harness.scenario import SUFFIX, to_yaml

FOLDER = Path("fillproof-findings")
"""Where findings are saved unless another folder is named."""


def save_finding(finished: CaseFinished, what: str, folder: Path = FOLDER) -> CaseFinished:
    """Write `folder/WHAT-DIGEST.scenario.yaml`, and return the case as one of that file.

    The same scenario has the same name. Raises OSError.
    """
    document = finished.case.document
    path = folder / f"{what}-{fingerprint(document)}{SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_yaml(document), encoding="utf-8")
    return replace(finished, case=replace(finished.case, given=str(path)))
