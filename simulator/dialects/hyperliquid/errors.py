"""What the venue says when it refuses: the texts, and the two ways in which it says them."""

from __future__ import annotations

from fillproof.simulator.vocabulary.reports import Report


class Refusal(Exception):
    """An action is refused as a whole: HTTP 200 with this text in place of an answer."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Malformed(Exception):
    """A body is no request that the venue knows: HTTP 422; the message says what is wrong."""


class OrderError(Exception):
    """One order of an action is refused, with this text; `reports` is what the engine said."""

    def __init__(self, text: str, reports: tuple[Report, ...] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.reports = reports


UNREADABLE = "Failed to deserialize the JSON body into the target type"
UNKNOWN_WALLET = "User or API Wallet %s does not exist."
UNKNOWN_VAULT = "Vault not registered: %s"
DUPLICATE_NONCE = "Invalid nonce: duplicate nonce %d"
NONCE_TOO_LOW = "Invalid nonce: %d is lower than the lowest of the last nonces %d"
NONCE_OUT_OF_RANGE = "Invalid nonce: %d is not within two days before and one day after %d"
ACTION_EXPIRED = "Action expired: expiresAfter %d is before %d"
TOO_MANY_ACTIONS = (
    "Too many cumulative requests sent (%d > %d) for cumulative volume traded $%s."
    " Place taker orders to free up 1 request per USDC traded."
)
TOO_MUCH_WEIGHT = "429 Too many requests"

BAD_PRICE = "Order has invalid price."
BAD_SIZE = "Order has invalid size."
ZERO_SIZE = "Order has zero size."
UNKNOWN_ASSET = "Order asset is not known. asset=%d"
OFF_TICK = "Price must be divisible by tick size. asset=%d"
BAD_TRIGGER = "Invalid TP/SL price. asset=%d"
UNKNOWN_ORDER = "Order was never placed, already canceled, or filled. asset=%d"
CANNOT_MODIFY = "Cannot modify canceled or filled order"
IOC_UNMATCHED = "Order could not immediately match against any resting orders. asset=%d"
