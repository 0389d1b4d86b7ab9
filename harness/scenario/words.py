"""The words and names of a scenario: channels, events, sides, labels, markets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from fillproof.harness.connectors.protocol import Capability, EventName
from fillproof.harness.numbers import plain
from fillproof.harness.scenario.base import shown, wrong
from fillproof.harness.scenario.mistakes import not_one_of
from fillproof.harness.scenario.quirks import NUMBERS, SWITCHES


def _values(enum: Iterable[Enum]) -> tuple[str, ...]:
    return tuple(str(member.value) for member in enum)


EVENTS = _values(EventName)
CAPABILITIES = _values(Capability)
EXECUTION_TYPES = (
    "New",
    "Trade",
    "Canceled",
    "Expired",
    "Rejected",
    "PendingCancel",
    "PendingReplace",
    "Replaced",
    "Restated",
    "Triggered",
    "TradeCancel",
    "TradeCorrect",
)
REPLIES = (
    "create_reply",
    "cancel_reply",
    "amend_reply",
    "query_reply",
    "trades_reply",
    "account_reply",
    "reference_reply",
)
REQUESTS = tuple(reply.replace("reply", "request") for reply in REPLIES)
STREAMS = ("user_stream", "public_stream")
CHANNELS = (*REQUESTS, *REPLIES, *STREAMS, "control")
RESENDABLE = ("create_request", "cancel_request", "amend_request")
ARRIVING = (*REPLIES, *STREAMS)
READS = ("query_reply", "trades_reply", "account_reply")
BARRIERS = ("dns", "refused", "timeout", "tls")


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a text as one of a list of words; `any_case` takes them in lower case too."""

    what: str
    words: tuple[str, ...]
    any_case: bool = False

    def read(self, value: object) -> str:
        """Return the word as it is listed."""
        if not isinstance(value, str):
            raise wrong(f"{shown(value)} is no {self.what}; allowed: {', '.join(self.words)}")
        word = value.upper() if self.any_case else value
        if word not in self.words:
            raise wrong(not_one_of(f"no {self.what} is called", value, self.words))
        return word

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        lower = [word.lower() for word in self.words] if self.any_case else []
        return {"type": "string", "enum": [*lower, *self.words]}


@dataclass(frozen=True, slots=True)
class Shaped:
    """Marks a text as one that a pattern matches as a whole."""

    what: str
    pattern: str

    def read(self, value: object) -> str:
        """Return the text unchanged."""
        if not isinstance(value, str):
            raise wrong(f"{shown(value)} is not {self.what}; write a text, in quotes")
        if not re.fullmatch(self.pattern, value):
            raise wrong(f"{shown(value)} is not {self.what}")
        return value

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.pattern}$"}


def _read_told_word(value: object) -> str:
    """Return one word of a trace: an event, and for Filled its amount."""
    text = value if isinstance(value, str) else ""
    event, _, amount = text.partition(" ")
    if event == "Filled" and re.fullmatch(r"[0-9]{1,14}(\.[0-9]{1,14})?", amount):
        return f"Filled {plain(Decimal(amount))}"
    if event == "Filled":
        raise wrong(f'{shown(value)} needs a plain amount; write it as "Filled 0.25"')
    if text in EVENTS:
        return text
    raise wrong(not_one_of("a trace has no", text or shown(value), (*EVENTS, "Filled AMOUNT")))


class ToldWord:
    """Marks a text as one word of a trace."""

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_read_told_word)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        others = "|".join(event for event in EVENTS if event != "Filled")
        return {"type": "string", "pattern": rf"^({others}|Filled [0-9]+(\.[0-9]+)?)$"}


Profile = Annotated[str, OneOf("profile", ("centralised", "decentralised"))]
Side = Annotated[str, OneOf("side", ("BUY", "SELL"), any_case=True)]
OrderType = Annotated[str, OneOf("order type", ("LIMIT", "MARKET"), any_case=True)]
TimeInForce = Annotated[str, OneOf("time in force", ("GTC", "IOC", "FOK", "GTD"), any_case=True)]
Prevention = Annotated[
    str,
    OneOf(
        "self-trade prevention",
        ("NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT"),
        any_case=True,
    ),
]
Phase = Annotated[
    str,
    OneOf("phase", ("HALTED", "CANCEL_ONLY", "POST_ONLY", "AUCTION"), any_case=True),
]
Need = Annotated[str, OneOf("capability", CAPABILITIES)]
Event = Annotated[str, OneOf("event", EVENTS)]
ExecutionType = Annotated[str, OneOf("execution type", EXECUTION_TYPES)]
Channel = Annotated[str, OneOf("channel", CHANNELS)]
Stream = Annotated[str, OneOf("stream", STREAMS)]
Reply = Annotated[str, OneOf("reply channel", REPLIES)]
Resendable = Annotated[str, OneOf("request to send twice", RESENDABLE)]
Arriving = Annotated[str, OneOf("channel to the connector", ARRIVING)]
Read = Annotated[str, OneOf("reply to a read", READS)]
Barrier = Annotated[str, OneOf("way not to be reached", BARRIERS)]
TraceWord = Annotated[str, ToldWord()]
QuirkName = Annotated[str, OneOf("quirk", (*SWITCHES, *NUMBERS))]

Label = Annotated[
    str, Shaped("a label (letters, digits and _, a letter first)", "[A-Za-z][A-Za-z0-9_]{0,31}")
]
TransactionName = Annotated[
    str,
    Shaped(
        'a transaction ("place", "cancel", "amend" or "trade", and a label)',
        "(place|cancel|amend|trade) [A-Za-z][A-Za-z0-9_]{0,31}",
    ),
]
MarketName = Annotated[
    str, Shaped('a market ("BASE-QUOTE" in capital letters)', "[A-Z0-9]{1,16}-[A-Z0-9]{1,16}")
]
AssetName = Annotated[str, Shaped("an asset (capital letters and digits)", "[A-Z0-9]{1,16}")]
Sentence = Annotated[str, Shaped("a text of one line", r"\S[^\r\n]{0,199}")]
Source = Annotated[str, Shaped("a text of one line", r"(\S[^\r\n]{0,199})?")]
ClientOrderId = Annotated[
    str, Shaped("a client order id (1 to 36 letters, digits or ._:/-)", "[A-Za-z0-9._:/-]{1,36}")
]
