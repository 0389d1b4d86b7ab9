"""The public tape of each market: its trades, and the number of its last book update."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fillproof.simulator.vocabulary.reports import LevelChanged, Report, TradePrinted

FIRST_UPDATE_ID = 1000
"""Never 0: clients take that for "no snapshot yet"."""


class Tape:
    """Grows with every report that is published; symbols are the engine's."""

    def __init__(self, symbols: Iterable[str]) -> None:
        self._update_ids = dict.fromkeys(symbols, FIRST_UPDATE_ID)
        self._trades: dict[str, list[TradePrinted]] = {symbol: [] for symbol in self._update_ids}

    def note(self, reports: Sequence[Report]) -> None:
        """Count one book update for each changed level, and keep the trades."""
        for report in reports:
            if isinstance(report, LevelChanged):
                self._update_ids[report.symbol] += 1
            elif isinstance(report, TradePrinted):
                self._trades[report.symbol].append(report)

    def update_id(self, symbol: str) -> int:
        """Return the number of the last book update."""
        return self._update_ids[symbol]

    def trades(self, symbol: str) -> Sequence[TradePrinted]:
        """Return all trades, oldest first."""
        return self._trades[symbol]
