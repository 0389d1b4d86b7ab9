"""The venue's errors: code, text and HTTP status of each (binance-spot-api-docs, errors.md)."""

from __future__ import annotations

from dataclasses import dataclass

from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.reports import Report


class Refusal(Exception):
    """The venue refuses a request with this error; `reports` is what its engine said of it.

    `data` is what the error's body says beside code and text, if anything; `retry_at_ns` is when a
    client may come back that has asked too much.
    """

    def __init__(
        self,
        code: int,
        text: str,
        status: int,
        reports: tuple[Report, ...] = (),
        data: Json = None,
    ) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text
        self.status = status
        self.reports = reports
        self.data = data
        self.retry_at_ns: int | None = None

    @property
    def body(self) -> dict[str, Json]:
        """The error as the venue writes it."""
        body: dict[str, Json] = {"code": self.code, "msg": self.text}
        return body if self.data is None else {**body, "data": self.data}


@dataclass(frozen=True, slots=True)
class VenueError:
    """One error; `text` may have places (%s) for the parameter it speaks of."""

    code: int
    text: str
    status: int = 400

    def refusal(self, *names: object) -> Refusal:
        """Return the exception that says it."""
        return Refusal(self.code, self.text % names, self.status)


_TIMESTAMP = "Timestamp for this request "

TOO_MANY_REQUESTS = VenueError(-1003, "Too many requests queued.", 429)
TOO_MUCH_WEIGHT = VenueError(
    -1003,
    "Too much request weight used; current limit is %s request weight per %s."
    " Please use WebSocket Streams for live updates to avoid polling the API.",
    429,
)
BANNED = VenueError(
    -1003,
    "Way too much request weight used; IP banned until %s."
    " Please use WebSocket Streams for live updates to avoid bans.",
    418,
)
INVALID_PRICE = VenueError(-1013, "Invalid price.")
INVALID_QUANTITY = VenueError(-1013, "Invalid quantity.")
FILTER_FAILURE = VenueError(-1013, "Filter failure: %s")
STP_NOT_ALLOWED = VenueError(
    -1013, "This symbol does not allow the specified self-trade prevention mode."
)
TOO_MANY_ORDERS = VenueError(-1015, "Too many new orders; current limit is %s orders per %s.", 429)
NOT_SUPPORTED = VenueError(-1020, "This operation is not supported.")
TIMESTAMP_TOO_OLD = VenueError(-1021, _TIMESTAMP + "is outside of the recvWindow.")
TIMESTAMP_TOO_NEW = VenueError(-1021, _TIMESTAMP + "was 1000ms ahead of the server's time.")
INVALID_SIGNATURE = VenueError(-1022, "Signature for this request is not valid.")
TOO_MANY_CONNECTIONS = VenueError(
    -1034, "Too many connection attempts from IP; current limit is %s per '%s'.", 429
)
ILLEGAL_CHARACTERS = VenueError(
    -1100, "Illegal characters found in parameter '%s'; legal range is '%s'."
)
TOO_MANY_PARAMETERS = VenueError(-1101, "Too many parameters; expected '%s' and received '%s'.")
DUPLICATE_PARAMETER = VenueError(-1101, "Duplicate values for a parameter detected.")
MANDATORY = VenueError(
    -1102, "Mandatory parameter '%s' was not sent, was empty/null, or malformed."
)
EITHER_MANDATORY = VenueError(-1102, "Param '%s' or '%s' must be sent, but both were empty/null!")
UNREAD_PARAMETERS = VenueError(
    -1104, "Not all sent parameters were read; read '%s' parameter(s) but was sent '%s'."
)
EMPTY_PARAMETER = VenueError(-1105, "Parameter '%s' was empty.")
NOT_REQUIRED = VenueError(-1106, "Parameter '%s' sent when not required.")
OVERFLOW = VenueError(-1108, "Parameter '%s' overflowed.")
TOO_PRECISE = VenueError(-1111, "Parameter '%s' has too much precision.")
INVALID_TIME_IN_FORCE = VenueError(-1115, "Invalid timeInForce.")
INVALID_ORDER_TYPE = VenueError(-1116, "Invalid orderType.")
INVALID_SIDE = VenueError(-1117, "Invalid side.")
INVALID_INTERVAL = VenueError(-1120, "Invalid interval.")
INVALID_SYMBOL = VenueError(-1121, "Invalid symbol.")
INVALID_SYMBOL_STATUS = VenueError(-1122, "Invalid symbolStatus.")
NO_SUCH_LISTEN_KEY = VenueError(-1125, "This listenKey does not exist.")
LOOKUP_TOO_LONG = VenueError(-1127, "More than %s hours between startTime and endTime.")
OPTIONAL_COMBINATION = VenueError(-1128, "Combination of optional parameters invalid.")
INVALID_RESPONSE_TYPE = VenueError(
    -1130, "Data sent for parameter 'newOrderRespType' is not valid."
)
INVALID_DATA = VenueError(-1130, "Data sent for parameter '%s' is not valid.")
RECV_WINDOW_TOO_LARGE = VenueError(-1131, "recvWindow must be less than 60000")
INVALID_JSON = VenueError(-1135, "Invalid JSON Request")
INVALID_TICKER_TYPE = VenueError(-1139, "Invalid ticker type.")
INVALID_CANCEL_RESTRICTIONS = VenueError(-1145, "Invalid cancelRestrictions")
DUPLICATE_SYMBOLS = VenueError(-1151, "Symbol is present multiple times in the list.")
TOO_MANY_SUBSCRIPTIONS = VenueError(
    -1191, "Too many subscriptions. Connection may create up to '%s' subscriptions at a time."
)
INVALID_TIME_UNIT = VenueError(
    -1194, "Invalid value for time unit; expected either MICROSECOND or MILLISECOND."
)
STATUS_MISMATCH = VenueError(
    -1220, "The symbol's status does not match the requested symbolStatus."
)
UNKNOWN_ORDER = VenueError(-2011, "Unknown order sent.")
NO_SUCH_ORDER = VenueError(-2013, "Order does not exist.")
BAD_API_KEY_FORMAT = VenueError(-2014, "API-key format invalid.", 401)
REJECTED_API_KEY = VenueError(-2015, "Invalid API-key, IP, or permissions for action.", 401)
SUBSCRIPTION_ACTIVE = VenueError(-2035, "User Data Stream subscription already active.")
SUBSCRIPTION_INACTIVE = VenueError(-2036, "User Data Stream subscription not active.")
NO_MORE_SUBSCRIPTION_IDS = VenueError(-2042, "Maximum subscription ID reached for this connection.")
NO_REFERENCE_PRICE = VenueError(-2043, "This symbol doesn't have a reference price.")

UNKNOWN_OUTCOME_CODES = frozenset({-1000, -1001, -1006, -1007, -1008})
"""Errors after which the order may exist all the same."""
