"""Signatures of every kind are verified over the bytes as they were sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from conformance_tests.unit.dialects.bench import KEY, NOW_MS, SECRET, Bench
from conformance_tests.unit.dialects.keys import (
    ED25519_KEY,
    RSA_KEY,
    RSA_PEM,
    sign_ed25519,
    sign_rsa,
)

from fillproof.simulator.dialects.binance.door.signing import secret_of, sign, socket_payload
from fillproof.simulator.dialects.protocol import HttpRequest

_ORDER = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=29000"
_QUERY = f"{_ORDER}&newClientOrderId=a&timestamp={NOW_MS}"
_WRONG = {"code": -1022, "msg": "Signature for this request is not valid."}
_WIDE = "".join(chr(0xFF10 + digit) for digit in range(1, 7))
_DOCUMENTED_REST = (
    "&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1"
    "&recvWindow=5000&timestamp=1499827319559"
)
_DOCUMENTED_SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"


def _sign_hmac(payload: bytes) -> str:
    return sign(SECRET, payload)


Signer = Callable[[bytes], str]
Spoil = Callable[[str], str]
_KINDS = [(KEY, _sign_hmac), (ED25519_KEY, sign_ed25519), (RSA_KEY, sign_rsa)]


def _post(venue: Bench, key: str, query: str = "", body: str = "") -> tuple[int, Any]:
    target = "/api/v3/order" + (f"?{query}" if query else "")
    headers = {"x-mbx-apikey": key}
    reply = venue.send(HttpRequest("POST", "h", target, headers, body.encode()))
    return reply.status, reply.body


@pytest.mark.parametrize(("key", "signer"), _KINDS)
@pytest.mark.parametrize("in_body", [False, True])
def test_each_kind_of_key_signs_query_or_body(
    venue: Bench, key: str, signer: Signer, *, in_body: bool
) -> None:
    """HMAC is in hex, RSA and Ed25519 in base64 that is percent-encoded like any value."""
    signed = f"{_QUERY}&signature={quote(signer(_QUERY.encode()), safe='')}"
    status, _ = _post(venue, key, body=signed) if in_body else _post(venue, key, query=signed)
    assert status == 200
    assert venue.query("a")[1]["status"] == "NEW"


@pytest.mark.parametrize(
    ("key", "spoil"),
    [
        (KEY, lambda right: right[:-1]),
        (KEY, lambda right: right[:-1] + ("0" if right[-1] != "0" else "1")),
        (KEY, lambda _: "é" * 64),
        (KEY, lambda _: "x"),
        (ED25519_KEY, str.lower),
        (ED25519_KEY, lambda right: right[:-4] + "AA=="),
        (ED25519_KEY, lambda _: "not base64!"),
        (RSA_KEY, str.upper),
        (RSA_KEY, lambda right: right[:-4]),
        (RSA_KEY, lambda _: "A"),
    ],
)
def test_any_other_signature_is_refused(venue: Bench, key: str, spoil: Spoil) -> None:
    """A signature of one character less, or of another case where case counts, is -1022."""
    right = dict(_KINDS)[key](_QUERY.encode())
    assert venue.ask(
        "GET",
        "/api/v3/openOrders",
        f"timestamp={NOW_MS}&signature={quote(spoil(right))}",
        **{"x-mbx-apikey": key},
    ) == (400, _WRONG)


def test_hex_may_have_any_case(venue: Bench) -> None:
    """An HMAC signature in capitals is as good."""
    signed = f"{_QUERY}&signature={_sign_hmac(_QUERY.encode()).upper()}"
    assert _post(venue, KEY, query=signed)[0] == 200


def test_a_plus_that_is_not_encoded_is_a_blank() -> None:
    """Base64 with its plus left as it is does not verify: that is a blank in a form."""
    payload = next(
        text
        for n in range(100)
        if "+" in sign_ed25519(text := f"{_QUERY}&recvWindow={n + 9}".encode())
    )
    signature = sign_ed25519(payload)
    assert _post(Bench(), ED25519_KEY, query=f"{payload.decode()}&signature={signature}")[0] == 400
    encoded = quote(signature, safe="")
    assert _post(Bench(), ED25519_KEY, query=f"{payload.decode()}&signature={encoded}")[0] == 200


@pytest.mark.parametrize("letter", ["é", "\udcff"])
def test_what_is_not_encoded_is_not_signed(venue: Bench, letter: str) -> None:
    """A character beyond ASCII must be percent-encoded before it is signed; raw, it is -1022."""
    raw = f"{_QUERY}&note={letter}"
    signed = f"{raw}&signature={_sign_hmac(raw.encode('utf-8', 'surrogateescape'))}"
    target = f"/api/v3/order?{signed}"
    reply = venue.send(HttpRequest("POST", "h", target, {"x-mbx-apikey": KEY}))
    assert (reply.status, reply.body) == (
        400,
        b'{"code":-1022,"msg":"Signature for this request is not valid."}',
    )


@pytest.mark.parametrize(
    ("payload", "signature"),
    [
        (
            f"symbol=LTCBTC{_DOCUMENTED_REST}",
            "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71",
        ),
        (
            f"symbol={quote(_WIDE)}{_DOCUMENTED_REST}",
            "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3",
        ),
    ],
)
def test_the_documented_rest_examples_verify(payload: str, signature: str) -> None:
    """The examples of the venue's REST page are right."""
    assert secret_of(_DOCUMENTED_SECRET).is_signed(payload.encode(), signature)


@pytest.mark.parametrize(
    ("changes", "signature"),
    [
        ({}, "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24"),
        (
            {
                "symbol": _WIDE,
                "side": "BUY",
                "quantity": "1.00000000",
                "price": "0.10000000",
                "recvWindow": "5000",
            },
            "b33892ae8e687c939f4468c6268ddd4c40ac1af18ad19a064864c47bae0752cd",
        ),
    ],
)
def test_the_documented_websocket_examples_verify(changes: dict[str, str], signature: str) -> None:
    """The examples of the venue's WebSocket API page are right: by name, not encoded, UTF-8."""
    parameters = {
        "symbol": "BTCUSDT",
        "side": "SELL",
        "type": "LIMIT",
        "timeInForce": "GTC",
        "quantity": "0.01000000",
        "price": "52000.00",
        "recvWindow": "100",
        "timestamp": "1645423376532",
        "apiKey": "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A",
        "signature": "is not part of it",
    }
    payload = socket_payload(parameters | changes)
    assert secret_of(_DOCUMENTED_SECRET).is_signed(payload, signature)


def test_a_pem_must_hold_a_key_that_signs_here() -> None:
    """A secret that looks like PEM and is no public key of these kinds is refused when given."""
    with pytest.raises(ValueError, match="PUBLIC KEY"):
        secret_of(RSA_PEM.replace("PUBLIC", "PRIVATE"))
