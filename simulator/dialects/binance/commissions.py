"""What trading costs: the rates of the account, of a market, of one order."""

from __future__ import annotations

from decimal import Decimal

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.protocol import Json

_NOTHING = Decimal(0)
_NO_DISCOUNT: dict[str, Json] = {
    "enabledForAccount": False,
    "enabledForSymbol": False,
    "discountAsset": "BNB",
    "discount": "0.00000000",
}


def account_commission(desk: Desk, call: Call) -> Outcome:
    """Show the rates of a market."""
    market = desk.markets.get(call.parameters.required_symbol())
    none = rates(_NOTHING, _NOTHING)
    return Outcome(
        {
            "symbol": market.symbol,
            "standardCommission": rates(desk.exchange.fees.maker, desk.exchange.fees.taker),
            "specialCommission": none,
            "taxCommission": none,
            "discount": _NO_DISCOUNT,
        }
    )


def trade_fee(desk: Desk, call: Call) -> Outcome:
    """Show the rates of one market or all, as the wallet's endpoint does."""
    symbol = call.parameters.symbol()
    markets: list[Market] = [desk.markets.get(symbol)] if symbol else list(desk.markets)
    return Outcome(
        [
            {
                "symbol": market.symbol,
                "makerCommission": f"{desk.exchange.fees.maker:f}",
                "takerCommission": f"{desk.exchange.fees.taker:f}",
            }
            for market in markets
        ]
    )


def commission_for_order(desk: Desk) -> dict[str, Json]:
    """Return the rates of one order, which a test of it may ask for; both sides pay the same."""
    return {
        "standardCommissionForOrder": _two(desk.exchange.fees.maker, desk.exchange.fees.taker),
        "specialCommissionForOrder": _two(_NOTHING, _NOTHING),
        "taxCommissionForOrder": _two(_NOTHING, _NOTHING),
        "discount": _NO_DISCOUNT,
    }


def rates(maker: Decimal, taker: Decimal) -> dict[str, str]:
    """Return rates by role; what a side pays beside that is nothing here."""
    return {**_two(maker, taker), "buyer": f"{_NOTHING:.8f}", "seller": f"{_NOTHING:.8f}"}


def _two(maker: Decimal, taker: Decimal) -> dict[str, str]:
    return {"maker": f"{maker:.8f}", "taker": f"{taker:.8f}"}
