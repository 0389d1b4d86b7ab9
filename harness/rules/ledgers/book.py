"""A book of one order: what each fill moved, and where two books of it part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fillproof.harness.history import Event, Market, OrderTruth, Trade
from fillproof.harness.history.model import Header

Moves = Mapping[str, Decimal]
"""How much more of each asset there is; what did not move is left out."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What one fill moved, as one of the two ledgers has it; `n` is the line that says so."""

    n: int
    trade_id: str | None
    moves: Moves


@dataclass(frozen=True, slots=True)
class Apart:
    """Two books of one order that differ.

    `moves` is how much more the told one has of each asset than the venue's; `told` and `true` are
    the postings without an equal on the other side, in their order.
    """

    moves: Moves
    told: tuple[Posting, ...]
    true: tuple[Posting, ...]

    @property
    def first(self) -> Posting:
        """The posting from which on the books differ."""
        return min((*self.told, *self.true), key=lambda posting: posting.n)


def told_posting(event: Event, side: str, market: Market, *, fees: bool) -> Posting:
    """Return what a strategy can book on a Filled: no more than it states."""
    taken: dict[str, Decimal] = defaultdict(Decimal)
    for asset, amount in (event.fees or ()) if fees else ():
        taken[asset] += amount
    quote = None if event.price is None else (event.amount or Decimal(0)) * event.price
    moves = _moves(side, market, event.amount, quote, taken)
    return Posting(event.n, event.trade_id, moves)


def true_posting(trade: Trade, side: str, market: Market, *, fees: bool) -> Posting:
    """Return what the venue booked on a fill."""
    taken = {trade.fee_asset: trade.fee} if fees else {}
    moves = _moves(side, market, trade.amount, trade.quote, taken)
    return Posting(trade.n, trade.trade_id, moves)


def true_postings(header: Header, truth: OrderTruth, *, fees: bool) -> tuple[Posting, ...]:
    """Return what the venue booked for one of its orders; nothing in a market it did not name."""
    first = truth.reports[0]
    market = header.markets.get(first.market)
    if market is None:
        return ()
    return tuple(true_posting(trade, first.side, market, fees=fees) for trade in truth.trades)


def _moves(
    side: str, market: Market, base: Decimal | None, quote: Decimal | None, fees: Moves
) -> Moves:
    sign = 1 if side == "BUY" else -1
    moves: dict[str, Decimal] = defaultdict(Decimal)
    moves[market.base] += sign * (base or Decimal(0))
    moves[market.quote] -= sign * (quote or Decimal(0))
    for asset, amount in fees.items():
        moves[asset] -= amount
    return _nonzero(moves)


def _nonzero(moves: Moves) -> Moves:
    return {asset: amount for asset, amount in sorted(moves.items()) if amount}


def total(postings: Iterable[Posting]) -> Moves:
    """Return what the postings moved together."""
    moves: dict[str, Decimal] = defaultdict(Decimal)
    for posting in postings:
        for asset, amount in posting.moves.items():
            moves[asset] += amount
    return _nonzero(moves)


def compare(told: Iterable[Posting], true: Iterable[Posting]) -> Apart | None:
    """Return how two books of one order differ; None when they moved the same.

    Postings that say the same are struck off in pairs, first those of one trade id. Fills that
    were told as one, or in another split, move the same: that is no difference of the books.
    """
    left, unmatched = list(told), list(true)
    for by_id in (True, False):
        for posting in tuple(left):
            equal = next((t for t in unmatched if _are_equal(posting, t, by_id=by_id)), None)
            if equal is not None:
                left.remove(posting)
                unmatched.remove(equal)
    more, less = total(left), total(unmatched)
    assets = {**more, **less}
    moves = {a: more.get(a, Decimal(0)) - less.get(a, Decimal(0)) for a in assets}
    apart = _nonzero(moves)
    return Apart(apart, tuple(left), tuple(unmatched)) if apart else None


def _are_equal(one: Posting, other: Posting, *, by_id: bool) -> bool:
    return one.moves == other.moves and (not by_id or one.trade_id == other.trade_id)
