"""A Binance venue without a network, and a client that signs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from conformance_tests.unit.dialects.keys import ED25519_KEY, ED25519_PEM, RSA_KEY, RSA_PEM

from fillproof.simulator.dialects.binance import BinanceDialect, Quirks
from fillproof.simulator.dialects.binance.door.signing import sign, socket_payload
from fillproof.simulator.dialects.protocol import HttpReply, HttpRequest
from fillproof.simulator.matching import Exchange, Fees
from fillproof.simulator.vocabulary.commands import Command, Deposit
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.reports import Report
from fillproof.simulator.vocabulary.units import asset_units

KEY, SECRET = "alicesKey", "alicesSecret"
OTHER_KEY, OTHER_SECRET = "bobsKey", "bobsSecret"
ACCOUNTS = {
    KEY: ("alice", SECRET),
    OTHER_KEY: ("bob", OTHER_SECRET),
    ED25519_KEY: ("alice", ED25519_PEM),
    RSA_KEY: ("alice", RSA_PEM),
}
NOW_NS = 1_700_000_000_000_000_000
NOW_MS = NOW_NS // 1_000_000
BTC_USDT = Instrument(
    symbol="BTCUSDT",
    base="BTC",
    quote="USDT",
    tick_size=Decimal("0.01"),
    lot_size=Decimal("0.0001"),
    min_quantity=Decimal("0.0001"),
    max_quantity=Decimal(9000),
    min_notional=Decimal(5),
)
FEES = Fees(maker=Decimal("0.001"), taker=Decimal("0.002"))


@dataclass
class TapUnit:
    """A unit as the wire tap gives it."""

    form: str
    direction: str = "v2c"
    body: bytes = b""
    method: str = ""
    path: str = ""
    status: int = 0
    opcode: int = 1
    request: TapUnit | None = None
    connection: str = "C1"
    host: str = "api.binance.com"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Bench:
    """A venue, its time, and what its sockets heard."""

    quirks: Quirks = field(default_factory=Quirks)
    settlement_delay_ns: int = 0
    now_ns: int = NOW_NS
    heard: dict[int, list[Any]] = field(default_factory=dict)
    instruments: tuple[Instrument, ...] = (BTC_USDT,)
    trade_groups: dict[str, str] = field(default_factory=dict)
    fees: Fees = FEES

    def __post_init__(self) -> None:
        self.exchange = Exchange(
            self.instruments, self.fees, self.settlement_delay_ns, trade_groups=self.trade_groups
        )
        self.dialect = BinanceDialect(
            self.exchange,
            self.instruments,
            ACCOUNTS,
            self.quirks,
        )
        for account in ("alice", "bob"):
            self.apply(Deposit(account, "USDT", asset_units(Decimal(100_000))))
            self.apply(Deposit(account, "BTC", asset_units(Decimal(10))))

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
        while (wake_ns := self.dialect.next_wake_ns()) is not None and wake_ns <= end_ns:
            self.now_ns = wake_ns
            self.settle(self.exchange.advance(self.now_ns))
            for push in self.dialect.wake(self.now_ns):
                self.heard[push.socket].append(json.loads(push.text))
        self.now_ns = end_ns
        self.settle(self.exchange.advance(self.now_ns))

    def send(self, request: HttpRequest) -> HttpReply:
        """Send a request."""
        answer = self.dialect.request(request, self.now_ns)
        self.settle(answer.reports)
        assert isinstance(answer.reply, HttpReply), "this venue answers at once"
        return answer.reply

    def ask(self, method: str, path: str, query: str = "", **headers: str) -> tuple[int, Any]:
        """Ask with a raw query; return status and decoded body."""
        target = f"{path}?{query}" if query else path
        reply = self.send(HttpRequest(method, "api.binance.com", target, headers))
        return reply.status, json.loads(reply.body)

    def signed(
        self, method: str, path: str, key: str = KEY, secret: str = SECRET, **parameters: Any
    ) -> tuple[int, Any]:
        """Ask with a signature; a POST sends a form, all others a query."""
        sent = {name: value for name, value in parameters.items() if value is not None}
        form = urlencode({"timestamp": self.now_ns // 1_000_000} | sent)
        form += f"&signature={sign(secret, form.encode())}"
        in_body = method == "POST"
        request = HttpRequest(
            method,
            "api.binance.com",
            path if in_body else f"{path}?{form}",
            {"x-mbx-apikey": key},
            form.encode() if in_body else b"",
        )
        reply = self.send(request)
        return reply.status, json.loads(reply.body)

    def limit(
        self, side: str, quantity: str, price: str, name: str | None, who: str = "alice"
    ) -> Any:
        """Place a limit order; return the body of the reply."""
        return self.place(who, side=side, quantity=quantity, price=price, newClientOrderId=name)

    def place(self, who: str = "alice", **changes: Any) -> Any:
        """Place a limit order with these changes; return the body of the reply."""
        key, secret = (KEY, SECRET) if who == "alice" else (OTHER_KEY, OTHER_SECRET)
        order = {
            "symbol": "BTCUSDT",
            "side": "BUY",
            "type": "LIMIT",
            "timeInForce": "GTC",
            "quantity": "1",
            "price": "29000",
            "newClientOrderId": "a",
        }
        return self.signed("POST", "/api/v3/order", key, secret, **(order | changes))[1]

    def cancel(self, name: str, **more: Any) -> tuple[int, Any]:
        """Cancel by client order id."""
        order = {"symbol": "BTCUSDT", "origClientOrderId": name}
        return self.signed("DELETE", "/api/v3/order", **(order | more))

    def query(self, name: str) -> tuple[int, Any]:
        """Ask for an order by client order id."""
        order = {"symbol": "BTCUSDT", "origClientOrderId": name}
        return self.signed("GET", "/api/v3/order", **order)

    def open(self, path: str, socket: int = 1) -> HttpReply | None:
        """Open a socket."""
        self.heard[socket] = []
        handshake = HttpRequest("GET", "any", path, {})
        return self.dialect.open_socket(socket, handshake, self.now_ns)

    def say(self, frame: dict[str, Any] | str, socket: int = 1) -> Any:
        """Send a text frame; return the decoded reply."""
        text = frame if isinstance(frame, str) else json.dumps(frame)
        answer = self.dialect.receive(socket, text, self.now_ns)
        self.settle(answer.reports)
        for push in answer.pushes:
            self.heard[push.socket].append(json.loads(push.text))
        return json.loads(answer.reply)

    def call(
        self, method: str, number: Any = 1, socket: int = 1, *, sign_it: bool = True, **more: Any
    ) -> Any:
        """Ask the WebSocket API by name, signed."""
        parameters = dict(more)
        if sign_it:
            parameters |= {"apiKey": KEY, "timestamp": self.now_ns // 1_000_000}
            texts = {
                name: value if isinstance(value, bool) else str(value)
                for name, value in parameters.items()
            }
            parameters["signature"] = sign(SECRET, socket_payload(texts))
        return self.say({"id": number, "method": method, "params": parameters}, socket)

    def listen(self, socket: int = 1, query: str = "") -> None:
        """Open a socket that hears alice's user data."""
        self.open(f"/ws-api/v3{query}", socket)
        self.call("userDataStream.subscribe.signature", socket=socket)

    def events(self, socket: int = 1) -> list[Any]:
        """Return the user events heard so far, without their wrapping, and forget them."""
        heard = [message["event"] for message in self.heard[socket]]
        self.heard[socket].clear()
        return heard
