"""The rarer words: orders that change, that wait, that are for money; the desk; the venue's own."""

from __future__ import annotations

import pytest
from conformance_tests.unit.scenario.texts import BUY, scenario, text, wrong

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.scenario import from_document, parse, to_yaml

DESK = '- desk_sell: {order: d, market: BTC-USDT, amount: "0.5", price: "29100"}'
MODES = "allowed: NONE, EXPIRE_TAKER, EXPIRE_MAKER, EXPIRE_BOTH, DECREMENT"
PHASES = "allowed: HALTED, CANCEL_ONLY, POST_ONLY, AUCTION"
AN_ORDER = '{order: b, market: BTC-USDT, amount: "1", price: "29000"'


@pytest.mark.parametrize(
    ("step", "keys"),
    [
        ('- amend: {order: a, amount: "0.50"}', {"op": "amend", "order": "a", "amount": "0.5"}),
        (
            '- replace: {order: a, by: b, amount: "0.5", price: "28900"}',
            {"op": "replace", "order": "a", "by": "b", "amount": "0.5", "price": "28900"},
        ),
        ("- desk_cancel: a", {"op": "desk_cancel", "order": "a"}),
        (
            DESK,
            {
                "op": "desk_sell",
                "order": "d",
                "market": "BTC-USDT",
                "amount": "0.5",
                "price": "29100",
                "self_trade_prevention": "NONE",
            },
        ),
        ("- halt: BTC-USDT", {"op": "halt", "market": "BTC-USDT", "phase": "HALTED"}),
        (
            "- halt: {market: BTC-USDT, phase: cancel_only}",
            {"op": "halt", "market": "BTC-USDT", "phase": "CANCEL_ONLY"},
        ),
        ("- open: BTC-USDT", {"op": "open", "market": "BTC-USDT"}),
        ("- bust: a", {"op": "bust", "order": "a", "trade": 1}),
        (
            '- correct: {order: a, trade: 2, price: "28999"}',
            {"op": "correct", "order": "a", "trade": 2, "price": "28999"},
        ),
        ('- restate: {order: a, amount: "0.5"}', {"op": "restate", "order": "a", "amount": "0.5"}),
    ],
)
def test_a_step_says_all_that_it_means_and_survives_being_saved(
    step: str, keys: dict[str, object]
) -> None:
    """The document states what is asked for and no more, and YAML made of it says the same."""
    others = '- sweep: {market: BTC-USDT, side: sell, amount: "0.5"}'
    document = scenario(BUY, step, others).document()
    again = parse(to_yaml(document), name="saved", identity="case").document()
    one, saved = (
        {k: v for k, v in doc["steps"][1].items() if k not in ("line", "column")}
        for doc in (document, again)
    )
    assert one == keys
    assert saved == keys
    assert from_document(document).document() == document


@pytest.mark.parametrize(
    ("step", "need"),
    [
        (f'- buy: {AN_ORDER}, stop_loss: "30000"}}', Capability.TRIGGERS),
        (f'- buy: {AN_ORDER}, take_profit: "28000"}}', Capability.TRIGGERS),
        (
            f"- buy: {AN_ORDER}, self_trade_prevention: expire_maker}}",
            Capability.SELF_TRADE_PREVENTION,
        ),
        (
            '- buy: {order: b, market: BTC-USDT, type: market, quote_amount: "100"}',
            Capability.QUOTE_AMOUNTS,
        ),
        ('- amend: {order: a, amount: "0.5"}', Capability.AMEND),
        ('- replace: {order: a, by: b, amount: "1", price: "2"}', Capability.REPLACE),
    ],
)
def test_a_rare_word_needs_its_capability(step: str, need: Capability) -> None:
    """Who does not promise it is not judged; nobody has to write `requires` for it."""
    assert need in scenario(BUY, step).needs
    assert need not in scenario(BUY).needs


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (
            ["- buy: {order: b, market: BTC-USDT, type: market}"],
            "4:8: an order has one amount; write amount, or for a market order quote_amount",
        ),
        (
            ['- buy: {order: b, market: BTC-USDT, price: "1", quote_amount: "5"}'],
            "4:63: quote_amount is only for a market order; write amount, or type: market",
        ),
        (
            [f'- buy: {AN_ORDER}, stop_loss: "2", take_profit: "1"}}'],
            "4:95: an order waits for one price; leave stop_loss or this out",
        ),
        (
            [f"- buy: {AN_ORDER}, self_trade_prevention: transfer}}"],
            f'4:89: self_trade_prevention: no self-trade prevention is called "transfer"; {MODES}',
        ),
        (
            ['- amend: {order: b, amount: "1"}'],
            '4:18: no order placed before is called "b"; allowed: a',
        ),
        (
            ['- replace: {order: a, by: a, amount: "1", price: "2"}'],
            '4:27: an order "a" is placed in line 3; give this one another label',
        ),
        (
            ['- replace: {order: a, by: b, amount: "1", price: "2"}', BUY.replace("a,", "b,")],
            '5:16: an order "b" is placed in line 4; give this one another label',
        ),
        (
            [
                '- replace: {order: a, by: b, amount: "0.5", price: "2"}',
                '- trade: {order: b, amount: "0.6"}',
            ],
            '5:29: 0.6 is more than "b" has left; at most 0.5 is allowed',
        ),
        (
            [DESK, "- cancel: d"],
            '5:11: order "d" is placed at the desk; the strategy does not know of it',
        ),
        (
            [DESK, "- await: {order: d, told: Created}"],
            '5:18: order "d" is placed at the desk; the strategy does not know of it',
        ),
        (
            ['- desk_buy: {order: d, market: BTC-USDT, amount: "0.00001"}'],
            "4:50: 0.00001 is off the lot; multiples of 0.0001 are allowed",
        ),
        (
            ["- desk_cancel: a", "- expire: a"],
            '5:11: "a" has ended by then (cancel); end it once',
        ),
        (
            ["- halt: BTC-USDC"],
            '4:9: the venue has no market "BTC-USDC"; did you mean "BTC-USDT"? allowed: BTC-USDT',
        ),
        (
            ["- halt: {market: BTC-USDT, phase: closed}"],
            f'4:35: phase: no phase is called "closed"; {PHASES}',
        ),
        (
            ["- correct: {order: a}"],
            "4:12: nothing is corrected; write amount, price or both",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_place(steps: list[str], said: str) -> None:
    """Thing, place, what was, what is allowed."""
    assert said in wrong(text(BUY, *steps))


def test_nothing_can_be_expected_of_an_order_of_the_desk() -> None:
    """The strategy does not know of it, so nothing of it can be told."""
    said = wrong(text(DESK, tail="expect: {d: {pass: [[Created]]}}"))
    assert said == ['4:10: expect: order "d" is placed at the desk; nothing is told of it']
