"""What somebody may have meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Return ` did you mean "price"?` for the nearest of `allowed`, or nothing."""
    by_lower = {one.lower(): one for one in allowed}
    near = get_close_matches(word.lower(), by_lower, n=1)
    return f' did you mean "{by_lower[near[0]]}"?' if near else ""
