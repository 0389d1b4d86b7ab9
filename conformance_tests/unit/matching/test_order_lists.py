"""Orders that hang together: OCO, OTO, OTOCO, OPO, OPOCO."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conformance_tests.unit.matching.table import SYMBOL, Venue, instrument

from fillproof.simulator.matching import CommandError, Fees
from fillproof.simulator.vocabulary.instruments import Filters

OCO = "ann oco L sell a 3 @ 110 post & sell b 3 @ 85 stop 90"


def _venue(**how: object) -> Venue:
    """Return a venue whose last trade was at 100, with an empty book."""
    venue = Venue(**how)  # type: ignore[arg-type]
    venue.do("bob sell s 1 @ 100")
    venue.do("bob buy s2 1 @ 100")
    return venue


def _oco() -> Venue:
    venue = _venue()
    venue.play(
        f"""
        {OCO} | a New 0/3; b New 0/3 waits; list L EXECUTING a b
        """
    )
    return venue


def test_an_oco_locks_its_quantity_once() -> None:
    """Only one leg can trade, so the account locks what the leg needs that needs more."""
    venue = _oco()
    assert venue.book() == "bids asks 110x3"
    assert venue.money("ann") == "BTC 997+3, USDT 100000+0"


def test_an_oco_of_buys_locks_for_the_dearer_leg() -> None:
    """A buy's stop-loss-limit pays more than its limit: that is locked until a leg is up."""
    venue = _venue()
    venue.play(
        """
        ann oco L buy a 2 @ 120 stop 115 & buy b 2 @ 90 post | a New 0/2 waits; b New 0/2
                                                             | list L EXECUTING a b
        """
    )
    assert venue.money("ann") == "BTC 1000+0, USDT 99760+240"
    venue.play(
        """
        bob sell s3 1 @ 90 | s3 New 0/1
                           | a Expired 0/0 other_of_list
                           | b Trade 1 @ 90 PartiallyFilled 1/1
                           | s3 Trade 1 @ 90 Filled 1/0
        """
    )
    assert venue.money("ann") == "BTC 1001+0, USDT 99820+90"


def test_the_first_fill_of_one_leg_ends_the_other() -> None:
    """As soon as the limit trades, in part or whole, the other expires."""
    _oco().play(
        """
        bob buy c 1 @ 110 | c New 0/1
                          | b Expired 0/0 other_of_list
                          | a Trade 1 @ 110 PartiallyFilled 1/2
                          | c Trade 1 @ 110 Filled 1/0
        bob buy d 2 @ 110 | d New 0/2
                          | a Trade 2 @ 110 Filled 3/0
                          | d Trade 2 @ 110 Filled 2/0
                          | list L ALL_DONE a b
        """
    )


def test_a_triggered_stop_ends_the_other_leg() -> None:
    """When the stop-loss is set off the limit is out of the book before it comes."""
    venue = _oco()
    venue.play(
        """
        bob buy c 1 @ 90  | c New 0/1
        bob sell d 1 @ 90 | d New 0/1
                          | c Trade 1 @ 90 Filled 1/0
                          | d Trade 1 @ 90 Filled 1/0
                          | a Expired 0/0 other_of_list
                          | b Triggered New 0/3
        """
    )
    assert venue.book() == "bids asks 85x3"
    assert venue.money("ann") == "BTC 997+3, USDT 100000+0"


CANCELS = ["ann cancel a", "ann cancel b", "ann cancel list L", "ann cancel all"]


@pytest.mark.parametrize("asked", CANCELS)
def test_a_cancel_of_one_leg_cancels_the_list(asked: str) -> None:
    """However it is asked for, both legs are canceled and the list is done."""
    venue = _oco()
    reports = {
        line.split()[0]: line for line in ("a Canceled 0/0 by_client", "b Canceled 0/0 by_client")
    }
    first, second = ("b", "a") if asked.endswith(" b") else ("a", "b")
    venue.play(f"{asked} | {reports[first]}; {reports[second]}; list L ALL_DONE a b")
    assert venue.money("ann") == "BTC 1000+0, USDT 100000+0"
    venue.play("ann cancel list L | cancel of all refused: unknown_order_list")


