"""The caretaker: when it asks the venue, and that its orders come to their end."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from conformance_tests.unit.reference.scripted import (
    LOST,
    NO_SUCH_ORDER,
    UNKNOWN_ORDER,
    Script,
    fill,
    live,
    seen,
)

from fillproof.harness.connectors.reference.caretaker import Caretaker
from fillproof.harness.connectors.reference.trouble import NotSent, Refusal

DUPLICATE = Refusal(400, -2010, "Duplicate order sent.")


async def cancel_at_once(caretaker: Caretaker) -> None:
    """Cancel before anything of the order is known."""
    caretaker.cancel("a")


async def cancel_after_a_second(caretaker: Caretaker) -> None:
    """Cancel an order that is open."""
    await asyncio.sleep(1)
    caretaker.cancel("a")


def test_an_open_order_is_asked_about_every_20_seconds() -> None:
    """A missed message is found by the next poll."""
    script = live(
        Script(
            {
                "create": [(0, seen("Open"))],
                "status": [(0, seen("Open")), (0, seen("Filled", "1"))],
                "trades": [(0, (fill("1", "1"),))],
            }
        )
    )
    assert script.asked == ["0 create", "20 status", "40 status", "40 trades"]
    assert script.told == ["0 Created", "40 Filled 1", "40 Completed", "over"]


def test_a_lost_create_reply_is_found_by_asking() -> None:
    """A create without an answer is asked about at once, and found."""
    script = live(Script({"create": [(10, LOST)], "status": [(0, seen("Open"))]}), seconds=15)
    assert script.asked == ["0 create", "10 status"]
    assert script.told == ["10 Created", "tracked"]


def test_a_create_that_never_arrived_fails_only_when_it_is_too_old() -> None:
    """While the venue could still accept the create, "no such order" proves nothing."""
    script = live(Script({"create": [(0, LOST)], "status": [(0, NO_SUCH_ORDER)]}))
    assert script.asked == ["0 create", *(f"{t} status" for t in (0, 1, 3, 7, 15))]
    assert script.told == ["15 Failure", "over"]


def test_a_create_that_arrives_late_is_created() -> None:
    """Not found at first, and found in the end: no Failure is told."""
    script = live(
        Script(
            {
                "create": [(0, LOST)],
                "status": [(0, NO_SUCH_ORDER), (0, NO_SUCH_ORDER), (0, seen("Open"))],
            }
        ),
        seconds=10,
    )
    assert script.told == ["3 Created", "tracked"]


def test_a_refusal_of_a_copy_is_no_failure() -> None:
    """The venue may call an order a duplicate that it has accepted before."""
    script = live(Script({"create": [(1, DUPLICATE)], "status": [(0, seen("Open"))]}), seconds=15)
    assert script.told == ["1 Created", "tracked"]


def test_a_refusal_that_is_true_fails_after_one_question() -> None:
    """Not there right after the refusal: it was one."""
    script = live(Script({"create": [(1, DUPLICATE)], "status": [(0, NO_SUCH_ORDER)]}))
    assert script.asked == ["0 create", "1 status"]
    assert script.told == ["1 Failure", "over"]


def test_what_was_not_sent_fails_at_once() -> None:
    """Nothing needs to be asked about an order that never left."""
    script = live(Script({"create": [(0, NotSent("pause"))]}))
    assert script.told == ["0 Failure", "over"]


def test_an_outage_is_no_failure() -> None:
    """However often asking fails, nothing is told that is not known; and it is asked less often."""
    script = live(
        Script(
            {"create": [(0, LOST)], "status": [*[(0.0, LOST)] * 6, (0.0, seen("Open"))]},
        ),
        seconds=80,
    )
    times = [line.split()[0] for line in script.asked[1:]]
    assert times == ["0", "1", "3", "7", "15", "31", "51", "71"]
    assert script.told == ["51 Created", "tracked"]


def test_missing_trades_are_asked_for_until_they_are_there() -> None:
    """The end is held back while the list of trades lags behind the status."""
    script = live(
        Script(
            {
                "create": [(0, seen("Canceled", "0.5"))],
                "trades": [(0, ()), (0, (fill("1", "0.2"),)), (0, (fill("2", "0.3"),))],
            }
        )
    )
    assert script.asked == ["0 create", "0 trades", "1 trades", "3 trades"]
    assert script.told == ["0 Created", "1 Filled 0.2", "3 Filled 0.3", "3 Cancelled", "over"]


def test_a_cancel_tells_what_its_reply_says() -> None:
    """The reply to a cancel is a fact like any other."""
    script = live(
        Script({"create": [(0, seen("Open"))], "cancel": [(1, seen("Canceled"))]}),
        cancel_after_a_second,
    )
    assert script.told == ["0 Created", "2 Cancelled", "over"]


def test_a_cancel_that_overtakes_the_create_is_sent_again() -> None:
    """The venue does not know the order yet: the wish to cancel stands until it does."""
    script = live(
        Script(
            {
                "create": [(3, seen("Open"))],
                "cancel": [(0, UNKNOWN_ORDER), (0, seen("Canceled"))],
            }
        ),
        cancel_at_once,
    )
    assert script.asked == ["0 create", "0 cancel", "3 cancel"]
    assert script.told == ["3 Created", "3 Cancelled", "over"]


def test_a_refused_cancel_is_no_event() -> None:
    """The order is asked about instead, and the cancel is not repeated."""
    script = live(
        Script(
            {
                "create": [(0, seen("Open"))],
                "cancel": [(0, UNKNOWN_ORDER)],
                "status": [(0, seen("Filled", "1"))],
                "trades": [(0, (fill("1", "1"),))],
            }
        ),
        cancel_after_a_second,
    )
    assert script.asked == ["0 create", "1 cancel", "1 status", "1 trades"]
    assert script.told == ["0 Created", "1 Filled 1", "1 Completed", "over"]


def test_a_refused_cancel_of_an_open_order_leaves_it_open() -> None:
    """The venue said no, and the strategy may ask again."""
    script = live(
        Script(
            {
                "create": [(0, seen("Open"))],
                "cancel": [(0, UNKNOWN_ORDER)],
                "status": [(0, seen("Open"))],
            }
        ),
        cancel_after_a_second,
        seconds=15,
    )
    assert script.asked == ["0 create", "1 cancel", "1 status"]
    assert script.told == ["0 Created", "tracked"]


def test_an_unanswered_cancel_is_repeated_a_few_times() -> None:
    """Each time the order is asked about first to have ended; after six the strategy must ask."""
    script = live(
        Script(
            {
                "create": [(0, seen("Open"))],
                "cancel": [(0, LOST)],
                "status": [(0, seen("Open"))],
            }
        ),
        cancel_after_a_second,
        seconds=120,
    )
    cancels = [line for line in script.asked if "cancel" in line]
    assert cancels == [f"{t} cancel" for t in (1, 2, 4, 8, 16, 32)]


def test_late_fills_are_found_until_the_grace_window_is_over() -> None:
    """On a decentralised venue an ended order is asked about to the end of its grace window."""
    script = live(
        Script(
            {
                "create": [(0, seen("Open"))],
                "cancel": [(0, seen("Canceled"))],
                "status": [(0, seen("Canceled"))],
                "trades": [(0, ()), (0, ()), (0, (fill("1", "0.3"),))],
            }
        ),
        cancel_after_a_second,
        grace_seconds=30,
        seconds=40,
    )
    assert [line for line in script.asked if "trades" in line] == [
        "1 trades",
        "21 trades",
        "32 trades",
    ]
    assert script.told == ["0 Created", "1 Cancelled", "32 Filled 0.3", "over"]


def test_what_a_chain_took_back_is_told_before_what_came_in_its_place() -> None:
    """With both fills the order would be full; it is not, and was not for a moment."""
    script = live(
        Script(
            {
                "create": [(0, seen("Open"))],
                "status": [(0, seen("Open", "0.75"))],
                "trades": [
                    (0, (fill("1", "0.5"), fill("2", "0.25"))),
                    (0, (fill("1", "0.5"), fill("3", "0.25"))),
                ],
            }
        ),
        grace_seconds=30,
        seconds=50,
    )
    told = ["0 Created", "20 Filled 0.5", "20 Filled 0.25", "40 Reversed", "40 Filled 0.25"]
    assert script.told == [*told, "tracked"]


def test_an_answer_that_lags_behind_takes_no_fill_back() -> None:
    """Neither it nor the list of fills shows what happened since; its date says so."""
    late, early = replace(seen("Open", "0.5"), time_ms=9), replace(seen("Open"), time_ms=5)
    script = live(
        Script(
            {
                "create": [(0, early)],
                "status": [(0, late), (0, early), (0, NO_SUCH_ORDER)],
                "trades": [(0, (fill("1", "0.5"),)), (0, ())],
            }
        ),
        grace_seconds=30,
        seconds=70,
    )
    assert script.told == ["0 Created", "20 Filled 0.5", "tracked"]


def test_a_venue_that_is_silent_after_the_grace_window_is_asked_again() -> None:
    """What may have been missed stays owed until the venue answers; it is asked at a slow pace."""
    script = live(
        Script(
            {
                "create": [(0, seen("Canceled"))],
                "status": [*[(0.0, LOST)] * 3, (0.0, seen("Canceled", "0.3"))],
                "trades": [(0, (fill("1", "0.3"),))],
            }
        ),
        grace_seconds=1,
    )
    assert script.asked == ["0 create", "0 status", "1 status", "3 status", "7 status", "7 trades"]
    assert script.told == ["0 Created", "0 Cancelled", "7 Filled 0.3", "over"]
