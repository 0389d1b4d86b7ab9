"""What an account has: balances of tokens, margin and positions, fees, and what it may do."""

from __future__ import annotations

from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.info.reference import token_id
from fillproof.simulator.dialects.hyperliquid.markets import COLLATERAL, Market
from fillproof.simulator.dialects.hyperliquid.numbers import average, milliseconds, written
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.matching import PositionView
from fillproof.simulator.vocabulary.units import UNITS_PER_ASSET, plain

_NOTHING = "0.0"
_HALF = 2


def spot_state(desk: Desk, account: str | None) -> dict[str, Json]:
    """Return the balances of an account; nobody's are none."""
    owned = {} if account is None else desk.exchange.balances(account)
    tokens = desk.markets.tokens
    return {
        "balances": [
            {
                "coin": asset,
                "token": tokens.index(asset),
                "total": written(free + locked),
                "hold": written(locked),
                "entryNtl": _NOTHING,
            }
            for asset, (free, locked) in owned.items()
            if asset in tokens
        ]
    }


def margin_state(desk: Desk, account: str | None, now_ns: int) -> dict[str, Json]:
    """Return the margin and the positions of an account."""
    free, locked = (0, 0)
    positions: list[tuple[Market, PositionView]] = []
    if account is not None:
        free, locked = desk.exchange.balances(account).get(COLLATERAL, (0, 0))
        positions = _positions(desk, account)
    gains = sum(_gain_units(desk, market, position) for market, position in positions)
    value = sum(_value_units(desk, market, position) for market, position in positions)
    summary = {
        "accountValue": written(free + locked + gains),
        "totalNtlPos": written(value),
        "totalRawUsd": written(free + locked - sum(p.cost_units for _, p in positions)),
        "totalMarginUsed": written(locked),
    }
    return {
        "marginSummary": summary,
        "crossMarginSummary": dict(summary),
        "crossMaintenanceMarginUsed": written(
            sum(_maintenance_units(desk, market, position) for market, position in positions)
        ),
        "withdrawable": written(max(0, free)),
        "assetPositions": [
            {"type": "oneWay", "position": _position(desk, account or "", market, position)}
            for market, position in positions
        ],
        "time": milliseconds(now_ns),
    }


def fees(desk: Desk) -> dict[str, Json]:
    """Return what an account pays, and what it has traded."""
    rates = desk.exchange.fees
    maker, taker = plain(rates.maker), plain(rates.taker)
    return {
        "dailyUserVlm": [],
        "feeSchedule": {
            "cross": taker,
            "add": maker,
            "spotCross": taker,
            "spotAdd": maker,
            "tiers": {"vip": [], "mm": []},
            "referralDiscount": "0.0",
            "stakingDiscountTiers": [],
        },
        "userCrossRate": taker,
        "userAddRate": maker,
        "userSpotCrossRate": taker,
        "userSpotAddRate": maker,
        "activeReferralDiscount": "0.0",
        "trial": None,
        "feeTrialReward": "0.0",
        "nextTrialAvailableTimestamp": None,
    }


def rate_limit(desk: Desk, account: str | None) -> dict[str, Json]:
    """Return how many actions an account has sent, and how many it may have sent."""
    name = account or ""
    return {
        "cumVlm": written(desk.budgets.volume_units(name)),
        "nRequestsUsed": desk.budgets.sent(name),
        "nRequestsCap": desk.budgets.limit(name),
        "nRequestsSurplus": 0,
    }


def asset_data(desk: Desk, account: str | None, market: Market) -> dict[str, Json]:
    """Return what an account can trade of a perpetual market at its leverage."""
    leverage = _leverage(desk, account or "", market)
    free, _ = desk.exchange.balances(account or "").get(COLLATERAL, (0, 0))
    mark = desk.tape.mark_units(desk.exchange, market)
    lots = max(0, free) * leverage["value"] * UNITS_PER_ASSET // (mark * market.lot_units)
    most = market.size(lots)
    return {
        "leverage": leverage,
        "maxTradeSzs": [most, most],
        "availableToTrade": [written(max(0, free))] * 2,
        "markPx": written(mark),
    }


def token_details(desk: Desk, wanted: object) -> dict[str, Json] | None:
    """Return what is known of a token by its long name."""
    for index, token in enumerate(desk.markets.tokens):
        if token_id(index) == wanted:
            return {"name": token, "szDecimals": desk.markets.token_decimals(token)}
    return None


def _positions(desk: Desk, account: str) -> list[tuple[Market, PositionView]]:
    found = (
        (market, desk.exchange.positions(market.engine_symbol).get(account))
        for market in desk.markets.perpetual
    )
    return [(market, position) for market, position in found if position and position.lots]


def _position(desk: Desk, account: str, market: Market, position: PositionView) -> dict[str, Json]:
    gain, margin = _gain_units(desk, market, position), position.margin_units
    return {
        "coin": market.coin,
        "szi": written(position.lots * market.lot_units),
        "leverage": _leverage(desk, account, market),
        "entryPx": average(abs(position.cost_units), abs(position.lots) * market.lot_units),
        "positionValue": written(_value_units(desk, market, position)),
        "unrealizedPnl": written(gain),
        "returnOnEquity": written(gain * UNITS_PER_ASSET // margin if margin else 0),
        "liquidationPx": None,
        "marginUsed": written(margin),
        "maxLeverage": _most(market),
        "cumFunding": {"allTime": _NOTHING, "sinceOpen": _NOTHING, "sinceChange": _NOTHING},
    }


def _leverage(desk: Desk, account: str, market: Market) -> dict[str, Json]:
    margin = market.instrument.margin
    assert margin is not None, "a perpetual market has a margin"
    chosen = desk.settings.leverage(account, market.engine_symbol, margin.leverage)
    return {"type": chosen.kind, "value": chosen.value}


def _most(market: Market) -> int:
    margin = market.instrument.margin
    assert margin is not None, "a perpetual market has a margin"
    return margin.maximum_leverage


def _value_units(desk: Desk, market: Market, position: PositionView) -> int:
    mark = desk.tape.mark_units(desk.exchange, market)
    return market.value_units(mark // market.tick_units, abs(position.lots))


def _gain_units(desk: Desk, market: Market, position: PositionView) -> int:
    """Return what closing a position at the mark price would bring."""
    value = _value_units(desk, market, position)
    return (value if position.lots > 0 else -value) - position.cost_units


def _maintenance_units(desk: Desk, market: Market, position: PositionView) -> int:
    return _value_units(desk, market, position) // (_HALF * _most(market))
