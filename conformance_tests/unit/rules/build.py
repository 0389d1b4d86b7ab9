"""Builds recordings from one-line stories, so that a rule's cases read as a table.

A story is a list of words between semicolons; each takes 10 virtual milliseconds, and what stands
between `&` happens at one instant.

    place 1 at=29000      the strategy buys and the request is sent (side=SELL type=MARKET tif=IOC,
                          unsent, untracked, order=b, id=...)
    new; trade 0.2; cancels; expires; rejects; refuses; pending
                          what the venue does with the order
    <new <fill <filled <cancelled <expired <rejected <refused <unknown <balance
                          what a message that reached the connector says (by=F1: a fault touched it,
                          on=CHANNEL, http=503); `<fill` is of the last trade
    Created; Filled 0.2; Completed; Cancelled; Expired; Failure
                          what the connector tells, as truth has it; key=value says it otherwise
    cancel; cancel refused   the strategy cancels; the venue does not
    amend 0.5; amended 0.5; bust 1 ... see made_changes
    arm what=drop; fire; heal; wait 5   faults and time
    quiet; stop; bound; dies    how the run ends: at rest (if nothing is said), at once, when the
                          convergence bound is over, or in the middle
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from conformance_tests.unit.rules import made_beliefs, made_changes
from conformance_tests.unit.rules.made_order import VENUE, Order, as_it_is, facts

from fillproof.harness.connectors.protocol import Capability
from fillproof.harness.history import History, read_recording
from fillproof.harness.numbers import plain
from fillproof.harness.rules import Outcome, Verdict, judge

MILLISECOND, SECOND = 1_000_000, 1_000_000_000
BOUND = 180 * SECOND
_ENDS = ("Completed", "Cancelled", "Expired", "Failure")
ALL = tuple(str(one) for one in Capability if one is not Capability.IN_FLIGHT)
MARKETS = {
    "BTC-USDT": {
        "base": "BTC",
        "quote": "USDT",
        "tick_size": "0.01",
        "lot_size": "0.0001",
        "min_quantity": "0.0001",
        "max_quantity": "9000",
        "min_notional": "5",
    }
}


class Story:
    """Writes the lines of a recording; every method is one word of a story."""

    def __init__(self, header: Mapping[str, Any]) -> None:
        self.lines: list[dict[str, Any]] = []
        self.t = 0
        self.orders: dict[str, Order] = {}
        self.tracked: dict[str, None] = {}
        self.faults: dict[str, str] = {}
        self.healed: set[str] = set()
        self.counts = dict.fromkeys(("execution", "trade", "unit"), 0)
        self.ended = self.died = False
        self.write("run", "header", **header)
        self.phase("steps")

    def write(self, ledger: str, kind: str, **keys: Any) -> None:
        """Add a line."""
        line = {"n": len(self.lines), "t": self.t, "ledger": ledger, "kind": kind}
        self.lines.append({**line, **keys})

    def phase(self, phase: str) -> None:
        """A phase begins."""
        self.write("run", "phase", phase=phase)

    def next(self, counter: str) -> str:
        """Count up."""
        self.counts[counter] += 1
        return str(self.counts[counter])

    def play(self, story: str) -> None:
        """Write a whole story."""
        for words in filter(None, (part.strip() for part in story.split(";"))):
            self.t += 10 * MILLISECOND
            for at_once in words.split("&"):
                self.say(*at_once.split())

    def say(self, word: str, *rest: str) -> None:
        """Write one word of a story."""
        keys = dict(part.split("=", 1) for part in rest if "=" in part)
        flags = [part for part in rest if "=" not in part]
        order = self.orders.get(keys.pop("order", "a")) if word != "place" else None
        if word.startswith("<"):
            self.hear(order, word[1:], keys)
        elif word in _WORDS:
            _WORDS[word](self, order, flags, keys)
        elif order is not None and word in VENUE:
            self.report(order, VENUE[word], flags, keys, refused=word == "refuses")
        else:
            self.tell(order, word, flags, keys)

    # The strategy and what it hears ------------------------------------------------------------

    def place(self, _: Order | None, flags: list[str], keys: dict[str, str]) -> None:
        """The strategy buys."""
        label = keys.get("order", "a")
        amount = next((flag for flag in flags if flag[0].isdigit()), "1")
        order = Order(label, keys.get("id", f"id-{label}"), {"amount": amount, **keys})
        self.orders[label] = order
        price = None if order.order_type == "MARKET" else plain(order.price)
        self.write(
            "told",
            "call",
            call="place",
            order=label,
            market="BTC-USDT",
            side=order.side,
            price=price,
            order_type=order.order_type,
            time_in_force=order.time_in_force,
            **{"post_only": False, "amount": amount, **made_changes.asked(keys)},
        )
        if "late" in flags:
            self.t += 10 * MILLISECOND
        self.write(
            "told", "returned", call="place", order=label, client_order_id=order.client_order_id
        )
        self.write("run", "label", order=label, client_order_id=order.client_order_id)
        if "unsent" not in flags:
            self.request(order, tracked="untracked" not in flags)

    def request(self, order: Order, *, tracked: bool) -> None:
        """Send the create request, after a reading of what is tracked."""
        mine = order.client_order_id
        if tracked:
            self.tracked[mine] = None
        reading = {"at": "create_request", "client_order_id": mine, "balances": None}
        self.write("told", "reading", **reading, tracked=sorted(self.tracked))
        message = {"method": "POST", "path": "/order", "parameters": {"newClientOrderId": mine}}
        self.sent("c2v", "create_request", message)

    def cancel(self, order: Order | None, flags: list[str], keys: dict[str, str]) -> None:
        """The strategy cancels, and perhaps the venue refuses."""
        client_order_id = order.client_order_id if order else keys["id"]
        label = order.label if order else None
        self.write("told", "call", call="cancel", order=label, client_order_id=client_order_id)
        if "refused" in flags:
            keys = {"client_order_id": client_order_id, "reason": "unknown_order"}
            self.write("truth", "cancel_refused", **keys, venue_order_id=None)

    def tell(self, order: Order | None, name: str, flags: list[str], keys: dict[str, str]) -> None:
        """The connector tells an event."""
        fields: dict[str, Any] = {"client_order_id": order.client_order_id if order else "?"}
        if order is not None:
            fields |= as_it_is(order, name, flags)
        fields |= keys
        if fields.get("fee"):
            amount, asset = fields.pop("fee").split(":")
            fields["fees"] = [{"asset": asset, "amount": amount}]
        stated = {key: value for key, value in fields.items() if value not in (None, "")}
        self.write("told", "event", event=name, **stated)
        if name in _ENDS and order is not None:
            self.tracked.pop(order.client_order_id, None)

    # The wire ----------------------------------------------------------------------------------

    def sent(self, direction: str, channel: str, message: Mapping[str, Any]) -> str:
        """Send a unit and return its number."""
        unit = self.next("unit")
        self.write(
            "wire",
            "sent",
            unit=unit,
            connection="c1" if channel == "user_stream" else "c2",
            direction=direction,
            channel=channel,
            bytes="",
            message=message,
        )
        return unit

    def hear(self, order: Order | None, what: str, keys: dict[str, str]) -> None:
        """Deliver a message that states something."""
        channel = keys.pop("on", "create_reply" if what == "refused" else "user_stream")
        faults = [keys.pop("by")] if "by" in keys else []
        status = keys.pop("http", None)
        unit = self.sent("v2c", channel, {"status": int(status)} if status else {})
        stated = facts(order, what)
        stated[0] |= keys
        stated = [{k: v for k, v in fact.items() if v != ""} for fact in stated]
        delivery = {"unit": unit, "direction": "v2c", "channel": channel}
        self.write("wire", "delivered", **delivery, facts=stated, faults=faults)

    def arm(self, _: Order | None, __: list[str], keys: dict[str, str]) -> None:
        """Arm a fault."""
        fault = f"F{len(self.faults) + 1}"
        self.faults[fault] = keys["what"]
        self.write("wire", "armed", fault=fault, channel="user_stream", **keys)

    def fire(self, _: Order | None, __: list[str], keys: dict[str, str]) -> None:
        """The last fault fires, on the first create request unless said."""
        fault, what = list(self.faults.items())[-1]
        unit = keys.get("unit", "1")
        self.write("wire", "fired", fault=fault, what=what, unit=unit)

    def closed(self, _: Order | None, __: list[str], keys: dict[str, str]) -> None:
        """A connection closes: by the connector, unless said."""
        self.write("wire", "closed", **{"by": "connector", "code": 1000, **keys})

    # The venue ---------------------------------------------------------------------------------

    def report(
        self, order: Order, kind: str, flags: list[str], keys: dict[str, str], *, refused: bool
    ) -> None:
        """The venue reports on an order."""
        fields = made_changes.move(order, kind, flags, keys)
        if kind == "Trade":
            fields["trade_id"] = keys.get("trade_id", self.next("trade"))
            order.trades.append(fields)
        ended = order.status in {"Filled", "Canceled", "Expired", "Rejected"}
        leaves = Decimal(0) if ended else order.quantity - order.filled - order.prevented
        line = {
            "execution_id": self.next("execution"),
            "execution_type": kind,
            "order_status": order.status,
            "client_order_id": order.client_order_id,
            "venue_order_id": "0" if refused else order.venue_order_id,
            "market": "BTC-USDT",
            "side": order.side,
            "order_type": order.order_type,
            "time_in_force": order.time_in_force,
            "quantity": plain(order.quantity),
            "price": None if order.order_type == "MARKET" else plain(order.sent_price),
            "cumulative_quantity": plain(order.filled),
            "leaves_quantity": plain(leaves),
            "cumulative_quote": plain(order.quote),
            "reason": "none",
        }
        self.write("truth", "report", **{**line, **fields, **keys})

    def balance(self, _: Order | None, __: list[str], keys: dict[str, str]) -> None:
        """The venue changes a balance: `balance asset=BTC free=10 locked=0`."""
        self.write("truth", "balance", **keys)

    # The run -----------------------------------------------------------------------------------

    def wait(self, _: Order | None, flags: list[str], __: dict[str, str]) -> None:
        """Seconds pass."""
        self.t += int(flags[0]) * SECOND

    def heal(self, *_: object) -> None:
        """All faults end, those that have ended before not again."""
        for fault in self.faults:
            if fault not in self.healed:
                self.write("wire", "healed", fault=fault, fired=1)
                self.healed.add(fault)
        self.phase("healed")

    def trouble(self, _: Order | None, flags: list[str], keys: dict[str, str]) -> None:
        """The run goes wrong."""
        needs = [keys["needs"]] if "needs" in keys else []
        self.write("run", "trouble", trouble=flags[0], message="", detail=[], needs=needs)

    def step(self, _: Order | None, flags: list[str], keys: dict[str, str]) -> None:
        """A step changes its state: `step expired op=await told=Created`."""
        step = {"op": keys.pop("op"), "order": "a", **keys}
        self.write(
            "run", "step", index=0, line=7, op=step["op"], step=step, state=flags[0], note=""
        )

    def dies(self, *_: object) -> None:
        """The world dies here."""
        self.died = True

    def stop(self, *_: object) -> None:
        """The world is called quiet at once."""
        self.phase("quiet")
        self.ended = True

    def end(self, how: str) -> None:
        """End the run: at rest after half a minute, or when the bound is over."""
        if how == "bound":
            self.heal()
        self.t += 30 * SECOND if how == "quiet" else BOUND
        self.phase(how)
        self.ended = True

    def finish(self) -> None:
        """Write what comes after the end."""
        if self.died:
            return
        if not self.ended:
            self.heal()
            self.end("quiet")
        self.phase("stopped")
        self.write("run", "end")


_WORDS: Mapping[str, Callable[..., None]] = {
    "place": Story.place,
    "cancel": Story.cancel,
    "amend": made_changes.amend,
    "desk": made_changes.desk,
    "reading": made_beliefs.reading,
    "signed": made_beliefs.signed,
    "arm": Story.arm,
    "fire": Story.fire,
    "closed": Story.closed,
    "balance": Story.balance,
    "wait": Story.wait,
    "heal": Story.heal,
    "dies": Story.dies,
    "stop": Story.stop,
    "stopping": lambda story, *_: story.phase("stopping"),
    "trouble": Story.trouble,
    "step": Story.step,
    "quiet": lambda story, *_: story.end("quiet"),
    "bound": lambda story, *_: story.end("bound"),
}


def recording(
    story: str,
    *,
    profile: str = "centralised",
    grace: int = 0,
    lacks: tuple[str, ...] = (),
    expect: Mapping[str, Any] | None = None,
    balances: Mapping[str, str] | None = None,
    market_orders: bool = True,
    chain: Mapping[str, Any] | None = None,
) -> list[str]:
    """Return the lines of a recording that tells this story."""
    document = {
        "id": "made/up",
        "expect": expect or {},
        "venue": {"balances": dict(balances or {}), **({} if chain is None else {"chain": chain})},
    }
    written = Story(
        {
            "format": 1,
            "fillproof": "0",
            "python": "3.11",
            "scenario": {"id": "made/up", "title": "", "source": "", "document": document},
            "connector": {
                "name": "made",
                "library": "made",
                "version": "1",
                "capabilities": [name for name in ALL if name not in lacks],
                "profiles": [profile],
                "longest_poll_seconds": 60,
                "touches": [],
            },
            "seed": 1,
            "venue": {
                "dialect": "binance",
                "market_orders": market_orders,
                "profile": profile,
                "grace_window": grace * SECOND,
            },
            "markets": MARKETS,
            "fees": {"maker": "0", "taker": "0"},
            "convergence_bound": BOUND,
        }
    )
    written.play(story)
    written.finish()
    return [json.dumps(line) for line in written.lines]


def history(story: str, **options: Any) -> History:
    """Return the history of a story."""
    return read_recording(recording(story, **options))


def verdict(story: str, **options: Any) -> Verdict:
    """Return the verdict on a story."""
    return judge(history(story, **options))


def roots(story: str, **options: Any) -> list[tuple[str, Outcome]]:
    """Return rule and outcome of each root finding of a story, sorted."""
    found = verdict(story, **options).findings
    return sorted((finding.rule, finding.outcome) for finding in found)
