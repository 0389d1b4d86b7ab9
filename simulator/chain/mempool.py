"""Transactions that no block has: who may come next, in which order, and who never will."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from fillproof.simulator.chain.nonces import Nonces
from fillproof.simulator.chain.rules import BlockOrder, Kind
from fillproof.simulator.chain.transactions import Transaction
from fillproof.simulator.dice import Dice
from fillproof.simulator.vocabulary.commands import PlaceOrder
from fillproof.simulator.vocabulary.orders import Reason, TimeInForce

_CLASSES: Mapping[Kind, int] = {Kind.OTHER: 0, Kind.AMEND: 0, Kind.CANCEL: 1}
_TAKES = 2


class Mempool:
    """By number, as they came, and what is promised of them until it is settled.

    A block may have a transaction before anybody is shown what it did. `canceled` counts the
    cancels that are promised, by the order they mean.
    """

    def __init__(self, nonces: Nonces) -> None:
        self._nonces = nonces
        self._waiting: dict[int, Transaction] = {}
        self._promised: dict[int, Transaction] = {}
        self._placed: dict[int, Transaction] = {}
        self.canceled: Counter[int] = Counter()

    def __iter__(self) -> Iterator[Transaction]:
        return iter(self._waiting.values())

    def get(self, number: int) -> Transaction | None:
        """Return a transaction that waits, or None."""
        return self._waiting.get(number)

    def those(self, numbers: Iterable[int]) -> list[Transaction]:
        """Return those of these transactions that wait, in this order."""
        return [self._waiting[number] for number in numbers if number in self._waiting]

    def placing(self, venue_order_id: int) -> Transaction | None:
        """Return the one that is to place an order, or None."""
        return self._placed.get(venue_order_id)

    def placements(self) -> tuple[Transaction, ...]:
        """Return all that are to place an order."""
        return tuple(self._placed.values())

    def free_nonce(self, account: str) -> int:
        """Return the nonce that an account's next transaction is given."""
        waiting = {one.nonce for one in self if one.account == account}
        return self._nonces.free(account, waiting)

    def rival(self, transaction: Transaction) -> Transaction | None:
        """Return the other one that has its nonce, or None."""
        its = (transaction.account, transaction.nonce)
        return next((one for one in self if (one.account, one.nonce) == its), None)

    def why_refused(self, transaction: Transaction) -> Reason | None:
        """Return why it may not come in, or None. A higher fee takes a nonce from who has it."""
        if self._nonces.is_used(transaction.account, transaction.nonce):
            return Reason.NONCE_USED
        rival = self.rival(transaction)
        if rival is not None and rival.fee >= transaction.fee:
            return Reason.NONCE_TAKEN
        return None

    def put(self, transaction: Transaction) -> None:
        """Take a transaction in, or in place of what it was."""
        self.take(transaction.number)
        self.settle(transaction.number)
        self._waiting[transaction.number] = transaction
        self._promised[transaction.number] = transaction
        if transaction.order is not None:
            self._placed[transaction.venue_order_id] = transaction
        if transaction.cancels:
            self.canceled.update(transaction.meant)

    def take(self, number: int) -> None:
        """Take a transaction out, if it is there; a block has it now."""
        self._waiting.pop(number, None)

    def settle(self, number: int) -> None:
        """Promise nothing of a transaction any more: what it did is known."""
        transaction = self._promised.pop(number, None)
        if transaction is None:
            return
        self._placed.pop(transaction.venue_order_id, None)
        if transaction.cancels:
            self.canceled.subtract(transaction.meant)

    def ready(self, at_ns: int, order: BlockOrder, dice: Dice) -> list[Transaction]:
        """Return what a block that is due at a time takes, in the order in which it has them."""
        known = [one for one in self if one.eligible_ns <= at_ns]
        return self.in_nonce_order(_sorted(known, order, dice))

    def in_nonce_order(self, wanted: list[Transaction]) -> list[Transaction]:
        """Return those of them that may come, each behind the one that its nonce follows."""
        chosen: list[Transaction] = []
        waiting = list(wanted)
        while (one := self._next_of(waiting)) is not None:
            waiting.remove(one)
            self._nonces.use(one.account, one.nonce)
            chosen.append(one)
        for one in chosen:
            self._nonces.give_back(one.account, one.nonce)
        return chosen

    def _next_of(self, waiting: Iterable[Transaction]) -> Transaction | None:
        may_come = self._nonces.may_come
        return next((one for one in waiting if may_come(one.account, one.nonce)), None)

    def next_eligible_ns(self) -> int | None:
        """Return when the first that may come is known to the makers of blocks."""
        return min(
            (one.eligible_ns for one in self if self._nonces.may_come(one.account, one.nonce)),
            default=None,
        )

    def late(self, height: int, at_ns: int) -> list[Transaction]:
        """Return those for which a block of this height and time comes too late."""
        return [one for one in self if _is_late(one, height, at_ns)]


def _is_late(one: Transaction, height: int, at_ns: int) -> bool:
    too_high = one.last_height is not None and one.last_height < height
    return too_high or (one.expires_at_ns is not None and one.expires_at_ns <= at_ns)


def _sorted(known: list[Transaction], order: BlockOrder, dice: Dice) -> list[Transaction]:
    arrived = sorted(known, key=lambda one: (one.eligible_ns, one.number))
    if order is BlockOrder.CLASSES:
        return sorted(arrived, key=_class_of)
    if order is BlockOrder.SHUFFLED:
        drawn = [(dice.below(1 << 32), one.number, one) for one in arrived]
        return [one for _, _, one in sorted(drawn, key=lambda pair: pair[:2])]
    return arrived


def _class_of(one: Transaction) -> int:
    order = one.order
    if isinstance(order, PlaceOrder):
        waits = order.post_only and order.time_in_force is not TimeInForce.IOC
        return 0 if waits else _TAKES
    return _CLASSES.get(one.kind, _TAKES)