def test_a_leg_that_the_venue_ends_ends_the_other() -> None:
    """An end that is no cancel by the client lets the other leg expire."""
    _oco().play(
        """
        venue expire a | a Expired 0/0 by_venue; b Expired 0/0 other_of_list
                       | list L ALL_DONE a b
        """
    )


def test_an_amend_of_one_leg_lowers_both() -> None:
    """Legs are of one quantity; a list tells the new name of an order."""
    venue = _oco()
    venue.play(
        """
        ann amend a 2      | a Replaced a New 0/2; b Replaced b New 0/2
        ann amend b 1 as x | x Replaced b New 0/1; a Replaced a New 0/1; list L EXECUTING a x
        """
    )
    assert venue.money("ann") == "BTC 999+1, USDT 100000+0"


REFUSED = [
    ("oco L sell a 3 @ 99 post & sell b 3 stop 90", "L", "list_prices_wrong"),
    ("oco L sell a 3 @ 110 post & sell b 3 stop 100", "L", "list_prices_wrong"),
    ("oco L buy a 3 stop 100 & buy b 3 @ 90 post", "L", "list_prices_wrong"),
    ("oco L sell a 3 take 110 & sell b 3 stop 111", "L", "list_prices_wrong"),
    ("otoco L buy w 3 @ 90 & sell a 3 take 80 & sell b 3 stop 85", "L", "list_prices_wrong"),
    ("oco L sell a 3 @ 110 post & sell a 3 stop 90", "L by a", "duplicate_client_order_id"),
    ("oco L sell a 3 @ 110 post & sell old 3 stop 90", "L by old", "duplicate_client_order_id"),
    ("oco K sell a 3 @ 110 post & sell b 3 stop 90", "K", "duplicate_client_order_id"),
    ("oco L sell a 1000 @ 110 post & sell b 1000 stop 90", "L", "insufficient_balance"),
    ("oco L sell a 1001 @ 110 post & sell b 1001 stop 90", "L by a", "quantity_above_maximum"),
    ("oto L buy w 9 @ 104 post & sell a 3 @ 120", "L by w", "would_match_immediately"),
]


@pytest.mark.parametrize(("asked", "whose", "why"), REFUSED)
def test_a_list_is_refused_whole(asked: str, whose: str, why: str) -> None:
    """One report names the order that broke a rule, or none when the list did; nothing enters."""
    venue = _venue()
    venue.do("ann sell old 1 @ 104")
    venue.do("ann oco K buy k1 1 stop 103 & buy k2 1 @ 90 post")
    before = (venue.money("ann"), len(venue.exchange.orders("ann")))
    name, _, by = whose.partition(" ")
    venue.play(f"ann {asked} | list {name} refused{by and ' ' + by}: {why}")
    assert (venue.money("ann"), len(venue.exchange.orders("ann"))) == before


def test_a_market_takes_so_many_lists_of_an_account() -> None:
    """MAX_NUM_ORDER_LISTS counts the lists that are not done."""
    market = instrument(filters=Filters(maximum_order_lists=1))
    venue = _venue(market=market)
    venue.do(OCO)
    venue.play("ann oto M buy w 1 @ 90 & sell p 1 @ 120 | list M refused: too_many_order_lists")


MISTAKES = [
    ("ann oco L sell a 3 @ 110 & sell b 3 stop 90", "post-only limit or the take-profit"),
    ("ann oco L sell a 3 stop 90 & sell b 3 @ 110 post", "stop-loss of the OCO"),
    ("ann oco L sell a 3 @ 110 post & sell b 2 stop 90", "one side and one quantity"),
    ("ann oco L sell a 3 @ 110 post", "1 orders; OCO has 2"),
    ("ann oto L buy w 3 stop 110 & sell a 3 @ 120", "the working order"),
    ("ann opo L sell w 3 @ 110 & sell a 0 @ 120", "the first buys"),
]


