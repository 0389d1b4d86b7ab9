"""Connectors of Hyperliquid, unmodified, on their production URLs in a sealed world."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fillproof.harness.history import History, read_recording
from fillproof.harness.rules import judge
from fillproof.harness.scenario import from_document, load
from fillproof.harness.verdict import Outcome, Verdict
from fillproof.harness.worker.interpreters import NoInterpreter, interpreter_for
from fillproof.harness.worker.launch import Job, Worker

pytestmark = pytest.mark.slow

TWO_ORDERS = """\
title: A buy order is filled in two parts, a sell order in part and then cancelled
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
  - await: {order: a, told: Created}
  - sell: {order: b, market: BTC-USDT, amount: "0.5", price: "31000"}
  - await: {order: b, told: Created}
  - trade: {order: a, amount: "0.3"}
  - trade: {order: a, amount: "0.7"}
  - trade: {order: b, amount: "0.2"}
  - await: {order: b, told: Filled}
  - cancel: b
expect:
  a:
    pass: [[Created, Filled 0.3, Filled 0.7, Completed]]
  b:
    pass: [[Created, Filled 0.2, Cancelled]]
"""
ONE_ORDER = """\
title: A buy order is filled
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
  - await: {order: a, told: Created}
  - trade: {order: a, amount: "1"}
"""
TRAILING_FILL = """\
title: The fill trails the word that the order is full by seven seconds
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
  - await: {order: a, told: Created}
  - delay: {channel: user_stream, by: 7s}
  - trade: {order: a, amount: "1"}
  - wait: 20s
"""
MARKET_ORDER = """\
title: A market order meets a stranger's
steps:
  - rest: {market: BTC-USDT, side: sell, amount: "2", price: "29000"}
  - rest: {market: BTC-USDT, side: buy, amount: "2", price: "28990"}
  - wait: 10s
  - buy: {order: a, market: BTC-USDT, amount: "1", type: market}
  - await: {order: a, told: Completed}
expect:
  a:
    pass: [[Created, Filled 1, Completed]]
"""
NOT_THERE = """\
title: The venue takes a trade back
steps:
  - buy: {order: a, market: BTC-USDT, amount: "1", price: "29000"}
  - trade: {order: a, amount: "0.4"}
  - bust: a
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Any:
    """Return what makes a document of a text."""

    def made(text: str) -> Mapping[str, Any]:
        path = tmp_path / "told.scenario.yaml"
        path.write_text(text)
        return load(path).document()

    return made


def recorded(connector: str, *documents: Mapping[str, Any]) -> list[list[str]]:
    """Return the recordings of documents, all of one worker; skips what cannot be hosted."""
    try:
        interpreter_for(connector)
    except NoInterpreter as missing:
        pytest.skip(str(missing))
    with Worker(connector) as worker:
        return [worker.run(Job(document, 7)) for document in documents]


def judged(lines: list[str]) -> tuple[History, Verdict]:
    """Return the history of a recording and the verdict on it."""
    history = read_recording(lines)
    return history, judge(history)


def events(history: History) -> list[tuple[str, float]]:
    """Return what was told of the first order, each with its second after the call."""
    order = history.orders[0]
    return [(told.name, (told.t - order.place.t) / 1e9) for told in order.told]


def test_the_reference_lives_two_lifecycles_and_they_can_be_repeated(scenario: Any) -> None:
    """Fills and a cancel pass all rules, and the same seed gives the same bytes."""
    document = scenario(TWO_ORDERS)
    first, again = recorded("reference:hyperliquid", document, document)
    assert judged(first)[1].outcome is Outcome.PASS, judged(first)[1].findings
    assert first == again


def test_the_recording_has_the_venues_names_and_is_a_scenario_again(scenario: Any) -> None:
    """What was played is what is kept: BTC-USDC on Hyperliquid, to be replayed as it is."""
    (lines,) = recorded("reference:hyperliquid", scenario(TWO_ORDERS))
    header = json.loads(lines[0])
    kept = header["scenario"]["document"]
    assert header["venue"]["dialect"] == "hyperliquid"
    assert list(header["markets"]) == list(kept["venue"]["markets"]) == ["BTC-USDC"]
    assert recorded("reference:hyperliquid", from_document(kept).document()) == [lines]


@pytest.mark.parametrize(
    "connector", ["hummingbot:hyperliquid", "hummingbot:hyperliquid_perpetual"]
)
def test_hummingbot_lives_two_lifecycles(connector: str, scenario: Any) -> None:
    """The released connectors trade on their production URLs, spot and contracts."""
    (lines,) = recorded(connector, scenario(TWO_ORDERS))
    verdict = judged(lines)[1]
    assert verdict.outcome in (Outcome.PASS, Outcome.NON_STRICT), verdict.findings


@pytest.mark.parametrize(
    "connector", ["hummingbot:hyperliquid", "hummingbot:hyperliquid_perpetual"]
)
def test_hummingbot_completes_an_order_before_its_fill_is_known(
    connector: str, scenario: Any
) -> None:
    """Fills that trail the order's update by seven seconds: Completed after five, Filled later."""
    (lines,) = recorded(connector, scenario(TRAILING_FILL))
    history, verdict = judged(lines)
    (_, created), (_, completed), (_, filled) = told = events(history)
    assert [name for name, _ in told] == ["Created", "Completed", "Filled"]
    assert completed - created == pytest.approx(5, abs=0.1)
    assert filled - completed == pytest.approx(2, abs=0.1)
    assert {finding.rule for finding in verdict.findings if finding.outcome is Outcome.FAIL} >= {
        "L7"
    }


def test_ccxt_names_the_fee_of_a_bought_asset_in_dollars(scenario: Any) -> None:
    """The venue takes it from what was bought and says so; ccxt has the currency written down."""
    (lines,) = recorded("ccxt:hyperliquid", scenario(ONE_ORDER))
    verdict = judged(lines)[1]
    broken = [finding for finding in verdict.findings if finding.outcome is Outcome.FAIL]
    assert [(finding.rule, finding.order) for finding in broken] == [("L6", "a")]
    assert "USDC; the venue took" in broken[0].actual


def test_a_market_order_is_a_limit_that_does_not_rest(scenario: Any) -> None:
    """The venue has no other, and that is what was asked for."""
    (lines,) = recorded("reference:hyperliquid", scenario(MARKET_ORDER))
    history, verdict = judged(lines)
    assert verdict.outcome is Outcome.PASS, verdict.findings
    (truth,) = history.orders[0].truths
    assert (truth.reports[0].order_type, truth.reports[0].time_in_force) == ("LIMIT", "IOC")


def test_what_the_venue_has_not_is_unsupported(scenario: Any) -> None:
    """No trade is revised there; the case says so and is not judged."""
    (lines,) = recorded("reference:hyperliquid", scenario(NOT_THERE))
    verdict = judged(lines)[1]
    assert verdict.outcome is Outcome.UNSUPPORTED
