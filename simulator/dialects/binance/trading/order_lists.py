"""Endpoints that place lists of orders: what each list is made of, and how its orders are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.binance.trading import list_answers, list_rules, orders, refusals
from fillproof.simulator.dialects.binance.trading.new_orders import (
    NewOrder,
    answer_type,
    read_order,
)
from fillproof.simulator.dialects.binance.trading.order_types import Names, prefixed
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.commands import PlaceOrderList
from fillproof.simulator.vocabulary.orders import ContingencyType, OrderStatus
from fillproof.simulator.vocabulary.reports import (
    ExecutionReport,
    ListChanged,
    ListRefused,
    Report,
)

COMMON = ("symbol", "listClientOrderId", "newOrderRespType", "selfTradePreventionMode")
_DEFAULT_FORM = "FULL"

_WORKING = prefixed("working", "stopPrice", "trailingDelta")
_OTHER_SIDE = {"side": "pendingSide"}
_SHARED = {"side": "side", "quantity": "quantity"}
_PENDING_SHARED = {"side": "pendingSide", "quantity": "pendingQuantity"}


@dataclass(frozen=True, slots=True)
class ListForm:
    """One kind of list: how a request names the fields of its orders, in the engine's order."""

    contingency: ContingencyType
    orders: tuple[Names, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """All that a request for it may have."""
        return tuple(
            dict.fromkeys((*COMMON, *(name for names in self.orders for name in names.values())))
        )


OCO = ListForm(ContingencyType.OCO, (prefixed("above", **_SHARED), prefixed("below", **_SHARED)))
OTO = ListForm(ContingencyType.OTO, (_WORKING, prefixed("pending")))
OTOCO = ListForm(
    ContingencyType.OTOCO,
    (
        _WORKING,
        prefixed("pendingAbove", **_PENDING_SHARED),
        prefixed("pendingBelow", **_PENDING_SHARED),
    ),
)
OPO = ListForm(ContingencyType.OPO, (_WORKING, prefixed("pending", "quantity")))
OPOCO = ListForm(
    ContingencyType.OPOCO,
    (
        _WORKING,
        prefixed("pendingAbove", "quantity", **_OTHER_SIDE),
        prefixed("pendingBelow", "quantity", **_OTHER_SIDE),
    ),
)
FORMS = (OCO, OTO, OTOCO, OPO, OPOCO)


def place_list(form: ListForm, desk: Desk, call: Call) -> Outcome:
    """Place a list; a refusal of the engine raises Refusal with its reports."""
    market = desk.markets.get(call.parameters.required_symbol())
    members = [read_order(desk, call, market, names) for names in form.orders]
    list_rules.require_list(form.contingency, members)
    return place_members(desk, call, market, form.contingency, members)


def place_members(
    desk: Desk,
    call: Call,
    market: Market,
    contingency: ContingencyType,
    members: Sequence[NewOrder],
) -> Outcome:
    """Place orders that were read, as one list."""
    parameters = call.parameters
    wanted = answer_type(parameters) or _DEFAULT_FORM
    command = PlaceOrderList(
        account=call.account,
        symbol=market.engine_symbol,
        list_client_order_id=parameters.client_order_id("listClientOrderId")
        or desk.memory.make_client_order_id(),
        contingency=contingency,
        orders=tuple(member.command for member in members),
    )
    due = desk.exchange.advance(call.now_ns)
    reports = desk.exchange.apply(command, call.now_ns)
    for report in reports:
        if isinstance(report, ListRefused):
            raise refusals.refused(report, (*due, *reports))
    accepted = next(
        report
        for report in reports
        if isinstance(report, ListChanged)
        and (report.account, report.list_client_order_id)
        == (command.account, command.list_client_order_id)
    )
    for member, (venue_order_id, _) in zip(members, accepted.orders, strict=True):
        desk.memory.keep_labels(venue_order_id, member.labels)
    return Outcome(_answer(desk, market, accepted, wanted, reports), (*due, *reports))


def _answer(
    desk: Desk, market: Market, accepted: ListChanged, form: str, reports: Sequence[Report]
) -> dict[str, Json]:
    answer = list_answers.with_reports(market, accepted)
    for venue_order_id, _ in accepted.orders:
        own = _reports_of(venue_order_id, reports)
        answer["orderReports"].append(orders.report_of_placement(desk, market, own, form, reports))
    return answer


def _reports_of(venue_order_id: int, reports: Sequence[Report]) -> list[ExecutionReport]:
    """Return what happened to an order of the list; a pending one is shown as it was accepted."""
    own = [
        report
        for report in reports
        if isinstance(report, ExecutionReport) and report.venue_order_id == venue_order_id
    ]
    return own[:1] if own[0].order_status is OrderStatus.PENDING_NEW else own
