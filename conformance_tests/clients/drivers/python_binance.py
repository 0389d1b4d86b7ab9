"""python-binance's classes, pointed at a venue by the class attributes that hold its URLs."""

from __future__ import annotations

from typing import Any

from conformance_tests.clients.driving import Stage


def point(kind: Any, stage: Stage) -> Any:
    """Return a client class, pointed at the venue; itself for its production URLs."""
    if stage.origin is None:
        return kind
    urls = {
        "API_URL": f"{stage.origin}/api",
        "MARGIN_API_URL": f"{stage.origin}/sapi",
        "WS_API_URL": f"{stage.streams}/ws-api/v3",
    }
    return type(kind.__name__, (kind,), urls)