@pytest.mark.parametrize(("asked", "message"), MISTAKES)
def test_a_list_that_is_none_raises(asked: str, message: str) -> None:
    """Orders that do not make a list of their kind are their maker's mistake."""
    with pytest.raises(CommandError, match=message):
        _venue().do(asked)


def test_a_pending_order_waits_with_its_money_until_the_working_one_is_full() -> None:
    """An OTO locks for both; its second comes with the last fill of its first, and not before."""
    venue = _venue()
    venue.play(
        """
        ann oto L buy w 3 @ 99 & sell p 2 @ 120 | w New 0/3; p PendingNew 0/2
                                                | list L EXECUTING w p
        """
    )
    assert venue.money("ann") == "BTC 998+2, USDT 99703+297"
    assert venue.book() == "bids 99x3 asks"
    venue.play(
        """
        bob sell c 1 @ 99 | c New 0/1
                          | w Trade 1 @ 99 PartiallyFilled 1/2
                          | c Trade 1 @ 99 Filled 1/0
        bob sell d 2 @ 99 | d New 0/2
                          | w Trade 2 @ 99 Filled 3/0
                          | d Trade 2 @ 99 Filled 2/0
                          | p New 0/2
        ann cancel p      | p Canceled 0/0 by_client; list L ALL_DONE w p
        """
    )


ENDS = [
    ("ann cancel w", "w Canceled 0/0 by_client; p Canceled 0/0 by_client"),
    ("ann cancel p", "p Canceled 0/0 by_client; w Canceled 0/0 by_client"),
    ("venue expire w", "w Expired 0/0 by_venue; p Expired 0/0 first_of_list_ended"),
    ("venue expire p", "p Expired 0/0 by_venue; w Expired 0/0 other_of_list"),
]


@pytest.mark.parametrize(("asked", "reported"), ENDS)
def test_without_its_working_order_a_pending_one_ends(asked: str, reported: str) -> None:
    """The end of one of two that wait for each other is the end of both."""
    venue = _venue()
    venue.do("ann oto L buy w 3 @ 99 & sell p 2 @ 120")
    venue.play(f"{asked} | {reported}; list L ALL_DONE w p")
    assert venue.money("ann") == "BTC 1000+0, USDT 100000+0"


def test_a_working_order_that_ends_in_part_filled_brings_nothing() -> None:
    """An IOC that leaves a rest has not been filled whole."""
    venue = _venue()
    venue.do("bob sell c 1 @ 99")
    venue.play(
        """
        ann oto L buy w 3 @ 99 ioc & sell p 2 @ 120 | w New 0/3; p PendingNew 0/2
                                                    | list L EXECUTING w p
                                                    | c Trade 1 @ 99 Filled 1/0
                                                    | w Trade 1 @ 99 PartiallyFilled 1/2
                                                    | w Expired 1/0 ioc_rest
                                                    | p Expired 0/0 first_of_list_ended
                                                    | list L ALL_DONE w p
        """
    )


def test_an_otoco_brings_an_oco() -> None:
    """Its first order brings two of which one ends the other; their money is locked once."""
    venue = _venue()
    venue.play(
        """
        ann otoco L buy w 3 @ 99 & sell a 3 @ 120 post & sell b 3 stop 90
            | w New 0/3; a PendingNew 0/3; b PendingNew 0/3; list L EXECUTING w a b
        """.replace("\n            |", " |")
    )
    assert venue.money("ann") == "BTC 997+3, USDT 99703+297"
    venue.play(
        """
        bob sell c 3 @ 99  | c New 0/3
                           | w Trade 3 @ 99 Filled 3/0
                           | c Trade 3 @ 99 Filled 3/0
                           | a New 0/3
                           | b New 0/3 waits
        bob buy d 3 @ 120  | d New 0/3
                           | b Expired 0/0 other_of_list
                           | a Trade 3 @ 120 Filled 3/0
                           | d Trade 3 @ 120 Filled 3/0
                           | list L ALL_DONE w a b
        """
    )


