"""A slice of the count of faults by seed; and the whole catalogue is drawn so that it fires."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

import pytest
from conformance_tests.soak.drawn_faults import a_step, aim, disturbed, without
from conformance_tests.soak.faulted import Tally, cases, count
from conformance_tests.soak.moments import Life

from fillproof.harness.fuzz.abilities import still_document
from fillproof.harness.history import History, read_recording
from fillproof.harness.scenario import from_document
from fillproof.harness.scenario.faults import CATALOGUE, Fault
from fillproof.harness.scenario.values import NANOSECONDS
from fillproof.harness.worker.launch import Job, Worker

SEED, RUNS = 7, 45
_S = NANOSECONDS["s"]

STEPS: tuple[dict[str, Any], ...] = (
    {"op": "start"},
    {"op": "buy", "order": "a", "market": "BTC-USDT", "amount": "1", "price": "29000"},
    {"op": "wait", "for": 1 * _S},
    {"op": "trade", "order": "a", "amount": "0.4"},
    {"op": "rest", "market": "BTC-USDT", "side": "BUY", "amount": "1", "price": "28000"},
    {"op": "wait", "for": 30 * _S},
    {"op": "heal"},
    {"op": "amend", "order": "a", "amount": "0.9"},
    {"op": "cancel", "order": "a"},
)
KEYS = {"order_type": "LIMIT", "time_in_force": "GTC", "post_only": False, "good_for": None}


def document(*steps: dict[str, Any]) -> dict[str, Any]:
    """Return a scenario about the book of its market."""
    whole = [{**(KEYS if step["op"] == "buy" else {}), **step} for step in steps]
    numbered = [{**step, "line": line, "column": 1} for line, step in enumerate(whole, 1)]
    asked = {**still_document(), "requires": ["order_book"], "steps": numbered}
    return from_document(asked).document()


def lived(life: dict[str, Any]) -> History:
    """Return what became of the reference in it."""
    with Worker("reference") as worker:
        return read_recording(worker.run(Job(life, SEED)))


@cache
def calm() -> History:
    """Return a calm life."""
    return lived(document(*STEPS))


def drawn(fault: Fault, seed: int) -> Iterator[dict[str, Any]]:
    """Yield steps of a fault for the calm life, and before which step each stands."""
    life, dice = Life(document(*STEPS)["steps"], calm()), random.Random(seed)
    for _ in range(20):
        aimed = aim(fault, life, dice)
        if aimed is not None:
            yield {"before": aimed[0].index, **a_step(fault, aimed[1], dice)}


@pytest.mark.parametrize("fault", CATALOGUE, ids=lambda fault: fault.op)
def test_every_fault_of_the_catalogue_can_be_drawn(fault: Fault) -> None:
    """A new fault is drawn from its schema, or this says that nobody knows how."""
    steps = list(drawn(fault, SEED))
    assert steps
    for step in steps:
        step.pop("before")
        assert document({"op": "start"}, step)["steps"]


def test_what_a_heal_would_end_is_not_asked_for_before_it() -> None:
    """The only amend comes after the faults are healed: what is to meet it stands after that."""
    failing = next(fault for fault in CATALOGUE if fault.op == "fail")
    heal = [step["op"] for step in STEPS].index("heal")
    meets_it = [step for step in drawn(failing, 1) if step["channel"] == "amend_reply"]
    assert meets_it
    assert all(step["before"] > heal for step in meets_it)


def with_one_more(seed: int) -> dict[str, Any]:
    """Return the calm life with a fault."""
    return disturbed(document(*STEPS), calm(), random.Random(seed))


def test_a_fault_stands_where_time_passes_too() -> None:
    """A step that waits is parted, and its parts wait as long as it did."""
    waits = [
        [step["for"] for step in with_one_more(seed)["steps"][:-1] if step["op"] == "wait"]
        for seed in range(40)
    ]
    assert [one for one in waits if len(one) > 2 and sum(one) == 31 * _S]


def test_the_same_dice_draw_the_same_fault() -> None:
    """What was found once is found again."""
    assert with_one_more(SEED) == with_one_more(SEED)
    assert len(with_one_more(SEED)["steps"]) > len(STEPS)


def test_a_step_that_could_not_happen_is_left_out() -> None:
    """Only that one; where all could happen there is nothing to leave out."""
    too_many = {**STEPS[1], "order": "b", "amount": "9001"}
    impossible = document(*STEPS[:3], too_many, {**STEPS[3], "order": "b"}, STEPS[4])
    left = without(impossible, lived(impossible))
    assert left is not None
    assert [step["op"] for step in left["steps"]] == ["start", "buy", "wait", "buy", "rest"]
    assert without(document(*STEPS), calm()) is None


@pytest.mark.slow
def test_the_reference_keeps_every_rule_under_drawn_faults() -> None:
    """Nothing is wrong in a slice by seed, and nearly all faults that were drawn did fire."""
    tally = Tally()
    for finished in islice(cases(SEED, jobs=2), RUNS):
        count(tally, finished)
    assert tally.runs == RUNS
    assert tally.wrong == 0, str(tally)
    assert tally.in_vain <= RUNS / 8, str(tally)
    assert len(tally.fired) > len(CATALOGUE) / 2, tally.table()


def test_the_table_says_what_never_fired() -> None:
    """A fault that met nothing in the whole count is a hole in it."""
    tally = Tally()
    tally.asked["lag"] = tally.met["lag"] = tally.fired["lag"] = 1
    tally.asked["drop"] = 2
    lines = {line.split()[0]: line for line in tally.table().splitlines()}
    assert not lines["lag"].endswith("NEVER FIRED")
    assert lines["drop"].endswith("NEVER FIRED")
    assert "drop" in tally.never_fired
