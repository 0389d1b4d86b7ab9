"""Reads recorded trades, CSV or Parquet, of one's own making or as exchanges publish them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from fillproof.harness.numbers import plain
from fillproof.harness.scenario.tables import Cell, TableError, read_csv, read_parquet

T = TypeVar("T")

ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "time": ("time", "timestamp", "transact_time", "datetime", "date", "t"),
        "price": ("price", "p"),
        "quantity": ("quantity", "qty", "amount", "size", "q"),
        "side": ("side",),
        "is_buyer_maker": ("is_buyer_maker", "isbuyermaker", "buyer_is_maker", "m"),
    }
)
"""What a column may be called, capitals aside. `side` is the taker's; one of the last two."""

HEADERLESS: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        7: ("id", "price", "quantity", "quote", "time", "is_buyer_maker", "is_best_match"),
        8: ("id", "price", "quantity", "first", "last", "time", "is_buyer_maker", "is_best_match"),
    }
)
"""Binance's public dumps have no names in them: `trades` have seven columns, `aggTrades` eight."""

MOST_DIGITS = 14
_NUMBER = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,{MOST_DIGITS}}})?")
_UNIT_NS = {13: 1_000_000, 16: 1_000, 19: 1}
"""Nanoseconds in a unit of a time since 1970 of so many digits: ms, us and ns."""
_SIDES = {"buy": "BUY", "sell": "SELL", "b": "BUY", "s": "SELL"}
_TAKER_IF_BUYER_MADE = {"true": "SELL", "1": "SELL", "false": "BUY", "0": "BUY"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One trade: nanoseconds since the first one, exact price and quantity, side of the taker."""

    time_ns: int
    price: Decimal
    quantity: Decimal
    taker: str

    def line(self) -> str:
        """Return the trade as a document keeps it."""
        return f"{self.time_ns},{plain(self.price)},{plain(self.quantity)},{self.taker}"


@dataclass(frozen=True, slots=True)
class Steps:
    """What prices and quantities must be multiples of, and the most of a quantity."""

    tick_size: Decimal
    lot_size: Decimal
    max_quantity: Decimal


def read_trades(path: Path, steps: Steps, most: int) -> tuple[Recorded, ...]:
    """Return the trades of a file, at most so many; raises TableError with line and column."""
    reader = read_parquet if path.suffix == ".parquet" else read_csv
    rows = reader(path, _columns)
    trades: list[Recorded] = []
    first_ns = latest_ns = 0
    for row in rows:
        if len(trades) == most:
            raise TableError(path, row["time"], f"more than {most} trades; cut the file")
        time_ns = _read(path, row["time"], _time_ns)
        if not trades:
            first_ns = latest_ns = time_ns
        if time_ns < latest_ns:
            text = f"the time {row['time'].text} is before the one above; sort the trades by time"
            raise TableError(path, row["time"], text)
        latest_ns = time_ns
        trades.append(_trade(path, row, time_ns - first_ns, steps))
    if not trades:
        raise TableError(path, None, "the file has no trades in it; at least one is needed")
    return tuple(trades)


def _columns(names: Sequence[str] | int) -> dict[str, int]:
    """Return where each thing stands; `names` is a number of columns when there are no names."""
    if isinstance(names, int):
        if names not in HEADERLESS:
            raise ValueError(
                f"{names} columns without names; a first line with names is needed:"
                " time, price, quantity, and side or is_buyer_maker"
            )
        names = HEADERLESS[names]
    lower = [name.strip().lower() for name in names]
    found = {
        what: lower.index(alias)
        for what, aliases in ALIASES.items()
        for alias in aliases
        if alias in lower
    }
    for what in ("time", "price", "quantity"):
        if what not in found:
            words = " or ".join(ALIASES[what])
            raise ValueError(f"no column is called {words}; there are {', '.join(names)}")
    if "side" not in found and "is_buyer_maker" not in found:
        raise ValueError(
            f"no column is called side or is_buyer_maker; there are {', '.join(names)}"
        )
    return found


def _trade(path: Path, row: Mapping[str, Cell], time_ns: int, steps: Steps) -> Recorded:
    price = _read(path, row["price"], _number("price"))
    quantity = _read(path, row["quantity"], _number("quantity"))
    _require_multiple(path, row["price"], price, "tick", steps.tick_size)
    _require_multiple(path, row["quantity"], quantity, "lot", steps.lot_size)
    if quantity > steps.max_quantity:
        text = f"the quantity {plain(quantity)} is above {plain(steps.max_quantity)}"
        raise TableError(path, row["quantity"], f"{text}, the most that the market allows")
    if "side" in row:
        taker = _read(path, row["side"], _word("side", _SIDES, "buy or sell"))
    else:
        words = _word("is_buyer_maker", _TAKER_IF_BUYER_MADE, "true or false")
        taker = _read(path, row["is_buyer_maker"], words)
    return Recorded(time_ns, price, quantity, taker)


def _require_multiple(path: Path, cell: Cell, value: Decimal, what: str, step: Decimal) -> None:
    if Fraction(value) % Fraction(step):
        text = f"{plain(value)} is off the {what}; multiples of {plain(step)} are allowed"
        raise TableError(path, cell, text)


def _read(path: Path, cell: Cell, reader: Callable[[str], T]) -> T:
    try:
        return reader(cell.text.strip())
    except ValueError as problem:
        raise TableError(path, cell, str(problem)) from problem


def _number(what: str) -> Callable[[str], Decimal]:
    def read(text: str) -> Decimal:
        value = Decimal(text) if _NUMBER.fullmatch(text) else Decimal(0)
        if value <= 0:
            allowed = f"a plain decimal above zero, at most {MOST_DIGITS} digits before the point"
            raise ValueError(f'"{text}" is no {what}; {allowed} and {MOST_DIGITS} after it')
        return value

    return read


def _word(what: str, words: Mapping[str, str], allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f'"{text}" is no {what}; {allowed} is allowed')
        return words[text.lower()]

    return read


def _time_ns(text: str) -> int:
    """Return a time in nanoseconds since 1970."""
    if text.isdecimal() and len(text) in _UNIT_NS:
        return int(text) * _UNIT_NS[len(text)]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        allowed = "ms, us or ns since 1970 (13, 16 or 19 digits) or ISO 8601 are allowed"
        raise ValueError(f'"{text}" is no time; {allowed}') from None
    since = moment.replace(tzinfo=moment.tzinfo or UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1_000
