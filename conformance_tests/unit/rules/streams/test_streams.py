"""S1 to S7: the user stream stands when it must, and is brought back with patience."""

from __future__ import annotations

import pytest
from conformance_tests.unit.rules.streams.stream_story import history, roots

from fillproof.harness.rules import Outcome
from fillproof.harness.rules.streams.checks import CHECKS

LIVE = "opens; asks; joins; ready"
AGAIN = "opens; asks; joins"
ORDER = "place; new; <new; Created"
FAIL, LAX = Outcome.FAIL, Outcome.NON_STRICT


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (LIVE, []),
        (f"ready; {AGAIN}", [("S1", FAIL)]),
        ("opens; asks; joins; closed venue; ready", [("S1", FAIL)]),
        ("opens; asks; joins; ends; ready", [("S1", FAIL)]),
        (f"opens; asks; joins; closed venue; {AGAIN}; ready", []),
        (f"{LIVE}; closed connector; away; restarts; up; {AGAIN}", [("S1", FAIL)]),
        (f"{LIVE}; closed connector; away; restarts; {AGAIN}; up", []),
    ],
)
def test_who_is_ready_is_subscribed(story: str, found: list[tuple[str, Outcome]]) -> None:
    """After the start, and after each restart."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{LIVE}; ping; pong; wait 60", []),
        (f"{LIVE}; ping; wait 60", [("S2", FAIL)]),
        (f"{LIVE}; ping; wait 20; pong; wait 60", []),
        (f"{LIVE}; pong; ping; wait 60", [("S2", FAIL)]),
        (f"{LIVE}; ping; wait 20", []),
        (f"{LIVE}; ping; wait 20; closed venue; {AGAIN}; wait 60", []),
        (f"{LIVE}; ping; wait 60; closed venue; {AGAIN}; wait 60", [("S2", FAIL)]),
        (f"{LIVE}; arm what=stall for=90; fire; ping; wait 60", []),
        ("ready; opens; asks; ping; wait 60; joins", [("S1", FAIL), ("S2", FAIL)]),
    ],
)
def test_pings_are_answered(story: str, found: list[tuple[str, Outcome]]) -> None:
    """Within half a minute, unless the connection or the case is over, or the machine stands."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{LIVE}; closed venue; wait 1; {AGAIN}; wait 300", []),
        (f"{LIVE}; closed venue; wait 100", []),
        (f"{LIVE}; closed venue; wait 181", [("S3", FAIL)]),
        (f"{LIVE}; closed venue; wait 181; {AGAIN}", [("S3", FAIL)]),
        (f"{LIVE}; ends; wait 181", [("S3", FAIL)]),
        (f"{LIVE}; closed fault; wait 181", [("S3", FAIL)]),
        (f"{LIVE}; closed venue; arm what=unreachable for=100; fire; wait 181", []),
        (f"{LIVE}; closed venue; arm what=unreachable for=100; fire; wait 300", [("S3", FAIL)]),
        (f"{LIVE}; closed connector; away; wait 300; restarts; up; {AGAIN}", [("S1", FAIL)]),
        (f"{LIVE}; {AGAIN}; wait 1; closed venue; wait 300", []),
        (f"{LIVE}; arm what=skew; fire; closed venue; wait 300", []),
        (f"{LIVE}; arm what=skew; fire; closed venue; heal; wait 300", [("S3", FAIL)]),
    ],
)
def test_a_stream_that_ended_is_subscribed_to_again(
    story: str, found: list[tuple[str, Outcome]]
) -> None:
    """Within the bound, counted from when nothing is in the way; another that stands is enough."""
    assert roots(story, "S1", "S3") == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("; ".join([LIVE, *["closed venue; opens; asks; joins"] * 9]), []),
        ("; ".join([LIVE, *["closed venue; opens; asks; joins"] * 10]), [("S4", LAX)]),
        ("; ".join([LIVE, *["closed venue; wait 2; opens; asks; joins"] * 12]), []),
        ("; ".join([LIVE, *["closed venue; opens; asks"] * 10, "joins"]), [("S4", LAX)]),
        (f"{LIVE}; closed venue; opens; asks; refused 429; wait 1; {AGAIN}", [("S4", FAIL)]),
        (f"{LIVE}; closed venue; opens; asks; refused 503; wait 1; {AGAIN}", []),
    ],
)
def test_a_stream_is_opened_anew_with_pauses(story: str, found: list[tuple[str, Outcome]]) -> None:
    """Eleven attempts in ten seconds are too many; one that the venue refuses for it is worse."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("wait 1; <fill; Filled 0.4", []),
        ("wait 12; <fill; Filled 0.4", [("S5", LAX)]),
        ("arm what=fail for=15; fire; wait 20; <fill; Filled 0.4", []),
        ("arm what=lag for=5; fire; wait 12; <fill; Filled 0.4", []),
    ],
)
def test_what_was_missed_is_asked_for(told: str, found: list[tuple[str, Outcome]]) -> None:
    """Ten seconds are enough for asking and telling; what is in the way then excuses."""
    down = f"{LIVE}; {ORDER}; closed venue; trade 0.4; wait 1; {AGAIN}"
    assert roots(f"{down}; {told}") == found


def test_what_happened_while_the_stream_stood_was_not_missed() -> None:
    """Told late it is another rule's matter."""
    story = f"{LIVE}; {ORDER}; trade 0.4; closed venue; wait 1; {AGAIN}; wait 12; <fill; Filled 0.4"
    assert roots(story) == []


