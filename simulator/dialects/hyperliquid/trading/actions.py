"""Every action, once: what it counts, its channel's role, and how it is carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fillproof.simulator.dialects.hyperliquid import errors
from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.door.reading import objects, text
from fillproof.simulator.dialects.hyperliquid.errors import Malformed, OrderError, Refusal
from fillproof.simulator.dialects.hyperliquid.trading import accounts, cancels, orders
from fillproof.simulator.dialects.hyperliquid.trading.groups import place_group
from fillproof.simulator.dialects.hyperliquid.trading.sent import Sent
from fillproof.simulator.dialects.hyperliquid.trading.waiting import (
    Deed,
    Step,
    pending_transaction,
)
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.reports import Report

Reader = Callable[[Desk, str, Mapping[str, Json]], Step]
"""Makes a step of one part of an action of an account."""

_GROUP, _OF_POSITION = "normalTpsl", "positionTpsl"
_GROUPINGS = ("na", _GROUP, _OF_POSITION)
_NO_POSITION_GROUP = "Orders of a position are not supported here"
_BUILDER_NOT_APPROVED = "Builder fee has not been approved."


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `role` is the stem of its channels.

    With a `reader` it consists of parts, under the key `parts`, and `answer` is the type of its
    response; else `setting` carries it out as a whole.
    """

    role: str
    parts: str = ""
    reader: Reader | None = None
    answer: str = "default"
    setting: Callable[[Desk, Sent], accounts.Reports] | None = None

    @property
    def cancels(self) -> bool:
        """Whether it still is taken from who has sent too many others."""
        return self.role == "cancel"


ACTIONS: Mapping[str, Action] = {
    "order": Action("create", "orders", orders.place, "order"),
    "cancel": Action("cancel", "cancels", cancels.cancel, "cancel"),
    "cancelByCloid": Action("cancel", "cancels", cancels.cancel_by_cloid, "cancel"),
    "modify": Action("amend", "", cancels.modify, "order"),
    "batchModify": Action("amend", "modifies", cancels.modify, "order"),
    "scheduleCancel": Action("reference", setting=accounts.schedule_cancel),
    "updateLeverage": Action("reference", setting=accounts.update_leverage),
    "updateIsolatedMargin": Action("reference", setting=accounts.update_isolated_margin),
    "setReferrer": Action("reference", setting=accounts.set_referrer),
    "approveBuilderFee": Action("reference", setting=accounts.approve_builder_fee),
    "approveAgent": Action("reference", setting=accounts.approve_agent),
    "noop": Action("reference", setting=accounts.do_nothing),
}


def parts_of(action: Mapping[str, Json]) -> list[dict[str, Json]]:
    """Return the parts of an action, itself when it is its only one; raises Malformed."""
    known = ACTIONS[action["type"]]
    return objects(action, known.parts) if known.parts else [dict(action)]


def carry_out(desk: Desk, sent: Sent) -> tuple[Deed, tuple[Report, ...]]:
    """Carry an action out; return how far it is done, and what the engine reported.

    Raises Malformed, before anything is done, and Refusal.
    """
    known = ACTIONS[sent.action["type"]]
    if known.reader is None:
        assert known.setting is not None, "an action without parts is a setting"
        return Deed(known.answer, []), known.setting(desk, sent)
    parts = parts_of(sent.action)
    if known.role == "create" and _grouping(desk, sent) == _GROUP:
        steps = [place_group(desk, sent.account, parts)]
    else:
        steps = [_step(known.reader, desk, sent.account, part) for part in parts]
    deed = Deed(known.answer, [None] * len(steps))
    reports: list[Report] = []
    for index, step in enumerate(steps):
        if isinstance(step, Step):
            reports += _do(desk, deed, index, step, sent.now_ns)
        else:
            deed.statuses[index] = step
    return deed, tuple(reports)


def response(deed: Deed) -> Json:
    """Return what an action is answered that is done."""
    if not deed.statuses:
        return {"status": "ok", "response": {"type": deed.kind}}
    # Of a group one status stands for all its orders.
    told = [one if isinstance(one, list) else [one] for one in deed.statuses]
    data = {"statuses": [status for of_one in told for status in of_one]}
    return {"status": "ok", "response": {"type": deed.kind, "data": data}}


def _step(reader: Reader, desk: Desk, account: str, part: Mapping[str, Json]) -> Step | Json:
    """Return what a part asks of the engine, or its status when no engine is needed to refuse."""
    try:
        return reader(desk, account, part)
    except OrderError as error:
        return {"error": error.text}


def _do(desk: Desk, deed: Deed, index: int, step: Step, now_ns: int) -> Sequence[Report]:
    reports = desk.exchange.apply(step.command, now_ns)
    transaction = pending_transaction(reports)
    if transaction is None:
        deed.statuses[index] = step.judge(reports)
    else:
        deed.awaited[transaction] = (index, step.judge)
    return reports


def _grouping(desk: Desk, sent: Sent) -> str:
    """Return how the orders of an action hang together; hold its builder to what is approved."""
    grouping = text(sent.action, "grouping")
    if grouping not in _GROUPINGS:
        raise Malformed(errors.UNREADABLE)
    if grouping == _OF_POSITION:
        raise Refusal(_NO_POSITION_GROUP)
    _require_builder(desk, sent)
    return grouping


def _require_builder(desk: Desk, sent: Sent) -> None:
    builder = sent.action.get("builder")
    if builder is None:
        return
    if not isinstance(builder, dict) or not isinstance(builder.get("b"), str):
        raise Malformed(errors.UNREADABLE)
    fee = builder.get("f")
    if type(fee) is not int or fee < 0:
        raise Malformed(errors.UNREADABLE)
    if fee > desk.settings.builder_fee(sent.account, builder["b"].lower()):
        raise Refusal(_BUILDER_NOT_APPROVED)
