"""A scenario at a venue that speaks Hyperliquid: its names there, and what it cannot have there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from fillproof.harness.worker.dialects.hyperliquid_money import asked_of
from fillproof.harness.worker.dialects.speech import Document, foreign_quirks
from fillproof.simulator.dialects.hyperliquid.markets import COLLATERAL
from fillproof.simulator.dialects.hyperliquid.quirks import Quirks

SPOT_DECIMALS, PERPETUAL_DECIMALS = 8, 6
"""A price has at most so many decimals less those of the lot."""

LEAST_VALUE = Decimal(10)
"""What an order must be worth, in quote; the venue refuses less, and tells nobody beforehand."""

_NO_MAXIMUM = "100000000"
_PLACES = ("buy", "sell")
_NOBODYS_OPS = {
    "bust": "a trade that is taken back",
    "correct": "a trade that is corrected",
    "reject": "a rejection after acceptance",
    "restate": "an order that the venue makes smaller",
    "revoke": "a subscription that the venue ends",
}
"""Steps of which the venue has no word."""

_BEFORE_A_BLOCK = ("PendingCancel", "PendingReplace")
"""What is reported of truth only where the mempool's word is an answer."""

_ANSWERED = (429, *range(500, 600))
"""HTTP errors that come from before the venue; it says everything else with HTTP 200."""


def named(document: Document, decimals: int) -> Document:
    """Return a scenario with the venue's names and trading rules.

    What it quotes in is USDC; its lots stay as they are; the venue has its own steps of prices and
    no other limits, and delivers no minimum value. Perpetuals leave nothing but the collateral to
    have a balance of.
    """
    venue = document["venue"]
    names = {name: _market(name) for name in venue["markets"]}
    assets = {name.partition("-")[2]: COLLATERAL for name in venue["markets"]}
    balances = {assets.get(asset, asset): amount for asset, amount in venue["balances"].items()}
    if decimals == PERPETUAL_DECIMALS:
        balances = {asset: balances[asset] for asset in (COLLATERAL,) if asset in balances}
    markets = {
        names[name]: {**rules, **_rules(Decimal(rules["lot_size"]), decimals)}
        for name, rules in venue["markets"].items()
    }
    return {
        **document,
        "venue": {**venue, "markets": markets, "balances": balances},
        "steps": [_step(step, names) for step in document["steps"]],
    }


def lacking(document: Document, *, leverage: int | None = None) -> tuple[str, ...]:
    """Return what a scenario needs and the venue has not, each once.

    With a `leverage` all is paid from collateral, which carries so many times its amount: orders
    are taken that the balance would not pay for, and the base asset pays for nothing.
    """
    missing = dict.fromkeys(_lacking(document))
    if leverage is not None:
        missing |= dict.fromkeys(_paid_otherwise(document, leverage))
    return tuple(missing)


def _paid_otherwise(document: Document, leverage: int) -> Iterator[str]:
    money = document["venue"]["balances"]
    quotes = {name.partition("-")[2] for name in document["venue"]["markets"]}
    most = sum(Decimal(money[quote]) for quote in quotes & money.keys()) * leverage
    for order in asked_of(document):
        if not order.is_paid and order.value <= most:
            yield "orders that are refused for want of money"
        if order.is_paid and order.value > most:
            yield "orders that the base asset pays for"


def _lacking(document: Document) -> Iterator[str]:
    venue = document["venue"]
    if len({name.partition("-")[2] for name in venue["markets"]}) > 1:
        yield "markets that are quoted in different assets"
    if not all(_is_lot(Decimal(rules["lot_size"])) for rules in venue["markets"].values()):
        yield "a lot that is no power of ten"
    yield from foreign_quirks(venue, Quirks)
    if venue.get("life") is not None:
        yield "strangers that live in the market"
    for step in document["steps"]:
        yield from _lacks_of_step(step, venue["markets"])
    if _fills_after_a_cancel(document["steps"]):
        yield "a fill after a cancel was told"
    if _crosses_itself(document["steps"]):
        yield "an account that trades with itself"


def _lacks_of_step(step: Document, markets: Document) -> Iterator[str]:
    if step["op"] in _NOBODYS_OPS:
        yield _NOBODYS_OPS[step["op"]]
    if step["op"] == "await" and step.get("truth") in _BEFORE_A_BLOCK:
        yield "an answer before a block has decided"
    if step["op"] == "fail" and step["status"] not in _ANSWERED:
        yield f"HTTP status {step['status']}"
    if step["op"] in _PLACES:
        yield from _lacks_of_order(step, markets[step["market"]])


def _lacks_of_order(step: Document, rules: Document) -> Iterator[str]:
    if step["amount"] is None:
        yield "orders by an amount of the quote asset"
        return
    amount, lot = Decimal(step["amount"]), Decimal(rules["lot_size"])
    if amount > Decimal(rules["max_quantity"]):
        yield "a maximum quantity"
    if lot <= amount < Decimal(rules["min_quantity"]):
        yield "a minimum quantity above the lot"
    if step["price"] is None:
        return
    price = Decimal(step["price"])
    if Decimal(rules["min_notional"]) <= amount * price < LEAST_VALUE:
        yield f"orders worth less than {LEAST_VALUE} {COLLATERAL}"


def _fills_after_a_cancel(steps: Sequence[Document]) -> bool:
    """Return whether an order is to be filled once it was told cancelled, in what is then final."""
    over: set[str] = set()
    for step in steps:
        if step["op"] == "reorg":
            over.clear()
        elif step["op"] == "await" and step.get("told") == "Cancelled":
            over.add(step["order"])
        elif step["op"] == "trade" and step["order"] in over:
            return True
    return False


def _crosses_itself(steps: Sequence[Document]) -> bool:
    """Return whether limit orders of both sides would meet if both were there."""
    placed: list[tuple[str, str, Decimal]] = []
    for step in steps:
        if step["op"] not in _PLACES or step["price"] is None or step["post_only"]:
            continue
        placed.append((step["market"], step["op"], Decimal(step["price"])))
    return any(
        market == other and (side, asked) == _PLACES and bid >= ask
        for market, side, bid in placed
        for other, asked, ask in placed
    )


def _rules(lot: Decimal, decimals: int) -> dict[str, str]:
    places = max(0, decimals - _places(lot))
    return {
        "tick_size": f"{Decimal(1).scaleb(-places):f}",
        "min_quantity": f"{lot:f}",
        "max_quantity": _NO_MAXIMUM,
        "min_notional": "0",
    }


def _is_lot(lot: Decimal) -> bool:
    return lot <= 1 and lot.normalize().as_tuple()[1] == (1,)


def _places(lot: Decimal) -> int:
    exponent = lot.normalize().as_tuple()[2]
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _market(name: str) -> str:
    return f"{name.partition('-')[0]}-{COLLATERAL}"


def _step(step: Document, names: Mapping[str, str]) -> Document:
    market = step.get("market")
    return step if market is None else {**step, "market": names[market]}
