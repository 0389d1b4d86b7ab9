"""How transactions come into the mempool, and leave it without a block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fillproof.simulator.chain import gateway
from fillproof.simulator.chain.calendar import Calendar
from fillproof.simulator.chain.execution import BlockExchange
from fillproof.simulator.chain.mempool import Mempool
from fillproof.simulator.chain.nonces import Nonces
from fillproof.simulator.chain.rules import ChainRules, Kind
from fillproof.simulator.chain.telling import canceling_report
from fillproof.simulator.chain.transactions import Transaction, kind_of, order_of
from fillproof.simulator.dice import Dice
from fillproof.simulator.matching.fees import Fees
from fillproof.simulator.vocabulary.commands import Command
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import Reason, TransactionState
from fillproof.simulator.vocabulary.reports import ExecutionReport, Report, TransactionChanged

_CLIENTS_OWN = (Kind.PLACE, Kind.CANCEL, Kind.AMEND)


class MempoolExchange(BlockExchange):
    """An exchange of blocks, with the transactions that no block has yet."""

    def __init__(
        self,
        instruments: Iterable[Instrument],
        fees: Fees,
        rules: ChainRules,
        seed: int,
        kept_orders: int | None,
        trade_groups: Mapping[str, str],
        debug: bool,
    ) -> None:
        super().__init__(instruments, fees, kept_orders, trade_groups, debug)
        self.rules = rules
        self._dice = Dice(seed)
        self._calendar = Calendar(rules.block_time_ns)
        self._nonces = Nonces(rules.nonces)
        self._mempool = Mempool(self._nonces)
        self._transactions = 0
        self._orders = 0

    def _transaction(
        self,
        command: Command | None,
        account: str,
        nonce: int,
        fee: int,
        now_ns: int,
        expires_at_ns: int | None,
    ) -> Transaction:
        rules, kind = self.rules, kind_of(command)
        self._transactions += 1
        number = 0
        if order_of(command) is not None or kind is Kind.TRADE:
            self._orders += 1
            number = self._orders
        if rules.transaction_life_ns:
            ends = [now_ns + rules.transaction_life_ns, expires_at_ns]
            expires_at_ns = min(end for end in ends if end is not None)
        last = rules.transaction_life_blocks
        return Transaction(
            number=self._transactions,
            command=command,
            account=account,
            nonce=nonce,
            fee=fee,
            sent_ns=now_ns,
            eligible_ns=now_ns + self._drawn_delay(kind),
            venue_order_id=number,
            meant=gateway.meant(command, self._engine, self._mempool) if command else (),
            expires_at_ns=expires_at_ns,
            last_height=self._calendar.height_at(now_ns) + last if last else None,
            fails=self._happens(rules.chances.fail_one_in, kind),
            doomed=self._happens(rules.chances.drop_one_in, kind),
            is_told=rules.answers_early,
        )

    def _drawn_delay(self, kind: Kind) -> int:
        delay = self.rules.delay(kind)
        if delay.least_ns == delay.most_ns:
            return delay.least_ns
        return self._dice.between(delay.least_ns, delay.most_ns)

    def _happens(self, one_in: int, kind: Kind) -> bool:
        return bool(one_in) and kind in _CLIENTS_OWN and self._dice.happens(1, one_in)

    def _enter(self, transaction: Transaction, now_ns: int) -> list[Report]:
        """Take a transaction into the mempool, in place of a cheaper one of its nonce."""
        reason = self._mempool.why_refused(transaction)
        if reason is not None:
            return [changed(transaction, TransactionState.REFUSED, now_ns, reason=reason)]
        reports: list[Report] = []
        rival = self._mempool.rival(transaction)
        if rival is not None:
            state, taken = TransactionState.REPLACED, Reason.NONCE_TAKEN
            reports += self._give_up(rival, state, taken, now_ns)
        self._mempool.put(transaction)
        if self.rules.answers_early:
            accepted = gateway.acceptance(
                transaction, self._engine, self._mempool, self._ids, now_ns
            )
            reports += self._as_seen(accepted)
        return [*reports, changed(transaction, TransactionState.PENDING, now_ns)]

    def _give_up(
        self, transaction: Transaction, state: TransactionState, reason: Reason, now_ns: int
    ) -> list[Report]:
        """Take a transaction out of the mempool that no block will have."""
        self._mempool.take(transaction.number)
        self._mempool.settle(transaction.number)
        reports = self._not_placed(transaction, (), reason, now_ns)
        reports += self._not_canceled(transaction, reason, now_ns)
        return [*reports, changed(transaction, state, now_ns, reason=reason)]

    def _not_placed(
        self, transaction: Transaction, led: Sequence[Report], reason: Reason, now_ns: int
    ) -> list[Report]:
        if not transaction.is_told:
            return []
        return gateway.not_placed(transaction, led, self._ids, reason, now_ns)

    def _not_canceled(self, transaction: Transaction, reason: Reason, now_ns: int) -> list[Report]:
        if not transaction.is_told:
            return []
        return self._as_seen(
            gateway.not_canceled(
                transaction, self._engine, self._mempool, self._ids, reason, now_ns
            )
        )

    def _as_seen(self, reports: Iterable[Report]) -> list[Report]:
        """Return reports in which a cancel that waits is seen."""
        if not self.rules.answers_early:
            return list(reports)
        canceled = self._mempool.canceled
        return [
            canceling_report(one)
            if isinstance(one, ExecutionReport) and canceled[one.venue_order_id]
            else one
            for one in reports
        ]


def changed(
    transaction: Transaction,
    state: TransactionState,
    now_ns: int,
    height: int | None = None,
    reason: Reason = Reason.NONE,
    reports: tuple[Report, ...] = (),
) -> TransactionChanged:
    """Return the report of what became of a transaction."""
    order = transaction.order
    return TransactionChanged(
        transaction=transaction.number,
        account=transaction.account,
        nonce=transaction.nonce,
        state=state,
        transact_time_ns=now_ns,
        client_order_id=None if order is None else order.client_order_id,
        venue_order_id=0 if order is None else transaction.venue_order_id,
        height=height,
        reason=reason,
        reports=reports,
    )
