"""Signatures as Binance documents them."""

from __future__ import annotations

from fillproof.harness.connectors.reference.signing import Signer

KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"


def test_the_query_of_the_documentation() -> None:
    """The example of "SIGNED endpoint security" gives the documented signature."""
    parameters = {
        "symbol": "LTCBTC",
        "side": "BUY",
        "type": "LIMIT",
        "timeInForce": "GTC",
        "quantity": "1",
        "price": "0.1",
        "recvWindow": "5000",
        "timestamp": "1499827319559",
    }
    expected = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
    assert Signer(KEY, SECRET).query(parameters).endswith(f"&signature={expected}")


def test_a_websocket_request_is_signed_sorted_with_its_key() -> None:
    """The order of the parameters does not matter, and the key is part of the text."""
    signer = Signer(KEY, SECRET)
    one = signer.message({"timestamp": 1, "recvWindow": 5000})
    other = signer.message({"recvWindow": 5000, "timestamp": 1})
    assert one == other
    assert one["apiKey"] == KEY
    text = f"apiKey={KEY}&recvWindow=5000&timestamp=1"
    assert one["signature"] == signer._sign(text)
