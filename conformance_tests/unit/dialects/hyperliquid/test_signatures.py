"""Who signed: hashes, networks, agents, nonces and dates, held to what eth-account signs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conformance_tests.unit.dialects.hyperliquid.bench import (
    ALICE,
    BOB,
    CLOID,
    NOW_MS,
    PERPETUAL,
    STRANGER,
    USER,
    Bench,
    order,
    orders,
    sign,
    typed,
)

NOOP = {"type": "noop"}
BUY = orders(order(PERPETUAL, "buy", "1", "29000", c=CLOID))
DAY_MS = 86_400_000


def unknown(wallet: Any) -> dict[str, str]:
    """Return what is said of a wallet that nobody knows."""
    address = wallet.address.lower()
    return {"status": "err", "response": f"User or API Wallet {address} does not exist."}


@pytest.mark.parametrize("source", ["a", "b"])
@pytest.mark.parametrize("action", [NOOP, BUY])
def test_a_signature_for_either_network_is_taken(action: dict[str, Any], source: str) -> None:
    """A client that is pointed elsewhere signs as testnet."""
    assert Bench().act(action, source=source)["status"] == "ok"


def test_a_wallet_that_nobody_knows_is_named() -> None:
    """The text has the address that the signature recovers."""
    assert Bench().act(BUY, STRANGER) == unknown(STRANGER)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("nonce", NOW_MS + 1),
        ("expiresAfter", NOW_MS + 60_000),
        ("action", {"type": "noop", "more": 1}),
        ("action", {"type": "cancel", "cancels": [{"a": 0, "o": 1}]}),
    ],
)
def test_a_signature_is_of_all_that_is_sent(change: str, value: Any) -> None:
    """Anything changed afterwards recovers another address, which nobody knows."""
    bench = Bench()
    body = {**sign(ALICE, NOOP, NOW_MS), change: value}
    answer = bench.post("/exchange", body)
    assert answer["status"] == "err"
    assert answer["response"].startswith("User or API Wallet 0x")
    assert ALICE.address.lower() not in answer["response"]


def test_the_order_of_keys_is_signed() -> None:
    """The same action with its keys in another order is another one."""
    bench = Bench()
    body = sign(ALICE, BUY, NOW_MS)
    body["action"] = dict(reversed(BUY.items()))
    assert bench.post("/exchange", body)["status"] == "err"


@pytest.mark.parametrize(
    "signature",
    [
        {"r": "0x0", "s": "0x0", "v": 27},
        {"r": "0x" + "f" * 64, "s": "0x" + "f" * 64, "v": 28},
        {"r": "0x1", "s": "0x1", "v": 27},
    ],
)
def test_a_signature_that_recovers_nobody_is_refused(signature: dict[str, Any]) -> None:
    """Numbers off the curve are as wrong as any other."""
    body = {**sign(ALICE, BUY, NOW_MS), "signature": signature}
    answer = Bench().post("/exchange", body)
    assert answer["response"].startswith("User or API Wallet 0x")


def test_a_vault_must_be_the_signer_itself() -> None:
    """No vaults are modelled: an address that is not one's own is not registered."""
    bench, vault = Bench(), BOB.address.lower()
    answer = bench.act(NOOP, vault=vault)
    assert answer == {"status": "err", "response": f"Vault not registered: {vault}"}
    assert bench.act(NOOP, vault=USER)["status"] == "ok"


@pytest.mark.parametrize(
    ("nonce", "text"),
    [
        (NOW_MS - 2 * DAY_MS + 1, None),
        (NOW_MS - 2 * DAY_MS, f"Invalid nonce: {NOW_MS - 2 * DAY_MS} is not within"),
        (NOW_MS + DAY_MS - 1, None),
        (NOW_MS + DAY_MS, f"Invalid nonce: {NOW_MS + DAY_MS} is not within"),
        (7, "Invalid nonce: 7 is not within"),
    ],
)
def test_a_nonce_is_a_time_near_now(nonce: int, text: str | None) -> None:
    """From two days before to one day after, both ends left out."""
    answer = Bench().post("/exchange", sign(ALICE, NOOP, nonce))
    assert answer["status"] == ("ok" if text is None else "err")
    assert text is None or answer["response"].startswith(text)


def test_a_nonce_is_used_once_by_each_signer() -> None:
    """Also by an action that is refused afterwards; another wallet has its own."""
    bench = Bench()
    late = sign(ALICE, NOOP, NOW_MS, expires_after=NOW_MS - 1)
    assert bench.post("/exchange", late)["response"].startswith("Action expired")
    again = bench.post("/exchange", sign(ALICE, NOOP, NOW_MS))
    assert again == {"status": "err", "response": f"Invalid nonce: duplicate nonce {NOW_MS}"}
    assert bench.post("/exchange", sign(BOB, NOOP, NOW_MS))["status"] == "ok"


