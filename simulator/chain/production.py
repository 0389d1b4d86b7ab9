"""How blocks come about: what is due when, who is in a block, what is said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from fillproof.simulator.chain import gateway
from fillproof.simulator.chain.blocks import Block
from fillproof.simulator.chain.differences import differences
from fillproof.simulator.chain.entrance import MempoolExchange, changed
from fillproof.simulator.chain.rules import ChainRules, Shows
from fillproof.simulator.chain.transactions import Transaction
from fillproof.simulator.matching.deadlines import NEVER
from fillproof.simulator.matching.engine import Engine
from fillproof.simulator.matching.fees import Fees
from fillproof.simulator.vocabulary.instruments import Instrument
from fillproof.simulator.vocabulary.orders import ExecutionType, Reason, TransactionState
from fillproof.simulator.vocabulary.reports import (
    BlockMade,
    BlocksTakenBack,
    ExecutionReport,
    Impossible,
    Report,
)


class Production(MempoolExchange):
    """An exchange that makes blocks, of which the last may be taken back.

    Only slots in which something happens are looked at; the blocks between them are empty.
    """

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
        super().__init__(instruments, fees, rules, seed, kept_orders, trade_groups, debug)
        self._shows_tip = rules.shows is Shows.TIP
        self._blocks: list[Block] = []  # that may be taken back; where only final ones are shown,
        # they are not carried out before
        self._last_heights: dict[int, int] = {}
        self._taken_back_at: list[tuple[int, int]] = []  # height, and the first block that goes
        self._slot = 0
        self._clock_ns = 0
        self._revised_ns: dict[int, int] = {}  # when a reorganisation last changed an order

    def advance(self, now_ns: int) -> tuple[Report, ...]:
        """Return what the blocks that are due by now did, in their order."""
        if now_ns < self._clock_ns:
            raise ValueError(f"time runs backwards: {now_ns} ns after {self._clock_ns} ns")
        self._clock_ns = now_ns
        self._calendar.begin(now_ns)
        reports: list[Report] = []
        while (slot := self._next_slot()) is not None:
            moment_ns = self._calendar.moment_of(slot)
            if moment_ns > now_ns:
                break
            self._slot = slot
            height, due_ns = self._calendar.height_of(slot), self._calendar.time_of(slot)
            reports += self._make(height, due_ns, moment_ns)
        if self._calendar.runs:
            self._slot = self._calendar.passed(now_ns)  # what comes now is too late for it
        return tuple(reports)

    def next_deadline_ns(self) -> int | None:
        """Return when the next block is made that has something to do, or None."""
        slot = self._next_slot()
        return None if slot is None else self._calendar.moment_of(slot)

    def _next_slot(self) -> int | None:
        """Return the next slot in which anything happens, or None."""
        calendar = self._calendar
        if not calendar.runs:
            return None
        times = [one.expires_at_ns for one in self._mempool if one.expires_at_ns is not None]
        eligible_ns = self._mempool.next_eligible_ns()
        if eligible_ns is not None:
            times.append(eligible_ns)
        heights = [one.last_height + 1 for one in self._mempool if one.last_height is not None]
        heights += [height + 1 for height in self._last_heights.values()]
        heights += [height for height, _ in self._taken_back_at]
        behind = 0 if self._shows_tip else self.rules.finality
        if behind:
            heights += [block.height + self.rules.finality for block in self._blocks]
        slots = [calendar.slot_from(at_ns) for at_ns in times]
        slots += [calendar.slot_of(height) for height in heights]
        if self._engine.deadlines.next_ns != NEVER:
            slots.append(calendar.slot_from(self._engine.deadlines.next_ns) + behind)
        return max(min(slots), self._slot + 1) if slots else None

    # Blocks.

    def _make(
        self,
        height: int,
        due_ns: int,
        moment_ns: int,
        wanted: Sequence[int] | None = None,
        even_empty: bool = False,
    ) -> list[Report]:
        """Make the block of a height, of all that is known when it is due, if there is any."""
        reports = self._reorganise_at(height, moment_ns)
        for late in self._mempool.late(height, due_ns):
            state, reason = TransactionState.EXPIRED, Reason.TRANSACTION_EXPIRED
            reports += self._give_up(late, state, reason, moment_ns)
        if wanted is None:
            chosen = self._mempool.ready(due_ns, self.rules.order_within, self._dice)
        else:
            chosen = self._mempool.those(wanted)
        for doomed in [one for one in chosen if one.doomed]:
            state, reason = TransactionState.DROPPED, Reason.TRANSACTION_DROPPED
            reports += self._give_up(doomed, state, reason, moment_ns)
        block = self._block(height, moment_ns, [one for one in chosen if not one.doomed])
        is_empty = not (block.transactions or block.outlived)
        if not is_empty:
            self._blocks.append(block)
            self._draw_end(block)
        if self._shows_tip:
            reports += self._show(block)  # time passes in an empty one too
        reports += self._settle_final(height)
        if is_empty and not even_empty:
            return reports
        numbers = tuple(one.number for one in block.transactions)
        final_at = height + self.rules.finality
        return [*reports, BlockMade(height, numbers, final_at, moment_ns)]

    def _block(self, height: int, moment_ns: int, chosen: Sequence[Transaction]) -> Block:
        """Return a block of these, which the mempool has no more."""
        outlived = tuple((n, last) for n, last in self._last_heights.items() if last < height)
        for number, _ in outlived:
            del self._last_heights[number]
        for one in chosen:
            self._mempool.take(one.number)
            self._nonces.use(one.account, one.nonce)
            if one.order is not None and self.rules.order_life_blocks:
                self._last_heights[one.venue_order_id] = height + self.rules.order_life_blocks
        return Block(height, moment_ns, tuple(chosen), outlived)

    def _show(self, block: Block) -> list[Report]:
        """Carry a block out, and return what is said of each of its transactions.

        How an order stands whose cancel came to nothing is said last: it is as the block left it.
        """
        shown: list[Report] = []
        late: list[Report] = []
        for one in block.transactions:
            self._mempool.settle(one.number)
        for transaction, led in self._add(block):
            if transaction is None:
                shown += self._as_seen(led)
            else:
                shown += self._outcome(transaction, led, block)
                late += self._not_canceled(transaction, _why_failed(transaction), block.made_ns)
        return [*shown, *late]

    def _outcome(
        self, transaction: Transaction, led: tuple[Report, ...], block: Block
    ) -> list[Report]:
        if transaction.is_told:
            led = gateway.as_told(transaction, led)
        impossible = [one for one in led if isinstance(one, Impossible)]
        reason = _why_failed(transaction)
        state = TransactionState.INCLUDED
        if transaction.fails or impossible:
            state = TransactionState.FAILED
        told = self._as_seen(one for one in led if not isinstance(one, Impossible))
        told += self._not_placed(transaction, told, reason, block.made_ns)
        led_to = (*told, *impossible)
        return [*told, changed(transaction, state, block.made_ns, block.height, reason, led_to)]

    def _settle_final(self, height: int) -> list[Report]:
        """Let go of the blocks that are final; where only these are shown, show them."""
        reports: list[Report] = []
        newest = height - self.rules.finality
        final = [one for one in self._blocks if one.height <= newest]
        del self._blocks[: len(final)]
        if self._shows_tip:
            return reports
        for block in final:
            reports += self._show(block)
        return [*reports, *self._let_time_pass(newest)]

    def _let_time_pass(self, newest: int) -> list[Report]:
        """Show the newest final block where nothing but time happens in it."""
        if not self._calendar.runs or newest <= 0:
            return []
        moment_ns = self._calendar.moment_of(self._calendar.slot_of(newest))
        if self._blocks:
            moment_ns = min(moment_ns, self._blocks[0].made_ns)
        if self._engine.deadlines.next_ns > moment_ns:
            return []
        return self._show(Block(newest, moment_ns))

    # Reorganisations.

    def _draw_end(self, block: Block) -> None:
        """Draw whether and when a block is taken back."""
        one_in, finality = self.rules.chances.reorganise_one_in, self.rules.finality
        if one_in and finality and self._dice.happens(1, one_in):
            at = block.height + self._dice.between(1, finality)
            self._taken_back_at.append((at, block.height))

    def _reorganise_at(self, height: int, moment_ns: int) -> list[Report]:
        """Take back what is to be taken back before the block of a height is made."""
        reports: list[Report] = []
        for at, first in [one for one in self._taken_back_at if one[0] <= height]:
            self._taken_back_at.remove((at, first))
            reports += self._take_back(first - 1, height - 1, moment_ns)
        return reports

    def _take_back(
        self, height: int, newest: int, now_ns: int, lost: Collection[int] = ()
    ) -> list[Report]:
        """End the chain at a height again, of `newest` so far."""
        taken = [block for block in self._blocks if block.height > height]
        self._blocks = [block for block in self._blocks if block.height <= height]
        transactions = [one for block in taken for one in block.transactions]
        for block in reversed(taken):
            self._last_heights.update(block.outlived)
        for one in transactions:
            self._last_heights.pop(one.venue_order_id, None)
            self._wait_again(one, now_ns)
        instead = self._block(newest, now_ns, ())
        if instead.outlived:
            self._blocks.append(instead)
        reports: list[Report] = []
        if self._shows_tip:
            was = self._take_off(height)
            self._add(instead)
            reports += self._what_changed(was, transactions, now_ns)
        for one in self._mempool.those(one.number for one in transactions):
            if one.number in lost:
                state = TransactionState.DROPPED
                reports += self._give_up(one, state, Reason.REORGANISED, now_ns)
            else:
                state = TransactionState.PENDING
                reports.append(changed(one, state, now_ns, reason=Reason.REORGANISED))
        numbers = tuple(one.number for one in transactions)
        reports.append(BlocksTakenBack(height, newest - height, numbers, now_ns))
        return reports

    def _wait_again(self, one: Transaction, now_ns: int) -> None:
        """Have a transaction wait whose block is gone; of its order the client may know by now."""
        self._nonces.give_back(one.account, one.nonce)
        known = self._shows_tip and one.venue_order_id in self._engine.archive.by_id
        eligible_ns = now_ns + self._drawn_delay(one.kind)
        self._mempool.put(replace(one, eligible_ns=eligible_ns, is_told=one.is_told or known))

    def _what_changed(
        self, was: Engine, transactions: Iterable[Transaction], now_ns: int
    ) -> list[Report]:
        """Return what a reorganisation did to orders, and to those that are promised anew."""
        sent = {one.venue_order_id: one.order for one in transactions if one.order is not None}
        changes = differences(was, self._engine, sent, self._ids, now_ns)
        told = {one.venue_order_id for one in changes if isinstance(one, ExecutionReport)}
        for one in transactions:
            numbers = (*one.meant, one.venue_order_id) if one.is_told else ()
            for number in sorted({*numbers} - told):
                told.add(number)
                changes += gateway.state_of(
                    number,
                    self._engine,
                    self._mempool,
                    self._ids,
                    ExecutionType.RESTATED,
                    Reason.REORGANISED,
                    now_ns,
                )
        self._revised_ns |= dict.fromkeys(sorted(told), now_ns)
        return self._as_seen(changes)


def _why_failed(transaction: Transaction) -> Reason:
    return Reason.OUT_OF_GAS if transaction.fails else Reason.NONE
