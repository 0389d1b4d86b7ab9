"""Plans are drawn from a seed, and only what a connector promises is drawn."""

from __future__ import annotations

import pytest
from conformance_tests.unit.fuzz.pretended import EVERYTHING, NOTHING

from fillproof.harness.fuzz.building import build
from fillproof.harness.fuzz.drawing import batch_seed, draw, shrink
from fillproof.harness.fuzz.moves import (
    Amend,
    Cancel,
    Desk,
    DeskAmend,
    DeskCancel,
    Place,
    Plan,
    Replace,
    Trade,
)
from fillproof.harness.fuzz.strategies import plans
from fillproof.harness.scenario import from_document, parse, to_yaml

DRAWN = draw(plans(EVERYTHING), 7, 30)


def test_one_seed_draws_one_sequence() -> None:
    """The same seed draws the same plans in the same order; another draws others."""
    strategy = plans(EVERYTHING)
    assert draw(strategy, 7, 5) == draw(strategy, 7, 5)
    assert draw(strategy, 8, 5) != draw(strategy, 7, 5)
    assert len({batch_seed(seed, batch) for seed in range(9) for batch in range(9)}) == 81


@pytest.mark.parametrize("drawn", DRAWN[::2])
def test_a_drawn_scenario_is_right(drawn: Plan) -> None:
    """It loads as a document, and written as YAML it loads as the same scenario."""
    document = build(drawn, "fuzz seed 7")
    scenario = from_document(document)
    assert scenario.document() == document
    again = parse(to_yaml(document), name="drawn", identity=scenario.id).document()
    assert again["venue"] == document["venue"]
    assert [_bare(step) for step in again["steps"]] == [_bare(step) for step in document["steps"]]


def _bare(step: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in step.items() if key not in ("line", "column")}


def test_only_what_is_promised_is_drawn() -> None:
    """A connector that promises nothing is given limit orders on a centralised venue."""
    for drawn in draw(plans(NOTHING), 7, 10):
        kinds = {move.act.kind for move in drawn.moves if isinstance(move.act, Place)}
        assert kinds == {"GTC"}
        assert not any(isinstance(move.act, Amend | Replace) for move in drawn.moves)
        assert not drawn.decentralised
    assert any(drawn.decentralised for drawn in DRAWN)
    acts = [move.act for drawn in DRAWN for move in drawn.moves]
    assert {Amend, Replace, Desk, DeskCancel, DeskAmend} <= {type(act) for act in acts}
    kinds = {act.kind for act in acts if isinstance(act, Place)}
    assert any(kind.startswith("STOP_LOSS") for kind in kinds)
    assert any(kind.startswith("TAKE_PROFIT") for kind in kinds)


def test_hypothesis_shrinks_a_plan_to_what_matters() -> None:
    """The smallest plan with a trade and a cancel has an order, a trade, a cancel, and no more."""
    strategy = plans(EVERYTHING)

    def fails(candidate: Plan) -> bool:
        acts = [type(move.act) for move in candidate.moves]
        return Trade in acts and Cancel in acts

    first = next(drawn for drawn in draw(strategy, 2, 20) if fails(drawn))
    smallest = shrink(strategy, 2, 20, first, fails)
    assert fails(smallest)
    assert len(smallest.moves) == 3
    assert all(move.pause == 0 and move.fault is None for move in smallest.moves)


def test_a_plan_that_does_not_fail_again_stays() -> None:
    """What nothing smaller fails like is given back as it was."""
    strategy = plans(EVERYTHING)
    drawn = draw(strategy, 7, 5)
    assert shrink(strategy, 7, 5, drawn[0], lambda _: False) == drawn[0]
