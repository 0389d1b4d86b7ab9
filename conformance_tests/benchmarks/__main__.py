"""Prints the measured ratios: `make bench`, or `python -m conformance_tests.benchmarks`.

Fresh processes of one interpreter take turns, CPU time counts, and the median of the repeats is
shown with the least and the most. Docs and bars: docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from conformance_tests.benchmarks.measure import Measured, Subject, measure

from fillproof.harness.worker.interpreters import NoInterpreter, interpreter_for

REPEATS = 5
_HERE = "conformance_tests.benchmarks"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def idle_hour(connector: str, repeats: int) -> None:
    """Print how much faster than real time an hour with nothing to do goes by."""
    try:
        python = interpreter_for(connector)
    except NoInterpreter as missing:
        say(f"  {connector}: left out; {missing}")
        return
    module = f"{_HERE}.idle_hour"
    subjects = [
        Subject(market, module, (connector, market), Path(python)) for market in ("quiet", "busy")
    ]
    for subject, measured in zip(subjects, measure(subjects, repeats), strict=True):
        say(f"  {connector:<20} {subject.name:<6} {measured}")


def round_trips(who: str, repeats: int) -> None:
    """Print HTTP round trips a second in the universe, on loopback, and their ratio."""
    module = f"{_HERE}.round_trips"
    subjects = [Subject(where, module, (where, who)) for where in ("universe", "loopback")]
    universe, loopback = measure(subjects, repeats)
    say(f"  {who:<20} universe {universe}")
    say(f"  {who:<20} loopback {loopback}   ratio {ratio(universe, loopback)}")


def ratio(one: Measured, other: Measured) -> str:
    """Return the ratio of two medians."""
    return f"{one.median / other.median:.2f}"


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=REPEATS, metavar="N")
    repeats = parser.parse_args().repeats
    say("virtual seconds a second of CPU, an idle hour, recording on")
    for connector in ("hummingbot:binance", "reference"):
        idle_hour(connector, repeats)
    say("HTTP round trips a second of CPU, one keep-alive connection, the universe recording")
    for who in ("bare", "venue"):
        round_trips(who, repeats)
    say("matching engine, commands a second of CPU, with balances, fees and reports")
    (operations,) = measure([Subject("engine", f"{_HERE}.engine_operations")], repeats)
    say(f"  {'engine':<27} {operations}")


if __name__ == "__main__":
    main()
