"""A finding on one screen."""

from __future__ import annotations

from conformance_tests.unit.rules.build import history

from fillproof.harness.report.finding import WIDTH, render_finding
from fillproof.harness.rules import judge

_COMMAND = "fillproof run made/up --connector made --seed 1"


def _screen(story: str, *, ascii_only: bool = False, **options: object) -> list[str]:
    told = history(story, **options)
    finding = judge(told).findings[0]
    return render_finding(finding, told, _COMMAND, ascii_only=ascii_only).splitlines()


def test_a_finding_shows_rule_evidence_and_the_command_that_repeats_it() -> None:
    """The rule and its source, expected and actual, the three ledgers side by side, the command."""
    story = "place; new; trade 0.2; <fill; Filled 0.2; wait 2; <new on=create_reply; Created"
    assert _screen(story, ascii_only=True) == _GOLDEN.strip("\n").splitlines()


_GOLDEN = """
FAIL  L4  order a                                                          made/up - made 1 - seed 1
an accepted order raises Created (of its own side) exactly once, before any Filled or Completed, as
soon as acceptance is known by any channel

source    Order Lifecycle: Created; FIX A.1.a, X-A.1.c; hummingbot#6672, #8264
anomaly   late create: Created comes after what proves it, or long after it was known.
expected  Created, exactly once, before any Filled or Completed
actual    Filled 0.2 was told 2.030 s before Created
because   The order of events is the connector's own; a fill proves acceptance.

   seconds | told                      | wire                            | truth
-----------+---------------------------+---------------------------------+------------------------
     0.010 | buy 1 at 29000            |                                 |
     0.010 |                           | > create_request                |
     0.020 |                           |                                 | New 1
     0.030 |                           |                                 | Trade 0.2 #1, leaves
           |                           |                                 |   0.8
     0.040 |                           | < user_stream: fill 0.2 #1      |
>    0.050 | Filled 0.2 at 29000 #1    |                                 |
           |   fee 0.001 BTC           |                                 |
     2.070 |                           | < create_reply: New             |
>    2.080 | Created BUY 1 at 29000    |                                 |
     2.080 |                           | -- healed --                    |
    32.080 |                           | -- quiet --                     |

repeat    fillproof run made/up --connector made --seed 1
"""


def test_repeats_are_folded_with_a_count() -> None:
    """A message that says the same again and again takes one row."""
    polls = "; ".join(["<new on=query_reply"] * 12)
    lines = _screen(f"place; new; {polls}; cancel; cancels; <cancelled; Created")
    assert sum("query_reply" in line for line in lines) == 1
    assert any("x12 until" in line for line in lines)


def test_a_long_story_keeps_what_shows_the_breach() -> None:
    """No more than a screen: the ends and the marked rows stay, the rest is counted."""
    fills = "; ".join("trade 0.01; <fill; Filled 0.01" for _ in range(60))
    lines = _screen(f"place; new; <new; Created; {fills}; Filled 0.01 trade_id=30")
    assert len(lines) <= 45
    assert max(map(len, lines)) <= WIDTH
    assert sum(line.startswith("▶") for line in lines) == 1
    assert any("more)" in line for line in lines)
    assert any("buy 1 at 29000" in line for line in lines)
    assert any("-- quiet --" in line for line in lines)


def test_what_a_finding_explains_is_listed_under_it() -> None:
    """Consequences stand below the timeline, each with its rule."""
    lines = _screen("place; new; <new; Created; Failure; trade 1; <fill; <filled")
    assert any(line.startswith("explains  L6 the fill at") for line in lines)
    assert any(line.strip().startswith("L7 Completed was never told") for line in lines)


def test_a_trouble_shows_its_detail_and_what_came_before() -> None:
    """A finding about the run shows the last rows of all orders before it."""
    lines = _screen("place; new; <new; Created; trouble deadlock; dies")
    assert lines[0].startswith("FAIL  T6 ")
    assert any("!! deadlock" in line for line in lines)
    assert any("Created BUY 1" in line for line in lines)


def test_plain_ascii_is_plain() -> None:
    """A terminal without Unicode gets nothing else."""
    text = "\n".join(_screen("place; new; <new", ascii_only=True))
    assert text.isascii()
