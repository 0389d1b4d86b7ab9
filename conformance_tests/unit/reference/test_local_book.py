"""The reference's local order book: snapshot, changes, gaps, as the venue documents them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from fillproof.harness.connectors.reference.decode_book import book_change, depth_reply
from fillproof.harness.connectors.reference.local_book import Change, LocalBook, Snapshot
from fillproof.harness.connectors.reference.trouble import Unreadable


def levels(text: str) -> Mapping[Decimal, Decimal]:
    """Return levels written as "PRICE:AMOUNT PRICE:AMOUNT"."""
    pairs = (level.split(":") for level in text.split())
    return {Decimal(price): Decimal(amount) for price, amount in pairs}


def bids(first: int, last: int, text: str) -> Change:
    """Return a change of bids."""
    return Change(first, last, levels(text), {})


def snap(update_id: int, text: str) -> Snapshot:
    """Return a snapshot with bids."""
    return Snapshot(update_id, levels(text), {})


Said = Change | Snapshot


@pytest.mark.parametrize(
    ("said", "book"),
    [
        ([snap(5, "10:1 11:2")], "5 11:2 10:1"),
        ([snap(5, "10:1"), bids(6, 6, "10:3")], "6 10:3"),
        ([snap(5, "10:1"), bids(6, 7, "11:1 10:0")], "7 11:1"),
        ([snap(5, "10:1"), bids(6, 6, "12:0")], "6 10:1"),
        ([snap(5, "10:1"), bids(4, 5, "10:9")], "5 10:1"),
        ([snap(5, "10:1"), bids(4, 6, "10:9")], "6 10:9"),
        ([snap(5, "10:1"), bids(6, 6, "10:2"), bids(6, 6, "10:2")], "6 10:2"),
        ([snap(5, "10:1"), bids(7, 7, "10:2")], "out"),
        ([snap(5, "10:1"), bids(7, 7, "10:2"), snap(6, "9:1")], "7 10:2 9:1"),
        ([snap(5, "10:1"), bids(7, 7, "10:2"), snap(5, "9:1")], "out"),
        ([snap(5, "10:1"), bids(7, 7, "10:2"), snap(5, "9:1"), snap(7, "8:1")], "7 8:1"),
        (
            [bids(3, 4, "10:9"), bids(5, 5, "9:1"), bids(6, 6, "11:1"), snap(5, "10:1")],
            "6 11:1 10:1",
        ),
        ([bids(3, 4, "10:9"), snap(5, "10:1")], "5 10:1"),
        ([bids(7, 7, "10:9"), snap(5, "10:1")], "out"),
        ([bids(6, 6, "1:1"), bids(8, 8, "2:1"), snap(5, ""), snap(7, "1:1")], "8 2:1 1:1"),
        ([], "out"),
    ],
)
def test_a_book_is_kept_as_the_venue_says(said: list[Said], book: str) -> None:
    """What is old changes nothing, what leaves something out ends it, a snapshot begins it."""
    kept = LocalBook()
    for one in said:
        if isinstance(one, Snapshot):
            kept.begin(one)
        else:
            kept.hear(one)
    read = kept.read()
    shown = " ".join(
        [str(read.last_update_id), *(f"{price}:{amount}" for price, amount in read.bids)]
    )
    assert (shown if read.in_sync else "out") == book


def test_asks_rise_and_bids_fall() -> None:
    """The best of each side stands first."""
    kept = LocalBook()
    kept.begin(Snapshot(1, levels("1:1 3:1 2:1"), levels("6:1 4:1 5:1")))
    read = kept.read()
    assert [int(price) for price, _ in (*read.bids, *read.asks)] == [3, 2, 1, 4, 5, 6]


def test_a_life_ends_with_what_was_lost() -> None:
    """A snapshot that was asked for before is known by the life it was asked in."""
    kept = LocalBook()
    kept.begin(snap(5, "10:1"))
    assert kept.lives == 0
    kept.hear(bids(7, 7, "1:1"))
    assert (kept.lives, kept.in_sync, kept.read().bids) == (1, False, ())


def test_messages_about_books_are_read() -> None:
    """Numbers as exact decimals; another shape is no message."""
    shown = {"lastUpdateId": 7, "bids": [["1.50000000", "2.00000000"]], "asks": []}
    assert depth_reply(shown) == Snapshot(7, levels("1.5:2"), {})
    event = {"e": "depthUpdate", "s": "X", "U": 8, "u": 9, "b": [], "a": [["3", "0.00000000"]]}
    assert book_change(event) == ("X", Change(8, 9, {}, levels("3:0")))
    for wrong in ({}, {**shown, "bids": [["1"]]}, {**shown, "bids": [["1", "-1"]]}):
        with pytest.raises(Unreadable):
            depth_reply(wrong)
    with pytest.raises(Unreadable):
        book_change({"e": "trade"})
