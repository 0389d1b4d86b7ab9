"""The chain of one world: built from its scenario, and what became of each transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fillproof.simulator.chain import (
    Acknowledges,
    BlockOrder,
    ChainExchange,
    ChainRules,
    Chances,
    Delay,
    Kind,
    NonceRule,
    Shows,
    Transaction,
)
from fillproof.simulator.matching import Exchange, Fees, OrderView
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import (
    ExecutionType,
    OrderStatus,
    Side,
    TransactionState,
)
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report, TransactionChanged

AFTER_THE_STEPS_NS = 1_000_000_000
"""How far blocks are apart, from the last step on, where only steps made any."""

INVENTED = 900_000_000
"""Ids from here on are of what never happened."""

_KINDS = {"place": Kind.PLACE, "cancel": Kind.CANCEL, "amend": Kind.AMEND, "trade": Kind.TRADE}


def exchange_of(
    document: Mapping[str, Any],
    instruments: Iterable[Instrument],
    fees: Fees,
    *,
    waits_for_blocks: bool,
    seed: int,
) -> Exchange:
    """Return the exchange of a scenario's venue, on a chain if it has one.

    `waits_for_blocks`: the dialect answers when a block has decided.
    """
    chain = document.get("chain")
    if chain is None:
        return Exchange(instruments, fees)
    return ChainExchange(instruments, fees, rules_of(chain, waits_for_blocks), seed)


def rules_of(chain: Mapping[str, Any], waits_for_blocks: bool) -> ChainRules:
    """Return the rules of a scenario's chain."""
    chances = chain["chances"]
    return ChainRules(
        block_time_ns=chain["block_time"],
        inclusion={_KINDS[name]: Delay(*ends) for name, ends in chain["inclusion"].items()},
        finality=chain["finality"],
        acknowledges=Acknowledges.BLOCK if waits_for_blocks else Acknowledges.MEMPOOL,
        shows=Shows(chain["shows"]),
        nonces=NonceRule(chain["nonces"]),
        order_within=BlockOrder(chain["order_within"]),
        order_life_blocks=chain["order_life"],
        transaction_life_blocks=chain["transaction_life_blocks"],
        transaction_life_ns=chain["transaction_life"],
        chances=Chances(chances["drop"], chances["fail"], chances["reorganise"]),
    )


class Transactions:
    """What became of the transactions of a world; names are "cancel a", orders by their ids."""

    def __init__(self) -> None:
        self._last: dict[int, TransactionChanged] = {}

    def note(self, reports: Iterable[Report]) -> None:
        """Take note of what became of some."""
        for report in reports:
            if isinstance(report, TransactionChanged):
                self._last[report.transaction] = report

    def is_settled(self, number: int) -> bool:
        """Return whether a block has it, or none ever will."""
        last = self._last.get(number)
        return last is not None and last.state is not TransactionState.PENDING

    def last(self, number: int) -> TransactionChanged:
        """Return what was last said of it; raises KeyError for one nobody sent."""
        return self._last[number]


def invented_fill(order: OrderView, market: Instrument, lots: int, number: int) -> ExecutionReport:
    """Return a report of a fill of an order that never happened, the so-manieth one."""
    price_ticks = order.price_ticks or 0
    terms = PlaceOrder(
        account=order.account,
        client_order_id=order.client_order_id,
        symbol=order.symbol,
        side=order.side,
        order_type=order.order_type,
        time_in_force=order.time_in_force,
        quantity_lots=order.quantity_lots,
        price_ticks=order.price_ticks,
    )
    quote_units = lots * price_ticks * market.quote_units_per_tick_lot
    filled = order.cumulative_quantity_lots + lots
    return ExecutionReport(
        execution_id=INVENTED + number,
        execution_type=ExecutionType.TRADE,
        order_status=OrderStatus.PARTIALLY_FILLED,
        terms=terms,
        venue_order_id=order.venue_order_id,
        cumulative_quantity_lots=filled,
        leaves_quantity_lots=max(order.quantity_lots - filled, 0),
        cumulative_quote_units=order.cumulative_quote_units + quote_units,
        transact_time_ns=order.update_time_ns,
        order_time_ns=order.order_time_ns,
        last_quantity_lots=lots,
        last_price_ticks=price_ticks,
        last_quote_units=quote_units,
        trade_id=INVENTED + number,
        is_maker=True,
        fee_units=0,
        fee_asset=market.base if order.side is Side.BUY else market.quote,
    )


def concerns(transaction: Transaction, kind: str, venue_order_id: int) -> bool:
    """Return whether a transaction does this to that order."""
    if kind == "place":
        return transaction.order is not None and transaction.venue_order_id == venue_order_id
    if kind == "cancel":
        return transaction.cancels and venue_order_id in transaction.meant
    if transaction.kind is not _KINDS[kind]:
        return False
    named = getattr(transaction.command, "venue_order_id", None)
    return venue_order_id in (*transaction.meant, named)
