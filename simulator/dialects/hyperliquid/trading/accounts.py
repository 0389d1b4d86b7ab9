"""Actions that set something of an account: leverage, referrer, builders, agents, the schedule."""

from __future__ import annotations

import re

from fillproof.simulator.dialects.hyperliquid import errors
from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.door.reading import address, flag, text, whole
from fillproof.simulator.dialects.hyperliquid.errors import Malformed, Refusal
from fillproof.simulator.dialects.hyperliquid.numbers import milliseconds
from fillproof.simulator.dialects.hyperliquid.trading.sent import Sent
from fillproof.simulator.dialects.hyperliquid.trading.settings import Leverage
from fillproof.simulator.dialects.hyperliquid.wallets import Agent
from fillproof.simulator.vocabulary.commands import SetLeverage
from fillproof.simulator.vocabulary.reports import Impossible, Report

Reports = tuple[Report, ...]
"""What the engine said of a setting; of most nothing."""

AGENT_LIFE_MS = 180 * 86_400_000

_RATE = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,3}))?%")
_THOUSANDTHS = 3
_NO_MARGIN = "Insufficient margin to change leverage"
_BAD_LEVERAGE = "Invalid leverage value"
_REFERRER_SET = "Referrer already set."


def do_nothing(_desk: Desk, _sent: Sent) -> Reports:
    """Use a nonce up, which is all that this action is for."""
    return ()


def schedule_cancel(desk: Desk, sent: Sent) -> Reports:
    """Set or unset when all orders of the account are canceled."""
    when = None if sent.action.get("time") is None else whole(sent.action, "time")
    desk.schedule.set(sent.account, when, milliseconds(sent.now_ns))
    return ()


def update_leverage(desk: Desk, sent: Sent) -> Reports:
    """Set the leverage of one perpetual market."""
    value, is_cross = whole(sent.action, "leverage"), flag(sent.action, "isCross")
    market = desk.markets.of_asset(sent.action.get("asset"))
    margin = None if market is None else market.instrument.margin
    if market is None or margin is None or not 1 <= value <= margin.maximum_leverage:
        raise Refusal(_BAD_LEVERAGE)
    command = SetLeverage(sent.account, market.engine_symbol, value)
    reports = desk.exchange.apply(command, sent.now_ns)
    if any(isinstance(report, Impossible) for report in reports):
        raise Refusal(_NO_MARGIN)
    desk.settings.set_leverage(sent.account, market.engine_symbol, Leverage(value, is_cross))
    return reports


def update_isolated_margin(_desk: Desk, sent: Sent) -> Reports:
    """Refuse: all margin is shared here."""
    flag(sent.action, "isBuy")
    raise Refusal("Cannot update isolated margin of a cross position")


def set_referrer(desk: Desk, sent: Sent) -> Reports:
    """Name who brought the account, once."""
    code = text(sent.action, "code")
    if sent.account in desk.settings.referrers:
        raise Refusal(_REFERRER_SET)
    desk.settings.referrers[sent.account] = code
    return ()


def approve_builder_fee(desk: Desk, sent: Sent) -> Reports:
    """Let a builder charge up to a rate; a thousandth of a percent is a tenth of a basis point."""
    builder, rate = address(sent.action, "builder"), text(sent.action, "maxFeeRate")
    found = _RATE.fullmatch(rate)
    if found is None:
        raise Malformed(errors.UNREADABLE)
    tenths = int(found.group(1) + (found.group(2) or "").ljust(_THOUSANDTHS, "0"))
    desk.settings.approve_builder(sent.account, builder, tenths)
    return ()


def approve_agent(desk: Desk, sent: Sent) -> Reports:
    """Let another wallet sign for the account."""
    agent, name = address(sent.action, "agentAddress"), text(sent.action, "agentName")
    until = milliseconds(sent.now_ns) + AGENT_LIFE_MS
    desk.wallets.approve(sent.address, Agent(agent, name, until))
    return ()
