"""Balances: the venue's time decides, not that of arrival."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.connectors.protocol import Balance
from fillproof.harness.connectors.reference.balances import AccountState, BalanceSheet


def amount(text: str) -> Balance:
    """A balance of which all is available."""
    return Balance(Decimal(text), Decimal(text))


def state(time_ms: int, *, is_whole: bool = False, **balances: str) -> AccountState:
    """What a message says."""
    return AccountState(time_ms, {name: amount(text) for name, text in balances.items()}, is_whole)


def test_an_overtaken_message_changes_nothing() -> None:
    """A snapshot or update that is older than what is known is not believed."""
    sheet = BalanceSheet()
    sheet.hear(state(1, BTC="1", USDT="9", is_whole=True))
    sheet.hear(state(3, BTC="3"))
    sheet.hear(state(2, BTC="2", USDT="8", is_whole=True))
    assert sheet.read() == {"BTC": amount("3"), "USDT": amount("8")}


def test_an_asset_missing_from_a_snapshot_is_gone() -> None:
    """A snapshot names everything there is; an update only what changed."""
    sheet = BalanceSheet()
    sheet.hear(state(1, BTC="1", USDT="9"))
    sheet.hear(state(2, USDT="8"))
    assert sheet.read()["BTC"] == amount("1")
    sheet.hear(state(3, USDT="8", is_whole=True))
    assert sheet.read()["BTC"] == amount("0")
