"""Writes the zoo as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance_tests.zoo.planted import Planted
from conformance_tests.zoo.table import CONTRACT, HARMLESS, TROUBLE

_HEAD = """\
# The zoo

A judge that never says no proves nothing. So this project keeps connectors with planted bugs: each
is the reference connector with one part exchanged for a faulty one, runs in a real worker, and must
be found by the rule it breaks, and by that rule alone. Whatever else goes wrong because of it is
listed under that finding. The reference itself passes every scenario named here.

`make zoo` runs them all. One of them, as a user would see it:

    fillproof run partial_fills/many --connector conformance_tests.zoo.endings:CompletedTwice

Where nothing else is said, the outcome is FAIL. This page is written by
`python -m conformance_tests.zoo`.
"""

_CONTRACT = "## Bugs in what is told and done"
_TROUBLE = """\
## Bugs that trouble the run itself

Each is found with its place in the connector's code."""
_HARMLESS = "## What looks like trouble and is none"
_MUTANTS = """\
## Mutants

Planted bugs are those that somebody thought of. So every statement of the reference that decides
what is asked of the venue and what is told is also changed by machine, one place at a time, with
[mutmut](https://github.com/boxed/mutmut)'s operators and four more (a condition turned round, a
statement, a raise or a returned value left out), and each mutant is judged by the scenarios: those
that run the changed line, the rarest first, until a rule is found broken. The reference of a DEX
stands on the same modules and is played the scenarios of a chain. `make zoo` ends with how many
were killed and lists the survivors, each with its reason from
`conformance_tests/mutants/survivors.yaml`: a mutant is *equivalent* when nothing outside of the
connector can tell it from the reference, *allowed* when the contract holds for both, *unseen* when
it breaks the contract where no scenario goes. Only the last count as survivors. An entry speaks of
every mutant that its keys fit; its `becomes` may be one part of what a mutant becomes, or a list of
parts. A line that no scenario runs is said to be so: it wants a scenario, or is not wanted. A
mutant that tells what no recording can say is found wrong too.

    python -m conformance_tests.mutants [FILE...] [--function TEXT] [--at LINE] [--all]
    python -m conformance_tests.mutants [FILE...] --again LOG   # only what survived in that run
    python -m conformance_tests.mutants [FILE...] --by TEXT     # only such scenarios judge
    python -m conformance_tests.mutants --choose-panel          # who judges, from all scenarios

Who judges is in `conformance_tests/mutants/panel.txt`: the fewest and shortest scenarios that run
each line, and put each rule to each test, twice where two do so at all. At most sixty of those that
run a changed line are asked (`--most`), first who found mutants of that function that many others
let live (`conformance_tests/mutants/first.txt`, written by `--remember`).
"""
_TABLE = """\
| rule | connector | what is wrong | shown by |
|---|---|---|---|"""


def page() -> str:
    """Return the page, in Markdown."""
    parts = (
        _HEAD,
        _CONTRACT,
        _table(CONTRACT),
        _TROUBLE,
        _table(TROUBLE),
        _HARMLESS,
        _table(HARMLESS),
        _MUTANTS,
    )
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _table(rows: Iterable[Planted]) -> str:
    return "\n".join((_TABLE, *_rows(rows)))


def _rows(rows: Iterable[Planted]) -> Iterator[str]:
    for row in rows:
        rule = row.rule or "none"
        if row.outcome in {"NON_STRICT", "ERROR"}:
            rule += f" ({row.outcome})"
        if row.anomaly is not None:
            rule += f": {row.anomaly}"
        if row.beside:
            rule += f", beside {', '.join(row.beside)}"
        module = row.connector.removeprefix("conformance_tests.zoo.")
        yield f"| {rule} | `{module}` | {row.wrong} | {row.scenario} |"
