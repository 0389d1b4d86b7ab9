"""A Hyperliquid venue without a network, and a wallet that signs by eth-account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
from conformance_tests.unit.dialects.hyperliquid.ethereum import Account, encode_typed_data
from eth_hash.auto import keccak

from fillproof.simulator.dialects.hyperliquid import HyperliquidDialect, Quirks
from fillproof.simulator.dialects.protocol import HttpReply, HttpRequest
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import Command, Deposit, FillOrder
from fillproof.simulator.vocabulary.instruments import Instrument, Margin
from fillproof.simulator.vocabulary.reports import Report
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET

HOST = "api.hyperliquid.xyz"
ALICE = Account.from_key("0x" + "a1" * 32)
BOB = Account.from_key("0x" + "b0" * 32)
STRANGER = Account.from_key("0x" + "5f" * 32)
USER = ALICE.address.lower()
NOW_NS = 1_700_000_000_000_000_000
NOW_MS = NOW_NS // 1_000_000
SECOND_NS = 1_000_000_000
CLOID = "0x" + "ab" * 16
OTHER_CLOID = "0x" + "cd" * 16
PERPETUAL, SPOT = 0, 10_000
"""The numbers of the two markets in actions."""

GTC: Mapping[str, Any] = {"limit": {"tif": "Gtc"}}
ALO: Mapping[str, Any] = {"limit": {"tif": "Alo"}}
IOC: Mapping[str, Any] = {"limit": {"tif": "Ioc"}}


def instrument(symbol: str, tick: str, margin: Margin | None = None) -> Instrument:
    """Return a market of BTC in USDC."""
    return Instrument(
        symbol=symbol,
        base="BTC",
        quote="USDC",
        tick_size=Decimal(tick),
        lot_size=Decimal("0.0001"),
        min_quantity=Decimal("0.0001"),
        max_quantity=Decimal(9000),
        min_notional=Decimal(0),
        margin=margin,
    )


INSTRUMENTS = (
    instrument("BTCUSDC", "0.0001"),
    instrument("BTC", "0.01", Margin(leverage=10, maximum_leverage=40)),
)
FEES = Fees(maker=Decimal("0.001"), taker=Decimal("0.002"))


def order(asset: int, side: str, size: str, price: str, **more: Any) -> dict[str, Any]:
    """Return an order as an action has it; `t`, `r` and `c` may be given."""
    usual = {"a": asset, "b": side == "buy", "p": price, "s": size, "r": False, "t": GTC}
    return {**usual, **more}


def orders(*wanted: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the action that places orders."""
    return {"type": "order", "orders": list(wanted), "grouping": "na", **more}


def sign(
    wallet: Any,
    action: Mapping[str, Any],
    nonce: int,
    source: str = "a",
    expires_after: int | None = None,
    vault: str | None = None,
) -> dict[str, Any]:
    """Return an action as a client posts it, signed by what eth-account makes of it."""
    packed = msgspec.msgpack.encode(action) + nonce.to_bytes(8, "big")
    packed += b"\x00" if vault is None else b"\x01" + bytes.fromhex(vault[2:])
    if expires_after is not None:
        packed += b"\x00" + expires_after.to_bytes(8, "big")
    message = {"source": source, "connectionId": keccak(packed)}
    kind = [("source", "string"), ("connectionId", "bytes32")]
    signature = typed(wallet, "Exchange", 1337, "Agent", kind, message)
    return {
        "action": dict(action),
        "nonce": nonce,
        "signature": signature,
        "vaultAddress": vault,
        "expiresAfter": expires_after,
    }


