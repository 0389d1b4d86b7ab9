"""How what is there differs from the venue, and why what is missing is: by section and name."""

from __future__ import annotations

_EMPTY = "always empty"
_NO_FUNDING = "always empty: no funding is paid"
_NO_TWAP = "orders that the venue slices over time"
_MONEY = "money does not leave an account, nor come to it, but by a deposit of the scenario"
_STAKING = "staking"
_VAULTS = "vaults"
_DEPLOY = "builders that deploy markets"
_MULTI_SIG = "accounts of several signers"
_ONE_BALANCE = "which balance serves what is the quirk `unified_account`"
_NO_LIQUIDATION = "nobody is liquidated"
_NO_CAP = "open interest has no cap"
_NO_ORACLE = "the oracle says what the mark price says"
_EACH_OWN = "a client's own limit, which a scenario need not meet"

ACTIONS, QUERIES, STREAMS = "Actions", "Queries", "Subscriptions"
STATUSES, TEXTS, LIMITS = "Order statuses", "Error texts", "Limits"

DIFFERS: dict[tuple[str, str], str] = {
    (ACTIONS, "order"): "a builder's fee is approved, and never taken",
    (ACTIONS, "modify"): "answered as an order is",
    (ACTIONS, "updateLeverage"): "an isolated position is told, and its margin shared all the same",
    (ACTIONS, "updateIsolatedMargin"): "refused: all margin is shared",
    (ACTIONS, "scheduleCancel"): "the texts of its refusals are ours",
    (QUERIES, "userFunding"): _NO_FUNDING,
    (QUERIES, "fundingHistory"): _NO_FUNDING,
    (QUERIES, "userNonFundingLedgerUpdates"): _EMPTY,
    (QUERIES, "userTwapSliceFills"): _EMPTY,
    (QUERIES, "userVaultEquities"): _EMPTY,
    (QUERIES, "subAccounts"): "null: there are none",
    (QUERIES, "userFees"): "the rates of the venue, without tiers",
    (QUERIES, "referral"): "who referred, without rewards",
    (QUERIES, "perpDexs"): "the first one alone",
    (QUERIES, "allPerpMetas"): "the first exchange alone",
    (QUERIES, "tokenDetails"): "name and decimals alone",
    (QUERIES, "l2Book"): "`n` is 1 at every price; nSigFigs and mantissa change nothing",
    (QUERIES, "candleSnapshot"): "of the last 10,000 trades; a month has thirty days",
    (QUERIES, "clearinghouseState"): "totalMarginUsed has the margin of open orders too",
    (QUERIES, "metaAndAssetCtxs"): _NO_ORACLE,
    (STREAMS, "l2Book"): "as the query; pushed when it changed, twice a second at most",
    (STREAMS, "allMids"): "pushed when one changed, twice a second at most",
    (STREAMS, "activeAssetCtx"): "pushed when it changed, twice a second at most",
    (STREAMS, "trades"): "without `users`",
    (STREAMS, "userFundings"): _NO_FUNDING,
    (STREAMS, "userNonFundingLedgerUpdates"): _EMPTY,
    (STREAMS, "notification"): "never speaks",
    (STREAMS, "userEvents"): "fills alone; the old name `user` too",
    ("Groupings", "normalTpsl"): (
        "an order that opens and one or two that close it; a cancel of one ends all; not on a chain"
    ),
    ("Groupings", "positionTpsl"): "refused",
    ("Times in force", "FrontendMarket"): "as Ioc",
    (
        STATUSES,
        "badAloPxRejected",
    ): "told by queries, under a number of its own; there is no update",
    (
        STATUSES,
        "minTradeNtlRejected",
    ): "told by queries, under a number of its own; there is no update",
    (
        STATUSES,
        "perpMarginRejected",
    ): "told by queries, under a number of its own; there is no update",
    (
        STATUSES,
        "reduceOnlyRejected",
    ): "told by queries, under a number of its own; there is no update",
    (
        STATUSES,
        "badTriggerPxRejected",
    ): "told by queries, under a number of its own; there is no update",
    (
        STATUSES,
        "insufficientSpotBalanceRejected",
    ): "told by queries, under a number of its own; there is no update",
    (STATUSES, "rejected"): "of an order that the venue ends so when a scenario asks for it",
    ("Signatures", "vault"): "no vaults: an address that is not the signer's own is not registered",
    ("Signatures", "expiresAfter"): "the text of the refusal is ours",
    ("Signatures", "nonce"): "the texts of all refusals but `duplicate nonce` are ours",
}
"""Of rows that the dialect has."""

