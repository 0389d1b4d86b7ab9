"""Orders that wait for a price: stop-loss, take-profit, and those that follow the price."""

from __future__ import annotations

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue, rejected

from fillproof.simulator.matching import CommandError
from fillproof.simulator.vocabulary.commands import PlaceOrder, Trigger
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce, TriggerKind
from fillproof.simulator.vocabulary.reports import ExecutionReport


def _venue(last: int = 100) -> Venue:
    """Return a venue whose last trade was at a price, with an empty book."""
    venue = Venue()
    _trade(venue, last)
    return venue


def _trade(venue: Venue, price: int) -> list[str]:
    """Trade one lot at a price; return whose orders were set off."""
    number = len(venue.exchange.orders("bob"))
    venue.do(f"bob sell s{number} 1 @ {price}")
    reports = venue.do(f"bob buy b{number} 1 @ {price} ioc")
    executions = [report for report in reports if isinstance(report, ExecutionReport)]
    return [e.client_order_id for e in executions if e.execution_type == "Triggered"]


def test_a_stop_waits_unseen_with_its_money_locked_until_the_last_price_reaches_it() -> None:
    """A stop-loss-limit order is in no book, locks its money, and comes when its price trades."""
    venue = _venue()
    venue.play("ann sell a 3 @ 90 stop 95 | a New 0/3 waits")
    assert venue.book() == "bids asks"
    assert venue.money("ann") == "BTC 997+3, USDT 100000+0"
    venue.play(
        """
        bob buy b1 2 @ 95  | b1 New 0/2
        bob sell b2 2 @ 95 | b2 New 0/2
                           | b1 Trade 2 @ 95 Filled 2/0
                           | b2 Trade 2 @ 95 Filled 2/0
                           | a Triggered New 0/3
        """
    )
    assert venue.book() == "bids asks 90x3"


DIRECTIONS = [
    ("ann sell a 1 stop 95", 96, 95),
    ("ann sell a 1 take 105", 104, 105),
    ("ann buy a 1 stop 105", 104, 106),
    ("ann buy a 1 take 95", 96, 94),
]


@pytest.mark.parametrize(("asked", "not_yet", "reached"), DIRECTIONS)
def test_stop_loss_waits_for_worse_and_take_profit_for_better(
    asked: str, not_yet: int, reached: int
) -> None:
    """A price short of the trigger does nothing; the trigger's price or one past it sets off."""
    venue = _venue()
    venue.do(asked)
    assert _trade(venue, not_yet) == []
    assert _trade(venue, reached) == ["a"]


@pytest.mark.parametrize(
    "asked",
    [
        "ann sell a 1 stop 100",
        "ann sell a 1 take 99",
        "ann buy a 1 stop 100",
        "ann buy a 1 @ 90 take 101",
    ],
)
def test_a_trigger_that_is_already_reached_is_refused(asked: str) -> None:
    """An order whose trigger price is at the last price or behind it would not wait."""
    assert rejected(_venue().do(asked)) == "would_trigger_immediately"


def test_before_the_first_trade_nothing_is_reached() -> None:
    """Without a last price any trigger waits; the first trade sets off all that it reaches."""
    venue = Venue()
    for asked in (
        "ann sell low 1 @ 90 stop 90",
        "ann buy up 1 @ 90 stop 95",
        "ann sell a 1 @ 97 stop 97",
    ):
        venue.do(asked)
    assert _trade(venue, 96) == ["up", "a"]


def test_a_sweep_sets_off_in_the_order_in_which_prices_were_reached() -> None:
    """Whose trigger was reached first comes first, at one price the older; all after the sweep."""
    venue = _venue()
    venue.play(
        """
        ann buy high 1 @ 90 stop 103 | high New 0/1 waits
        ann buy late 1 @ 90 stop 102 | late New 0/1 waits
        ann buy next 1 @ 90 stop 103 | next New 0/1 waits
        bob sell s1 1 @ 101          | s1 New 0/1
        bob sell s2 1 @ 105          | s2 New 0/1
        bob buy b 2 @ 105            | b New 0/2
                                     | s1 Trade 1 @ 101 Filled 1/0
                                     | b Trade 1 @ 101 PartiallyFilled 1/1
                                     | s2 Trade 1 @ 105 Filled 1/0
                                     | b Trade 1 @ 105 Filled 2/0
                                     | late Triggered New 0/1
                                     | high Triggered New 0/1
                                     | next Triggered New 0/1
        """
    )


