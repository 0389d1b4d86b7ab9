"""Lines that hang together: each begins with a digest of itself and of all lines before it."""

from __future__ import annotations

from hashlib import blake2b

DIGEST_BYTES = 16
START = ""
"""What the first line hangs on."""

_DIGITS = 2 * DIGEST_BYTES
_OPEN = '{"chain":"'
_BETWEEN = '",'
_BODY_AT = len(_OPEN) + _DIGITS + len(_BETWEEN)


def sealed(previous: str, body: bytes) -> tuple[str, str]:
    """Return a JSON object as a line, its chain digest as first member; and that digest."""
    own = digest_of(previous.encode() + body)
    return f"{_OPEN}{own}{_BETWEEN}{body[1:].decode()}\n", own


def is_sealed(line: str) -> bool:
    """Return whether a line begins as sealed ones do."""
    return line.startswith(_OPEN)


def body_of(line: str) -> bytes:
    """Return what a line would seal; of a line that was sealed, its JSON object."""
    return b"{" + line[_BODY_AT:].removesuffix("\n").encode()


def digest_of(data: bytes) -> str:
    """Return a short digest, in hex."""
    return blake2b(data, digest_size=DIGEST_BYTES).hexdigest()
