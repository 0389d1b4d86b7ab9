"""The parameters of one request, read with the venue's checks and refused in its words."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from urllib.parse import parse_qsl

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.errors import VenueError
from fillproof.simulator.dialects.protocol import Json

DECIMAL_PLACES = 8
"""Places of any price and quantity: baseAssetPrecision and quoteAssetPrecision."""

_INT64_MAX = 2**63 - 1
_DECIMAL = r"^([0-9]{1,20})(\.[0-9]{1,20})?$"
_INTEGER = r"^[0-9]{1,20}$"
_CLIENT_ORDER_ID = r"^[a-zA-Z0-9-_.:/]{1,36}$"
_SYMBOL = r"^[A-Z0-9-_.]{1,20}$"
_SYMBOLS = r"^\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\]$"


class Parameters:
    """Named values as text; a WebSocket API request may also hold lists and booleans."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Json]) -> None:
        self._values = values

    @classmethod
    def of_form(cls, query: str, body: str) -> Parameters:
        """Read query and body as forms, whatever the content type; the query wins.

        Raises Refusal (-1101) when one of the two names a parameter twice.
        """
        return cls({**_form(body), **_form(query)})

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def as_mapping(self) -> Mapping[str, Json]:
        """Return all values by name, in the order they were sent."""
        return self._values

    def require_known(self, known: Collection[str]) -> None:
        """Refuse parameters that the endpoint does not read."""
        sent = len(self._values)
        read = sum(name in known for name in self._values)
        if read == sent:
            return
        if not known:
            raise errors.TOO_MANY_PARAMETERS.refusal(0, sent)
        raise errors.UNREAD_PARAMETERS.refusal(read, sent)

    def text(self, name: str) -> str | None:
        """Return a value, or None when it was not sent."""
        value = self._values.get(name)
        if value is None:
            return None
        if value == "":
            raise errors.EMPTY_PARAMETER.refusal(name)
        return ("true" if value else "false") if isinstance(value, bool) else str(value)

    def required(self, name: str) -> str:
        """Return a value that must be there."""
        if self._values.get(name) in (None, ""):
            raise errors.MANDATORY.refusal(name)
        value = self.text(name)
        assert value is not None
        return value

    def choice(self, name: str, allowed: Collection[str], otherwise: VenueError) -> str | None:
        """Return a value that is one of these."""
        value = self.text(name)
        if value is not None and value not in allowed:
            raise otherwise.refusal()
        return value

    def flag(self, name: str) -> bool | None:
        """Return a boolean."""
        value = self.text(name)
        if value is not None and value.lower() not in ("true", "false"):
            raise errors.ILLEGAL_CHARACTERS.refusal(name, "true|false")
        return None if value is None else value.lower() == "true"

    def decimal(self, name: str) -> Decimal | None:
        """Return a number that is not below zero and has at most eight places."""
        value = self._matching(name, _DECIMAL)
        if value is None:
            return None
        if len(value.partition(".")[2].rstrip("0")) > DECIMAL_PLACES:
            raise errors.TOO_PRECISE.refusal(name)
        return Decimal(value)

    def integer(self, name: str) -> int | None:
        """Return a whole number of 64 bits that is not below zero."""
        value = self._matching(name, _INTEGER)
        if value is None:
            return None
        if int(value) > _INT64_MAX:
            raise errors.OVERFLOW.refusal(name)
        return int(value)

    def limit(self, name: str, default: int, maximum: int) -> int:
        """Return how many entries are wanted: at least one, at most the maximum."""
        value = self.integer(name)
        if value == 0:
            raise errors.INVALID_DATA.refusal(name)
        return default if value is None else min(value, maximum)

    def client_order_id(self, name: str) -> str | None:
        """Return an order id of the client's making."""
        return self._matching(name, _CLIENT_ORDER_ID)

    def symbol(self) -> str | None:
        """Return the name of a market, which may be unknown."""
        return self._matching("symbol", _SYMBOL)

    def required_symbol(self) -> str:
        """Return the name of a market, which must be there and may be unknown."""
        self.required("symbol")
        symbol = self.symbol()
        assert symbol is not None
        return symbol

    def symbols(self) -> tuple[str, ...] | None:
        """Return names of markets, from a JSON array."""
        value = self._values.get("symbols")
        if value is None or isinstance(value, list):
            return None if value is None else tuple(map(str, value))
        try:
            names = json.loads(str(value))
        except json.JSONDecodeError:
            names = None
        if not isinstance(names, list):
            raise errors.ILLEGAL_CHARACTERS.refusal("symbols", _SYMBOLS)
        return tuple(map(str, names))

    def _matching(self, name: str, legal: str) -> str | None:
        value = self.text(name)
        if value is not None and not re.fullmatch(legal, value):
            raise errors.ILLEGAL_CHARACTERS.refusal(name, legal)
        return value


def _form(encoded: str) -> dict[str, str]:
    pairs = parse_qsl(encoded, keep_blank_values=True)
    values = dict(pairs)
    if len(values) < len(pairs):
        raise errors.DUPLICATE_PARAMETER.refusal()
    return values
