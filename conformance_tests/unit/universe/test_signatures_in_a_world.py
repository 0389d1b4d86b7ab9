"""The venue verifies signatures of every kind inside a sealed world."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from conformance_tests.unit.dialects.bench import SECRET
from conformance_tests.unit.dialects.keys import ED25519_PEM, RSA_PEM, sign_ed25519, sign_rsa

from fillproof.simulator.dialects.binance.door.signing import sign

_PROGRAM = """
from fillproof.simulator.universe import dispatch
dispatch.install()
import json, random, sys
from fillproof.simulator.dialects.binance.door.signing import secret_of
from fillproof.simulator.universe.clock import Clock
signed = [(secret_of(secret), signature) for secret, signature in json.loads(sys.argv[1])]
entropy = random.Random(7)
dispatch.enter(dispatch.World(Clock(), entropy, 4242, "fillproof"))
before = entropy.getstate()
seen = [one.is_signed(text, signature) for one, signature in signed for text in (b"text", b"test")]
drawn = entropy.getstate() != before
dispatch.leave()
print(json.dumps([*seen, drawn]))
"""


@pytest.mark.slow
def test_verifying_draws_nothing() -> None:
    """Right signatures are told from wrong ones, and the world's entropy stays as it was."""
    signed = [
        (SECRET, sign(SECRET, b"text")),
        (ED25519_PEM, sign_ed25519(b"text")),
        (RSA_PEM, sign_rsa(b"text")),
    ]
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps(signed)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [True, False] * 3 + [False]
