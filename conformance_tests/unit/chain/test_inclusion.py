"""From the mempool into a block: what is said when, in which order, and what never gets there."""

from __future__ import annotations

import pytest
from conformance_tests.unit.chain.small_chain import SmallChain

from fillproof.simulator.chain import (
    Acknowledges,
    BlockOrder,
    ChainRules,
    Chances,
    Delay,
    Kind,
    NonceRule,
    Shows,
)
from fillproof.simulator.vocabulary.commands import BustTrade
from fillproof.simulator.vocabulary.orders import OrderStatus
from fillproof.simulator.vocabulary.reports import ExecutionReport, TransactionChanged


def test_an_order_is_new_in_the_mempool_and_works_in_its_block() -> None:
    """The gateway takes it at once; the engine has it with the next block."""
    chain = SmallChain()
    assert chain.buy("a") == ["a New 0/9", "#1 PENDING"]
    assert chain.to(9) == []
    assert chain.to(10) == ["a Triggered 0/9", "#1 INCLUDED in 1"]


def test_where_the_block_answers_nothing_is_said_before_it() -> None:
    """The transaction is pending, the order unknown; the block brings what an engine says."""
    chain = SmallChain(acknowledges=Acknowledges.BLOCK)
    assert chain.buy("a") == ["#1 PENDING"]
    assert chain.chain.find("ann", "a") is None
    assert chain.to(10) == ["a New 0/9", "#1 INCLUDED in 1"]


def test_what_a_transaction_led_to_is_in_its_report() -> None:
    """Whoever waits for it needs to look nowhere else."""
    chain = SmallChain(acknowledges=Acknowledges.BLOCK)
    chain.buy("a")
    changes = [r for r in chain.chain.advance(10) if isinstance(r, TransactionChanged)]
    assert isinstance(changes[-1].reports[0], ExecutionReport)


def test_what_comes_as_a_block_is_made_is_in_the_next() -> None:
    """A block has what was known before its moment, or at it; not what came after it was made."""
    chain = SmallChain()
    chain.to(10)
    chain.buy("a")
    assert chain.to(19) == []
    assert "#1 INCLUDED in 2" in chain.to(20)


def test_a_cancel_is_pending_until_a_block_has_it() -> None:
    """Until then the order can fill, and its state says that it is to be canceled."""
    chain = SmallChain()
    chain.buy("a")
    chain.to(10)
    assert chain.fill(1, 4) == ["#2 PENDING"]
    assert chain.cancel("a") == ["a PendingCancel 0/9", "#3 PENDING"]
    assert chain.cancel("a") == ["cancel refused: cancel_already_pending"]
    assert chain.to(20) == [
        "a Trade 4/5",
        "#2 INCLUDED in 2",
        "a Canceled 4/0",
        "#3 INCLUDED in 2",
    ]


def test_delays_decide_who_is_in_which_block() -> None:
    """A cancel that takes three blocks lets a later taker go first."""
    chain = SmallChain(inclusion={Kind.CANCEL: Delay(25, 25)})
    chain.buy("a")
    chain.to(10)
    chain.cancel("a")
    chain.sell("b", 3)
    assert chain.to(20) == ["b Triggered 0/3", "a Trade 3/6", "b Trade 3/0", "#3 INCLUDED in 2"]
    assert chain.to(40) == ["a Canceled 3/0", "#2 INCLUDED in 4"]


@pytest.mark.parametrize(
    ("order", "ends"),
    [(BlockOrder.ARRIVAL, "a Trade 9/0"), (BlockOrder.CLASSES, "a Canceled 0/0")],
)
def test_a_class_goes_before_arrival(order: BlockOrder, ends: str) -> None:
    """By class cancels are carried out before what takes, whoever came first."""
    chain = SmallChain(order_within=order)
    chain.buy("a")
    chain.to(10)
    chain.fill(1, 9)
    chain.cancel("a")
    assert ends in chain.to(20)


def test_a_maker_of_blocks_may_choose() -> None:
    """Exactly what is named, in that order; what is not there is impossible."""
    chain = SmallChain(block_time_ns=0)
    chain.buy("a")
    chain.sell("b", 3)
    assert chain.mine([2]) == ["b Triggered 0/3", "#2 INCLUDED in 1"]
    assert chain.mine([7]) == ["the next block cannot have [7]"]
    assert chain.mine() == ["a Triggered 0/9", "b Trade 3/0", "a Trade 3/6", "#1 INCLUDED in 2"]


def test_out_of_gas_a_transaction_does_nothing() -> None:
    """The order is rejected, under the number it was promised; a cancel leaves it as it was."""
    chain = SmallChain()
    chain.buy("a")
    chain.chain.starve(1, 0)
    assert chain.to(10) == ["a Rejected 0/0", "#1 FAILED in 1"]
    chain.buy("b")
    chain.to(20)
    chain.cancel("b")
    chain.chain.starve(3, 20)
    assert chain.to(30) == ["#3 FAILED in 3", "b Restated 0/9"]
    view = chain.chain.find("ann", "b")
    assert view is not None
    assert view.order_status is OrderStatus.NEW


