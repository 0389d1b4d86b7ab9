"""The lines of a command journal, and how a wrong one is refused."""

from __future__ import annotations

import inspect
import json
from decimal import Decimal
from typing import Any

import pytest

from fillproof.simulator.command_journal import (
    JournalError,
    RecordedExchange,
    ReplayError,
    read_journal,
    replay,
)
from fillproof.simulator.command_journal.chain import START, sealed
from fillproof.simulator.matching import CommandError, Discount, Exchange, Fees, Rates
from fillproof.simulator.vocabulary.commands import CancelOrder, Deposit, PlaceOrder
from fillproof.simulator.vocabulary.instruments import Filters, Instrument
from fillproof.simulator.vocabulary.orders import OrderType, Side, TimeInForce

MARKET = Instrument(
    symbol="BTCUSDT",
    base="BTC",
    quote="USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.0001"),
    min_quantity=Decimal("0.0001"),
    max_quantity=Decimal(9000),
    min_notional=Decimal(5),
    filters=Filters(maximum_orders=200, minimum_price=Decimal("0.01")),
)
FEES = Fees(
    maker=Decimal("0.001"),
    taker=Decimal("0.002"),
    markets={"ETHUSDT": Rates(Decimal(0), Decimal("0.0005"))},
    discount=Discount("BNB", Decimal("0.25"), {"BTC": Decimal(100)}),
)
ORDER = PlaceOrder(
    account="ann",
    client_order_id="a",
    symbol="BTCUSDT",
    side=Side.BUY,
    order_type=OrderType.LIMIT,
    time_in_force=TimeInForce.GTD,
    quantity_lots=10_000,
    price_ticks=2_900_000,
    expire_at_ns=50,
)


def an_exchange(lines: list[str], delay: int = 0) -> RecordedExchange:
    """Return an exchange where ann may buy."""
    exchange = RecordedExchange([MARKET], FEES, lines.append, settlement_delay_ns=delay)
    exchange.apply(Deposit("ann", "USDT", 10**21), 1)
    return exchange


def bodies(lines: list[str]) -> list[Any]:
    """Return what the lines say, without their chain."""
    said = [json.loads(line) for line in lines]
    for one in said:
        assert len(one.pop("chain")) == 32
    return said


def test_the_first_line_makes_the_same_exchange() -> None:
    """Instruments with their filters, fees and settings are in the header, exactly."""
    lines: list[str] = []
    an_exchange(lines, delay=7).close_journal()
    opening = read_journal(lines).opening

    assert opening is not None
    assert opening.instruments == (MARKET,)
    assert opening.fees == FEES
    assert opening.settings == {"settlement_delay_ns": 7}


def test_every_setting_of_an_exchange_can_be_written() -> None:
    """All arguments but instruments and fees are plain JSON values or mappings, by name."""
    arguments = list(inspect.signature(Exchange).parameters.values())
    settings = {one.name: one.default for one in arguments[2:]}
    lines: list[str] = []
    RecordedExchange([MARKET], FEES, lines.append, **settings).close_journal()
    opening = read_journal(lines).opening

    assert [one.name for one in arguments[:2]] == ["instruments", "fees"]
    assert opening is not None
    assert opening.settings == settings


def test_each_command_is_written_with_its_time() -> None:
    """An entry has the time, the command by name and fields, and a digest of the reports so far."""
    lines: list[str] = []
    exchange = an_exchange(lines)
    exchange.apply(CancelOrder("ann", "BTCUSDT", venue_order_id=4), 9)
    entry = bodies(lines)[2]

    assert (entry["at_ns"], entry["asked"]) == (9, "CancelOrder")
    assert entry["of"]["venue_order_id"] == 4
    assert len(entry["reports"]) == 32