def test_a_nonce_is_above_the_lowest_of_the_hundred_highest() -> None:
    """Of a hundred kept ones the lowest bounds a new one; the order among them is free."""
    bench = Bench()
    for nonce in range(100):
        assert bench.post("/exchange", sign(ALICE, NOOP, NOW_MS + 2 * nonce))["status"] == "ok"
    low = bench.post("/exchange", sign(ALICE, NOOP, NOW_MS - 1))
    assert low["response"].startswith(f"Invalid nonce: {NOW_MS - 1} is lower")
    assert bench.post("/exchange", sign(ALICE, NOOP, NOW_MS + 1))["status"] == "ok"


@pytest.mark.parametrize(("after_ms", "status"), [(-1, "err"), (0, "ok"), (60_000, "ok")])
def test_an_action_is_refused_after_its_date(after_ms: int, status: str) -> None:
    """`expiresAfter` is the last moment; nothing is placed after it."""
    bench = Bench()
    body = sign(ALICE, BUY, NOW_MS, expires_after=NOW_MS + after_ms)
    assert bench.post("/exchange", body)["status"] == status
    assert len(bench.info("openOrders", user=USER)) == (status == "ok")


def approve(bench: Bench, wallet: Any, agent: Any, name: str = "bot") -> Any:
    """Let an owner approve an agent."""
    bench.now_ns += 1_000_000
    message = {
        "hyperliquidChain": "Mainnet",
        "agentAddress": agent.address.lower(),
        "agentName": name,
        "nonce": bench.now_ms,
    }
    fields = [
        ("hyperliquidChain", "string"),
        ("agentAddress", "address"),
        ("agentName", "string"),
        ("nonce", "uint64"),
    ]
    kind = "HyperliquidTransaction:ApproveAgent"
    signature = typed(wallet, "HyperliquidSignTransaction", 42161, kind, fields, message)
    action = {"type": "approveAgent", "signatureChainId": "0xa4b1", **message}
    body = {"action": action, "nonce": bench.now_ms, "signature": signature}
    return bench.post("/exchange", body)


def test_an_agent_trades_for_its_owner() -> None:
    """Once the owner has signed for it, field by field; its orders are the owner's."""
    bench = Bench()
    assert bench.act(BUY, STRANGER) == unknown(STRANGER)
    assert approve(bench, ALICE, STRANGER)["status"] == "ok"
    assert bench.act(BUY, STRANGER)["status"] == "ok"
    assert [one["cloid"] for one in bench.info("openOrders", user=USER)] == [CLOID]
    agents = bench.info("extraAgents", user=USER)
    assert [(one["name"], one["address"]) for one in agents] == [("bot", STRANGER.address.lower())]
    role = bench.info("userRole", user=STRANGER.address)
    assert role == {"role": "agent", "data": {"user": USER}}


def test_a_name_stands_for_one_agent() -> None:
    """Approving another under the same name ends the first."""
    bench = Bench()
    approve(bench, ALICE, STRANGER)
    approve(bench, ALICE, BOB)
    assert bench.act(BUY, STRANGER) == unknown(STRANGER)


def test_an_agent_s_time_runs_out() -> None:
    """After 180 days it is nobody's."""
    bench = Bench()
    approve(bench, ALICE, STRANGER)
    bench.now_ns += 181 * DAY_MS * 1_000_000
    assert bench.act(BUY, STRANGER) == unknown(STRANGER)


def test_an_agent_approves_nobody() -> None:
    """What a wallet signs field by field is its owner's affair."""
    bench = Bench()
    approve(bench, ALICE, STRANGER)
    answer = approve(bench, STRANGER, BOB, "other")
    assert answer == unknown(STRANGER)


def test_the_nonce_beside_an_action_is_the_one_in_it() -> None:
    """Of what is signed field by field; another one is malformed."""
    bench = Bench()
    message = {"hyperliquidChain": "Mainnet", "maxFeeRate": "1%", "builder": USER, "nonce": NOW_MS}
    action = {"type": "approveBuilderFee", "signatureChainId": "0x66eee", **message}
    body = {"action": action, "nonce": NOW_MS + 1, "signature": sign(ALICE, NOOP, 1)["signature"]}
    assert bench.send("/exchange", json.dumps(body).encode()).status == 422
