"""The errors of orders, cancels, amends and order lists that need no engine to be found."""

from __future__ import annotations

from fillproof.simulator.dialects.binance.errors import VenueError

INVALID_QUOTE_QUANTITY = VenueError(-1013, "Invalid quoteOrderQty.")
UNSUPPORTED_COMBINATION = VenueError(-1014, "Unsupported order combination.")
BAD_STRATEGY_TYPE = VenueError(-1134, "%s was less than 1000000.")
NO_OCO_TYPE = VenueError(-1158, "Order type not supported in OCO.")
ICEBERG_NOT_GTC = VenueError(-1160, "Parameter '%s' is not supported if '%s' is not GTC.")
BOTH_LIMIT = VenueError(-1168, "At least one OCO order must be contingent.")
BUY_LIMIT_MUST_BE_BELOW = VenueError(-1165, "A limit order in a buy OCO must be below.")
SELL_LIMIT_MUST_BE_ABOVE = VenueError(-1166, "A limit order in a sell OCO must be above.")
BUY_STOP_LOSS_MUST_BE_ABOVE = VenueError(-1196, "A stop loss order in a buy OCO must be above.")
SELL_STOP_LOSS_MUST_BE_BELOW = VenueError(-1197, "A stop loss order in a sell OCO must be below.")
BUY_TAKE_PROFIT_MUST_BE_BELOW = VenueError(-1198, "A take profit order in a buy OCO must be below.")
SELL_TAKE_PROFIT_MUST_BE_ABOVE = VenueError(
    -1199, "A take profit order in a sell OCO must be above."
)
OPO_WORKING_MUST_BE_BUY = VenueError(-1222, "Working order in an OPO list must be a bid.")
OPO_PENDING_MUST_BE_SELL = VenueError(-1223, "Pending orders in an OPO list must be asks.")
ICEBERG_ABOVE_QUANTITY = VenueError(-2010, "IcebergQty exceeds QTY.")
NO_SUCH_ORDER_LIST = VenueError(-2018, "Order list does not exist")
REPLACED_PARTLY = VenueError(-2021, "Order cancel-replace partially failed.", 409)
NOT_REPLACED = VenueError(-2022, "Order cancel-replace failed.")
WRONG_CLIENT_ORDER_ID = VenueError(-2039, "Client order ID is not correct for this order ID.")
