"""When a connector believes in the balances that its account has, so that a world may rest."""

from __future__ import annotations

import pytest

from fillproof.harness.worker.accounts import balances_agree

BTC = 100_000_000


@pytest.mark.parametrize(
    ("true", "read", "agree"),
    [
        ({"BTC": (BTC, 0)}, {"BTC": {"total": "1", "available": "1"}}, True),
        ({"BTC": (BTC, BTC)}, {"BTC": {"total": "2", "available": "1"}}, True),
        ({"BTC": (BTC, BTC)}, {"BTC": {"total": "2", "available": "2"}}, False),
        ({"BTC": (BTC, 0)}, {"BTC": {"total": "1.00000001", "available": "1"}}, False),
        ({"BTC": (BTC, 0)}, {}, False),
        ({"BTC": (0, 0)}, {}, True),
        ({"BTC": (BTC, 0)}, None, True),
    ],
)
def test_balances_agree_when_total_and_free_are_the_venues(
    true: dict[str, tuple[int, int]], read: dict[str, dict[str, str]] | None, agree: bool
) -> None:
    """What a reading does not name is nothing; balances that cannot be read are not waited for."""
    assert balances_agree(true, read) is agree
