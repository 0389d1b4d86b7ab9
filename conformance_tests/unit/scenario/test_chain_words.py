"""What a scenario may say of a chain, and words that need no keys."""

from __future__ import annotations

import pytest
from conformance_tests.unit.scenario.texts import BUY, scenario, text, wrong

CHAIN = "venue: {profile: decentralised, chain: {preset: injective}}"


def test_a_trade_on_a_chain_is_within_its_order() -> None:
    """When a fill lands is the block's to say; how much an order can fill is not."""
    (line,) = wrong(text(BUY, '- trade: {order: a, amount: "2"}', head=CHAIN))
    assert line.endswith('2 is more than "a" ever is; at most 1 is allowed')


def test_a_chain_belongs_to_a_decentralised_venue() -> None:
    """The grace window that its preset brings along is nobody's mistake."""
    (line,) = wrong(text(BUY, head="venue: {chain: {preset: dydx_v4}}"))
    assert "chain is only for a decentralised venue" in line


def test_a_word_without_keys_may_end_in_a_colon() -> None:
    """YAML reads `- heal:` as heal with nothing, which is what is meant."""
    steps = scenario(BUY, "- heal:").document()["steps"]
    assert [step["op"] for step in steps] == ["buy", "heal"]


FINAL = "venue: {profile: decentralised, chain: {finality: 3}}"
TRADE = '- trade: {order: a, amount: "0.4"}'


@pytest.mark.parametrize(
    ("head", "steps", "said"),
    [
        (FINAL, ("- reorg: 4",), "only the last 3 are not final; 1 to 3 is allowed"),
        (CHAIN, ("- reorg: 1",), "each is final at once; say venue: chain: finality"),
        ("", ('- restate: {order: a, amount: "1"}',), "1 is not less; less than 1 is allowed"),
        ("", ("- bust: a",), '"a" has 0 trades by then, and no trade 1; trade before it'),
        ("", (TRADE, "- bust: {order: a, trade: 2}"), "no trade 2; 1 to 1 is allowed"),
        (
            "",
            (TRADE, '- correct: {order: a, amount: "0.5"}'),
            "trade 1 is of 0.4, and 0.5 is more; at most 0.4 is allowed",
        ),
    ],
)
def test_what_cannot_be_revised_is_told_when_it_is_read(
    head: str, steps: tuple[str, ...], said: str
) -> None:
    """A reorganisation beyond finality, and trades and amounts that are not there to be revised."""
    (line,) = wrong(text(BUY, *steps, head=head))
    assert said in line


@pytest.mark.parametrize(
    ("head", "steps"),
    [
        (FINAL, ("- reorg: 3",)),
        ("", ('- restate: {order: a, amount: "0.9"}',)),
        ("", (TRADE, "- bust: a")),
        ("", (TRADE, '- correct: {order: a, price: "28000"}')),
        ("", ('- sweep: {market: BTC-USDT, side: sell, amount: "0.5"}', "- bust: a")),
    ],
)
def test_what_may_be_revised_is_not_refused(head: str, steps: tuple[str, ...]) -> None:
    """Where others may trade with an order, only the venue knows its trades."""
    assert wrong(text(BUY, *steps, head=head)) == []
