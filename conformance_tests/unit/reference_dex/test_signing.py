"""Signatures of actions, against those that the venue's own client has in its tests."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("eth_keys")

from eth_keys.datatypes import PrivateKey

from fillproof.harness.connectors.protocol import OrderRequest
from fillproof.harness.connectors.reference.ticket import ticket_of
from fillproof.harness.connectors.reference_dex.api import order_action
from fillproof.harness.connectors.reference_dex.packing import packed
from fillproof.harness.connectors.reference_dex.signing import (
    Nonces,
    Signer,
    digest,
)

KEY = "0x" + "0123456789" * 6 + "0123"
CLOID = "0x00000000000000000000000000000001"


def signed(action: dict[str, Any], expires_after: int | None = None) -> tuple[str, str, int]:
    key = PrivateKey(bytes.fromhex(KEY.removeprefix("0x")))
    signature = key.sign_msg_hash(digest(action, 0, expires_after))
    return f"{signature.r:#x}", f"{signature.s:#x}", signature.v + 27


def test_an_action_is_signed_as_the_venues_own_client_signs_it() -> None:
    """Numbers are packed as numbers, and the hash covers action, nonce and account."""
    assert signed({"type": "dummy", "num": 100_000_000_000}) == (
        "0x53749d5b30552aeb2fca34b530185976545bb22d0b3ce6f62e31be961a59298",
        "0x755c40ba9bf05223521753995abb2f73ab3229be8ec921f350cb447e384d8ed8",
        27,
    )


def test_an_order_is_signed_as_the_venues_own_client_signs_it() -> None:
    """The order of the keys and the text of the numbers are part of what is signed."""
    wish = OrderRequest("ETH-USDC", "BUY", Decimal(100), Decimal("100.0"))
    ticket = ticket_of(CLOID, wish, wish.amount, wish.price)
    assert signed(order_action(ticket, 1, Decimal("100.0"))) == (
        "0x41ae18e8239a56cacbc5dad94d45d0b747e5da11ad564077fcac71277a946e3",
        "0x3c61f667e747404fe7eea8f90ab0e76cc12ce60270438b2058324681a00116da",
        27,
    )


def test_when_an_action_expires_is_signed_too() -> None:
    """Nobody can make an action live longer than its sender wanted."""
    action = {"type": "noop"}
    assert len({signed(action), signed(action, 1), signed(action, 2)}) == 3


@pytest.mark.parametrize(
    ("value", "as_bytes"),
    [
        (None, "c0"),
        (False, "c2"),
        (True, "c3"),
        (0, "00"),
        (127, "7f"),
        (128, "cc80"),
        (10_000, "cd2710"),
        (110_000, "ce0001adb0"),
        (1_700_000_000_000, "cf0000018bcfe56800"),
        ("na", "a26e61"),
        ("x" * 34, "d922" + "78" * 34),
        ("x" * 256, "da0100" + "78" * 256),
        ([1, "a"], "9201a161"),
        ([0] * 16, "dc0010" + "00" * 16),
        ({"b": 1, "a": 2}, "82a16201a16102"),
    ],
)
def test_values_are_packed_in_their_shortest_form(value: object, as_bytes: str) -> None:
    """MessagePack has several forms of a number; the venue hashes the shortest."""
    assert packed(value).hex() == as_bytes


@pytest.mark.parametrize("value", [1.5, -1, {1}])
def test_what_no_action_has_is_not_packed(value: object) -> None:
    """A float in an action is a mistake, and is named as one."""
    with pytest.raises(TypeError, match="cannot be packed"):
        packed(value)


def test_no_nonce_is_used_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two actions of one millisecond, or of a clock that was set back, have different nonces."""
    times = iter([1_000, 1_000, 999, 1_005])
    monkeypatch.setattr("time.time_ns", lambda: next(times) * 1_000_000)
    nonces = Nonces()
    assert [nonces.next() for _ in range(4)] == [1_000, 1_001, 1_002, 1_005]


def test_a_signed_action_says_until_when_it_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """It expires so many milliseconds after its nonce."""
    monkeypatch.setattr("time.time_ns", lambda: 1_000_000_000)
    body = Signer("0x0", KEY).signed({"type": "noop"}, 5_000)
    assert (body["nonce"], body["expiresAfter"]) == (1_000, 6_000)