def typed(
    wallet: Any,
    domain: str,
    chain: int,
    name: str,
    fields: list[tuple[str, str]],
    message: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the signature of typed data."""
    domain_fields = [
        {"name": "name", "type": "string"},
        {"name": "version", "type": "string"},
        {"name": "chainId", "type": "uint256"},
        {"name": "verifyingContract", "type": "address"},
    ]
    whole = {
        "domain": {
            "name": domain,
            "version": "1",
            "chainId": chain,
            "verifyingContract": "0x" + "0" * 40,
        },
        "types": {
            name: [{"name": field, "type": kind} for field, kind in fields],
            "EIP712Domain": domain_fields,
        },
        "primaryType": name,
        "message": message,
    }
    signed = wallet.sign_message(encode_typed_data(full_message=whole))
    return {"r": hex(signed.r), "s": hex(signed.s), "v": signed.v}


@dataclass
class Bench:
    """A venue, its time, and what its sockets heard; Alice and Bob have 100,000 USDC, 10 BTC."""

    quirks: Quirks = field(default_factory=Quirks)
    now_ns: int = NOW_NS
    heard: dict[int, list[Any]] = field(default_factory=dict)
    instruments: tuple[Instrument, ...] = INSTRUMENTS
    exchange: Exchange = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.exchange is None:
            self.exchange = Exchange(self.instruments, FEES, debug=True)
        accounts = {ALICE.address: "alice", BOB.address: "bob"}
        self.dialect = HyperliquidDialect(self.exchange, self.instruments, accounts, self.quirks)
        for account in ("alice", "bob"):
            self.apply(Deposit(account, "USDC", 100_000 * UNITS_PER_ASSET))
            self.apply(Deposit(account, "BTC", 10 * UNITS_PER_ASSET))

    @property
    def now_ms(self) -> int:
        """The time as a nonce."""
        return self.now_ns // 1_000_000

    def apply(self, command: Command) -> None:
        """Carry out a command of nobody's client."""
        self.settle(self.exchange.apply(command, self.now_ns))

    def settle(self, reports: tuple[Report, ...]) -> None:
        """Let the streams tell reports."""
        for push in self.dialect.publish(reports, self.now_ns):
            self.heard[push.socket].append(json.loads(push.text))

    def pass_time(self, nanoseconds: int) -> None:
        """Move on, and let engine and dialect do what is due, each when it is."""
        end_ns = self.now_ns + nanoseconds
        while (due_ns := self._due_ns()) is not None and due_ns <= end_ns:
            self.now_ns = due_ns
            self._do_what_is_due()
        self.now_ns = end_ns
        self._do_what_is_due()

    def _due_ns(self) -> int | None:
        times = (self.dialect.next_wake_ns(), self.exchange.next_deadline_ns())
        return min((time for time in times if time is not None), default=None)

    def _do_what_is_due(self) -> None:
        self.settle(self.exchange.advance(self.now_ns))
        self.settle(self.dialect.act(self.now_ns))
        for push in self.dialect.wake(self.now_ns):
            self.heard[push.socket].append(json.loads(push.text))

    def send(self, path: str, body: bytes, method: str = "POST", peer: str = "") -> HttpReply:
        """Send a request that is answered at once."""
        answer = self.dialect.request(HttpRequest(method, HOST, path, {}, body, peer), self.now_ns)
        self.settle(answer.reports)
        assert isinstance(answer.reply, HttpReply)
        return answer.reply

    def post(self, path: str, body: Any) -> Any:
        """Post JSON; return the answer, which is one of HTTP 200."""
        reply = self.send(path, json.dumps(body).encode())
        assert reply.status == 200, reply
        return json.loads(reply.body)

    def info(self, type_: str, **more: Any) -> Any:
        """Ask a query."""
        return self.post("/info", {"type": type_, **more})

    def act(self, action: Mapping[str, Any], wallet: Any = ALICE, **more: Any) -> Any:
        """Have a wallet sign an action with the next nonce; return the answer."""
        self.now_ns += 1_000_000
        return self.post("/exchange", sign(wallet, action, self.now_ms, **more))

    def statuses(self, action: Mapping[str, Any], wallet: Any = ALICE) -> Any:
        """Return what became of each part of an action."""
        return self.act(action, wallet)["response"]["data"]["statuses"]

    def place(self, *wanted: dict[str, Any], wallet: Any = ALICE) -> Any:
        """Place orders; return what became of each."""
        return self.statuses(orders(*wanted), wallet)

    def fill(self, oid: int, lots: int) -> None:
        """Fill so much of exactly one order."""
        self.apply(FillOrder(oid, lots))

    def open(self, socket: int = 1, path: str = "/ws") -> HttpReply | None:
        """Open a WebSocket."""
        self.heard[socket] = []
        return self.dialect.open_socket(socket, HttpRequest("GET", HOST, path, {}), self.now_ns)

    def say(self, frame: Any, socket: int = 1) -> Any:
        """Say a frame; return the reply, None for none."""
        text = frame if isinstance(frame, str) else json.dumps(frame)
        answer = self.dialect.receive(socket, text, self.now_ns)
        self.settle(answer.reports)
        for push in answer.pushes:
            self.heard[push.socket].append(json.loads(push.text))
        return json.loads(answer.reply) if answer.reply else None

    def subscribe(self, type_: str, socket: int = 1, **more: Any) -> Any:
        """Subscribe; return the reply."""
        return self.say({"method": "subscribe", "subscription": {"type": type_, **more}}, socket)

    def take(self, socket: int = 1) -> list[Any]:
        """Return what a socket has heard since, and forget it."""
        heard, self.heard[socket] = self.heard[socket], []
        return heard

    def balances(self) -> dict[str, dict[str, tuple[int, int]]]:
        """Return what everybody has."""
        return {name: self.exchange.balances(name) for name in ("alice", "bob", "market", "venue")}
