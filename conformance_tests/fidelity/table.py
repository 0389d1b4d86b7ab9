"""The rows of the page: what is documented, joined with what the dialect has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conformance_tests.fidelity import documented, seen
from conformance_tests.fidelity.notes import DIFFERS, OURS, WITHOUT

DONE, DIFFERENT, MISSING, OWN = "done", "differs", "not modelled", "ours"


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing: what is documented of it, and how to see what the dialect has."""

    title: str
    says: str
    documented: tuple[str, ...]
    has: Callable[[], set[str]]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One documented thing, or one of ours."""

    name: str
    state: str
    note: str = ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


def _words(title: str, says: str, text: str) -> Section:
    return Section(title, says, tuple(text.split()), lambda: seen.keys_in(text))


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


def rows(section: Section) -> list[Row]:
    """Return the rows of a section: what is documented, then what is ours."""
    has = section.has()
    found = [_row(section.title, name, has) for name in section.documented]
    own = sorted(name for title, name in OURS if title == section.title)
    return [*found, *(Row(name, OWN, OURS[section.title, name]) for name in own)]


def _row(title: str, name: str, has: Iterable[str]) -> Row:
    at = (title, name)
    if name not in has:
        return Row(name, MISSING, WITHOUT.get(at, ""))
    return Row(name, DIFFERENT, DIFFERS[at]) if at in DIFFERS else Row(name, DONE)
