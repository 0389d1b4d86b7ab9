"""Spans of time by their names: candle intervals, window sizes and time zones, in whole seconds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from fillproof.simulator.dialects.binance import errors

MINUTE, HOUR, DAY = 60, 3_600, 86_400

_MARCH = 3
_MONDAY = 4 * DAY
"""1970 began on a Thursday."""

_ZONE = r"^[+-]?[0-9]{1,2}(:[0-5][0-9])?$"
_EARLIEST_ZONE, _LATEST_ZONE = -12 * HOUR, 14 * HOUR
_WINDOW = r"^[0-9]{1,2}[mhd]$"
_LONGEST_WINDOW = {"m": (MINUTE, 59), "h": (HOUR, 23), "d": (DAY, 7)}


@dataclass(frozen=True, slots=True)
class Interval:
    """One length of candles. `begin` gives where the candle begins that a second lies in.

    `grain` is the longest span that every such candle is a whole number of, in a zone of UTC.
    """

    name: str
    grain: int
    begin: Callable[[int], int]
    length: Callable[[int], int]

    def start(self, second: int, zone: int) -> int:
        """Return where the candle begins that holds a second, in a zone of so many seconds."""
        return self.begin(second + zone) - zone

    def end(self, start: int, zone: int) -> int:
        """Return where the candle after the one that begins here begins."""
        return start + self.length(start + zone)


def _even(name: str, seconds: int, origin: int = 0) -> Interval:
    """Return an interval whose candles are all of one length."""
    return Interval(
        name,
        min(seconds, HOUR) if seconds % MINUTE == 0 else seconds,
        lambda second: second - (second - origin) % seconds,
        lambda _: seconds,
    )


def _month_begin(second: int) -> int:
    year, month = _year_and_month(second // DAY)
    return _first_day(year, month) * DAY


def _month_length(start: int) -> int:
    year, month = _year_and_month(start // DAY)
    following = _first_day(year + month // 12, month % 12 + 1)
    return following * DAY - start


def _first_day(year: int, month: int) -> int:
    """Return the first day of a month, counted from 1970; a year is taken to begin in March."""
    years, months = (year, month - _MARCH) if month >= _MARCH else (year - 1, month + 9)
    leap_days = years // 4 - years // 100 + years // 400
    return years * 365 + leap_days + (153 * months + 2) // 5 - 719_468


def _year_and_month(day: int) -> tuple[int, int]:
    """Return year and month of a day counted from 1970."""
    year = 1970 + day // 366
    while _first_day(year + 1, 1) <= day:
        year += 1
    month = 12
    while _first_day(year, month) > day:
        month -= 1
    return year, month


INTERVALS = {
    interval.name: interval
    for interval in (
        _even("1s", 1),
        *(_even(f"{count}m", count * MINUTE) for count in (1, 3, 5, 15, 30)),
        *(_even(f"{count}h", count * HOUR) for count in (1, 2, 4, 6, 8, 12)),
        _even("1d", DAY),
        _even("3d", 3 * DAY),
        _even("1w", 7 * DAY, _MONDAY),
        Interval("1M", HOUR, _month_begin, _month_length),
    )
}
"""All candle intervals, by their case-sensitive names. Days are counted in threes from 1970."""


def interval_of(name: str) -> Interval:
    """Return an interval; raises Refusal (-1120)."""
    interval = INTERVALS.get(name)
    if interval is None:
        raise errors.INVALID_INTERVAL.refusal()
    return interval


def zone_of(text: str | None) -> int:
    """Return how many seconds a zone is ahead of UTC; raises Refusal (-1100, -1130)."""
    if text is None:
        return 0
    # A plus sign that was not percent-encoded arrives as a blank.
    text = text.strip()
    if not re.fullmatch(_ZONE, text):
        raise errors.ILLEGAL_CHARACTERS.refusal("timeZone", _ZONE)
    hours, _, minutes = text.lstrip("+-").partition(":")
    seconds = int(hours) * HOUR + int(minutes or 0) * MINUTE
    zone = -seconds if text.startswith("-") else seconds
    if not _EARLIEST_ZONE <= zone <= _LATEST_ZONE:
        raise errors.INVALID_DATA.refusal("timeZone")
    return zone


def window_of(text: str) -> int:
    """Return the seconds of a window: 1m to 59m, 1h to 23h, 1d to 7d; else Refusal."""
    if not re.fullmatch(_WINDOW, text):
        raise errors.ILLEGAL_CHARACTERS.refusal("windowSize", _WINDOW)
    seconds, most = _LONGEST_WINDOW[text[-1]]
    count = int(text[:-1])
    if not 1 <= count <= most:
        raise errors.INVALID_DATA.refusal("windowSize")
    return count * seconds
