"""Whether a connector believes in the balances that its account has."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fillproof.harness.numbers import same
from fillproof.simulator.vocabulary.units import asset_amount

_NOTHING = {"total": "0", "available": "0"}


def balances_agree(
    true: Mapping[str, tuple[int, int]], read: Mapping[str, Mapping[str, Any]] | None
) -> bool:
    """Return whether a reading has the venue's (free, locked) units of every asset.

    An asset that the reading does not name is believed to be nothing. Where balances cannot be read
    there is nothing to wait for.
    """
    return read is None or all(
        _is_so(free, locked, read.get(asset, _NOTHING)) for asset, (free, locked) in true.items()
    )


def _is_so(free: int, locked: int, read: Mapping[str, Any]) -> bool:
    return same(Decimal(read["total"]), asset_amount(free + locked)) and same(
        Decimal(read["available"]), asset_amount(free)
    )
