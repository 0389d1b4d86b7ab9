"""What the adapters of all exchanges of ccxt share: calls, watching loops, showing and telling.

Orders go out by `create_order`, `edit_order` and `cancel_order`; three loops call `watch_orders`,
`watch_my_trades` and `watch_balance` for ever. What an object means is in `mapping`, what was
shown before in `showings`; docs/connectors/ccxt.md has both as a table.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

import ccxt
from aiohttp import connector
from aiohttp.resolver import DefaultResolver, ThreadedResolver

from fillproof.harness.connectors.ccxt import mapping
from fillproof.harness.connectors.ccxt.books import read_books
from fillproof.harness.connectors.ccxt.showings import Showings, Source
from fillproof.harness.connectors.protocol import (
    Adapter,
    Balance,
    Host,
    OrderRequest,
    Reading,
    Touch,
)

LIBRARY = "ccxt"
VERSION: str = ccxt.__version__

_RESOLVES_BY_ITSELF = DefaultResolver is not ThreadedResolver
TOUCHES = (
    (
        Touch(
            "aiohttp.connector.DefaultResolver = ThreadedResolver",
            "aiodns is installed here, and it looks names up in a thread of its own",
        ),
    )
    if _RESOLVES_BY_ITSELF
    else ()
)


def _ignore(_shown: object) -> None:
    """Books are read where ccxt keeps them."""


class CcxtAdapter(Adapter):
    """Base of the adapters: a subclass sets `about` and `awaited`, and makes the exchange."""

    awaited: ClassVar[frozenset[str]]
    """What the three loops wait for once ccxt has subscribed: keys of its client's futures."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        if _RESOLVES_BY_ITSELF:
            connector.DefaultResolver = ThreadedResolver  # type: ignore[attr-defined] # see TOUCHES
        self._exchange = self.exchange(host)
        self._showings = Showings(self.placed_as)
        self._balances: dict[str, Balance] = {}
        self._placed: dict[str, OrderRequest] = {}

    def exchange(self, host: Host) -> Any:
        """Make ccxt's exchange from what the host is set up with."""
        raise NotImplementedError

    def name_of(self, number: int) -> str:
        """Return the client order id of the so manieth order."""
        raise NotImplementedError

    def placed_as(self, trade: mapping.Shown) -> str:
        """Return the client order id of a streamed trade: ccxt keeps it in the venue's object."""
        raise NotImplementedError

    def instead_of(self, client_order_id: str) -> dict[str, str]:
        """Return the params of `edit_order` that name the old order by its client order id."""
        raise NotImplementedError

    def stated(self, what: str, order: mapping.Shown, asked: OrderRequest | None) -> mapping.Shown:
        """Return a returned order with what its call says of it, where ccxt leaves it out."""
        return order

    async def start(self) -> None:
        """Load the markets and the balance, then watch."""
        await self._exchange.load_markets()
        self._show_balance(await self._exchange.fetch_balance())
        watches: tuple[tuple[str, Callable[[], Awaitable[Any]], Callable[[Any], None]], ...] = (
            ("watch_orders", self._exchange.watch_orders, self._show_orders),
            ("watch_my_trades", self._exchange.watch_my_trades, self._show_trades),
            ("watch_balance", self._exchange.watch_balance, self._show_balance),
        )
        for name, watch, show in watches:
            self.host.spawn(self._watch(name, watch, show), f"ccxt {name}")
        for market in self.host.setup.markets if self.host.setup.books else ():
            watch = partial(self._exchange.watch_order_book, mapping.symbol_of(market))
            self.host.spawn(self._watch("watch_order_book", watch, _ignore), f"ccxt {market}")

    def ready(self) -> bool:
        """True when ccxt has subscribed and all three loops wait."""
        clients = self._exchange.clients.values()
        subscribed = any(client.futures.keys() >= self.awaited for client in clients)
        books = self.reading().books or {}
        return subscribed and all(book.in_sync for book in books.values())

    def place(self, order: OrderRequest) -> str:
        """Call `create_order` with an id of our own, which is known before the reply."""
        client_order_id = self._name(order)
        self.host.spawn(self._create(order, client_order_id), f"ccxt create {client_order_id}")
        return client_order_id

    def replace(self, client_order_id: str, amount: Decimal, price: Decimal) -> str:
        """Call `edit_order`, which is the unified word for it, with an id of our own."""
        order = replace(self._placed[client_order_id], amount=amount, price=price)
        new_id = self._name(order)
        work = self._edit(client_order_id, order, new_id)
        self.host.spawn(work, f"ccxt edit {client_order_id}")
        return new_id

    def _name(self, order: OrderRequest) -> str:
        client_order_id = self.name_of(len(self._placed) + 1)
        self._placed[client_order_id] = order
        return client_order_id

    def cancel(self, client_order_id: str) -> None:
        """Call `cancel_order`; an order never placed is named with the first market."""
        self.host.spawn(self._cancel(client_order_id), f"ccxt cancel {client_order_id}")

    def reading(self) -> Reading:
        """Read, for each asset, the last balance that stated it, and the books that it keeps."""
        books = None
        if self.host.setup.books:
            books = read_books(self._exchange, self.host.setup.markets)
        return Reading(balances=dict(self._balances), books=books)

    async def stop(self) -> None:
        """Close the exchange; that ends what waits for it."""
        await self._exchange.close()

    async def _create(self, order: OrderRequest, client_order_id: str) -> None:
        arguments = mapping.arguments(order, client_order_id)
        try:
            shown = await self._exchange.create_order(*arguments)
        except ccxt.BaseError as error:
            self._raised("create_order", error)
            for told in self._showings.of_error(error, client_order_id):
                self.host.tell(told)
            return
        self._show_order("create_order", Source.RETURNED, shown, client_order_id)

    async def _edit(self, old_id: str, order: OrderRequest, new_id: str) -> None:
        *arguments, params = mapping.arguments(order, new_id)
        try:
            shown = await self._exchange.edit_order(
                old_id, *arguments, {**params, **self.instead_of(old_id)}
            )
        except ccxt.BaseError as error:
            self._raised("edit_order", error)
            for told in self._showings.of_error(error, new_id):
                self.host.tell(told)
            return
        self._show_order("edit_order", Source.RETURNED, shown, new_id)

    async def _cancel(self, client_order_id: str) -> None:
        placed = self._placed.get(client_order_id)
        market = placed.market if placed else self.host.setup.markets[0]
        params = {"clientOrderId": client_order_id}
        try:
            shown = await self._exchange.cancel_order(
                client_order_id, mapping.symbol_of(market), params
            )
        except ccxt.BaseError as error:
            self._raised("cancel_order", error)
            return
        self._show_order("cancel_order", Source.RETURNED, shown, client_order_id)

    async def _watch(
        self, name: str, watch: Callable[[], Awaitable[Any]], show: Callable[[Any], None]
    ) -> None:
        """Call a watch method again and again; after an error the next call connects anew."""
        while True:
            try:
                shown = await watch()
            except ccxt.BaseError as error:
                self._raised(name, error)
            else:
                show(shown)

    def _show_orders(self, orders: list[mapping.Shown]) -> None:
        for order in orders:
            self._show_order("watch_orders", Source.STREAMED, order, order["clientOrderId"])

    def _show_order(
        self, what: str, source: Source, order: mapping.Shown, client_order_id: str
    ) -> None:
        self.host.raw(what, order)
        if client_order_id not in self._placed:
            return  # what others on the account do is shown too; it is no order of the strategy's
        stated = self.stated(what, order, self._placed.get(client_order_id))
        for told in self._showings.of_order(source, stated, client_order_id):
            self.host.tell(told)

    def _show_trades(self, trades: list[mapping.Shown]) -> None:
        for trade in trades:
            self.host.raw("watch_my_trades", trade)
            if self.placed_as(trade) not in self._placed:
                continue
            for told in self._showings.of_trade(trade):
                self.host.tell(told)

    def _show_balance(self, balance: mapping.Shown) -> None:
        self._balances |= mapping.balances(balance)

    def _raised(self, what: str, error: ccxt.BaseError) -> None:
        self.host.raw(f"{what} raised", mapping.described(error))
