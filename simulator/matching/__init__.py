"""Books, matching and accounts: commands and time in, execution reports out."""

from fillproof.simulator.matching.accounts import MARKET_ACCOUNT, VENUE_ACCOUNT
from fillproof.simulator.matching.exchange import Exchange
from fillproof.simulator.matching.fees import Discount, Fees, Rates
from fillproof.simulator.matching.forms import CommandError
from fillproof.simulator.matching.orders import OrderView
from fillproof.simulator.matching.positions import PositionView

__all__ = [
    "MARKET_ACCOUNT",
    "VENUE_ACCOUNT",
    "CommandError",
    "Discount",
    "Exchange",
    "Fees",
    "OrderView",
    "PositionView",
    "Rates",
]