SILENT = f"{LIVE}; arm what=half_open for=1200; fire; swallowed"


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{SILENT}; wait 100; closed connector; {AGAIN}", []),
        (f"{SILENT}; wait 200; closed connector; {AGAIN}", [("S6", LAX)]),
        (f"{SILENT}; wait 200; {AGAIN}", [("S6", LAX)]),
        (f"{SILENT}; wait 950; closed connector; {AGAIN}", [("S6", LAX)]),
        (f"{SILENT}; wait 950", [("S6", FAIL)]),
        (f"{SILENT}; wait 200; ping; pong; wait 20", []),
        (f"{SILENT}; wait 60; closed venue; wait 1100; {AGAIN}", [("S6", LAX)]),
        (f"{SILENT}; wait 60; closed venue; wait 1140; {AGAIN}", [("S6", FAIL)]),
        (f"{SILENT}; wait 60; closed venue; wait 20; {AGAIN}", []),
    ],
)
def test_silence_is_noticed(story: str, found: list[tuple[str, Outcome]]) -> None:
    """Late is not as it should be; never, in a quarter of an hour, is a failure.

    What the venue does to a connection in a silence nobody hears.
    """
    assert roots(story, "S6") == found


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (f"{LIVE}; {AGAIN}; wait 70", [("S7", LAX)]),
        (f"{LIVE}; {AGAIN}; wait 50", []),
        (f"{LIVE}; {AGAIN}; wait 50; closed connector; wait 50", []),
        (f"{LIVE}; closed venue; {AGAIN}; wait 70", []),
        (f"{LIVE}; joins fills; wait 70", []),
        (f"{LIVE}; opens; asks; joins fills; wait 70", []),
    ],
)
def test_there_is_one_subscription(story: str, found: list[tuple[str, Outcome]]) -> None:
    """But for the minute in which one takes over from the other."""
    assert roots(story) == found


@pytest.mark.parametrize(
    ("rule", "story", "applies"),
    [
        ("S1", LIVE, True),
        ("S2", LIVE, False),
        ("S2", f"{LIVE}; ping; pong", True),
        ("S3", LIVE, False),
        ("S3", f"{LIVE}; closed venue; wait 1; {AGAIN}", True),
        ("S3", f"{LIVE}; closed connector; away; restarts; up; {AGAIN}", False),
        ("S4", f"{LIVE}; ends; wait 1; {AGAIN}", True),
        ("S5", f"{LIVE}; closed venue; {ORDER}; {AGAIN}", True),
        ("S5", f"{LIVE}; {ORDER}; closed venue; wait 1; {AGAIN}", False),
        ("S6", f"{LIVE}; closed venue; {AGAIN}", False),
        ("S6", f"{SILENT}; wait 30; closed connector; {AGAIN}", True),
        ("S7", LIVE, False),
        ("S7", f"{LIVE}; closed venue; {AGAIN}", True),
    ],
)
def test_a_rule_is_asked_where_it_has_something_to_judge(
    rule: str, story: str, applies: bool
) -> None:
    """A stream that never ended says nothing of how it is brought back."""
    assert CHECKS[rule].applies(history(story)) is applies
