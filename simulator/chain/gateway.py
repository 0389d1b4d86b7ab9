"""What a gateway says before any block: refusals, and that the mempool has a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from fillproof.simulator.chain.blocks import Ids
from fillproof.simulator.chain.mempool import Mempool
from fillproof.simulator.chain.telling import not_at_work
from fillproof.simulator.chain.transactions import Transaction, order_of
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.journal import Journal
from fillproof.simulator.vocabulary.commands import (
    AmendOrder,
    BustTrade,
    CancelAll,
    CancelOrder,
    CancelOrderList,
    CancelReplace,
    Command,
    CorrectTrade,
    PlaceOrder,
    PlaceOrderList,
)
from fillproof.simulator.vocabulary.orders import CancelReplaceMode, ExecutionType, Reason
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    CancelRefused,
    ExecutionReport,
    Impossible,
    ListRefused,
    Report,
)

_NO_CHAIN_HAS_IT = Reason.NOT_ON_CHAIN


def never_on_chain(command: Command, ids: Ids, now_ns: int) -> Report | None:
    """Return the refusal of what no chain does: lists, orders by quote quantity, busts."""
    match command:
        case PlaceOrderList():
            name = command.list_client_order_id
            return ListRefused(command.account, command.symbol, name, None, _NO_CHAIN_HAS_IT)
        case CancelOrderList():
            return CancelRefused(command.account, command.symbol, None, None, _NO_CHAIN_HAS_IT)
        case PlaceOrder(quote_quantity_units=int()):
            return _refused(command, _NO_CHAIN_HAS_IT, ids, now_ns)
        case BustTrade() | CorrectTrade():
            return Impossible("on a chain only a reorganisation takes a trade back")
        case _:
            return None


def refusal(
    command: Command, engine: Engine, mempool: Mempool, ids: Ids, now_ns: int
) -> Report | None:
    """Return what a gateway answers that looks at the newest block, or None when it goes on."""
    match command:
        case PlaceOrder():
            return _why_not_placed(command, engine, mempool, ids, now_ns)
        case CancelReplace():
            return _why_not_replaced(command, engine, mempool, ids, now_ns)
        case CancelOrder() | CancelAll():
            return _why_not_canceled(command, engine, mempool)
        case AmendOrder() if not meant(command, engine, mempool):
            names = (command.venue_order_id, command.client_order_id)
            return AmendRefused(command.account, command.symbol, *names, Reason.UNKNOWN_ORDER)
        case _:
            return None


def meant(command: Command, engine: Engine, mempool: Mempool) -> tuple[int, ...]:
    """Return the live orders that a command is to change, those of the mempool too."""
    match command:
        case CancelReplace():
            return meant(command.cancel, engine, mempool)
        case CancelOrder() | AmendOrder():
            order = engine.archive.named(command)
            if order is not None and order.live:
                return (order.venue_order_id,)
            placed = (one.venue_order_id for one in mempool.placements() if _names(command, one))
            return tuple(placed)[-1:]
        case CancelAll():
            account, symbol = command.account, command.symbol
            orders = engine.archive.of(account, symbol, open_only=True)
            waiting = (
                one.venue_order_id
                for one in mempool.placements()
                if one.order is not None and (one.account, one.order.symbol) == (account, symbol)
            )
            return (*(order.venue_order_id for order in orders), *waiting)
        case _:
            return ()


def acceptance(
    transaction: Transaction, engine: Engine, mempool: Mempool, ids: Ids, now_ns: int
) -> list[Report]:
    """Return what is said when the mempool has a transaction: its order is new, others pending."""
    reports: list[Report] = []
    kind = ExecutionType.PENDING_CANCEL
    if isinstance(transaction.command, AmendOrder):
        kind = ExecutionType.PENDING_REPLACE
    for number in transaction.meant:
        reports += state_of(number, engine, mempool, ids, kind, Reason.BY_CLIENT, now_ns)
    order = transaction.order
    if order is not None:
        number = transaction.venue_order_id
        reports.append(not_at_work(order, number, next(ids), ExecutionType.NEW, now_ns))
    return reports


def as_told(transaction: Transaction, led: Iterable[Report]) -> tuple[Report, ...]:
    """Return the engine's reports of an order that was accepted before: now it comes to work.

    One that the engine refuses keeps its number, and is rejected.
    """
    return tuple(_as_accepted_before(transaction, report) for report in led)


def not_placed(
    transaction: Transaction, led: Sequence[Report], ids: Ids, reason: Reason, now_ns: int
) -> list[Report]:
    """Return the rejection of an order that was promised, when its transaction did not place it."""
    order, number = transaction.order, transaction.venue_order_id
    told = {report.venue_order_id for report in led if isinstance(report, ExecutionReport)}
    if order is None or number in told:
        return []
    return [not_at_work(order, number, next(ids), ExecutionType.REJECTED, now_ns, reason)]


def not_canceled(
    transaction: Transaction,
    engine: Engine,
    mempool: Mempool,
    ids: Ids,
    reason: Reason,
    now_ns: int,
) -> list[Report]:
    """Return how orders stand whose cancel was promised, and is gone without ending them."""
    reports: list[Report] = []
    if transaction.cancels:
        for one in transaction.meant:
            if not mempool.canceled[one]:
                kind = ExecutionType.RESTATED
                reports += state_of(one, engine, mempool, ids, kind, reason, now_ns)
    return reports


def state_of(
    number: int,
    engine: Engine,
    mempool: Mempool,
    ids: Ids,
    execution_type: ExecutionType,
    reason: Reason,
    now_ns: int,
) -> list[Report]:
    """Return one report of a live order as it is; none of another."""
    waiting = mempool.placing(number)
    if waiting is not None and waiting.order is not None:
        return [not_at_work(waiting.order, number, next(ids), execution_type, now_ns, reason)]
    order = engine.archive.by_id.get(number)
    if order is None or not order.live:
        return []
    journal = Journal(now_ns, ids)
    journal.told(order, execution_type, reason)
    return journal.reports


def _as_accepted_before(transaction: Transaction, report: Report) -> Report:
    if not isinstance(report, ExecutionReport) or report.account != transaction.account:
        return report
    number, order = transaction.venue_order_id, transaction.order
    if report.execution_type is ExecutionType.NEW and report.venue_order_id == number:
        return replace(report, execution_type=ExecutionType.TRIGGERED)
    if report.venue_order_id == 0 and order is not None and report.terms == order:
        return replace(report, venue_order_id=number)
    return report


def _why_not_placed(
    order: PlaceOrder, engine: Engine, mempool: Mempool, ids: Ids, now_ns: int
) -> Report | None:
    reason = engine.why_refused(order, now_ns)
    its = (order.account, order.client_order_id)
    if any(
        (one.account, one.order.client_order_id) == its for one in mempool.placements() if one.order
    ):
        reason = Reason.DUPLICATE_CLIENT_ORDER_ID
    return None if reason is None else _refused(order, reason, ids, now_ns)


def _why_not_replaced(
    command: CancelReplace, engine: Engine, mempool: Mempool, ids: Ids, now_ns: int
) -> Report | None:
    reason = engine.broken_rule(command.order, now_ns)
    if reason is not None:
        return _refused(command.order, reason, ids, now_ns)
    if command.mode is CancelReplaceMode.ALLOW_FAILURE:
        return None
    return _why_not_canceled(command.cancel, engine, mempool)


def _why_not_canceled(
    command: CancelOrder | CancelAll, engine: Engine, mempool: Mempool
) -> Report | None:
    orders = meant(command, engine, mempool)
    reason = None
    if not orders:
        reason = Reason.UNKNOWN_ORDER
    elif all(mempool.canceled[number] for number in orders):
        reason = Reason.CANCEL_ALREADY_PENDING
    if reason is None:
        return None
    names: tuple[int | None, str | None] = (None, None)
    if isinstance(command, CancelOrder):
        names = (command.venue_order_id, command.client_order_id)
    return CancelRefused(command.account, command.symbol, *names, reason)


def _refused(order: PlaceOrder, reason: Reason, ids: Ids, now_ns: int) -> Report:
    journal = Journal(now_ns, ids)
    journal.refused(order, reason)
    return journal.reports[0]


def _names(command: CancelOrder | AmendOrder, transaction: Transaction) -> bool:
    """Return whether all that a command says of its order is true of one in the mempool."""
    order = order_of(transaction.command)
    if order is None or (order.account, order.symbol) != (command.account, command.symbol):
        return False
    if command.venue_order_id is None:
        return command.client_order_id == order.client_order_id
    is_meant = command.venue_order_id == transaction.venue_order_id
    return is_meant and command.client_order_id in (None, order.client_order_id)
