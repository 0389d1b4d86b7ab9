"""What trading costs: the rates of the account, of a market, of one order."""

from __future__ import annotations

from decimal import Decimal

from fillproof.simulator.dialects.binance.desk import Call, Desk, Outcome
from fillproof.simulator.dialects.binance.markets import Market
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import Rates
from fillproof.simulator.vocabulary.orders import Side

_NOTHING = Decimal(0)
_NO_RATES = Rates(_NOTHING, _NOTHING)
_USUAL_DISCOUNT_ASSET = "BNB"


def account_commission(desk: Desk, call: Call) -> Outcome:
    """Show the rates of a market."""
    market = desk.markets.get(call.parameters.required_symbol())
    return Outcome(
        {
            "symbol": market.symbol,
            "standardCommission": shown(desk.exchange.fees.rates(market.engine_symbol)),
            "specialCommission": shown(_NO_RATES),
            "taxCommission": shown(_NO_RATES),
            "discount": _discount(desk),
        }
    )


def trade_fee(desk: Desk, call: Call) -> Outcome:
    """Show the rates of one market or all, as the wallet's endpoint does."""
    symbol = call.parameters.symbol()
    markets: list[Market] = [desk.markets.get(symbol)] if symbol else list(desk.markets)
    return Outcome([_trade_fee(desk, market) for market in markets])


def _trade_fee(desk: Desk, market: Market) -> dict[str, Json]:
    rates = desk.exchange.fees.rates(market.engine_symbol)
    return {
        "symbol": market.symbol,
        "makerCommission": f"{rates.maker:f}",
        "takerCommission": f"{rates.taker:f}",
    }


def commission_for_order(desk: Desk, market: Market, side: Side) -> dict[str, Json]:
    """Return the rates of one order, which a test of it may ask for; its side's are in them."""
    rates = desk.exchange.fees.rates(market.engine_symbol)
    more = rates.buyer if side is Side.BUY else rates.seller
    return {
        "standardCommissionForOrder": _two(rates.maker + more, rates.taker + more),
        "specialCommissionForOrder": _two(_NOTHING, _NOTHING),
        "taxCommissionForOrder": _two(_NOTHING, _NOTHING),
        "discount": _discount(desk),
    }


def shown(rates: Rates) -> dict[str, str]:
    """Return rates by role and side."""
    return {
        **_two(rates.maker, rates.taker),
        "buyer": f"{rates.buyer:.8f}",
        "seller": f"{rates.seller:.8f}",
    }


def _two(maker: Decimal, taker: Decimal) -> dict[str, str]:
    return {"maker": f"{maker:.8f}", "taker": f"{taker:.8f}"}


def _discount(desk: Desk) -> dict[str, Json]:
    discount = desk.exchange.fees.discount
    return {
        "enabledForAccount": discount is not None,
        "enabledForSymbol": discount is not None,
        "discountAsset": _USUAL_DISCOUNT_ASSET if discount is None else discount.asset,
        "discount": f"{_NOTHING if discount is None else discount.rate:.8f}",
    }
