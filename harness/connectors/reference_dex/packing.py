"""MessagePack, as far as actions need it: what is hashed and signed."""

from __future__ import annotations

from typing import Any

_SHORT_TEXT, _SMALL = 32, 16
_BYTE, _WORD, _LONG = 1 << 8, 1 << 16, 1 << 32
_LARGEST_FIXED = 0x7F


def packed(value: Any) -> bytes:
    """Return a value packed; dictionaries in the order that they have.

    Raises TypeError for anything but None, bool, whole numbers from 0, text, lists and dicts.
    """
    match value:
        case None:
            return b"\xc0"
        case bool():
            return b"\xc3" if value else b"\xc2"
        case int() if value >= 0:
            return _whole(value)
        case str():
            text = value.encode()
            return _text_head(len(text)) + text
        case list():
            return _head(len(value), 0x90, 0xDC) + b"".join(packed(item) for item in value)
        case dict():
            pairs = (packed(key) + packed(item) for key, item in value.items())
            return _head(len(value), 0x80, 0xDE) + b"".join(pairs)
        case _:
            raise TypeError(f"{value!r} cannot be packed")


def _whole(value: int) -> bytes:
    if value <= _LARGEST_FIXED:
        return bytes((value,))
    for limit, code, size in ((_BYTE, 0xCC, 1), (_WORD, 0xCD, 2), (_LONG, 0xCE, 4)):
        if value < limit:
            return bytes((code,)) + value.to_bytes(size, "big")
    return b"\xcf" + value.to_bytes(8, "big")


def _text_head(size: int) -> bytes:
    if size < _SHORT_TEXT:
        return bytes((0xA0 | size,))
    if size < _BYTE:
        return bytes((0xD9, size))
    return b"\xda" + size.to_bytes(2, "big")


def _head(size: int, fixed: int, word: int) -> bytes:
    if size < _SMALL:
        return bytes((fixed | size,))
    return bytes((word,)) + size.to_bytes(2, "big")
