"""What is probed: each a scenario with one number left open, a file each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from fillproof.harness.scenario import parse

OPEN = "OPEN"
"""Stands in a scenario's text for the number that is probed."""

_MILLISECOND = 1_000_000
_SECOND = 1000 * _MILLISECOND
_DELAYS = (0, 0.25, 0.5, 1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 200)
_COUNTS = tuple(range(9))
_GRIDS = {
    "delay": (tuple(round(seconds * 1000) for seconds in _DELAYS), "ms"),
    "count": (_COUNTS, ""),
}


@dataclass(frozen=True, slots=True)
class Probe:
    """One question: up to which number a connector behaves as it does at the least one.

    `axis` is "delay" (in virtual milliseconds) or "count". `text` is the YAML of a scenario with
    OPEN for the number.
    """

    name: str
    question: str
    axis: str
    text: str

    @property
    def grid(self) -> tuple[int, ...]:
        """The numbers that are asked first."""
        return _GRIDS[self.axis][0]

    @property
    def unit(self) -> str:
        """What is written behind a number."""
        return _GRIDS[self.axis][1]

    def document(self, number: int) -> Mapping[str, Any]:
        """Return the normalised scenario for one number; at 0 the steps with OPEN are left out."""
        lines = self.text.splitlines()
        if number == 0:
            lines = [line for line in lines if not re.search(rf"\b{OPEN}\b", line)]
        text = re.sub(rf"\b{OPEN}\b", f"{number}{self.unit}", "\n".join(lines))
        name = f"cliffs/{self.name}-{number}{self.unit}"
        return parse(text, name=name, identity=name).document()


def packaged_probes() -> tuple[Probe, ...]:
    """Return all probes, by name."""
    folder = files(__package__)
    paths = sorted(path.name for path in folder.iterdir() if path.name.endswith(".yaml"))
    return tuple(_read(name, folder.joinpath(name).read_text(encoding="utf-8")) for name in paths)


def _read(file: str, text: str) -> Probe:
    head, _, scenario = text.partition("\n---\n")
    written = yaml.safe_load(head)
    return Probe(file.removesuffix(".yaml"), written["question"], written["axis"], scenario)
