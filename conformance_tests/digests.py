"""Whether one seed gives one recording, in whichever process and under whichever hash seed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fillproof.harness.fuzz.abilities import abilities_of
from fillproof.harness.fuzz.building import build
from fillproof.harness.fuzz.drawing import draw
from fillproof.harness.fuzz.strategies import plans
from fillproof.harness.runner.determinism import digest
from fillproof.harness.worker.launch import Job, Worker

SEED = 7
Document = Mapping[str, Any]


def drawn_documents(connector: str, count: int) -> tuple[Document, ...]:
    """Return the longest of the scenarios that are drawn first for a connector."""
    with Worker(connector) as worker:
        drawn = draw(plans(abilities_of(worker, SEED)), SEED, 10 * count)
    documents = (build(plan, f"fuzz seed {SEED}") for plan in drawn)
    by_length = sorted(documents, key=lambda document: len(document["steps"]), reverse=True)
    return tuple(by_length[:count])


def digests(
    connector: str, documents: Sequence[Document], hash_seeds: Iterable[int], jobs: int
) -> Iterator[tuple[str, ...]]:
    """Yield, for each hash seed, what a process of its own records of each document."""

    def of_a_process(hash_seed: int) -> tuple[str, ...]:
        with Worker(connector, hash_seed=hash_seed) as worker:
            return tuple(digest(worker.run(Job(document, SEED))) for document in documents)

    with ThreadPoolExecutor(jobs) as threads:
        yield from threads.map(of_a_process, hash_seeds)
