"""Lifecycles drawn by Hypothesis, shrunk and saved as scenarios."""

from fillproof.harness.fuzz.abilities import CannotFuzz
from fillproof.harness.fuzz.campaign import Search, fuzz
from fillproof.harness.fuzz.events import (
    FailureFound,
    FuzzEvent,
    FuzzFinished,
    FuzzStarted,
    RunJudged,
    Shrunk,
)
from fillproof.harness.fuzz.saving import FOLDER, save_finding
from fillproof.harness.fuzz.shrinker import Unrepeatable

__all__ = [
    "FOLDER",
    "CannotFuzz",
    "FailureFound",
    "FuzzEvent",
    "FuzzFinished",
    "FuzzStarted",
    "RunJudged",
    "Search",
    "Shrunk",
    "Unrepeatable",
    "fuzz",
    "save_finding",
]