WITHOUT: dict[tuple[str, str], str] = {
    (ACTIONS, "topUpIsolatedOnlyMargin"): "all margin is shared",
    (ACTIONS, "twapOrder"): _NO_TWAP,
    (ACTIONS, "twapCancel"): _NO_TWAP,
    (ACTIONS, "reserveRequestWeight"): "there is nothing to pay with",
    **{
        (ACTIONS, name): _MONEY
        for name in (
            *("usdSend", "spotSend", "withdraw3", "usdClassTransfer", "sendAsset"),
            *("subAccountTransfer", "subAccountSpotTransfer", "createSubAccount"),
        )
    },
    **{(ACTIONS, name): _STAKING for name in ("cDeposit", "cWithdraw", "tokenDelegate")},
    (ACTIONS, "vaultTransfer"): _VAULTS,
    **{
        (ACTIONS, name): _ONE_BALANCE
        for name in ("userDexAbstraction", "userSetAbstraction", "agentSetAbstraction")
    },
    (ACTIONS, "convertToMultiSigUser"): _MULTI_SIG,
    (ACTIONS, "multiSig"): _MULTI_SIG,
    (ACTIONS, "spotDeploy"): _DEPLOY,
    (ACTIONS, "perpDeploy"): _DEPLOY,
    (QUERIES, "vaultDetails"): _VAULTS,
    (QUERIES, "portfolio"): "an account's past worth",
    **{
        (QUERIES, name): _STAKING
        for name in ("delegations", "delegatorSummary", "delegatorHistory", "delegatorRewards")
    },
    (QUERIES, "userDexAbstraction"): _ONE_BALANCE,
    (QUERIES, "alignedQuoteTokenInfo"): _DEPLOY,
    (QUERIES, "predictedFundings"): "no funding is paid",
    (QUERIES, "perpsAtOpenInterestCap"): _NO_CAP,
    **{
        (QUERIES, name): _DEPLOY
        for name in (
            *("perpDeployAuctionStatus", "perpDexLimits", "perpDexStatus"),
            *("spotDeployState", "spotPairDeployAuctionStatus"),
        )
    },
    (STREAMS, "webData3"): "what the venue's own pages are told",
    (STREAMS, "openOrders"): "order updates tell the same",
    **{
        (STREAMS, name): _NO_TWAP
        for name in ("twapStates", "userTwapSliceFills", "userTwapHistory")
    },
    (STATUSES, "vaultWithdrawalCanceled"): _VAULTS,
    (STATUSES, "openInterestCapCanceled"): _NO_CAP,
    (STATUSES, "delistedCanceled"): "no market is delisted",
    (STATUSES, "liquidatedCanceled"): _NO_LIQUIDATION,
    (STATUSES, "internalCancel"): "what the venue cancels by itself is `canceled`",
    (STATUSES, "tickRejected"): "such an order is refused without a number",
    (STATUSES, "marketOrderNoLiquidityRejected"): "a market order that meets nothing is canceled",
    **{
        (STATUSES, name): _NO_CAP
        for name in (
            *("positionIncreaseAtOpenInterestCapRejected", "openInterestIncreaseRejected"),
            *("positionFlipAtOpenInterestCapRejected", "tooAggressiveAtOpenInterestCapRejected"),
        )
    },
    (STATUSES, "oracleRejected"): _NO_ORACLE,
    (STATUSES, "perpMaxPositionRejected"): "no margin tiers",
    (STATUSES, "tooManyOpenOrdersRejected"): "such an order is refused without a number",
    (
        TEXTS,
        "No liquidity available for market order.",
    ): "a market order that meets nothing is canceled",
    **{
        (TEXTS, text): _NO_CAP
        for text in (
            "Order would increase open interest while open interest is capped",
            "Order rejected due to price more aggressive than oracle while at open interest cap",
            "Order would increase open interest too quickly",
        )
    },
    (TEXTS, "Order would cause position to exceed margin tier limit at current leverage"): (
        "no margin tiers"
    ),
    ("Signatures", "multi-sig"): _MULTI_SIG,
    (LIMITS, "subscriptions-per-address"): _EACH_OWN,
    (LIMITS, "connections-per-address"): _EACH_OWN,
    (LIMITS, "messages-per-minute"): _EACH_OWN,
    (LIMITS, "open-orders"): _EACH_OWN,
}
"""Of rows that it has not."""

OURS: dict[tuple[str, str], str] = {
    (QUERIES, "exchangeStatus"): "asked by clients, documented nowhere",
    (QUERIES, "extraAgents"): "asked by clients, documented nowhere",
    (QUERIES, "recentTrades"): "asked by clients, documented nowhere",
    (STREAMS, "user"): "the old name of userEvents, which clients use",
}
"""Of what the dialect has and nobody documents."""
