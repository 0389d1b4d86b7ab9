"""The strangers of a world, made from its document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from conformance_tests.unit.scenario.texts import BUY, scenario

from fillproof.harness.worker.life import gap_around, life_of, named_prices, recorded_trades
from fillproof.harness.worker.venue import instruments_of
from fillproof.simulator.life.protocol import Gap
from fillproof.simulator.life.replay import RecordedTrade
from fillproof.simulator.life.traders import Traders
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.orders import Side

STEPS = (
    BUY,
    '- sell: {order: b, market: BTC-USDT, amount: "1", price: "29100"}',
    '- rest: {market: BTC-USDT, side: buy, amount: "1", price: "28000"}',
    '- buy: {order: c, market: BTC-USDT, amount: "1", type: market}',
    "- cancel: a",
)
PRICES = (Decimal(29000), Decimal(29100), Decimal(28000))


def document(life: str, *steps: str) -> dict[str, Any]:
    """Return the normalised document of a scenario with these strangers."""
    return scenario(*(steps or STEPS), head=f"venue:\n  life: {life}").document()


def traders(life: str, *steps: str, seed: int = 5) -> Traders:
    """Return the traders of a scenario."""
    case = document(life, *steps)
    venue = case["venue"]
    markets = instruments_of(venue)
    exchange = Exchange(markets.values(), Fees(Decimal(0), Decimal(0)))
    prices = named_prices(case["steps"], "BTC-USDT")
    made = life_of(venue["life"], markets, prices, exchange, 7, seed)
    assert isinstance(made, Traders)
    return made


def test_the_prices_of_the_steps_are_those_that_steps_name() -> None:
    """The strategy's and the strangers'; market orders and cancels have none."""
    steps = document("{traders: 2}")["steps"]
    assert named_prices(steps, "BTC-USDT") == PRICES
    assert named_prices(steps, "ETH-USDT") == ()


def test_the_gap_is_half_a_percent_wider_than_the_prices() -> None:
    """Also around prices between two ticks, which a scenario may have on purpose."""
    market = instruments_of(document("{traders: 2}")["venue"])["BTC-USDT"]
    assert gap_around(PRICES, market) == Gap(2_800_000 - 14_000, 2_910_000 + 14_550)
    assert gap_around([Decimal("0.005")], market) == Gap(-1, 2)


def test_traders_begin_in_the_middle_or_where_they_are_told() -> None:
    """Apart, they leave the prices free; together, they do not."""
    middle, told = traders("{traders: 2}"), traders('{traders: 2, price: "29000.5", apart: false}')
    assert (middle._plan.start_ticks, middle._plan.gap) == (
        2_855_000,
        Gap(2_786_000, 2_924_550),
    )
    assert (told._plan.start_ticks, told._plan.gap) == (2_900_050, None)
    assert middle.next_ns == 7


def test_strangers_are_drawn_from_the_run_unless_they_have_their_own_seed() -> None:
    """So a run with another seed has other strangers."""
    assert traders("{traders: 2}", seed=5)._plan.seed == 5
    assert traders("{traders: 2, seed: 8}", seed=5)._plan.seed == 8


def test_without_prices_there_is_nothing_to_leave_free() -> None:
    """Traders that are apart still trade among themselves alone."""
    plan = traders('{traders: 2, price: "29000"}', STEPS[3])._plan
    assert (plan.apart, plan.gap) == (True, None)


def test_the_lines_of_a_document_are_trades() -> None:
    """In whole ticks and lots."""
    market = instruments_of(document("{traders: 2}")["venue"])["BTC-USDT"]
    assert recorded_trades("0,29000,0.5,BUY\n7,28999.99,1,SELL", market) == (
        RecordedTrade(0, 2_900_000, 5_000, Side.BUY),
        RecordedTrade(7, 2_899_999, 10_000, Side.SELL),
    )
