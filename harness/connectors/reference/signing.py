"""Binance signatures: HMAC-SHA256 over exactly the text that is sent."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode


class Signer:
    """Signs with one API key."""

    def __init__(self, api_key: str, api_secret: str) -> None:
        self.api_key = api_key
        self._secret = api_secret.encode()

    def query(self, parameters: Mapping[str, str]) -> str:
        """Return a percent-encoded query string with its signature, to be sent as it is."""
        text = urlencode(parameters)
        return f"{text}&signature={self._sign(text)}"

    def message(self, parameters: Mapping[str, str | int]) -> dict[str, str | int]:
        """Return the parameters of a WebSocket request with key and signature.

        Their text is sorted by name and not encoded (WebSocket API, "SIGNED request").
        """
        named = {**parameters, "apiKey": self.api_key}
        text = "&".join(f"{name}={named[name]}" for name in sorted(named))
        return {**named, "signature": self._sign(text)}

    def _sign(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()
