"""What hyperliquid-python-sdk sees, by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

A, B, C, D, E = (f"0x{number:032x}" for number in range(1, 6))
"""The ids that the driver gives its orders."""

SDK: Mapping[str, Any] = {
    "contracts": [{"szDecimals": 5, "name": "BTC", "maxLeverage": 50, "marginTableId": 50}],
    "spot_markets": [[["USDC", 8], ["BTC", 5]], [["BTC/USDC", [1, 0]]]],
    "contexts": [1, "1.0", "BTC/USDC"],
    "spot_balances": [["USDC", "100000.0", "0.0"], ["BTC", "10.0", "0.0"]],
    "margin": ["100000.0", "100000.0"],
    "role_and_fees": [{"role": "user"}, "0.001", "0.001"],
    "subscribe_to_account": [True, []],
    "subscribe_to_market": ["BTC", [[], []], [None, None], "BTC", ["BTC", "BTC/USDC"]],
    "place": [[{"resting": {"cloid": A}}], [["BTC", "B", "29000.0", "1.0", "1.0", A, "open"]]],
    "book_after_it": [
        [[{"px": "29000.0", "sz": "1.0", "n": 1}], []],
        [{"px": "29000.0", "sz": "1.0", "n": 1}, None],
        True,
    ],
    "open_orders": [["BTC", "B", "29000.0", "1.0", "1.0", A], "Limit", "Gtc", False],
    "query_by_both_ids": [True, ["BTC", "B", "29000.0", "1.0", "1.0", A], "open"],
    "partial_fill": [[["BTC", "B", "29000.0", "0.25", "Open Long", "0.0", False]], True],
    "trade_and_candle": ["29000.0", "0.25", "A", "29000.0", "0.25", "1m"],
    "position": [
        ["BTC", "0.25", "29000.0", "7250.0", "362.5", {"type": "cross", "value": 20}],
        "98542.75",
    ],
    "modify_by_oid": [
        [{"resting": {"cloid": B}}],
        True,
        [
            ["BTC", "B", "29000.0", "0.75", "1.0", A, "canceled"],
            ["BTC", "B", "28500.0", "2.0", "2.0", B, "open"],
        ],
    ],
    "modify_by_cloid": [
        [{"resting": {"cloid": B}}],
        [
            ["BTC", "B", "28500.0", "2.0", "2.0", B, "canceled"],
            ["BTC", "B", "28000.0", "2.0", "2.0", B, "open"],
        ],
    ],
    "modify_what_is_gone": [{"error": "Cannot modify canceled or filled order"}],
    "cancel_by_cloid": [["success"], [["BTC", "B", "28000.0", "2.0", "2.0", B, "canceled"]]],
    "cancel_again": [{"error": "Order was never placed, already canceled, or filled. asset=0"}],
    "two_orders_at_once": [[{"resting": {}}, {"resting": {}}], ["success", "success"]],
    "historical_orders": [
        ["BTC", "B", "28000.0", "2.0", "2.0", B, "canceled"],
        ["BTC", "B", "28500.0", "2.0", "2.0", B, "canceled"],
        ["BTC", "B", "29000.0", "0.75", "1.0", A, "canceled"],
    ],
    "market_open": [{"filled": {"totalSz": "0.5", "avgPx": "30000.0"}}],
    "post_only_that_would_match": [
        {"error": "Post only order would have immediately matched, bbo was 0.0@30000.0. asset=0"}
    ],
    "ioc_that_meets_nothing": [
        {"error": "Order could not immediately match against any resting orders. asset=0"}
    ],
    "ioc_that_meets_less": [{"filled": {"totalSz": "1.5", "avgPx": "30000.0", "cloid": D}}],
    "market_close": [[{"filled": {"totalSz": "2.25", "avgPx": "31000.0"}}], []],
    "close_what_is_closed": [{"error": "Reduce only order would increase position. asset=0"}],
    "fills": [
        True,
        [
            ["BTC", "B", "29000.0", "0.25", "Open Long", "0.0", False],
            ["BTC", "B", "30000.0", "0.5", "Open Long", "0.0", True],
            ["BTC", "B", "30000.0", "1.5", "Open Long", "0.0", True],
            ["BTC", "A", "31000.0", "2.25", "Close Long", "2500.0", True],
        ],
    ],
    "stop_loss": [
        [{"resting": {"cloid": E}}],
        ["Stop Market", True, "35000.0", "Price above 35000"],
        ["success"],
    ],
    "spot_order": [
        [{"resting": {}}],
        ["success"],
        ["BTC/USDC", "A", "40000.0", "0.5", "Sell", "0.0", False],
        "20.0",
        "USDC",
    ],
    "refused_orders": [
        [{"error": "Order has invalid price."}],
        [{"error": "Order has invalid size."}],
        [{"error": "Order must have minimum value of $10. asset=0"}],
        [{"error": "Insufficient margin to place order. asset=0"}],
    ],
    "refused_spot_orders": [
        [{"error": "Order must have minimum value of 10 USDC. asset=10000"}],
        [{"error": "Insufficient spot balance asset=10000"}],
    ],
    "wrong_signature": "User or API Wallet <who signed> does not exist.",
    "reused_nonce": [["[{'resting': {}}]", "Invalid nonce: duplicate nonce <nonce>"], []],
    "nonce_of_last_week": "Invalid nonce",
    "expired_action": ["Action expired", [{"resting": {}}], ["success"]],
    "what_is_no_query": [422, "Failed to deserialize the JSON body into the target type"],
    "leverage": ["default", "Invalid leverage value"],
    "referrer": ["default", "Referrer already set."],
    "builder": ["Builder fee has not been approved.", "default", [{"resting": {}}], ["success"]],
    "agent": ["default", [{"resting": {}}], ["success"], "agent", ["bot"]],
    "schedule_cancel": [
        "Scheduled cancel time must be at least 5 seconds in the future",
        "default",
        "default",
    ],
    "noop": "default",
    "history": [True, "31000.0", "29000.0", [], []],
    "mids": {"BTC": "31000.0", "BTC/USDC": "40000.000"},
    "account_queries": [None, {"referrer": None, "code": "FILLPROOF"}, 0, "disabled"],
    "unsubscribe": True,
}
