"""Builds recordings of cases about books, so that a rule's cases read as a table.

A story is a list of words between semicolons; each takes 10 virtual milliseconds. Books are written
`bids|asks`, levels as PRICE:AMOUNT with commas between, best first.

    joins; leaves            the subscription to the changes stands; its connection is closed
    snap 5 b|a               a snapshot of update 5 arrives
    diff 6-7 b|a             the updates 6 to 7 arrive
    true 7 b|a               the venue's book is this from now on
    look 7 b|a               the books are looked at; the connector says that its own is this
                             (`out` after it: and not in sync; `none` for the book: there is none)
    wait 5; heal; bound      seconds pass; all faults have ended; the convergence bound is over
"""

from __future__ import annotations

import json
from typing import Any

from conformance_tests.unit.rules.build import BOUND, MILLISECOND, SECOND, recording

from fillproof.harness.history import History, read_recording
from fillproof.harness.rules import Outcome, judge

Lines = list[dict[str, Any]]


class BookStory:
    """Writes the lines of a recording; every method is one word of a story."""

    def __init__(self, header: dict[str, Any]) -> None:
        self.lines: Lines = [header]
        self.t = 0
        self.connections = 0
        self.true: dict[str, Any] = {"last_update_id": None, "bids": [], "asks": []}
        self.run("phase", phase="steps")

    def write(self, ledger: str, kind: str, **keys: Any) -> None:
        """Add a line."""
        head = {"n": len(self.lines), "t": self.t, "ledger": ledger, "kind": kind}
        self.lines.append({**head, **keys})

    def run(self, kind: str, **keys: Any) -> None:
        """Add a line of the run."""
        self.write("run", kind, **keys)

    @property
    def connection(self) -> str:
        """The connection that is used now."""
        return f"c{self.connections}"

    def say(self, word: str, *rest: str) -> None:
        """Write one word of a story."""
        getattr(self, f"_{word}")(*rest)

    def _joins(self) -> None:
        self.connections += 1
        self.write("wire", "open", connection=self.connection, host="stream", port=1)
        fact = {"fact": "subscribed", "stream": "public_stream", "market": "BTC-USDT"}
        self._hears("control", {**fact, "subscription": "depth"})

    def _leaves(self) -> None:
        self.write("wire", "closed", connection=self.connection, by="venue", code=1001)

    def _snap(self, last: str, book: str) -> None:
        self._hears(
            "reference_reply",
            {"fact": "book", "market": "BTC-USDT", "last_update_id": last, **sides(book)},
        )

    def _diff(self, span: str, book: str) -> None:
        first, last = span.split("-")
        ids = {"first_update_id": first, "last_update_id": last}
        fact = {"fact": "book_change", "market": "BTC-USDT", **ids, **sides(book)}
        self._hears("public_stream", fact)

    def _hears(self, channel: str, fact: dict[str, Any]) -> None:
        keys = {"unit": len(self.lines), "direction": "v2c", "channel": channel}
        self.write("wire", "sent", **keys, connection=self.connection, bytes="", message={})
        self.write("wire", "delivered", **keys, facts=[fact], faults=[])

    def _true(self, last: str, book: str) -> None:
        self.true = {"last_update_id": last, **sides(book)}

    def _look(self, last: str, book: str = "|", flag: str = "") -> None:
        self.write("truth", "book", market="BTC-USDT", **self.true)
        believed = None
        if last != "none":
            stated = None if last == "?" else last
            said = {"last_update_id": stated, "in_sync": flag != "out"}
            believed = {"BTC-USDT": {**said, **sides(book)}}
        self.write("told", "reading", at="books", tracked=None, balances=None, books=believed)

    def _wait(self, seconds: str) -> None:
        self.t += int(seconds) * SECOND

    def _heal(self) -> None:
        self.run("phase", phase="healed")

    def _bound(self) -> None:
        self.t += BOUND


def sides(book: str) -> dict[str, Any]:
    """Return the levels of `bids|asks`."""
    bids, asks = (
        [level.split(":") for level in side.split(",") if level] for side in book.split("|")
    )
    return {"bids": bids, "asks": asks}


def history(story: str) -> History:
    """Return the history of a story; it comes to rest at its end."""
    header = json.loads(recording("")[0])
    written = BookStory(header)
    for words in filter(None, (part.strip() for part in story.split(";"))):
        written.t += 10 * MILLISECOND
        written.say(*words.split())
    if "heal" not in story:
        written.say("heal")
    written.run("phase", phase="quiet")
    written.run("phase", phase="stopped")
    written.run("end")
    return read_recording([json.dumps(line) for line in written.lines])


def roots(story: str) -> list[tuple[str, Outcome]]:
    """Return rule and outcome of each root finding of a story, sorted."""
    return sorted((finding.rule, finding.outcome) for finding in judge(history(story)).findings)