def test_an_order_that_a_bust_brings_back_stands_alone() -> None:
    """The working order of a list that went on is canceled without the orders that it brought."""
    venue = _venue()
    venue.do("ann otoco L buy w 3 @ 99 & sell a 3 @ 120 post & sell b 3 stop 90")
    venue.do("bob sell c 3 @ 99 ioc")
    venue.play(
        """
        venue bust 2 | w TradeCancel 3 @ 99 New 0/3
                     | c TradeCancel 3 @ 99 Canceled 0/0
        ann cancel w | w Canceled 0/0 by_client
        ann cancel a | a Canceled 0/0 by_client; b Canceled 0/0 by_client
                     | list L ALL_DONE w a b
        """
    )


def test_what_cannot_be_placed_when_its_time_comes_expires() -> None:
    """A pending stop whose price is past, a post-only that would match: the list ends."""
    venue = _venue()
    venue.do("bob buy low 9 @ 89")
    venue.play(
        """
        ann oto L buy w 1 @ 99 & sell p 1 stop 99  | w New 0/1; p PendingNew 0/1
                                                   | list L EXECUTING w p
        ann oto M buy v 1 @ 98 & sell q 1 @ 89 post | v New 0/1; q PendingNew 0/1
                                                   | list M EXECUTING v q
        bob sell c 2 @ 98                          | c New 0/2
                                                   | w Trade 1 @ 99 Filled 1/0
                                                   | c Trade 1 @ 99 PartiallyFilled 1/1
                                                   | v Trade 1 @ 98 Filled 1/0
                                                   | c Trade 1 @ 98 Filled 2/0
                                                   | p Expired 0/0 would_trigger_immediately
                                                   | q Expired 0/0 would_match_immediately
                                                   | list L ALL_DONE w p
                                                   | list M ALL_DONE v q
        """
    )


def test_an_opo_sells_what_its_first_order_has_yielded() -> None:
    """The pending quantity is what was bought less the fee, in whole lots; it locks only then."""
    tenth = Decimal("0.1")
    venue = _venue(fees=Fees(tenth, tenth), purse="ann 1000 USDT, bob 1000 BTC, bob 9000 USDT")
    venue.play(
        """
        ann opoco L buy w 9 @ 99 & sell a 0 @ 120 post & sell b 0 stop 90
            | w New 0/9; a PendingNew 0/0; b PendingNew 0/0; list L EXECUTING w a b
        """.replace("\n            |", " |")
    )
    assert venue.money("ann") == "USDT 109+891, BTC 0+0"
    venue.play(
        """
        bob sell c 9 @ 99  | c New 0/9
                           | w Trade 9 @ 99 Filled 9/0
                           | c Trade 9 @ 99 Filled 9/0
                           | a New 0/8
                           | b New 0/8 waits
        """
    )
    assert venue.money("ann") == "USDT 109+0, BTC 0.1+8"


def test_lists_can_be_read() -> None:
    """A list is found by the venue's number and by its name; the open ones are told apart."""
    venue = _oco()
    exchange = venue.exchange
    found = exchange.order_list("ann", list_client_order_id="L")
    assert found is not None
    assert (found.order_list_id, found.list_status) == (1, "EXECUTING")
    assert exchange.order_list("ann", 1) == found
    assert exchange.order_list("bob", 1) is None
    assert exchange.order_list("ann", 1, "other") is None
    assert exchange.order_lists("ann", open_only=True) == (found,)
    view = exchange.find("ann", "b", SYMBOL)
    assert view is not None
    assert view.order_list_id == 1
    venue.do("ann cancel list L")
    assert exchange.order_lists("ann", open_only=True) == ()
    assert [known.list_status for known in exchange.order_lists("ann")] == ["ALL_DONE"]
