"""Endpoints that tell what an account has used of its limits."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome


def unfilled_orders(desk: Desk, call: Call) -> Outcome:
    """Show the unfilled order count of each interval."""
    return Outcome(desk.limits.orders_used(call.account, call.now_ns))
