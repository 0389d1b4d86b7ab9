"""The amount and the price of an order: what may be made of what the strategy asked for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from fillproof.harness.history import Market
from fillproof.harness.history.told import Place
from fillproof.harness.numbers import plain


def quantised(place: Place, market: Market) -> tuple[Decimal, Decimal | None]:
    """Return amount and price on lot and tick: never a larger amount or a worse price."""
    amount = on_lot(place.amount, market)
    if place.price is None:
        return amount, None
    never_worse = ROUND_FLOOR if place.side == "BUY" else ROUND_CEILING
    return amount, _on_price(place.price, market, never_worse)


def on_lot(amount: Decimal, market: Market) -> Decimal:
    """Return an amount on the lot, never a larger one."""
    return _on_step(amount, market.lot_size, ROUND_FLOOR)


def _on_price(price: Decimal, market: Market, rounding: str) -> Decimal:
    """Return a price on the tick and, unless it is whole, of few enough figures."""
    stepped = _on_step(price, market.tick_size, rounding)
    if market.figures is None or stepped == stepped.to_integral_value():
        return stepped
    decimals = max(0, market.figures - 1 - stepped.adjusted())
    return _on_step(stepped, max(market.tick_size, Decimal(1).scaleb(-decimals)), rounding)


def _on_step(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).to_integral_value(rounding=rounding) * step


def violations(place: Place, market: Market) -> Iterator[str]:
    """Yield the limits of the market that the order breaks, as it would stand on the wire.

    What an order by an amount of the quote asset is for, only the venue knows.
    """
    if place.quote_amount is not None:
        return
    amount, price = quantised(place, market)
    if amount < market.min_quantity:
        yield f"amount {plain(amount)} is below the minimum {plain(market.min_quantity)}"
    if amount > market.max_quantity:
        yield f"amount {plain(amount)} is above the maximum {plain(market.max_quantity)}"
    if price is not None and amount * price < market.min_notional:
        notional, least = plain(amount * price), plain(market.min_notional)
        yield f"notional {notional} is below the minimum {least}"


def is_worse(side: str, price: Decimal, than: Decimal) -> bool:
    """Return whether a price is worse for the strategy's side than another."""
    return price > than if side == "BUY" else price < than
