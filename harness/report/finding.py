"""One finding on one screen: the rule, the evidence, and the command that repeats it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from textwrap import wrap

from fillproof.harness.anomalies import MEANINGS
from fillproof.harness.history import History
from fillproof.harness.report.timeline import Row, timeline
from fillproof.harness.rules import RULES, Finding, Outcome
from fillproof.harness.rules.wording import seconds

WIDTH = 100
"""Columns of a finding."""

_LINES = 40
_LABEL = 10
_TIME = 8
_COLUMNS = (25, 31, 23)
_MOST_CELL_LINES = 3
_FEWEST_ROWS = 6
_MOST_DETAIL = 10
_ONE_MOMENT = 1_000_000
_PLAIN = str.maketrans({"│": "|", "─": "-", "┼": "+", "▶": ">", "…": ".", "·": "-"})


def render_finding(
    finding: Finding, history: History, repeat_command: str, *, ascii_only: bool = False
) -> str:
    """Return a finding as text of about 40 lines of 100 columns, without a last line break.

    `repeat_command` is shown as it is. With `ascii_only` no other character is used.
    """
    head = [*_head(finding, history), ""]
    foot = ["", *_foot(finding, repeat_command)]
    room = max(_LINES - len(head) - len(foot) - 2, 8)
    lines = [*head, *_table(finding, history, room), *foot]
    text = "\n".join(line.rstrip() for line in lines)
    return _as_ascii(text) if ascii_only else text


def _as_ascii(text: str) -> str:
    return text.translate(_PLAIN).encode("ascii", "backslashreplace").decode("ascii")


def _head(finding: Finding, history: History) -> Iterator[str]:
    rule, header = RULES[finding.rule], history.header
    title = f"{finding.outcome}  {finding.rule}"
    if finding.order is not None:
        title += f"  order {finding.order}"
    elif finding.client_order_id is not None:
        title += f"  order {finding.client_order_id}"
    case = f"{header.scenario} · {header.connector} {header.version} · seed {header.seed}"
    if len(title) + len(case) + 2 <= WIDTH:
        yield f"{title}{case:>{WIDTH - len(title)}}"
    else:
        yield title
        yield case
    yield from wrap(rule.sentence, WIDTH)
    yield ""
    yield from _labelled("source", [rule.source])
    if finding.anomaly is not None:
        yield from _labelled("anomaly", [f"{finding.anomaly}: {MEANINGS[finding.anomaly]}"])
    yield from _labelled("expected", finding.expected)
    yield from _labelled("actual", [finding.actual])
    yield from _labelled("because", [finding.why])
    yield from _labelled("detail", detail(finding, history))


def _labelled(label: str, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for part in wrap(text, WIDTH - _LABEL) or [""]:
            yield f"{label:<{_LABEL}}{part}"
            label = ""


def detail(finding: Finding, history: History) -> Iterator[str]:
    """Yield what the run itself wrote about a trouble: a stack, or the waiting tasks."""
    for line in map(history.line, finding.marks):
        if line.kind == "trouble":
            yield from line.texts("detail")[:_MOST_DETAIL]


def _foot(finding: Finding, repeat_command: str) -> Iterator[str]:
    if finding.implied:
        implied = (
            f"{under.rule} {under.actual}"
            + ("" if under.outcome is finding.outcome else f" ({_word(under.outcome)})")
            for under in finding.implied
        )
        yield from _labelled("explains", implied)
    yield f"{'repeat':<{_LABEL}}{repeat_command}"


def _word(outcome: Outcome) -> str:
    return outcome.value.replace("_", "-").lower()


def _table(finding: Finding, history: History, room: int) -> list[str]:
    """Return the timeline as lines; fewer rows when they need more lines than there is room."""
    at_most = room
    while True:
        rows = timeline(finding, history, at_most)
        lines = [text for row in rows for text in _row_lines(row, history.began)]
        if len(lines) <= room or at_most <= _FEWEST_ROWS:
            break
        at_most -= max(1, (len(lines) - room) // 2)
    if not rows:
        return []
    titles = (f"{'seconds':>{_TIME + 2}}", "told", "wire", "truth")
    widths = (_TIME + 2, *_COLUMNS)
    heading = " │ ".join(f"{title:<{w}}" for title, w in zip(titles, widths, strict=True))
    rule = "─┼─".join("─" * w for w in widths)
    return [heading, rule, *lines]


def _row_lines(row: Row, began: int) -> Iterator[str]:
    """Yield the lines of a row: each cell wrapped to its column."""
    repeated = f" x{row.times}" if row.times > 1 else ""
    if repeated and row.until - (row.t or 0) > _ONE_MOMENT:
        repeated += f" until {seconds(row.until - began)}"
    cells = [
        _cell(text + repeated if text else "", width)
        for text, width in zip(row.cells, _COLUMNS, strict=True)
    ]
    time = "" if row.t is None else seconds(row.t - began).removesuffix(" s")
    mark = "▶" if row.marked else " "
    for i, parts in enumerate(zip_longest(*cells, fillvalue="")):
        first = f"{mark} {time:>{_TIME}}" if i == 0 else " " * (_TIME + 2)
        padded = (f"{part:<{width}}" for part, width in zip(parts, _COLUMNS, strict=True))
        yield " │ ".join((first, *padded))


def _cell(text: str, width: int) -> list[str]:
    lines = wrap(text, width, subsequent_indent="  ")
    if len(lines) <= _MOST_CELL_LINES:
        return lines
    return [*lines[: _MOST_CELL_LINES - 1], lines[_MOST_CELL_LINES - 1][: width - 1] + "…"]
