"""POST /exchange: an action is read, its signer known, its nonce used, and then carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from fillproof.simulator.dialects.hyperliquid import errors
from fillproof.simulator.dialects.hyperliquid.desk import Desk
from fillproof.simulator.dialects.hyperliquid.door.reading import read_signed
from fillproof.simulator.dialects.hyperliquid.door.signing import Signed, signers
from fillproof.simulator.dialects.hyperliquid.door.typed_data import (
    USER_SIGNED,
    NotTyped,
    field_names,
)
from fillproof.simulator.dialects.hyperliquid.errors import Malformed, Refusal
from fillproof.simulator.dialects.hyperliquid.numbers import milliseconds
from fillproof.simulator.dialects.hyperliquid.trading.actions import (
    ACTIONS,
    carry_out,
    parts_of,
    response,
)
from fillproof.simulator.dialects.hyperliquid.trading.sent import Sent
from fillproof.simulator.dialects.hyperliquid.trading.waiting import Deed
from fillproof.simulator.dialects.protocol import Json
from fillproof.simulator.vocabulary.reports import Report

_NOBODY = "0x" + "0" * 40


class Answer(Struct, frozen=True, gc=False):
    """What an action led to: its response, or the deed that it waits for; and engine reports."""

    response: Json
    reports: tuple[Report, ...] = ()
    deed: Deed | None = None


def act(desk: Desk, body: Mapping[str, Json], host: str, now_ns: int) -> Answer:
    """Answer an action that was sent to a host; raises Malformed for what is none."""
    signed = read_signed(body)
    kind = signed.action["type"]
    if kind not in ACTIONS:
        raise Malformed(errors.UNREADABLE)
    items = len(parts_of(signed.action))
    try:
        sent = _admit(desk, signed, host, items, now_ns)
        deed, reports = carry_out(desk, sent)
    except Refusal as refusal:
        return Answer(refused(refusal.text))
    if deed.is_done:
        return Answer(response(deed), reports)
    return Answer(None, reports, deed)


def refused(text: str) -> Json:
    """Return what an action is answered that is refused as a whole."""
    return {"status": "err", "response": text}


def _admit(desk: Desk, signed: Signed, host: str, items: int, now_ns: int) -> Sent:
    """Hold an action to its signer, its nonce and its date; raises Refusal and Malformed."""
    now_ms = milliseconds(now_ns)
    signer, owner = _speaker(desk, signed, host, now_ms)
    account = desk.wallets.account(owner)
    assert account is not None, "an owner has an account"
    desk.nonces.use(signer, signed.nonce, now_ms)
    if signed.expires_after is not None and signed.expires_after < now_ms:
        desk.budgets.expired(account)
        raise Refusal(errors.ACTION_EXPIRED % (signed.expires_after, now_ms))
    known = ACTIONS[signed.action["type"]]
    if known.reader is not None:
        desk.budgets.take(account, items, cancels=known.cancels)
    return Sent(account, owner, signed.action, now_ns)


def _speaker(desk: Desk, signed: Signed, host: str, now_ms: int) -> tuple[str, str]:
    """Return who signed and for whose address, which a vault may be."""
    is_typed = signed.action["type"] in USER_SIGNED
    if is_typed:
        _require_own_nonce(signed)
    recovered: list[str] = []
    for signer in _signers(signed, host):
        recovered.append(signer)
        # What a wallet signs field by field is its own affair: no agent may.
        owner = signer if is_typed else desk.wallets.owner(signer, now_ms)
        if owner is None or desk.wallets.account(owner) is None:
            continue
        if signed.vault is not None and signed.vault != owner:
            raise Refusal(errors.UNKNOWN_VAULT % signed.vault)
        return signer, owner
    raise Refusal(errors.UNKNOWN_WALLET % (recovered[0] if recovered else _NOBODY))


def _signers(signed: Signed, host: str) -> Iterator[str]:
    try:
        yield from signers(signed, host)
    except NotTyped:
        raise Malformed(errors.UNREADABLE) from None


def _require_own_nonce(signed: Signed) -> None:
    """Hold the nonce beside an action to the one that was signed in it."""
    inside = signed.action.get("nonce")
    if "nonce" in field_names(signed.action["type"]) and inside != signed.nonce:
        raise Malformed(errors.UNREADABLE)
