"""What a scenario may say of a chain, and words that need no keys."""

from __future__ import annotations

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
