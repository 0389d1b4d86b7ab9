"""The matrix of ambiguous outcomes: which scenario cuts which request at which point."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fillproof.harness.scenario.discovery import discover, scenario_id

AREA = "ambiguous"
ENDPOINTS = ("create", "cancel", "amend", "replace", "query", "trades")
_READS = frozenset({"query", "trades"})
_STATUSES = ("408", "500", "503", "504")
_A_PAGE, _AN_ERROR, _ACTED = "502_page", "200_error", "_acted"


@dataclass(frozen=True, slots=True)
class Cut:
    """A point at which a request can be cut: in words, and how the names of its scenarios begin."""

    words: str
    begins: tuple[str, ...]
    on_reads: bool = True
    """Whether it is another story for a read, of which nobody asks whether it was done."""


def _http(*statuses: str, acted: bool) -> tuple[str, ...]:
    return tuple(f"http_{status}{_ACTED if acted else ''}" for status in statuses)


CUTS: Mapping[str, Cut] = MappingProxyType(
    {
        "before it is sent": Cut("nobody is reached", ("while_unreachable",)),
        "on its way": Cut("lost, or the line breaks", ("request_cut", "request_dropped")),
        "too late": Cut("held beyond its signature", ("request_held",), on_reads=False),
        "sent twice": Cut("a duplicate answers a retry", ("request_resent",), on_reads=False),
        "5xx, not done": Cut("500, 503, 504, 408", _http(*_STATUSES, acted=False)),
        "5xx, done": Cut("the same", _http(*_STATUSES, acted=True), on_reads=False),
        "429, 418": Cut("a limit", _http("418", "429", acted=False)),
        "200 with an error, not done": Cut(
            "the body", _http(_AN_ERROR, "200_refusal", acted=False)
        ),
        "200 with an error, done": Cut("the body", _http(_AN_ERROR, acted=True), on_reads=False),
        "a proxy's page": Cut("502", (*_http(_A_PAGE, acted=False), *_http(_A_PAGE, acted=True))),
        "reply lost": Cut("after the venue acted", ("reply_dropped", "reply_cut_at_once")),
        "in the reply's middle": Cut("half of it arrives", ("reply_cut_in_the_body",)),
        "reply late": Cut("held, or slower than time-outs", ("reply_held", "reply_too_slow")),
        "reads lag": Cut(
            "a read denies it",
            ("reply_cut_and_reads_lag", "reply_lost_and_reads_lag", "lags", "denies"),
        ),
    }
)
"""Every cut point, in the order in which a request meets them."""

NO_SUCH_CELL: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        **{
            (cut, endpoint): "a read changes nothing, so it is the same story done or not"
            for cut, point in CUTS.items()
            if not point.on_reads
            for endpoint in _READS
        },
        **{
            ("reads lag", endpoint): "no read of an order tells of its changes but the query's"
            for endpoint in ("amend", "replace")
        },
        ("before it is sent", "trades"): "the query is not reached either, and comes first",
    }
)
"""Cells in which nothing can stand, by cut and endpoint, and why."""


def cell(cut: str, endpoint: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the scenarios of a cell: those whose names begin with the endpoint and the cut."""
    begins = tuple(f"{endpoint}_{one}" for one in CUTS[cut].begins)
    return tuple(name for name in names if name.startswith(begins) and _fits(cut, name))


def _fits(cut: str, name: str) -> bool:
    """Return whether a name says done or not done as the cut does, where the cut says it."""
    if not cut.endswith("done"):
        return True
    return (_ACTED in name) is not cut.endswith("not done")


def table(names: Sequence[str]) -> Iterator[str]:
    """Yield the matrix in Markdown: how many scenarios stand in each cell."""
    yield f"| cut | {' | '.join(f'`{endpoint}`' for endpoint in ENDPOINTS)} |"
    yield f"|---|{'---|' * len(ENDPOINTS)}"
    for cut, point in CUTS.items():
        counts = [_shown(cut, endpoint, names) for endpoint in ENDPOINTS]
        yield f"| {cut} ({point.words}) | {' | '.join(counts)} |"


def _shown(cut: str, endpoint: str, names: Sequence[str]) -> str:
    return "-" if (cut, endpoint) in NO_SUCH_CELL else str(len(cell(cut, endpoint, names)))


def packaged() -> tuple[str, ...]:
    """Return the names of the packaged scenarios of the matrix."""
    return tuple(scenario_id(path).removeprefix(f"{AREA}/") for path in discover([AREA]))


if __name__ == "__main__":
    sys.stdout.write("\n".join((*table(packaged()), "")))
