"""An action of an account that passed the door."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from fillproof.simulator.dialects.protocol import Json


class Sent(Struct, frozen=True, gc=False):
    """An action, the account it is of, and the address of that account."""

    account: str
    address: str
    action: Mapping[str, Json]
    now_ns: int
