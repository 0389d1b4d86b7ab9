"""An exchange on a chain: the door of the matching engine, behind a mempool and blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from fillproof.simulator.chain import gateway
from fillproof.simulator.chain.blocks import Block
from fillproof.simulator.chain.production import Production
from fillproof.simulator.chain.rules import ChainRules
from fillproof.simulator.chain.telling import canceling_view, view_not_at_work
from fillproof.simulator.chain.transactions import Transaction, account_of
from fillproof.simulator.matching.fees import Fees
from fillproof.simulator.matching.forms import REQUIREMENTS
from fillproof.simulator.matching.orders import OrderView
from fillproof.simulator.vocabulary.commands import Command, Deposit
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import Reason, TransactionState
from fillproof.simulator.vocabulary.reports import Impossible, Report


class ChainExchange(Production):
    """An `Exchange` whose commands are transactions; what is said of that door is true of this too.

    A command goes into the mempool, and is carried out when a block has it. What `apply` returns
    ends with its `TransactionChanged` (PENDING). Where the mempool's word is an answer, an order is
    New but not at work before, and a cancel pending; a gateway that looks at the newest block
    refuses at once what must fail. Deposits come from outside, at once. `advance` makes the blocks
    that are due: each returns what its transactions led to, behind each its `TransactionChanged`,
    and at last the `BlockMade`.

    A reorganisation carries all surviving blocks out again in a fresh engine, so its state is
    exact; what is different then is reported. Of order lists, market orders by quote quantity,
    busts and corrections a chain knows nothing.
    """

    def __init__(
        self,
        instruments: Iterable[Instrument],
        fees: Fees,
        rules: ChainRules,
        seed: int = 0,
        kept_orders: int | None = None,
        trade_groups: Mapping[str, str] = MappingProxyType({}),
        debug: bool = False,
    ) -> None:
        super().__init__(instruments, fees, rules, seed, kept_orders, trade_groups, debug)

    def apply(self, command: Command, now_ns: int) -> tuple[Report, ...]:
        """Return all that was due before, and what is said of a command that just came."""
        return self.submit(command, now_ns)

    def submit(
        self,
        command: Command,
        now_ns: int,
        nonce: int | None = None,
        fee: int = 0,
        expires_at_ns: int | None = None,
    ) -> tuple[Report, ...]:
        """Send a command as a transaction; without a nonce the gateway gives it the next one.

        No block at `expires_at_ns` or later can have it. Raises CommandError, and does nothing,
        when the command contradicts itself.
        """
        if type(command) in REQUIREMENTS:
            REQUIREMENTS[type(command)](command)
        due = self.advance(now_ns)
        if isinstance(command, Deposit):
            return (*due, *self._bring_in(command, now_ns))
        refusal = gateway.never_on_chain(command, self._ids, now_ns)
        if refusal is None and self.rules.answers_early:
            refusal = gateway.refusal(command, self._engine, self._mempool, self._ids, now_ns)
        if refusal is not None:
            return (*due, refusal)
        account = account_of(command)
        given = self._mempool.free_nonce(account) if nonce is None else nonce
        transaction = self._transaction(command, account, given, fee, now_ns, expires_at_ns)
        return (*due, *self._enter(transaction, now_ns))

    @property
    def height(self) -> int:
        """The height of the newest block, empty ones too."""
        return self._calendar.height_at(self._clock_ns)

    def waiting(self) -> tuple[Transaction, ...]:
        """Return the mempool, as it came."""
        return tuple(self._mempool)

    def sent(self) -> tuple[Transaction, ...]:
        """Return all transactions that wait or are in a block, as they were sent."""
        made = [block.transactions for block in self._blocks]
        made += [one.what.transactions for one in self._done if isinstance(one.what, Block)]
        every = {one.number: one for transactions in made for one in transactions}
        every |= {one.number: one for one in self._mempool}
        return tuple(every[number] for number in sorted(every))

    @property
    def makes_blocks(self) -> bool:
        """True when blocks are made by themselves, and not halted."""
        return self._calendar.runs and not self._calendar.is_halted(self._clock_ns)

    def run(self, block_time_ns: int, now_ns: int) -> tuple[Report, ...]:
        """Make blocks by themselves from now on, where only `mine` made any."""
        due = self.advance(now_ns)
        self._calendar.run(block_time_ns, now_ns)
        return due

    def mine(self, now_ns: int, wanted: Sequence[int] | None = None) -> tuple[Report, ...]:
        """Make a block now: of exactly these transactions in this order, or of all that wait.

        Impossible when one of them does not wait, or its nonce is not the next.
        """
        due = self.advance(now_ns)
        chosen = None
        if wanted is not None:
            chosen = self._mempool.those(wanted)
            if len(chosen) < len(wanted) or self._mempool.in_nonce_order(chosen) != chosen:
                return (*due, Impossible(f"the next block cannot have {list(wanted)}"))
        self._calendar.make_beside()
        return (*due, *self._make(self.height, now_ns, now_ns, wanted, even_empty=True))

    def reorganise(self, depth: int, now_ns: int, lost: Collection[int] = ()) -> tuple[Report, ...]:
        """Take the last blocks back; their transactions wait again, but for those that are lost.

        Other blocks of the same heights, empty ones, are in their place. Impossible for more blocks
        than are not final.
        """
        due = self.advance(now_ns)
        most = min(self.rules.finality, self.height)
        if not 0 < depth <= most:
            return (*due, Impossible(f"{depth} blocks cannot be taken back: {most} are not final"))
        return (*due, *self._take_back(self.height - depth, self.height, now_ns, lost))

    def halt(self, for_ns: int, now_ns: int) -> tuple[Report, ...]:
        """Make no block for a while; then those that are missing, all at once."""
        due = self.advance(now_ns)
        self._calendar.halt(now_ns, now_ns + for_ns)
        return due

    def drop(self, transaction: int, now_ns: int) -> tuple[Report, ...]:
        """Lose a transaction that waits; no block ever has it."""
        due = self.advance(now_ns)
        one = self._mempool.get(transaction)
        if one is None:
            return (*due, _not_waiting(transaction))
        state, reason = TransactionState.DROPPED, Reason.TRANSACTION_DROPPED
        return (*due, *self._give_up(one, state, reason, now_ns))

    def outbid(self, transaction: int, now_ns: int) -> tuple[Report, ...]:
        """Have another transaction of the account, which does nothing, take its nonce."""
        due = self.advance(now_ns)
        one = self._mempool.get(transaction)
        if one is None:
            return (*due, _not_waiting(transaction))
        rival = self._transaction(None, one.account, one.nonce, one.fee + 1, now_ns, None)
        return (*due, *self._enter(rival, now_ns))

    def starve(self, transaction: int, now_ns: int) -> tuple[Report, ...]:
        """Have a transaction that waits run out of gas in its block."""
        due = self.advance(now_ns)
        one = self._mempool.get(transaction)
        if one is None:
            return (*due, _not_waiting(transaction))
        self._mempool.put(replace(one, fails=True))
        return due

    def withhold(self, transaction: int, for_ns: int, now_ns: int) -> tuple[Report, ...]:
        """Have a transaction that waits reach no maker of blocks before a time is over."""
        due = self.advance(now_ns)
        one = self._mempool.get(transaction)
        if one is None:
            return (*due, _not_waiting(transaction))
        self._mempool.put(replace(one, eligible_ns=now_ns + for_ns))
        return due

    def order(self, venue_order_id: int) -> OrderView | None:
        """Return an accepted order, or None."""
        view = super().order(venue_order_id)
        if view is not None:
            return self._seen(view)
        waiting = self._mempool.placing(venue_order_id)
        return None if waiting is None else self._waiting_view(waiting)

    def find(
        self, account: str, client_order_id: str, symbol: str | None = None
    ) -> OrderView | None:
        """Return the open order of that name, else the latest that had it, else None."""
        view = super().find(account, client_order_id, symbol)
        views = [] if view is not None and view.is_open else self._waiting_views(account, symbol)
        waiting = next((one for one in views if one.client_order_id == client_order_id), None)
        if waiting is not None or view is None:
            return waiting
        return self._seen(view)

    def orders(
        self, account: str, symbol: str | None = None, open_only: bool = False
    ) -> tuple[OrderView, ...]:
        """Return an account's orders, oldest first."""
        views = [self._seen(view) for view in super().orders(account, symbol, open_only)]
        views += self._waiting_views(account, symbol)
        return tuple(sorted(views, key=lambda view: view.venue_order_id))

    def _waiting_views(self, account: str, symbol: str | None) -> list[OrderView]:
        views = (self._waiting_view(one) for one in self._mempool.placements())
        return [
            view
            for view in views
            if view is not None and view.account == account and symbol in (None, view.symbol)
        ]

    def _waiting_view(self, waiting: Transaction) -> OrderView | None:
        """Return an order that the mempool has, where its word is an answer."""
        if waiting.order is None or not waiting.is_told:
            return None
        since_ns = waiting.sent_ns
        return self._seen(view_not_at_work(waiting.order, waiting.venue_order_id, since_ns))

    def _seen(self, view: OrderView) -> OrderView:
        """Return a view with the cancel that waits for its order, and since when it is so."""
        revised_ns = self._revised_ns.get(view.venue_order_id, 0)
        if revised_ns > view.update_time_ns:
            view = replace(view, update_time_ns=revised_ns)
        canceled = self.rules.answers_early and self._mempool.canceled[view.venue_order_id]
        return canceling_view(view) if canceled else view


def _not_waiting(transaction: int) -> Impossible:
    return Impossible(f"transaction {transaction} does not wait")
