"""Endpoints of listen keys: begin, go on, end."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome


def begin(desk: Desk, call: Call) -> Outcome:
    """Give the account its key, which lives for another 60 minutes."""
    return Outcome({"listenKey": desk.listen_keys.begin(call.account, call.now_ns)})


def go_on(desk: Desk, call: Call) -> Outcome:
    """Keep a key alive; raises Refusal (-1125)."""
    key = call.parameters.required("listenKey")
    desk.listen_keys.go_on(call.account, key, call.now_ns)
    return Outcome({})


def end(desk: Desk, call: Call) -> Outcome:
    """End a key, so that its streams fall silent; raises Refusal (-1125)."""
    key = call.parameters.required("listenKey")
    desk.listen_keys.end(call.account, key, call.now_ns)
    return Outcome({})
