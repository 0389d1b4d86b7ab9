"""The questions and actions of the connector, and their answers as facts."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from fillproof.harness.connectors.reference.balances import AccountState
from fillproof.harness.connectors.reference.decode import Statement
from fillproof.harness.connectors.reference.facts import Fact, Fill, Seen, Status
from fillproof.harness.connectors.reference.tasks import now_ns
from fillproof.harness.connectors.reference.ticket import Ticket
from fillproof.harness.connectors.reference_dex import decode
from fillproof.harness.connectors.reference_dex.coin_rules import CoinRule, spot_meta
from fillproof.harness.connectors.reference_dex.known_fills import KnownFills
from fillproof.harness.connectors.reference_dex.rest import Rest
from fillproof.harness.connectors.reference_dex.signing import Signer
from fillproof.harness.connectors.reference_dex.troubles import LIFETIME_MS

_SLIPPAGE = Decimal("0.05")
"""How far from the best price a market order goes: the venue has only limits that do not rest."""

_LIVES = {"GTC": "Gtc", "IOC": "Ioc"}


class Api:
    """Each method is one question to the venue, or one action; all raise VenueTrouble."""

    def __init__(self, rest: Rest, signer: Signer) -> None:
        self._rest = rest
        self._signer = signer
        self._rules: dict[str, CoinRule] = {}
        self._known = KnownFills()

    async def create(self, ticket: Ticket) -> Statement:
        """Send the order, once."""
        price = ticket.price if ticket.price is not None else await self._market_price(ticket)
        reply = await self._act(order_action(ticket, self._rules[ticket.market].asset, price))
        return decode.create_reply(ticket.client_order_id, reply, ticket.amount)

    async def cancel(self, ticket: Ticket) -> Statement:
        """Cancel by client order id; what was filled before it the reply does not say: ask."""
        asset = self._rules[ticket.market].asset
        cancel = {"asset": asset, "cloid": ticket.client_order_id}
        decode.first_status(await self._act({"type": "cancelByCloid", "cancels": [cancel]}))
        return await self.status(ticket)

    async def status(self, ticket: Ticket) -> Statement:
        """Ask how the order stands; and for its fills, when it has less than was heard of."""
        asked_ns = now_ns()
        reply = await self._ask("orderStatus", oid=ticket.client_order_id)
        statement = decode.order_status(reply)
        seen = _seen_in(statement)
        if seen is None or not self._is_less(seen, asked_ns):
            return statement
        fills = await self._fills(seen.venue_order_id, seen)
        return Statement(statement.client_order_id, (*fills, *statement.facts))

    def is_short(self, statement: Statement) -> bool:
        """Return whether an order is said to be canceled with less than was heard of its fills."""
        seen = _seen_in(statement)
        ended = seen is not None and seen.status is Status.CANCELED
        return ended and seen is not None and self._is_less(seen, now_ns())

    def _is_less(self, seen: Seen, asked_ns: int) -> bool:
        return seen.cumulative_quantity < self._known.total(seen.venue_order_id, asked_ns)

    async def trades(self, ticket: Ticket, venue_order_id: str) -> tuple[Fact, ...]:
        """Ask for all fills; what was heard of and is not among them was taken back."""
        return await self._fills(venue_order_id)

    async def _fills(self, venue_order_id: str, shown: Seen | None = None) -> tuple[Fact, ...]:
        asked_ns = now_ns()
        fills = decode.user_fills(await self._ask("userFills"))
        own = [fill for _, fill in fills if fill.venue_order_id == venue_order_id]
        gone = self._known.compare(venue_order_id, own, asked_ns, shown)
        return (*gone, *(self.heard(fill) for fill in own))

    def heard(self, fill: Fill) -> Fill:
        """Take note of a fill that a message shows, and return it."""
        self._known.note(fill, now_ns())
        return fill

    async def account(self) -> AccountState:
        """Ask for the balances."""
        asked_ms = now_ns() // 1_000_000
        return decode.spot_state(await self._ask("spotClearinghouseState"), asked_ms)

    async def trading_rules(self, markets: tuple[str, ...]) -> dict[str, CoinRule]:
        """Ask for the rules of markets, "BASE-QUOTE"."""
        rules = spot_meta(await self._rest.info({"type": "spotMeta"}))
        self._rules = {market: rules[market] for market in markets if market in rules}
        return self._rules

    async def _market_price(self, ticket: Ticket) -> Decimal:
        rule = self._rules[ticket.market]
        book = await self._rest.info({"type": "l2Book", "coin": rule.coin})
        best = decode.best_price(book, ticket.side)
        if ticket.side == "BUY":
            return rule.price(best * (1 + _SLIPPAGE), ROUND_FLOOR)
        return rule.price(best * (1 - _SLIPPAGE), ROUND_CEILING)

    async def _act(self, action: dict[str, Any]) -> Any:
        return await self._rest.exchange(self._signer.signed(action, LIFETIME_MS))

    async def _ask(self, what: str, **more: str) -> Any:
        return await self._rest.info({"type": what, "user": self._signer.address, **more})


def _seen_in(statement: Statement) -> Seen | None:
    return next((fact for fact in statement.facts if isinstance(fact, Seen)), None)


def order_action(ticket: Ticket, asset: int, price: Decimal) -> dict[str, Any]:
    """Return what is signed to create an order; the order of the keys is signed as well."""
    life = "Alo" if ticket.post_only else _LIVES[ticket.time_in_force]
    order = {
        "a": asset,
        "b": ticket.side == "BUY",
        "p": f"{price.normalize():f}",
        "s": f"{ticket.amount.normalize():f}",
        "r": False,
        "t": {"limit": {"tif": "Ioc" if ticket.price is None else life}},
        "c": ticket.client_order_id,
    }
    return {"type": "order", "orders": [order], "grouping": "na"}
