"""The truth ledger: the venue's reports of the connector's account, in words and plain decimals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fillproof.harness.worker.progress import Progress
from fillproof.harness.worker.recorder import Recorder
from fillproof.simulator.vocabulary.commands import Trigger
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import ExecutionType
from fillproof.simulator.vocabulary.reports import (
    AmendRefused,
    BalanceChanged,
    BlockMade,
    BlocksTakenBack,
    CancelRefused,
    ExecutionReport,
    ListChanged,
    ListRefused,
    PhaseChanged,
    Report,
    TransactionChanged,
)
from fillproof.simulator.vocabulary.units import asset_amount, from_units, plain

_OF_A_TRADE = frozenset(
    {ExecutionType.TRADE, ExecutionType.TRADE_CANCEL, ExecutionType.TRADE_CORRECT}
)


class TruthWriter:
    """Writes reports; of an order that is renamed, progress knows the name it was placed with."""

    def __init__(
        self, recorder: Recorder, progress: Progress, instruments: Mapping[str, Instrument]
    ) -> None:
        self._recorder = recorder
        self._progress = progress
        self._instruments = instruments
        self._first_names: dict[int, str] = {}

    def write(self, reports: tuple[Report, ...]) -> None:
        """Record what concerns the connector's account, and the phases of its markets."""
        for report in reports:
            match report:
                case ExecutionReport(account="client"):
                    self._recorder.truth("report", **self._report_keys(report))
                    self._progress.note_truth(
                        self._placed_as(report),
                        report.execution_type.value,
                        report.order_status.value,
                        report.reason.value,
                    )
                case CancelRefused(account="client"):
                    self._recorder.truth("cancel_refused", **_refusal_keys(report))
                case AmendRefused(account="client"):
                    self._recorder.truth("amend_refused", **_refusal_keys(report))
                case ListChanged(account="client"):
                    self._recorder.truth("list", **self._list_keys(report))
                case ListRefused(account="client"):
                    self._recorder.truth(
                        "list_refused",
                        list_client_order_id=report.list_client_order_id,
                        client_order_id=report.client_order_id,
                        reason=report.reason.value,
                    )
                case BalanceChanged(account="client"):
                    self._recorder.truth(
                        "balance",
                        asset=report.asset,
                        free=plain(asset_amount(report.free_units)),
                        locked=plain(asset_amount(report.locked_units)),
                    )
                case PhaseChanged():
                    market = self._market(report.symbol)
                    self._recorder.truth("phase", market=market, phase=report.phase.value)
                case TransactionChanged() | BlockMade() | BlocksTakenBack():
                    self._write_of_chain(report)
                case _:
                    continue  # the public and the other accounts are not the connector's truth

    def _write_of_chain(self, report: TransactionChanged | BlockMade | BlocksTakenBack) -> None:
        match report:
            case TransactionChanged(account="client"):
                self._recorder.truth("transaction", **_transaction_keys(report))
            case BlockMade():
                has = list(report.transactions)
                keys = {"height": report.height, "final_at": report.final_at}
                self._recorder.truth("block", **keys, transactions=has)
            case BlocksTakenBack():
                has = list(report.transactions)
                keys = {"height": report.height, "depth": report.depth}
                self._recorder.truth("reorganisation", **keys, transactions=has)

    def _placed_as(self, report: ExecutionReport) -> str:
        if report.venue_order_id == 0:
            return report.client_order_id
        return self._first_names.setdefault(report.venue_order_id, report.client_order_id)

    def _market(self, symbol: str) -> str:
        instrument = self._instruments[symbol]
        return f"{instrument.base}-{instrument.quote}"

    def _report_keys(self, report: ExecutionReport) -> dict[str, Any]:
        instrument = self._instruments[report.symbol]
        keys: dict[str, Any] = {
            "execution_id": str(report.execution_id),
            "execution_type": report.execution_type.value,
            "order_status": report.order_status.value,
            "client_order_id": report.client_order_id,
            "venue_order_id": str(report.venue_order_id),
            "market": self._market(report.symbol),
            "side": report.side.value,
            "order_type": report.order_type.value,
            "time_in_force": report.time_in_force.value,
            "post_only": report.post_only,
            "quantity": _lots(report.quantity_lots, instrument),
            "price": None if report.price_ticks is None else _ticks(report.price_ticks, instrument),
            "cumulative_quantity": _lots(report.cumulative_quantity_lots, instrument),
            "leaves_quantity": _lots(report.leaves_quantity_lots, instrument),
            "cumulative_quote": plain(asset_amount(report.cumulative_quote_units)),
            "reason": report.reason.value,
        }
        if report.execution_type in _OF_A_TRADE:
            keys |= _trade_keys(report, instrument)
        return keys | _special_keys(report, instrument)

    def _list_keys(self, changed: ListChanged) -> dict[str, Any]:
        return {
            "order_list_id": str(changed.order_list_id),
            "list_client_order_id": changed.list_client_order_id,
            "market": self._market(changed.symbol),
            "contingency": changed.contingency.value,
            "list_status": changed.list_status.value,
            "orders": [
                {"venue_order_id": str(number), "client_order_id": name}
                for number, name in changed.orders
            ],
        }


