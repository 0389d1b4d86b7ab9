"""Binance Spot: the sections of its page."""

from __future__ import annotations

from conformance_tests.fidelity.binance import documented, seen
from conformance_tests.fidelity.binance.notes import DIFFERS, OURS, WITHOUT
from conformance_tests.fidelity.table import Fidelity, Section

_HEAD = """\
# How like Binance Spot the dialect is

Everything that Binance documents of Spot (as of 2026-07-21; FIX and SBE left out), and what the
dialect has of it. A row says done or differs only because the dialect has it: each section names
where that is read from. Nothing of this was compared with the live venue.

This page is written by `python -m conformance_tests.fidelity binance >
docs/fidelity/binance.md`; a test writes it again and compares."""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


def _words(title: str, says: str, text: str) -> Section:
    return Section(title, says, tuple(text.split()), lambda: seen.SOURCE.keys_in(text))


SECTIONS = (
    Section("REST", "`endpoints.REST`", _lines(documented.REST), seen.rest),
    Section(
        "WebSocket API",
        "`endpoints.METHODS`, and the methods of a session",
        tuple(documented.METHODS.split()),
        seen.methods,
    ),
    Section(
        "Market streams",
        "what speaks when a market lives and every stream is subscribed",
        tuple(documented.STREAMS.split()),
        seen.streams,
    ),
    _words("Requests on a stream socket", "words of the source", documented.STREAM_REQUESTS),
    _words("User events", "words of the source", documented.USER_EVENTS),
    _words("Execution types", "words of the source", documented.EXECUTION_TYPES),
    _words("Order statuses", "words of the source", documented.ORDER_STATUSES),
    _words("Expiry reasons", "words of the source", documented.EXPIRY_REASONS),
    _words("Reject reasons", "words of the source", documented.REJECT_REASONS),
    Section(
        "Order types",
        "`order_types.KINDS`",
        tuple(documented.ORDER_TYPES.split()),
        seen.order_types,
    ),
    Section(
        "Parameters of a new order",
        "what `POST /api/v3/order` reads",
        tuple(documented.ORDER_PARAMETERS.split()),
        seen.order_parameters,
    ),
    _words("Times in force", "words of the source", documented.TIMES_IN_FORCE),
    Section(
        "Self-trade prevention",
        "`rules.STP_MODES`",
        tuple(documented.SELF_TRADE_PREVENTION.split()),
        seen.self_trade_prevention,
    ),
    _words("Symbol statuses", "words of the source", documented.SYMBOL_STATUSES),
    Section(
        "Filters", "what orders are refused by", tuple(documented.FILTERS.split()), seen.filters
    ),
    Section(
        "Signatures", "`signing.KeyKind`", tuple(documented.SIGNATURES.split()), seen.signatures
    ),
    Section("Headers", "words of the source", tuple(documented.HEADERS.split()), seen.headers),
    Section(
        "Limits", "`limits.PUBLISHED`", tuple(documented.RATE_LIMITS.split()), seen.rate_limits
    ),
    Section(
        "Error codes",
        "numbers of the source",
        tuple(documented.ERROR_CODES.split()[::2]),
        seen.error_codes,
        tuple(documented.ERROR_CODES.split()[1::2]),
    ),
    Section(
        "Engine messages", "texts of the source", documented.ENGINE_MESSAGES, seen.engine_messages
    ),
)

BINANCE = Fidelity(
    "binance", _HEAD, SECTIONS, DIFFERS, WITHOUT, OURS, served=("REST", "WebSocket API")
)
