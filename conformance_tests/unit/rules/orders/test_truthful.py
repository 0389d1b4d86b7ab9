"""A truthful connector is never blamed, and no single lie or omission of it goes unnoticed."""

from __future__ import annotations

from conformance_tests.unit.rules.build import verdict
from hypothesis import given, settings
from hypothesis import strategies as st

from fillproof.harness.rules import Outcome

FILLS = st.lists(st.sampled_from(["0.1", "0.2", "0.3"]), max_size=3)
ENDS = st.sampled_from(
    [
        ("", ""),
        ("cancel; cancels; <cancelled", "Cancelled"),
        ("expires; <expired", "Expired"),
        ("rejects; <rejected", "Failure"),
        ("trade {rest}; <fill; <filled", "Filled {rest}; Completed"),
    ]
)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[str], list[int]]:
    """Return the words of an order's life, and where those stand that the connector tells."""
    fills = draw(FILLS)
    told_late = draw(st.booleans())
    happened, told = ["place", "new", "<new"], ["Created"]
    for fill in fills:
        happened += [f"trade {fill}", "<fill"]
        told.append(f"Filled {fill}")
        if not told_late:
            happened, told = happened + told, []
    rest = 10 - sum(int(fill[-1]) for fill in fills)
    ends, word = (part.format(rest=f"0.{rest}" if rest < 10 else "1") for part in draw(ENDS))
    words = [*happened, *_parts(ends), *told, *_parts(word)]
    return words, [i for i, part in enumerate(words) if part[0].isupper()]


def _parts(words: str) -> list[str]:
    return [part.strip() for part in words.split(";") if part.strip()]


@settings(derandomize=True, deadline=None, max_examples=40)
@given(stories())
def test_the_truth_told_in_order_passes(story: tuple[list[str], list[int]]) -> None:
    """However an order lives and ends, telling it as it was is a PASS."""
    assert verdict("; ".join(story[0])).outcome is Outcome.PASS


@settings(derandomize=True, deadline=None, max_examples=40)
@given(stories(), st.data())
def test_an_event_left_out_is_found(
    story: tuple[list[str], list[int]], data: st.DataObject
) -> None:
    """Everything was delivered, so whatever is not told is a FAIL."""
    words, told = story
    left_out = data.draw(st.sampled_from(told))
    silent = [word for i, word in enumerate(words) if i != left_out]
    assert verdict("; ".join(silent)).outcome is Outcome.FAIL


@settings(derandomize=True, deadline=None, max_examples=40)
@given(stories(), st.data())
def test_an_event_told_twice_is_found(
    story: tuple[list[str], list[int]], data: st.DataObject
) -> None:
    """Whatever is told again, at once or at the end, is a FAIL."""
    words, told = story
    again = data.draw(st.sampled_from(told))
    place = data.draw(st.sampled_from([again + 1, len(words)]))
    doubled = [*words[:place], _same_trade(words, again), *words[place:]]
    assert verdict("; ".join(doubled)).outcome is Outcome.FAIL


def _same_trade(words: list[str], n: int) -> str:
    """Return a told event as it is said a second time: a fill with the id it had."""
    if not words[n].startswith("Filled"):
        return words[n]
    number = sum(word.startswith("Filled") for word in words[: n + 1])
    return f"{words[n]} trade_id={number}"
