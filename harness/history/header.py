"""Reads line 0 of a recording: what was run."""

from __future__ import annotations

from decimal import Decimal

from fillproof.harness.history.lines import FORMAT, Line, RecordingError
from fillproof.harness.history.model import Header, Market

_NO_LIMIT = Decimal("Infinity")


def read_header(line: Line) -> Header:
    """Read the header; raises RecordingError when it is none, or of another format."""
    if (line.ledger, line.kind) != ("run", "header"):
        raise RecordingError(f"line 1: is {line.ledger} {line.kind}; run header comes first")
    if line.get("format") != FORMAT:
        raise line.wrong(f"unknown format {line.get('format')!r}; this reads format {FORMAT}")
    scenario, connector, venue = (
        line.within(line.part(key)) for key in ("scenario", "connector", "venue")
    )
    return Header(
        scenario=scenario.text("id"),
        title=scenario.text("title"),
        source=scenario.text_or_none("source") or "",
        document=scenario.part("document"),
        connector=connector.text("name"),
        library=connector.text("library"),
        version=connector.text("version"),
        capabilities=frozenset(connector.texts("capabilities")),
        profiles=connector.texts("profiles"),
        touches=_touches(connector),
        is_failure_means=connector.text_or_none("is_failure_means") or "rejected",
        seed=str(line.get("seed")),
        python=line.text_or_none("python") or "",
        dialect=venue.text("dialect"),
        profile=venue.text("profile"),
        grace_window=venue.whole("grace_window"),
        convergence_bound=line.whole("convergence_bound"),
        markets={name: _market(line, name, _figures(venue)) for name in line.part("markets")},
        market_orders=venue.data.get("market_orders") is not False,
    )


def _touches(connector: Line) -> tuple[tuple[str, str], ...]:
    touches = (connector.within(touch) for touch in connector.data.get("touches", []))
    return tuple((touch.text("what"), touch.text("why")) for touch in touches)


def _figures(venue: Line) -> int | None:
    figures = venue.data.get("price_figures")
    return figures if isinstance(figures, int) else None


def _market(line: Line, name: str, figures: int | None) -> Market:
    rules = line.within(line.part("markets")).part(name)
    market = line.within(rules)
    return Market(
        base=market.text("base"),
        quote=market.text("quote"),
        tick_size=market.amount("tick_size"),
        lot_size=market.amount("lot_size"),
        min_quantity=market.amount_or_none("min_quantity") or Decimal(0),
        max_quantity=market.amount_or_none("max_quantity") or _NO_LIMIT,
        min_notional=market.amount_or_none("min_notional") or Decimal(0),
        figures=figures,
    )
