"""The same seed, the same recording, where blocks are taken back by chance."""

from __future__ import annotations

import pytest

from fillproof.harness.scenario import load, packaged_folder
from fillproof.harness.worker.launch import Job, Worker

BY_CHANCE = ("everything_by_chance", "reorganisations_by_chance")
CONNECTORS = ("reference", "reference:hyperliquid")
SEED = 3


def recorded(connector: str, scenario: str, hash_seed: int, seed: int = SEED) -> list[str]:
    """Return the recording of a process of its own."""
    document = load(packaged_folder() / "dex" / f"{scenario}.scenario.yaml").document()
    with Worker(connector, hash_seed) as worker:
        return worker.run(Job(document, seed))


@pytest.mark.parametrize("scenario", BY_CHANCE)
@pytest.mark.parametrize("connector", CONNECTORS)
def test_two_processes_record_the_same_reorganisations(connector: str, scenario: str) -> None:
    """Two processes with different hash seeds write the same recording, byte for byte."""
    first = recorded(connector, scenario, hash_seed=1)
    assert any('"reorganisation"' in line for line in first)
    assert first == recorded(connector, scenario, hash_seed=2)


def test_another_seed_reorganises_otherwise() -> None:
    """The seed alone decides: another one makes another chain."""
    scenario = BY_CHANCE[0]
    first = recorded("reference", scenario, hash_seed=1)
    assert first != recorded("reference", scenario, hash_seed=1, seed=SEED + 1)