def test_what_is_due_by_itself_is_an_entry_without_a_command() -> None:
    """Time is written where it did something: an expiry has the time at which it was met."""
    lines: list[str] = []
    exchange = an_exchange(lines)
    exchange.apply(ORDER, 10)
    exchange.advance(20)
    exchange.advance(60)
    digest = exchange.close_journal()

    assert [(one.get("asked"), one.get("at_ns")) for one in bodies(lines)[1:-1]] == [
        ("Deposit", 1),
        ("PlaceOrder", 10),
        (None, 60),
    ]
    assert replay(read_journal(lines)).digest == digest


def test_what_is_due_before_a_command_belongs_to_the_command() -> None:
    """A replay meets an expiry in the same place as the exchange that was recorded."""
    lines: list[str] = []
    exchange = an_exchange(lines)
    exchange.apply(ORDER, 10)
    exchange.apply(CancelOrder("ann", "BTCUSDT", venue_order_id=1), 60)
    digest = exchange.close_journal()

    assert len(lines) == 5
    assert replay(read_journal(lines)).digest == digest


def test_a_command_that_says_nothing_is_not_written() -> None:
    """What raises did nothing, so it is not asked again."""
    lines: list[str] = []
    exchange = an_exchange(lines)
    with pytest.raises(CommandError):
        exchange.apply(Deposit("ann", "USDT", -1), 2)

    assert len(lines) == 2


def resealed(lines: list[str], changes: dict[int, tuple[str, str]]) -> list[str]:
    """Return a journal with other words in some lines (from 1), sealed as if it were written so."""
    chain, made = START, []
    for number, line in enumerate(lines, 1):
        body = json.loads(line)
        del body["chain"]
        text = json.dumps(body, separators=(",", ":")).replace(*changes.get(number, ("", "")))
        sealed_line, chain = sealed(chain, text.encode())
        made.append(sealed_line)
    return made


@pytest.mark.parametrize(
    ("number", "change", "said"),
    [
        (1, ('"command_journal":1', '"command_journal":2'), "version 2, this reads version 1"),
        (2, ("Deposit", "Gift"), "command 'Gift', known are PlaceOrder"),
        (2, ('"units":1', '"units":"x","was":1'), "Expected `int`, got `str`"),
        (3, ('"entries":1', '"entries":5'), "1 entries were read"),
    ],
)
def test_a_line_of_another_version_is_refused(
    number: int, change: tuple[str, str], said: str
) -> None:
    """A line that hangs together but says what is not known names what it says and what is read."""
    lines: list[str] = []
    an_exchange(lines).close_journal()
    with pytest.raises(JournalError, match=said) as refusal:
        read_journal(resealed(lines, {number: change}))

    assert refusal.value.line == number


def test_a_journal_without_its_last_line_is_refused_after_all_it_has() -> None:
    """A venue that died leaves a journal of which everything can be used."""
    lines: list[str] = []
    an_exchange(lines)
    with pytest.raises(JournalError) as refusal:
        read_journal(lines)

    assert str(refusal.value) == (
        "line 3: the end of the journal; expected a command or the last line"
    )
    assert len(refusal.value.good.entries) == 1


def test_a_file_that_is_no_journal_is_refused_at_its_first_line() -> None:
    """What does not begin as a journal does is not said to be a changed one."""
    with pytest.raises(JournalError) as refusal:
        read_journal(["# Notes\n"])

    assert str(refusal.value) == "line 1: '# Notes'; expected a header"


def test_another_answer_than_the_written_one_is_named_by_its_line() -> None:
    """A replay that differs from what was recorded says where it first does."""
    lines: list[str] = []
    exchange = an_exchange(lines)
    exchange.apply(ORDER, 10)
    exchange.close_journal()
    cheaper = resealed(lines, {3: ('"price_ticks":2900000', '"price_ticks":2800000')})
    with pytest.raises(ReplayError) as difference:
        replay(read_journal(cheaper))

    assert difference.value.line == 3
    with pytest.raises(JournalError, match="line 4") as refusal:
        read_journal([*cheaper[:3], lines[3]])
    assert len(refusal.value.good.entries) == 2
