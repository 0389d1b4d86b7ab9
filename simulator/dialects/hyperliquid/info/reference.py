"""What the venue trades: tokens, universes, and the context of each asset."""

from __future__ import annotations

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.markets import Market
from fillproof.simulator.dialects.hyperliquid.numbers import written, written_to
from fillproof.simulator.dialects.hyperliquid.public import mid_units
from fillproof.simulator.dialects.protocol import Json

_TOKEN_DECIMALS = 8
_NOTHING = "0.0"
_FUNDING = "0.0000125"
_DAY_NS = 86_400_000_000_000
_FIRST_TABLE = 50


def meta(desk: Desk) -> dict[str, Json]:
    """Return the perpetual markets."""
    universe = [
        {
            "szDecimals": market.size_decimals,
            "name": market.coin,
            "maxLeverage": _most_leverage(market),
            "marginTableId": _most_leverage(market),
        }
        for market in desk.markets.perpetual
    ]
    tables = dict.fromkeys(_most_leverage(market) for market in desk.markets.perpetual)
    return {
        "universe": universe,
        "marginTables": [[most, _margin_table(most)] for most in tables],
        "collateralToken": 0,
    }


def spot_meta(desk: Desk) -> dict[str, Json]:
    """Return the tokens and the spot markets."""
    markets = desk.markets
    universe = [
        {
            "tokens": [markets.token(market.base), markets.token(market.quote)],
            "name": market.coin,
            "index": index,
            "isCanonical": index == 0,
        }
        for index, market in enumerate(markets.spot)
    ]
    tokens = [
        {
            "name": token,
            "szDecimals": markets.token_decimals(token),
            "weiDecimals": _TOKEN_DECIMALS,
            "index": index,
            "tokenId": token_id(index),
            "isCanonical": True,
            "evmContract": None,
            "fullName": None,
            "deployerTradingFeeShare": _NOTHING,
        }
        for index, token in enumerate(markets.tokens)
    ]
    return {"universe": universe, "tokens": tokens}


def meta_and_contexts(desk: Desk, now_ns: int) -> list[Json]:
    """Return the perpetual markets and, in their order, what each stands at."""
    return [meta(desk), [perpetual_context(desk, m, now_ns) for m in desk.markets.perpetual]]


def spot_meta_and_contexts(desk: Desk, now_ns: int) -> list[Json]:
    """Return tokens and spot markets and, in their order, what each stands at."""
    return [spot_meta(desk), [spot_context(desk, m, now_ns) for m in desk.markets.spot]]


def perpetual_context(desk: Desk, market: Market, now_ns: int) -> dict[str, Json]:
    """Return what a perpetual market stands at; its oracle says what its mark price says."""
    mark = mark_price(desk, market)
    best = desk.exchange.depth(market.engine_symbol, 1)
    impact = [market.price(side[0][0]) for side in best if side]
    return {
        "funding": _FUNDING,
        "openInterest": written(_open_interest_units(desk, market)),
        "prevDayPx": mark,
        **_volumes(desk, market, now_ns),
        "premium": _NOTHING,
        "oraclePx": mark,
        "markPx": mark,
        "midPx": _mid(desk, market),
        "impactPxs": impact if len(impact) == len(best) else None,
    }


def spot_context(desk: Desk, market: Market, now_ns: int) -> dict[str, Json]:
    """Return what a spot market stands at."""
    mark = mark_price(desk, market)
    return {
        "prevDayPx": mark,
        **_volumes(desk, market, now_ns),
        "markPx": mark,
        "midPx": _mid(desk, market),
        "circulatingSupply": _NOTHING,
        "coin": market.coin,
        "totalSupply": _NOTHING,
    }


def mark_price(desk: Desk, market: Market) -> str:
    """Write a mark price with as many places as the market's tick has: clients count them."""
    return written_to(desk.tape.mark_units(desk.exchange, market), market.tick_places)


def mids(desk: Desk) -> dict[str, str]:
    """Return the middle of each market, or where it stands when its book is empty."""
    return {market.coin: _mid(desk, market) or mark_price(desk, market) for market in desk.markets}


def token_id(index: int) -> str:
    """Return the long name of a token."""
    return f"0x{index:032x}"


def _mid(desk: Desk, market: Market) -> str | None:
    middle = mid_units(desk.exchange, market)
    return None if middle is None else written(middle)


def _volumes(desk: Desk, market: Market, now_ns: int) -> dict[str, str]:
    """Return what was traded in a day, of what the venue remembers."""
    trades = [
        trade for trade in desk.tape.of(market).trades if trade.transact_time_ns > now_ns - _DAY_NS
    ]
    lots = sum(trade.quantity_lots for trade in trades)
    value = sum(market.value_units(trade.price_ticks, trade.quantity_lots) for trade in trades)
    return {"dayNtlVlm": written(value), "dayBaseVlm": written(lots * market.lot_units)}


def _open_interest_units(desk: Desk, market: Market) -> int:
    positions = desk.exchange.positions(market.engine_symbol).values()
    return sum(max(0, position.lots) for position in positions) * market.lot_units


def _most_leverage(market: Market) -> int:
    margin = market.instrument.margin
    return _FIRST_TABLE if margin is None else margin.maximum_leverage


def _margin_table(most: int) -> dict[str, Json]:
    return {
        "description": "",
        "marginTiers": [{"lowerBound": _NOTHING, "maxLeverage": most}],
    }
