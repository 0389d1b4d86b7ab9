"""Hyperliquid: the sections of its page."""

from __future__ import annotations

from conformance_tests.fidelity.hyperliquid import documented, seen
from conformance_tests.fidelity.hyperliquid.notes import (
    ACTIONS,
    DIFFERS,
    LIMITS,
    OURS,
    QUERIES,
    STATUSES,
    STREAMS,
    TEXTS,
    WITHOUT,
)
from conformance_tests.fidelity.table import Fidelity, Section

_HEAD = """\
# How like Hyperliquid the dialect is

Everything that Hyperliquid documents of trading over its API (as of 2026-07-21), and what the
dialect has of it. A row says done or differs only because the dialect has it: each section names
where that is read from. Nothing of this was compared with the live venue; what each fact rests on
stands in [its page](../hyperliquid.md).

This page is written by `python -m conformance_tests.fidelity hyperliquid >
docs/fidelity/hyperliquid.md`; a test writes it again and compares."""


def _words(title: str, text: str) -> Section:
    return Section(
        title, "words of the source", tuple(text.split()), lambda: seen.SOURCE.keys_in(text)
    )


SECTIONS = (
    Section(ACTIONS, "`actions.ACTIONS`", tuple(documented.ACTIONS.split()), seen.actions),
    Section(QUERIES, "`info.table.QUERIES`", tuple(documented.QUERIES.split()), seen.queries),
    Section(
        STREAMS,
        "`subscriptions.KINDS`",
        tuple(documented.SUBSCRIPTIONS.split()),
        seen.subscriptions,
    ),
    _words("Methods of a socket", documented.SOCKET_METHODS),
    _words("Times in force", documented.TIMES_IN_FORCE),
    _words("Triggers", documented.TRIGGERS),
    _words("Groupings", documented.GROUPINGS),
    _words("Answers", documented.ANSWERS),
    _words(STATUSES, documented.ORDER_STATUSES),
    Section(TEXTS, "texts of the source", documented.ERROR_TEXTS, seen.error_texts),
    Section(
        "Signatures", "names of the source", tuple(documented.SIGNATURES.split()), seen.signatures
    ),
    Section(LIMITS, "names of the source", tuple(documented.LIMITS.split()), seen.limits),
)

HYPERLIQUID = Fidelity(
    "hyperliquid", _HEAD, SECTIONS, DIFFERS, WITHOUT, OURS, served=(ACTIONS, QUERIES, STREAMS)
)