def test_what_is_set_off_sets_off_more_in_the_same_reports() -> None:
    """A cascade is carried out within the command that began it, each order once."""
    venue = _venue()
    venue.play(
        """
        bob buy b1 1 @ 95    | b1 New 0/1
        bob buy b2 1 @ 94    | b2 New 0/1
        bob buy b3 1 @ 93    | b3 New 0/1
        ann sell a1 1 stop 95 | a1 New 0/1 waits
        ann sell a2 1 stop 94 | a2 New 0/1 waits
        bob sell s 1 @ 95    | s New 0/1
                             | b1 Trade 1 @ 95 Filled 1/0
                             | s Trade 1 @ 95 Filled 1/0
                             | a1 Triggered New 0/1
                             | b2 Trade 1 @ 94 Filled 1/0
                             | a1 Trade 1 @ 94 Filled 1/0
                             | a2 Triggered New 0/1
                             | b3 Trade 1 @ 93 Filled 1/0
                             | a2 Trade 1 @ 93 Filled 1/0
        """
    )


def test_a_waiting_order_is_canceled_amended_and_expires() -> None:
    """What can be done with a resting order can be done with one that waits."""
    venue = _venue()
    venue.play(
        """
        ann buy a 3 @ 110 stop 105          | a New 0/3 waits
        ann amend a 2                       | a Replaced a New 0/2
        fill a 1                            | impossible: order 3 (a) waits: it is in no book
        ann cancel a                        | a Canceled 0/0 by_client
        ann buy d 3 @ 110 until 9 stop 105  | d New 0/3 waits
        at 9 wait                           | d Expired 0/0 good_till_date
        """
    )
    assert venue.money("ann") == "BTC 1000+0, USDT 100000+0"


def test_a_market_buy_locks_what_it_costs_when_it_is_set_off() -> None:
    """Its cost is not known before; when the money is not there it expires."""
    venue = Venue(purse="ann 250 USDT, bob 100 BTC, bob 100000 USDT")
    venue.play(
        """
        bob sell s 9 @ 100  | s New 0/9
        ann buy a 2 stop 99 | a New 0/2 waits
        ann buy c 1 stop 99 | c New 0/1 waits
        """
    )
    assert venue.money("ann") == "USDT 250+0"
    venue.play(
        """
        bob buy b 1 @ 100 | b New 0/1
                          | s Trade 1 @ 100 PartiallyFilled 1/8
                          | b Trade 1 @ 100 Filled 1/0
                          | a Triggered New 0/2
                          | s Trade 2 @ 100 PartiallyFilled 3/6
                          | a Trade 2 @ 100 Filled 2/0
                          | c Triggered New 0/1
                          | c Expired 0/0 insufficient_balance
        """
    )


TRAILS = [
    # A sell's stop-loss follows the highest price, five percent below it.
    ("ann sell a 1 stop trail 500", [110, 105, 120, 115], 114),
    # A buy's stop-loss follows the lowest price, five percent above it.
    ("ann buy a 1 stop trail 500", [90, 94, 80, 83], 84),
    # A sell's take-profit triggers on a rise from the lowest price.
    ("ann sell a 1 take trail 500", [80, 83], 84),
    # With a price it follows only from the trade that reaches it: 120, not 130.
    ("ann buy a 1 stop 120 trail 500", [80, 100, 130, 120, 125], 126),
    ("ann sell a 1 stop 90 trail 500", [120, 89, 95, 91], 90),
]


@pytest.mark.parametrize(("asked", "path", "reached"), TRAILS)
def test_a_trail_follows_the_best_price(asked: str, path: list[int], reached: int) -> None:
    """A trailing order triggers where the price comes back from its best by the delta."""
    venue = _venue()
    venue.do(asked)
    for price in path:
        assert _trade(venue, price) == [], price
    assert _trade(venue, reached) == ["a"]


def test_where_a_trail_stands_can_be_read() -> None:
    """A view says where the order triggers now and since when it follows the price."""
    venue = _venue()
    venue.do("at 7 ann sell a 1 stop trail 500")
    view = venue.exchange.find("ann", "a")
    assert view is not None
    assert (view.trigger_price_ticks, view.trailing_time_ns, view.is_working) == (95, 7, False)
    _trade(venue, 200)
    view = venue.exchange.find("ann", "a")
    assert view is not None
    assert (view.trigger_price_ticks, view.trailing_time_ns) == (190, 7)


@pytest.mark.parametrize(
    ("trigger", "post_only"),
    [(Trigger(TriggerKind.STOP_LOSS), False), (Trigger(TriggerKind.STOP_LOSS, 90), True)],
)
def test_a_trigger_needs_a_price_or_a_trail_and_is_never_post_only(
    trigger: Trigger, *, post_only: bool
) -> None:
    """A trigger that contradicts itself is its maker's mistake."""
    order = PlaceOrder(
        "ann",
        "a",
        SYMBOL,
        Side.SELL,
        OrderType.LIMIT,
        TimeInForce.GTC,
        1,
        90,
        post_only,
        trigger=trigger,
    )
    with pytest.raises(CommandError, match="trigger"):
        Venue().exchange.apply(order, 0)
