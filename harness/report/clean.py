"""Takes out of a text what neither XML nor a terminal should be given."""

from __future__ import annotations

import re

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return the text without control characters (tab and newline stay) and lone surrogates."""
    return _UNWANTED.sub("", text)