def test_what_is_dropped_never_was() -> None:
    """An order that was taken is rejected; nothing of it is in any block."""
    chain = SmallChain()
    chain.buy("a")
    assert [type(r).__name__ for r in chain.chain.drop(1, 0)] == [
        "ExecutionReport",
        "TransactionChanged",
    ]
    assert chain.to(50) == []
    assert chain.chain.find("ann", "a") is None


def test_a_nonce_belongs_to_who_pays_more() -> None:
    """A higher fee replaces, a lower one is refused, and a used nonce is never taken again."""
    chain = SmallChain()
    chain.buy("a", nonce=5)
    assert chain.sell("x", account="ann", nonce=5) == ["#2 REFUSED"]
    assert chain.buy("b", nonce=5, fee=1) == [
        "a Rejected 0/0",
        "#1 REPLACED",
        "b New 0/9",
        "#3 PENDING",
    ]
    chain.to(10)
    assert chain.buy("c", nonce=5, fee=9) == ["#4 REFUSED"]


def test_in_sequence_a_gap_holds_back_what_follows() -> None:
    """The third nonce waits for the second, which another transaction may bring."""
    chain = SmallChain(nonces=NonceRule.SEQUENCE)
    for name in "abc":
        chain.buy(name)
    chain.chain.drop(2, 0)
    assert chain.to(10) == ["a Triggered 0/9", "#1 INCLUDED in 1"]
    chain.buy("d")
    assert chain.to(20) == [
        "d Triggered 0/9",
        "#4 INCLUDED in 2",
        "c Triggered 0/9",
        "#3 INCLUDED in 2",
    ]


@pytest.mark.parametrize("rule", [{"transaction_life_ns": 15}, {"transaction_life_blocks": 1}])
def test_a_transaction_can_be_too_late(rule: dict[str, int]) -> None:
    """By time or by height: no block after that has it."""
    chain = SmallChain(inclusion={Kind.PLACE: Delay(25, 25)}, **rule)
    chain.buy("a")
    assert chain.to(20) == ["a Rejected 0/0", "#1 EXPIRED"]


def test_a_client_may_say_until_when() -> None:
    """Its own date counts beside the chain's."""
    chain = SmallChain(inclusion={Kind.PLACE: Delay(25, 25)})
    chain.buy("a", expires_at_ns=20)
    assert chain.to(20) == ["a Rejected 0/0", "#1 EXPIRED"]


def test_an_order_outlives_its_blocks() -> None:
    """It fills in its last block; the next one ends it before all else."""
    chain = SmallChain(order_life_blocks=1)
    chain.buy("a")
    chain.to(10)
    chain.fill(1, 2)
    assert chain.to(20)[0] == "a Trade 2/7"
    chain.fill(1, 2)
    assert chain.to(30) == ["a Expired 2/0", "#3 FAILED in 3"]


def test_a_halted_sequencer_catches_up() -> None:
    """Its slots are made at the end, each with what was known when it was due."""
    chain = SmallChain(order_life_blocks=1)
    chain.chain.halt(35, 0)
    chain.to(5)
    chain.buy("a")
    chain.to(15)
    chain.fill(1, 2)
    assert chain.to(34) == []
    assert chain.to(35) == [
        "a Triggered 0/9",
        "#1 INCLUDED in 1",
        "a Trade 2/7",
        "#2 INCLUDED in 2",
        "a Expired 2/0",
    ]


def test_only_what_is_final_is_shown() -> None:
    """Nothing is carried out before two more blocks; until then it is promised."""
    chain = SmallChain(shows=Shows.FINAL, finality=2)
    chain.buy("a")
    assert chain.to(29) == []
    assert chain.to(30) == ["a Triggered 0/9", "#1 INCLUDED in 1"]


def test_a_gateway_refuses_what_must_fail() -> None:
    """It looks at the newest block: the rules of the market, money, names, and who is there."""
    chain = SmallChain()
    assert chain.buy("a", 2_000_000) == ["a Rejected 0/0"]
    assert chain.cancel("a") == ["cancel refused: unknown_order"]
    chain.buy("a")
    assert chain.buy("a") == ["a Rejected 0/0"]
    assert chain.send(BustTrade(1)) == ["on a chain only a reorganisation takes a trade back"]


def test_chances_are_drawn_from_the_seed() -> None:
    """One in one is always."""
    always = SmallChain(chances=Chances(drop_one_in=1))
    always.buy("a")
    assert always.to(10) == ["a Rejected 0/0", "#1 DROPPED"]
    assert ChainRules().chances == Chances()
