"""eth-account, without what it does to the whole process."""

from __future__ import annotations

import sys

_LIMIT = sys.getrecursionlimit()

from eth_account import Account  # noqa: E402 - the limit stands before it
from eth_account.messages import encode_typed_data  # noqa: E402

# py_ecc, which comes with it, lets Python recurse until the stack is full.
sys.setrecursionlimit(_LIMIT)

__all__ = ["Account", "encode_typed_data"]
