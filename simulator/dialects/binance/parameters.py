"""The parameters of one request, read with the venue's checks and refused in its words."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from urllib.parse import unquote_plus

from fillproof.simulator.dialects.binance import errors
from fillproof.simulator.dialects.binance.errors import VenueError
from fillproof.simulator.dialects.protocol import Json

DECIMAL_PLACES = 8
"""Places of any price and quantity: baseAssetPrecision and quoteAssetPrecision."""

WINDOW_PLACES = 3
"""Places of recvWindow: microseconds."""

_INT64_MAX = 2**63 - 1
_MICROSECOND_DIGITS = 16
_MICROSECOND_NS = 1_000
_MILLISECOND_NS = 1_000_000
_DECIMAL = re.compile(r"^([0-9]{1,20})(\.[0-9]{1,20})?$")
_INTEGER = re.compile(r"^[0-9]{1,20}$")
_CLIENT_ORDER_ID = re.compile(r"^[a-zA-Z0-9-_.:/]{1,36}$")
_SYMBOL = re.compile(r"^[A-Z0-9-_.]{1,20}$")
_SYMBOLS = re.compile(r"^\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\]$")


class Parameters:
    """Named values as text; a WebSocket API request may also hold lists and booleans.

    `is_double` says that one of them was named twice; `require_single` refuses that.
    """

    __slots__ = ("_is_double", "_values")

    def __init__(self, values: Mapping[str, Json], *, is_double: bool = False) -> None:
        self._values = values
        self._is_double = is_double

    @classmethod
    def of_form(cls, query: str, body: str) -> Parameters:
        """Read query and body as forms, whatever the content type; the query wins."""
        if query and body:
            first, is_double = _form(body)
            second, is_double_too = _form(query)
            return cls({**first, **second}, is_double=is_double or is_double_too)
        if not query and not body:
            return cls({})
        values, is_double = _form(query or body)
        return cls(values, is_double=is_double)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def as_mapping(self) -> Mapping[str, Json]:
        """Return all values by name, in the order they were sent."""
        return self._values

    def require_single(self) -> None:
        """Refuse parameters that came twice."""
        if self._is_double:
            raise errors.DUPLICATE_PARAMETER.refusal()

    def require_known(self, known: Collection[str], common: Collection[str] = ()) -> None:
        """Refuse what the endpoint does not read; any request may have the common ones."""
        unread = [name for name in self._values if name not in known and name not in common]
        if not unread:
            return
        sent = len(self._values)
        if not known:
            raise errors.TOO_MANY_PARAMETERS.refusal(0, sent)
        raise errors.UNREAD_PARAMETERS.refusal(sent - len(unread), sent)

    def text(self, name: str) -> str | None:
        """Return a value, or None when it was not sent."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            if value:
                return value
            raise errors.EMPTY_PARAMETER.refusal(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        raise errors.INVALID_DATA.refusal(name)

    def required(self, name: str) -> str:
        """Return a value that must be there."""
        if not self._values.get(name, ""):
            raise errors.MANDATORY.refusal(name)
        value = self.text(name)
        assert value is not None, "it is there"
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

    def units(self, name: str, decimals: int = DECIMAL_PLACES) -> int | None:
        """Return a number that is not below zero in units of its last decimal, 1e-8 mostly."""
        value = self._matching(name, _DECIMAL)
        if value is None:
            return None
        whole, _, places = value.partition(".")
        if places[decimals:].strip("0"):
            raise errors.TOO_PRECISE.refusal(name)
        return int(whole + places[:decimals].ljust(decimals, "0"))

    def integer(self, name: str) -> int | None:
        """Return a whole number of 64 bits that is not below zero."""
        value = self._matching(name, _INTEGER)
        if value is None:
            return None
        number = int(value)
        if number > _INT64_MAX:
            raise errors.OVERFLOW.refusal(name)
        return number

    def time_ns(self, name: str) -> int | None:
        """Return a time, sent in milliseconds or, with 16 digits or more, in microseconds."""
        number = self.integer(name)
        if number is None:
            return None
        is_fine = number >= 10 ** (_MICROSECOND_DIGITS - 1)
        return number * (_MICROSECOND_NS if is_fine else _MILLISECOND_NS)

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
        if isinstance(value, list):
            names = value
            if not all(isinstance(name, str) and _SYMBOL.fullmatch(name) for name in names):
                raise errors.ILLEGAL_CHARACTERS.refusal("symbols", _SYMBOLS.pattern)
        else:
            text = self._matching("symbols", _SYMBOLS)
            if text is None:
                return None
            names = json.loads(text)
        if len(set(names)) < len(names):
            raise errors.DUPLICATE_SYMBOLS.refusal()
        return tuple(names)

    def _matching(self, name: str, legal: re.Pattern[str]) -> str | None:
        value = self._values.get(name)
        if value is None:
            return None  # as most are, and every request pays for the asking
        if type(value) is not str or not value:
            value = self.text(name)
        if value is not None and not legal.fullmatch(value):
            raise errors.ILLEGAL_CHARACTERS.refusal(name, legal.pattern)
        return value


def _form(encoded: str) -> tuple[dict[str, str], bool]:
    """Read a form; return its values, and whether one was named twice."""
    pairs = [pair.partition("=") for pair in encoded.split("&") if pair]
    if "%" in encoded or "+" in encoded:
        values = {unquote_plus(name): unquote_plus(value) for name, _, value in pairs}
    else:
        values = {name: value for name, _, value in pairs}
    return values, len(values) < len(pairs)
