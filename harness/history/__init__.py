"""The recording and what the judge reads out of it."""

from __future__ import annotations

from fillproof.harness.history.lines import FORMAT, Line, RecordingError
from fillproof.harness.history.model import Header, History, Market, OrderStory
from fillproof.harness.history.reader import read_recording
from fillproof.harness.history.told import Event
from fillproof.harness.history.truth import OrderTruth, Report, Trade

__all__ = [
    "FORMAT",
    "Event",
    "Header",
    "History",
    "Line",
    "Market",
    "OrderStory",
    "OrderTruth",
    "RecordingError",
    "Report",
    "Trade",
    "read_recording",
]
