"""What the venue remembers beside its engine, and what every request is answered from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

from fillproof.simulator.dialects.hyperliquid.door.limits import Budgets, Weights
from fillproof.simulator.dialects.hyperliquid.door.nonces import Nonces
from fillproof.simulator.dialects.hyperliquid.markets import Markets
from fillproof.simulator.dialects.hyperliquid.public import Tape
from fillproof.simulator.dialects.hyperliquid.quirks import Quirks
from fillproof.simulator.dialects.hyperliquid.trading.refused_orders import RefusedOrders
from fillproof.simulator.dialects.hyperliquid.trading.schedule import Schedule
from fillproof.simulator.dialects.hyperliquid.trading.settings import Settings
from fillproof.simulator.dialects.hyperliquid.trading.waiting import Waiting
from fillproof.simulator.dialects.hyperliquid.wallets import Wallets
from fillproof.simulator.matching import Exchange
from fillproof.simulator.vocabulary.orders import ExecutionType
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report

_UNNAMED = "unnamed-"


class Desk:
    """The venue behind all requests: engine, markets, wallets, limits, and what it remembers."""

    def __init__(
        self,
        exchange: Exchange,
        markets: Markets,
        accounts: Mapping[str, str],
        quirks: Quirks,
    ) -> None:
        self.exchange = exchange
        self.markets = markets
        self.quirks = quirks
        self.wallets = Wallets(accounts)
        self.nonces = Nonces()
        self.weights = Weights(quirks)
        self.budgets = Budgets(quirks)
        self.settings = Settings()
        self.schedule = Schedule()
        self.refused = RefusedOrders()
        self.waiting = Waiting()
        self.tape = Tape(markets)
        self._unnamed = count(1)

    def name_order(self) -> str:
        """Return what the engine may call an order that its client gave no id."""
        return f"{_UNNAMED}{next(self._unnamed)}"

    def note(self, reports: Iterable[Report]) -> None:
        """Remember what has been traded, at which prices, and what was refused."""
        for report in reports:
            if not isinstance(report, ExecutionReport):
                continue
            if report.last_quote_units is not None:
                self.budgets.traded(report.account, report.last_quote_units)
            elif report.venue_order_id == 0 and report.execution_type is ExecutionType.REJECTED:
                self.refused.add(report)
        self.tape.note(reports)
