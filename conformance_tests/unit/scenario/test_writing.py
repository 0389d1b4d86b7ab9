"""A document becomes YAML an author would write, and comes back unchanged."""

from __future__ import annotations

from typing import Any

import pytest
from conformance_tests.unit.scenario.texts import BUY, scenario, without_places
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.harness.scenario import ScenarioError, from_document, parse, to_yaml

HEAD = """\
source: "FIX A.1.a: 'x' # y"
requires: [fees]
venue:
  profile: decentralised
  grace_window: 30s
  markets: {ETH-USDT: {tick_size: "0.1"}, BTC-USDT: {}}
  quirks: {depth_interval: true, snapshot_age_ns: 5}
bounds: {virtual: 1h}"""

WRITTEN = """\
title: A case
source: "FIX A.1.a: 'x' # y"
requires: [fees]
venue:
  profile: decentralised
  grace_window: 30s
  markets:
    ETH-USDT: {tick_size: "0.1"}
    BTC-USDT: {}
  quirks: {depth_interval: true, snapshot_age_ns: 5}
bounds: {virtual: 1h}
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", type: MARKET}
  - sell: {order: b, market: BTC-USDT, amount: "0.00000001", price: "29000.5"}
  - cancel: a
  - cancel: {client_order_id: "on"}
  - wait: 1.5s
  - await: {order: b, told: Created, bound: 2m}
  - fail:
      channel: create_reply
      status: 503
      code: -1000
      text: Unknown error, please check your request or try again later.
  - heal
expect:
  a:
    pass:
      - [Created, Filled 0.5]
      - [Created]
    non_strict: [[Failure]]
"""


def test_yaml_is_written_as_an_author_would() -> None:
    """Defaults are left out, amounts quoted, durations readable, long steps broken up."""
    assert to_yaml(parse(WRITTEN, name="x", identity="x").document()) == WRITTEN.replace(
        """source: "FIX A.1.a: 'x' # y\"""", "source: 'FIX A.1.a: ''x'' # y'"
    )


def test_what_is_written_names_no_place_of_this_machine() -> None:
    """A saved case is sent to others; where editors find the schema is the author's to say."""
    assert to_yaml(scenario(BUY).document()).startswith("title: ")


def test_a_document_comes_back_the_same() -> None:
    """Reading a document gives exactly that scenario and that document, places included."""
    scenario = parse(WRITTEN, name="x", identity="x")
    document = scenario.document()
    assert from_document(document) == scenario
    assert from_document(document).document() == document


def test_a_wrong_document_is_refused_at_its_line() -> None:
    """Documents are checked as files are, and name the line their step was written at."""
    document = scenario(BUY, "- cancel: a").document()
    document["steps"][1]["order"] = "b"
    with pytest.raises(ScenarioError, match=r"case:4:3: no order placed before is called .b."):
        from_document(document)
    document["steps"][1]["op"] = "undo"
    with pytest.raises(ScenarioError, match=r'case:4:3: there is no step "undo"'):
        to_yaml(document)


LABELS = st.sampled_from(("a", "on", "no", "y", "NULL", "e1"))
AMOUNTS = st.decimals(min_value="0.0001", max_value="9000", places=4).map(lambda one: f"{one:f}")
NANOSECONDS = st.integers(1, 10**12)


def _fault(op: str, **keys: Any) -> st.SearchStrategy[dict[str, Any]]:
    fixed = {
        key: one if isinstance(one, st.SearchStrategy) else st.just(one)
        for key, one in keys.items()
    }
    return st.fixed_dictionaries(
        {"op": st.just(op), "line": st.just(0), "column": st.just(0), **fixed}
    )


CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Zs"))
STEPS = st.one_of(
    _fault("wait", **{"for": NANOSECONDS}),
    _fault("hold", channel="user_stream", **{"for": NANOSECONDS}),
    _fault("delay", channel="cancel_reply", by=NANOSECONDS, count=st.integers(1, 9)),
    _fault("sweep", market="BTC-USDT", side=st.sampled_from(("BUY", "SELL")), amount=AMOUNTS),
    _fault(
        "fail",
        channel="create_reply",
        status=503,
        code=-1000,
        text=st.text(CHARACTERS, min_size=1, max_size=20),
        acted=st.booleans(),
        count=1,
    ),
)


@settings(derandomize=True, deadline=None, max_examples=12)
@given(LABELS, AMOUNTS, st.lists(STEPS, max_size=6))
def test_whatever_was_drawn_survives_being_saved(
    label: str, amount: str, steps: list[dict[str, Any]]
) -> None:
    """Saving a case as YAML and loading it gives the same document."""
    document = scenario(BUY).document()
    document["steps"][0] |= {"order": label, "amount": amount}
    document["steps"] += steps
    document["bounds"]["virtual"] = 10**15
    document = from_document(document).document()
    again = parse(to_yaml(document), name="x", identity="case").document()
    assert without_places(again) == without_places(document)
