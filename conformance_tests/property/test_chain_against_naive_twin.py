"""The exchange on a chain is at every moment what its surviving blocks make of a plain engine."""

from __future__ import annotations

from conformance_tests.property.chain_pair import ChainPair
from conformance_tests.property.folded_reports import Folded
from conformance_tests.property.naive_chain import ACCOUNTS, FEES, MARKET
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from fillproof.simulator.chain import (
    Acknowledges,
    BlockOrder,
    ChainExchange,
    ChainRules,
    Chances,
    Delay,
    Kind,
    NonceRule,
    Shows,
)
from fillproof.simulator.dice import Dice
from fillproof.simulator.vocabulary.commands import CancelOrder, Command, Deposit, PlaceOrder
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce
from fillproof.simulator.vocabulary.reports import BlocksTakenBack, Report

_PRICES = (9_900, 10_000, 10_100)

rules = st.builds(
    ChainRules,
    block_time_ns=st.sampled_from([0, 10, 25]),
    inclusion=st.sampled_from([{}, {Kind.CANCEL: Delay(30, 30)}, {Kind.PLACE: Delay(7, 7)}]),
    finality=st.sampled_from([0, 1, 3]),
    acknowledges=st.sampled_from(Acknowledges),
    shows=st.sampled_from(Shows),
    nonces=st.sampled_from(NonceRule),
    order_within=st.sampled_from([BlockOrder.ARRIVAL, BlockOrder.CLASSES]),
    order_life_blocks=st.sampled_from([0, 2]),
    transaction_life_blocks=st.sampled_from([0, 4]),
)
orders = st.builds(
    PlaceOrder,
    account=st.sampled_from(ACCOUNTS),
    client_order_id=st.just("named when sent"),
    symbol=st.just(MARKET.symbol),
    side=st.sampled_from(Side),
    order_type=st.just(OrderType.LIMIT),
    time_in_force=st.sampled_from([TimeInForce.GTC, TimeInForce.GTC, TimeInForce.IOC]),
    quantity_lots=st.integers(1, 9),
    price_ticks=st.sampled_from(_PRICES),
)


class ChainAndTwin(RuleBasedStateMachine):
    """Any transactions, blocks and reorganisations; `ChainPair` compares after each."""

    @initialize(rules=rules)
    def open(self, rules: ChainRules) -> None:
        """Begin by some rules."""
        self.pair = ChainPair(rules)

    @rule(order=orders, post_only=st.booleans())
    def place(self, order: PlaceOrder, post_only: bool) -> None:
        """Send an order."""
        self.pair.place(replace(order, post_only=post_only and order.time_in_force == "GTC"))

    @rule(data=st.data(), verb=st.sampled_from(["cancel", "fill", "amend"]))
    def act(self, data: st.DataObject, verb: str) -> None:
        """Cancel, amend or fill one of the orders."""
        if self.pair.placed:
            account, name = data.draw(st.sampled_from(self.pair.placed))
            more = () if verb == "cancel" else (data.draw(st.integers(1, 5)),)
            self.pair.act(verb, account, name, *more)

    @rule(by=st.sampled_from([1, 5, 10, 60]))
    def let_time_pass(self, by: int) -> None:
        """Let blocks be made."""
        self.pair.pass_time(by)

    @rule(data=st.data())
    def mine(self, data: st.DataObject) -> None:
        """Make a block beside the slots, of all or of some in any order."""
        numbers = [one.number for one in self.pair.chain.waiting()]
        some = st.lists(st.sampled_from(numbers), unique=True) if numbers else st.just([])
        self.pair.mine(data.draw(st.none() | some))

    @rule(data=st.data(), depth=st.integers(1, 4))
    def reorganise(self, data: st.DataObject, depth: int) -> None:
        """Take blocks back, and lose some of what they had."""
        self.pair.reorganise(depth, data.draw(st.lists(st.integers(1, 12), max_size=2)))

    @rule(for_ns=st.sampled_from([5, 40]))
    def halt(self, for_ns: int) -> None:
        """Make no block for a while."""
        self.pair.halt(for_ns)

    @rule(data=st.data(), what=st.sampled_from(["drop", "starve", "withhold", "outbid"]))
    def disturb(self, data: st.DataObject, what: str) -> None:
        """Do something to a transaction that waits."""
        numbers = [one.number for one in self.pair.chain.waiting()]
        if not numbers:
            return
        number = data.draw(st.sampled_from(numbers))
        if what == "withhold":
            self.pair.withhold(number, 20)
        else:
            getattr(self.pair, what)(number)


def test_the_chain_is_what_its_blocks_say() -> None:
    """Orders, balances and book are those of a fresh engine that does all surviving blocks."""
    run_state_machine_as_test(
        ChainAndTwin,
        settings=settings(derandomize=True, deadline=None, max_examples=25, stateful_step_count=25),
    )


_WILD = ChainRules(
    block_time_ns=10,
    inclusion={Kind.CANCEL: Delay(0, 40), Kind.PLACE: Delay(0, 15)},
    finality=4,
    order_within=BlockOrder.SHUFFLED,
    transaction_life_blocks=9,
    order_life_blocks=12,
    chances=Chances(drop_one_in=9, fail_one_in=9, reorganise_one_in=3),
)


def _walk(seed: int, actions: int = 90) -> tuple[list[Report], ChainExchange]:
    """Return what a drawn life on a wild chain led to; every invariant is checked on the way."""
    dice, heard = Dice(7), Folded()
    chain = ChainExchange([MARKET], FEES, _WILD, seed, debug=True)
    reports: list[Report] = []
    for account in ACCOUNTS:
        for asset in ("USDT", "BTC"):
            reports += chain.apply(Deposit(account, asset, 10**12), 0)
    for number in range(actions):
        now_ns = 7 * number
        account = ACCOUNTS[dice.below(2)]
        command: Command = CancelOrder(account, MARKET.symbol, 1 + dice.below(number + 1))
        if dice.happens(2, 3):
            side = list(Side)[dice.below(2)]
            command = PlaceOrder(
                account,
                f"o{number}",
                MARKET.symbol,
                side,
                OrderType.LIMIT,
                TimeInForce.GTC,
                quantity_lots=1 + dice.below(9),
                price_ticks=_PRICES[dice.below(3)],
            )
        reports += chain.apply(command, now_ns)
    reports += chain.advance(7 * actions + 1_000)
    heard.hear(reports)
    heard.compare(chain, ACCOUNTS, MARKET.symbol)
    chain.check()
    return reports, chain


def test_the_same_seed_is_the_same_chain() -> None:
    """Delays, drops, failures and reorganisations are drawn from the seed alone."""
    first, _ = _walk(seed=1)
    assert sum(isinstance(report, BlocksTakenBack) for report in first) > 5
    assert _walk(seed=1)[0] == first
    assert _walk(seed=2)[0] != first


def test_nothing_waits_for_ever_on_a_wild_chain() -> None:
    """When all lives are over there are no open orders, nothing is locked, and no money is lost."""
    _, chain = _walk(seed=3)
    assert not chain.waiting()
    for account in ACCOUNTS:
        assert not chain.orders(account, open_only=True)
        assert all(locked == 0 for _, locked in chain.balances(account).values())
    assert chain.next_deadline_ns() is None
