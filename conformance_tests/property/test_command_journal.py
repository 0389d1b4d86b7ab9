"""Random walks are written down, asked again, and broken in every way."""

from __future__ import annotations

import random
from functools import cache
from io import StringIO

import pytest
from conformance_tests.property.drawn_commands import (
    ACCOUNTS,
    FEES,
    INSTRUMENTS,
    PURSE,
    chance,
    command,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.simulator.command_journal import (
    CommandJournal,
    JournalError,
    RecordedExchange,
    read_journal,
    replay,
)
from fillproof.simulator.command_journal.entries import COMMANDS
from fillproof.simulator.vocabulary.commands import Deposit, SetLeverage
from fillproof.simulator.vocabulary.reports import TradePrinted


def walk(seed: int, delay: int, steps: int) -> tuple[str, str]:
    """Give an exchange random commands; return its journal and the digest of its state."""
    number = random.Random(seed).randint
    written = StringIO()
    exchange = RecordedExchange(INSTRUMENTS, FEES, written.write, settlement_delay_ns=delay)
    for account in ACCOUNTS:
        for asset, units in PURSE.items():
            exchange.apply(Deposit(account, asset, units), 0)
    exchange.apply(SetLeverage(ACCOUNTS[0], INSTRUMENTS[0].symbol, 3), 0)  # of no contract
    now = 0
    trades: list[int] = []
    for _ in range(steps):
        if chance(number, 4):
            now += number(1, 4)
            exchange.advance(now)
        known = [order for account in ACCOUNTS for order in exchange.orders(account)][-12:]
        reports = exchange.apply(command(number, now, known, trades), now)
        trades += [report.trade_id for report in reports if isinstance(report, TradePrinted)]
    digest = exchange.close_journal()
    return written.getvalue(), digest


@settings(derandomize=True, deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000), delay=st.sampled_from([0, 6]), steps=st.integers(0, 40))
def test_a_replay_reports_and_leaves_the_same(seed: int, delay: int, steps: int) -> None:
    """Whatever was asked, asking a fresh exchange again gives the same reports and state."""
    text, digest = walk(seed, delay, steps)
    journal = read_journal(text.splitlines(keepends=True))

    assert replay(journal).digest == digest


def test_the_walks_write_every_kind_of_command() -> None:
    """What is replayed here leaves out nothing that an exchange can be asked."""
    journals = [read_journal(StringIO(walk(seed, 0, 100)[0])) for seed in range(12)]
    asked = {type(entry.command) for journal in journals for entry in journal.entries}

    assert set(COMMANDS.values()) <= asked


@cache
def a_journal() -> tuple[list[str], CommandJournal]:
    """Return the lines of a walk, and what they say."""
    lines = walk(3, 6, 12)[0].splitlines(keepends=True)
    return lines, read_journal(lines)


def refused(text: str) -> JournalError:
    """Read a broken journal; return why it is refused."""
    with pytest.raises(JournalError) as refusal:
        read_journal(StringIO(text, newline="\n"))
    return refusal.value


def require_good_beginning(error: JournalError) -> None:
    """Hold a refusal to everything before its line, and replay that."""
    whole = a_journal()[1]
    good = error.good
    assert good.closing is None
    assert good.entries == whole.entries[: max(error.line - 2, 0)]
    assert good.opening == (whole.opening if error.line > 1 else None)
    if good.opening is not None:
        replay(good)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(data=st.data())
def test_a_changed_character_is_found_at_its_line(data: st.DataObject) -> None:
    """A journal with one wrong character is refused at that line; what is before can be used."""
    text = "".join(a_journal()[0])
    at = data.draw(st.integers(0, len(text) - 1))
    other = chr(ord(text[at]) ^ (1 << data.draw(st.integers(0, 6))))
    error = refused(text[:at] + other + text[at + 1 :])

    assert error.line == text[:at].count("\n") + 1
    require_good_beginning(error)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(data=st.data())
def test_a_journal_cut_anywhere_is_found_at_its_line(data: st.DataObject) -> None:
    """A journal that ends early, between lines or within one, is refused where it ends."""
    text = "".join(a_journal()[0])
    kept = text[: data.draw(st.integers(0, len(text) - 1))]
    error = refused(kept)

    assert error.line == kept.count("\n") + 1
    require_good_beginning(error)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(data=st.data())
def test_lines_lost_doubled_or_swapped_are_found(data: st.DataObject) -> None:
    """Each line hangs on those before it: none may be missing, come twice, or change its place."""
    lines = a_journal()[0]
    at = data.draw(st.integers(0, len(lines) - 2))
    changed = data.draw(
        st.sampled_from(
            [
                lines[:at] + lines[at + 1 :],
                [*lines[: at + 1], lines[at], *lines[at + 1 :]],
                [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]],
            ]
        )
    )
    error = refused("".join(changed))

    assert error.line in (at + 1, at + 2)
    require_good_beginning(error)
