"""Blocks that are taken back: what is said, what comes again, and what stays."""

from __future__ import annotations

from conformance_tests.unit.chain.small_chain import SmallChain

from fillproof.simulator.chain import Acknowledges
from fillproof.simulator.vocabulary.commands import Deposit
from fillproof.simulator.vocabulary.reports import ExecutionReport, TransactionChanged


def _filled() -> SmallChain:
    """Return a chain with an order in block 1 and a fill of it in block 2."""
    chain = SmallChain(block_time_ns=0, finality=3)
    chain.buy("a")
    chain.mine()
    chain.fill(1, 4)
    chain.mine()
    return chain


def test_a_fill_is_taken_back_and_comes_again() -> None:
    """It is a TradeCancel, and then another trade."""
    chain = _filled()
    assert chain.reorg(1) == ["a TradeCancel 0/9", "#2 PENDING", "back to 1"]
    assert chain.mine() == ["a Trade 4/5", "#2 INCLUDED in 3"]


def test_no_id_is_given_twice() -> None:
    """Neither of an execution nor of a trade: what comes again is something else."""
    chain = _filled()
    before = chain.chain.fills("ann", "BTCUSDT")[0]
    chain.reorg(1)
    chain.mine()
    after = chain.chain.fills("ann", "BTCUSDT")[0]
    assert after.trade_id != before.trade_id
    assert after.execution_id > before.execution_id


def test_money_returns_to_where_it_was() -> None:
    """Balances are those of the blocks that stay; money from outside stays too."""
    chain = SmallChain(block_time_ns=0, finality=3)
    began = chain.chain.balances("ann")
    chain.buy("a")
    chain.mine()
    chain.fill(1, 4)
    chain.mine()
    chain.chain.apply(Deposit("ann", "BTC", 7), 0)
    chain.reorg(2)
    free, locked = began["BTC"]
    assert chain.chain.balances("ann") == {**began, "BTC": (free + 7, locked)}


def test_several_fills_go_one_after_the_other() -> None:
    """The latest first, each with what is filled without it."""
    chain = _filled()
    chain.fill(1, 2)
    chain.mine()
    assert chain.reorg(2)[:2] == ["a TradeCancel 4/5", "a TradeCancel 0/9"]


def test_a_cancel_is_taken_back() -> None:
    """The order lives again, and its cancel waits again."""
    chain = _filled()
    chain.cancel("a")
    chain.mine()
    assert chain.reorg(1) == ["a Restated 4/5", "#3 PENDING", "back to 2"]
    assert chain.mine() == ["a Canceled 4/0", "#3 INCLUDED in 4"]


def test_a_cancel_is_lost() -> None:
    """The order lives again, and nothing is on its way."""
    chain = _filled()
    chain.cancel("a")
    chain.mine()
    chain.reorg(1, lost=[3])
    view = chain.chain.find("ann", "a")
    assert view is not None
    assert (str(view.order_status), view.leaves_quantity_lots) == ("PartiallyFilled", 5)


def test_an_order_is_taken_back_with_its_fill() -> None:
    """It waits again, under the number it had."""
    chain = _filled()
    assert chain.reorg(2) == [
        "a TradeCancel 0/9",
        "a Restated 0/9",
        "#1 PENDING",
        "#2 PENDING",
        "back to 0",
    ]
    assert chain.mine([1])[0] == "a Triggered 0/9"
    view = chain.chain.find("ann", "a")
    assert view is not None
    assert view.venue_order_id == 1


def test_an_order_is_lost() -> None:
    """It was accepted, and is rejected now."""
    chain = _filled()
    assert "a Rejected 0/0" in chain.reorg(2, lost=[1])


def test_where_the_block_answers_a_lost_order_is_told_too() -> None:
    """The client was told that it is there."""
    chain = SmallChain(block_time_ns=0, finality=3, acknowledges=Acknowledges.BLOCK)
    chain.buy("a")
    chain.mine()
    assert "a Rejected 0/0" in chain.reorg(1, lost=[1])


def test_what_is_final_stays() -> None:
    """No more blocks can be taken back than are not final."""
    chain = _filled()
    assert chain.reorg(3) == ["3 blocks cannot be taken back: 2 are not final"]
    for _ in range(4):
        chain.mine()
    assert chain.reorg(4) == ["4 blocks cannot be taken back: 3 are not final"]
    assert chain.reorg(3) == ["back to 3"]


def test_a_nonce_is_free_again() -> None:
    """Its transaction has it still, and waits."""
    chain = _filled()
    chain.reorg(2)
    states = [r.state for r in chain.chain.mine(0) if isinstance(r, TransactionChanged)]
    assert states == ["INCLUDED", "INCLUDED"]


def test_everything_that_is_said_is_of_a_reorganisation() -> None:
    """Its reports have a reason of their own."""
    reports = _filled().chain.reorganise(2, 0)
    reasons = {r.reason for r in reports if isinstance(r, ExecutionReport)}
    assert reasons == {"reorganised"}


def test_an_expiry_by_height_is_taken_back() -> None:
    """The order has its last blocks once more, in the block that comes instead."""
    chain = SmallChain(block_time_ns=0, finality=3, order_life_blocks=2)
    chain.buy("a")
    chain.mine()
    chain.mine()
    chain.mine()
    assert chain.mine() == ["a Expired 0/0"]
    assert chain.reorg(1) == ["back to 3"]
    view = chain.chain.find("ann", "a")
    assert view is not None
    assert str(view.order_status) == "Expired"
