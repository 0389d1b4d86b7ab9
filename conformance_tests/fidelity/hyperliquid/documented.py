"""What Hyperliquid documents of its API, by section, as of 2026-07-21: names only."""

from __future__ import annotations

ACTIONS = """
order cancel cancelByCloid modify batchModify scheduleCancel
updateLeverage updateIsolatedMargin topUpIsolatedOnlyMargin twapOrder twapCancel
approveAgent approveBuilderFee setReferrer noop reserveRequestWeight
usdSend spotSend withdraw3 usdClassTransfer sendAsset cDeposit cWithdraw tokenDelegate
vaultTransfer createSubAccount subAccountTransfer subAccountSpotTransfer
userDexAbstraction userSetAbstraction agentSetAbstraction
convertToMultiSigUser multiSig spotDeploy perpDeploy
"""

QUERIES = """
allMids openOrders frontendOpenOrders userFills userFillsByTime userRateLimit orderStatus l2Book
candleSnapshot maxBuilderFee historicalOrders userTwapSliceFills subAccounts vaultDetails
userVaultEquities userRole portfolio referral userFees delegations delegatorSummary
delegatorHistory delegatorRewards userDexAbstraction userAbstraction alignedQuoteTokenInfo
perpDexs meta metaAndAssetCtxs clearinghouseState userFunding userNonFundingLedgerUpdates
fundingHistory predictedFundings perpsAtOpenInterestCap perpDeployAuctionStatus activeAssetData
perpDexLimits perpDexStatus allPerpMetas
spotMeta spotMetaAndAssetCtxs spotClearinghouseState spotDeployState spotPairDeployAuctionStatus
tokenDetails
"""

SUBSCRIPTIONS = """
allMids notification webData3 twapStates clearinghouseState openOrders candle l2Book trades
orderUpdates userEvents userFills userFundings userNonFundingLedgerUpdates activeAssetCtx
activeAssetData userTwapSliceFills userTwapHistory bbo spotState
"""

SOCKET_METHODS = """
subscribe unsubscribe ping post
"""

TIMES_IN_FORCE = """
Alo Ioc Gtc FrontendMarket
"""

GROUPINGS = """
na normalTpsl positionTpsl
"""

TRIGGERS = """
tp sl
"""

ANSWERS = """
resting filled error waitingForFill waitingForTrigger success
"""

ORDER_STATUSES = """
open filled canceled triggered rejected marginCanceled vaultWithdrawalCanceled
openInterestCapCanceled selfTradeCanceled reduceOnlyCanceled siblingFilledCanceled
delistedCanceled liquidatedCanceled scheduledCancel internalCancel
tickRejected minTradeNtlRejected perpMarginRejected reduceOnlyRejected badAloPxRejected
iocCancelRejected badTriggerPxRejected marketOrderNoLiquidityRejected
positionIncreaseAtOpenInterestCapRejected positionFlipAtOpenInterestCapRejected
tooAggressiveAtOpenInterestCapRejected openInterestIncreaseRejected
insufficientSpotBalanceRejected oracleRejected perpMaxPositionRejected tooManyOpenOrdersRejected
"""

ERROR_TEXTS = (
    "Price must be divisible by tick size.",
    "Order must have minimum value of $10",
    "Order must have minimum value of 10 {quote}",
    "Insufficient margin to place order.",
    "Reduce only order would increase position.",
    "Post only order would have immediately matched, bbo was {bbo}.",
    "Order could not immediately match against any resting orders.",
    "Invalid TP/SL price.",
    "No liquidity available for market order.",
    "Order would increase open interest while open interest is capped",
    "Order rejected due to price more aggressive than oracle while at open interest cap",
    "Order would increase open interest too quickly",
    "Insufficient spot balance",
    "Price too far from oracle",
    "Order would cause position to exceed margin tier limit at current leverage",
    "Order was never placed, already canceled, or filled.",
    "Order has zero size.",
    "Order has invalid size.",
    "Order has invalid price.",
    "Cannot modify canceled or filled order",
    "User or API Wallet {address} does not exist.",
    "Invalid nonce: duplicate nonce {nonce}",
    "Vault not registered: {address}",
    "Builder fee has not been approved.",
    "Too many cumulative requests sent",
)

SIGNATURES = """
agent typed-data vault expiresAfter nonce agent-wallet multi-sig
"""

LIMITS = """
weight-per-address actions-per-account cancels-beyond subscriptions-per-address
connections-per-address messages-per-minute open-orders
"""