def _refusal_keys(report: CancelRefused | AmendRefused) -> dict[str, Any]:
    return {
        "client_order_id": report.client_order_id,
        "venue_order_id": _text(report.venue_order_id),
        "reason": report.reason.value,
    }


def _transaction_keys(report: TransactionChanged) -> dict[str, Any]:
    keys: dict[str, Any] = {
        "transaction": report.transaction,
        "nonce": report.nonce,
        "state": report.state.value,
        "client_order_id": report.client_order_id,
        "venue_order_id": _text(report.venue_order_id or None),
    }
    if report.height is not None:
        keys["height"] = report.height
    return keys | {"reason": report.reason.value}


def _trade_keys(report: ExecutionReport, instrument: Instrument) -> dict[str, Any]:
    assert report.last_quantity_lots is not None
    assert report.last_price_ticks is not None
    realized = report.realized_units
    gained = {} if realized is None else {"realized": plain(asset_amount(realized))}
    return {
        "trade_id": str(report.trade_id),
        "last_quantity": _lots(report.last_quantity_lots, instrument),
        "last_price": _ticks(report.last_price_ticks, instrument),
        "last_quote": plain(asset_amount(report.last_quote_units or 0)),
        "is_maker": report.is_maker,
        "fee": plain(asset_amount(report.fee_units or 0)),
        "fee_asset": report.fee_asset,
        **gained,
    }


def _special_keys(report: ExecutionReport, instrument: Instrument) -> dict[str, Any]:
    """Return the keys that only some orders have."""
    keys: dict[str, Any] = {}
    if report.original_client_order_id is not None:
        keys["original_client_order_id"] = report.original_client_order_id
    if report.prevented_quantity_lots:
        keys["prevented_quantity"] = _lots(report.prevented_quantity_lots, instrument)
    if report.last_prevented_quantity_lots is not None:
        keys["last_prevented_quantity"] = _lots(report.last_prevented_quantity_lots, instrument)
        keys["counter_order_id"] = _text(report.counter_order_id)
    if report.quote_quantity_units is not None:
        keys["quote_quantity"] = plain(asset_amount(report.quote_quantity_units))
    if report.display_quantity_lots is not None:
        keys["display_quantity"] = _lots(report.display_quantity_lots, instrument)
    if report.trigger is not None:
        keys["trigger"] = _trigger_keys(report.trigger, report, instrument)
    if not report.is_working:
        keys["is_working"] = False
    if report.order_list_id is not None:
        keys["order_list_id"] = str(report.order_list_id)
    return keys


def _trigger_keys(
    trigger: Trigger, report: ExecutionReport, instrument: Instrument
) -> dict[str, Any]:
    """Return what an order waits for; a trail says where it triggers as of now."""
    price_ticks = trigger.price_ticks
    if report.trigger_price_ticks is not None:
        price_ticks = report.trigger_price_ticks
    return {
        "kind": trigger.kind.value,
        "price": None if price_ticks is None else _ticks(price_ticks, instrument),
        "trailing_delta_bips": trigger.trailing_delta_bips,
    }


def _lots(count: int, instrument: Instrument) -> str:
    return plain(from_units(count, instrument.lot_size))


def _ticks(count: int, instrument: Instrument) -> str:
    return plain(from_units(count, instrument.tick_size))


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
