"""An exchange that carries out blocks, and all over again those that survive a reorganisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from fillproof.simulator.chain.blocks import Block, Done, Ids
from fillproof.simulator.chain.transactions import Transaction
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.exchange import Exchange
from fillproof.simulator.matching.fees import Fees
from fillproof.simulator.vocabulary.commands import Deposit, EndOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import OrderStatus, Reason
from fillproof.simulator.vocabulary.reports import Deposited, Impossible, Report

Led = list[tuple[Transaction | None, tuple[Report, ...]]]
"""What each transaction of a block led to, behind what time did by itself (None)."""


class BlockExchange(Exchange):
    """Its engine is what the blocks so far have made of it, and money from outside."""

    def __init__(
        self,
        instruments: Iterable[Instrument],
        fees: Fees,
        kept_orders: int | None,
        trade_groups: Mapping[str, str],
        debug: bool,
    ) -> None:
        self._instruments = tuple(instruments)
        self._kept_orders = kept_orders
        super().__init__(self._instruments, fees, 0, kept_orders, trade_groups, debug)
        self._ids = Ids()
        self._done: list[Done] = []

    def _bring_in(self, deposit: Deposit, now_ns: int) -> tuple[Report, ...]:
        """Bring money in between two blocks."""
        done = Done(deposit, self._now_ns, self._ids.next)
        self._done.append(done)
        (_, reports), *_ = self._carry_out(done)
        return tuple(
            replace(report, transact_time_ns=now_ns) if isinstance(report, Deposited) else report
            for report in reports
        )

    def _add(self, block: Block) -> Led:
        """Carry a block out, behind all others."""
        done = Done(block, block.made_ns, self._ids.next)
        self._done.append(done)
        return self._carry_out(done)

    def _take_off(self, height: int) -> Engine:
        """Be as if there were no block above a height; return the engine as it was."""
        was = self._engine
        stays = [
            done
            for done in self._done
            if not isinstance(done.what, Block) or done.what.height <= height
        ]
        self._engine = Engine(self._instruments, self.fees, 0, self._kept_orders, self.trade_groups)
        self._now_ns, self._done = 0, stays
        for done in stays:
            self._carry_out(done)
        return was

    def _carry_out(self, done: Done) -> Led:
        self._engine.count_from(*done.first_ids)
        if isinstance(done.what, Deposit):
            led: Led = [(None, super().apply(done.what, done.at_ns))]
        else:
            led = self._carry_out_block(done.what)
        for _, reports in led:
            self._ids.note(reports)
        return led

    def _carry_out_block(self, block: Block) -> Led:
        at_ns = block.made_ns
        by_time = [*super().advance(at_ns)]
        for number, _ in block.outlived:
            end = EndOrder(number, OrderStatus.EXPIRED, Reason.GOOD_TILL_BLOCK)
            reports = super().apply(end, at_ns)
            by_time += [one for one in reports if not isinstance(one, Impossible)]
        led: Led = [(None, tuple(by_time))]
        for transaction in block.transactions:
            reports = ()
            if transaction.command is not None and not transaction.fails:
                if transaction.venue_order_id:
                    self._engine.number_orders_from(transaction.venue_order_id)
                reports = super().apply(transaction.command, at_ns)
            led.append((transaction, reports))
        return led
