"""A client's driver against `fillproof serve`: venue and client are processes of their own."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conformance_tests.clients import keys
from conformance_tests.clients.loopback import Play, environment_of_play
from conformance_tests.serving import ServedProcess, serving

MARKET = "BTC-USDT"
_WORDS = {"fill": "trade", "rest": "rest", "sweep": "sweep", "deposit": "deposit"}


def on_served(python: Path, driver: str, dialect: str) -> Play:
    """Play a driver against the command, told to be the house: its market, account and money."""
    with tempfile.TemporaryFile() as log, HOUSES[dialect]() as venue:
        command = [str(python), "-m", "conformance_tests.clients.driving", driver, venue.rest]
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=environment_of_play(),
        ) as client:
            seen = _listen(client, venue)
        log.seek(0)
        return Play(seen, log.read().decode(errors="replace"))


@contextmanager
def _house() -> Iterator[ServedProcess]:
    with tempfile.TemporaryDirectory() as folder:
        options = ["--quirk", "depth_interval=false"]
        options += ["--empty", "--market", f"{MARKET}:0.01:0.0001:0.0001:9000:5"]
        options += ["--account", f"client:{keys.HMAC_KEY}:{keys.HMAC_SECRET}"]
        for name, key, public in (
            ("rsa", keys.RSA_KEY, keys.RSA_PUBLIC),
            ("ed25519", keys.ED25519_KEY, keys.ED25519_PUBLIC),
        ):
            file = Path(folder) / name
            file.write_text(public)
            options += ["--account", f"{name}:{key}:@{file}"]
        options += ["--balance", "USDT:100000", "--balance", "BTC:10"]
        with serving(*options) as venue:
            yield venue


@contextmanager
def _hyperliquid() -> Iterator[ServedProcess]:
    """Serve one spot market and one of contracts, both of BTC, and no book."""
    options = ["--dialect", "hyperliquid", "--empty"]
    options += ["--market", "BTC-USDC:0.001:0.00001", "--market", "BTC-USD:0.1:0.00001"]
    options += ["--account", f"client:{keys.ETHEREUM_ADDRESS}:{keys.ETHEREUM_KEY}"]
    options += ["--balance", "USDC:100000", "--balance", "BTC:10"]
    with serving(*options) as venue:
        yield venue


HOUSES = {"binance": _house, "hyperliquid": _hyperliquid}
"""By the dialect that a client speaks."""


def _listen(client: subprocess.Popen[str], venue: ServedProcess) -> dict[str, Any]:
    """Return what the client says it saw, doing what it asks for, until it ends."""
    assert client.stdin is not None
    assert client.stdout is not None
    seen: dict[str, Any] = {}
    for line in client.stdout:
        said = json.loads(line)
        if "ask" in said:
            client.stdin.write(json.dumps(_done(venue, said["ask"], said["keys"])) + "\n")
            client.stdin.flush()
        else:
            seen[said["step"]] = said["saw"]
    return seen


def _done(venue: ServedProcess, act: str, asked: dict[str, Any]) -> dict[str, Any]:
    if act not in _WORDS:
        return {"failed": f"fillproof serve has no word for {act}"}
    if act == "fill":
        told = {"venue_order_id": int(asked["order"]), "amount": asked["amount"]}
    elif act == "deposit":
        told = asked
    else:
        told = {"market": MARKET, **asked, "side": asked["side"].upper()}
    status, answer = venue.say(_WORDS[act], **told)
    return {"did": answer} if status == 200 else {"failed": str(answer)}
